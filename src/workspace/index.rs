//! What a whole output folder says of itself: front page, manifest of manifests, checksums.
//!
//! In: the manifests below the folder, as files. Out: `index.html`, `manifest.json`, `SHA256SUMS`, each replaced in one
//! step. They are derived, so that a build of one disclosure lists all, and a run that was cut off is mended by the next.

use std::{fs, io, path::Path};

use serde::Serialize;

use crate::{
    backend::html::{self, IndexEntry, IndexFile},
    compile::Format,
};

use super::{
    stamp::hash,
    write::{Manifest, replace},
};

/// `out/manifest.json`.
#[derive(Serialize)]
struct Whole<'a> {
    disclosures: &'a [Manifest],
}

/// Writes the three files from the manifests in `out/*/`.
///
/// # Errors
/// What the system says.
pub fn index(out: &Path, theme: &html::Theme<'_>) -> io::Result<()> {
    let folders = manifests(out)?;
    let manifests: Vec<Manifest> = folders.iter().map(|(manifest, _)| manifest.clone()).collect();
    let entries: Vec<IndexEntry> = manifests.iter().map(entry).collect();
    let front = html::index(&entries, theme).into_bytes();
    let mut whole = serde_json::to_vec_pretty(&Whole { disclosures: &manifests }).map_err(io::Error::other)?;
    whole.push(b'\n');
    let sums = sums(&folders, &front, &whole);
    for (name, bytes) in [("index.html", &front), ("manifest.json", &whole), ("SHA256SUMS", &sums.into_bytes())] {
        replace(&out.join(name), bytes)?;
    }
    Ok(())
}

/// All manifests with the checksum of their own file, by slug. A folder without a readable one is no publication.
pub(super) fn manifests(out: &Path) -> io::Result<Vec<(Manifest, String)>> {
    let mut found = Vec::new();
    if !out.is_dir() {
        fs::create_dir_all(out)?;
    }
    for folder in fs::read_dir(out)? {
        let folder = folder?;
        let name = folder.file_name();
        // Staging folders and the review folder begin with a dot.
        let Some(slug) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
        let Ok(bytes) = fs::read(folder.path().join("manifest.json")) else { continue };
        if let Ok(manifest) = serde_json::from_slice::<Manifest>(&bytes)
            && manifest.slug == slug
        {
            found.push((manifest, hash(&bytes)));
        }
    }
    found.sort_by(|one, other| one.0.slug.cmp(&other.0.slug));
    Ok(found)
}

/// An entry of the front page: the page first, then paper, then text.
fn entry(manifest: &Manifest) -> IndexEntry {
    let labels = [(Format::Html, "网页"), (Format::Pdf, "PDF"), (Format::Markdown, "Markdown")];
    let files = labels.iter().filter_map(|(format, label)| {
        let name = format.file_name(&manifest.slug);
        let file = manifest.files.iter().find(|file| file.name == name)?;
        Some(IndexFile { name, label: (*label).to_owned(), bytes: Some(file.bytes) })
    });
    IndexEntry {
        slug: manifest.slug.clone(),
        title: manifest.title.clone(),
        unit: manifest.unit.clone(),
        year: manifest.year.to_string(),
        kind: format!("{}{}", manifest.scope, manifest.kind),
        region: manifest.region.clone(),
        files: files.collect(),
    }
}

/// Checksums as `sha256sum --check` reads them, paths from the folder.
fn sums(folders: &[(Manifest, String)], front: &[u8], whole: &[u8]) -> String {
    let mut lines = vec![format!("{}  index.html", hash(front)), format!("{}  manifest.json", hash(whole))];
    for (manifest, own) in folders {
        let slug = &manifest.slug;
        lines.extend(manifest.files.iter().map(|file| format!("{}  {slug}/{}", file.sha256, file.name)));
        lines.push(format!("{own}  {slug}/manifest.json"));
    }
    lines.sort_by(|one, other| one[64..].cmp(&other[64..]));
    lines.iter().fold(String::new(), |text, line| text + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compile::Artifact,
        workspace::{Durability, publish},
    };

    const THEME: html::Theme<'_> = html::Theme { css: "", script: "" };

    fn manifest(slug: &str) -> Manifest {
        Manifest {
            slug: slug.to_owned(),
            title: format!("{slug}的公开"),
            unit: "某局".to_owned(),
            year: 2001,
            kind: "预算".to_owned(),
            scope: "单位".to_owned(),
            region: None,
            generator: "gen".to_owned(),
            files: Vec::new(),
        }
    }

    fn built(out: &Path, slug: &str) {
        let files = [Artifact { name: "index.html".to_owned(), bytes: b"<p>".to_vec() }];
        publish(out, &manifest(slug).with_files(&files), &files, Durability::Unsynced).expect("published");
        index(out, &THEME).expect("indexed");
    }

    #[test]
    fn a_partial_build_lists_everything_and_every_sum_is_right() {
        let out = tempfile::tempdir().expect("folder");
        built(out.path(), "a-budget");
        built(out.path(), "b-budget");
        let front = fs::read_to_string(out.path().join("index.html")).expect("front page");
        assert!(front.contains("a-budget/index.html") && front.contains("b-budget/index.html"));
        let sums = fs::read_to_string(out.path().join("SHA256SUMS")).expect("sums");
        assert_eq!(sums.lines().count(), 6, "{sums}");
        for line in sums.lines() {
            let (sum, path) = line.split_once("  ").expect("two columns");
            assert_eq!(sum, hash(&fs::read(out.path().join(path)).expect("listed file")), "{path}");
        }
    }

    #[test]
    fn what_is_no_publication_is_not_listed() {
        let out = tempfile::tempdir().expect("folder");
        for folder in [".staging", "notes", "moved"] {
            fs::create_dir(out.path().join(folder)).expect("folder");
        }
        let elsewhere = serde_json::to_vec(&manifest("elsewhere")).expect("json");
        fs::write(out.path().join("moved/manifest.json"), &elsewhere).expect("written");
        fs::write(out.path().join(".staging/manifest.json"), &elsewhere).expect("written");
        index(out.path(), &THEME).expect("indexed");
        let whole = fs::read_to_string(out.path().join("manifest.json")).expect("manifest");
        assert!(!whole.contains("elsewhere"), "{whole}");
    }
}
