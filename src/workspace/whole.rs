//! Whether every file of an output folder is what manifests and checksums say.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, ErrorKind},
    path::Path,
};

use super::{index::manifests, said::said, stamp::hash_file, write::Manifest};

const MANIFEST: &str = "manifest.json";
const SUMS: &str = "SHA256SUMS";

/// Folders with a manifest, sorted.
fn published(out: &Path) -> io::Result<Vec<String>> {
    let mut slugs: Vec<String> = fs::read_dir(out)?
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.') && out.join(name).join(MANIFEST).is_file())
        .collect();
    slugs.sort();
    Ok(slugs)
}

/// Files beside the folders.
fn loose(out: &Path) -> io::Result<Vec<String>> {
    let mut names: Vec<String> = fs::read_dir(out)?
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.') && name != SUMS)
        .collect();
    names.sort();
    Ok(names)
}

/// `out/manifest.json` as it is read back.
#[derive(serde::Deserialize)]
struct Whole {
    disclosures: Vec<Manifest>,
}

/// What [`verify`] found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    pub disclosures: usize,
    pub files: usize,
    /// One Chinese line each, in the order of paths.
    pub problems: Vec<String>,
}

/// Compares every file with the manifests and the sums.
///
/// # Errors
/// What the system says about the folder as a whole.
pub fn verify(out: &Path) -> io::Result<Verified> {
    let mut verified = Verified::default();
    let sums = fs::read_to_string(out.join(SUMS))?;
    let mut listed: BTreeMap<&str, &str> = BTreeMap::new();
    for line in sums.lines() {
        match line.split_once("  ") {
            Some((sum, path)) if !path.split('/').any(|part| part.is_empty() || part == "..") => {
                listed.insert(path, sum);
            }
            _ => verified.problems.push(format!("{SUMS}：这一行不成样子：{line}")),
        }
    }
    for (path, sum) in &listed {
        match hash_file(&out.join(path)) {
            Ok(found) if found == *sum => verified.files += 1,
            Ok(_) => verified.problems.push(format!("{path}：内容与 {SUMS} 不符")),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                verified.problems.push(format!("{path}：没有这个文件"));
            }
            Err(error) => verified.problems.push(format!("{path}：读不了（{}）", said(&error))),
        }
    }
    for slug in published(out)? {
        verified.disclosures += 1;
        own_manifest(out, &slug, &listed, &mut verified.problems);
    }
    for name in loose(out)?.iter().filter(|name| !listed.contains_key(name.as_str())) {
        verified.problems.push(format!("{name}：{SUMS} 没有列它"));
    }
    let own: Vec<Manifest> = manifests(out)?.into_iter().map(|(manifest, _)| manifest).collect();
    let stated = fs::read(out.join(MANIFEST)).ok().and_then(|text| serde_json::from_slice::<Whole>(&text).ok());
    if stated.is_none_or(|stated| stated.disclosures != own) {
        verified.problems.push(format!("{MANIFEST}：与各份公开的清单不符"));
    }
    Ok(verified)
}

/// One folder against its own manifest: nothing missing, nothing more, nothing else.
fn own_manifest(out: &Path, slug: &str, listed: &BTreeMap<&str, &str>, problems: &mut Vec<String>) {
    let folder = out.join(slug);
    let manifest = fs::read(folder.join(MANIFEST)).ok().and_then(|text| serde_json::from_slice::<Manifest>(&text).ok());
    let Some(manifest) = manifest else {
        problems.push(format!("{slug}/{MANIFEST}：读不成清单"));
        return;
    };
    for file in &manifest.files {
        let path = format!("{slug}/{}", file.name);
        let size = fs::metadata(out.join(&path)).map(|data| data.len()).ok();
        let agrees = listed.get(path.as_str()).is_some_and(|sum| *sum == file.sha256);
        if size != Some(file.bytes) || !agrees {
            problems.push(format!("{path}：与 {slug}/{MANIFEST} 不符"));
        }
    }
    let names = fs::read_dir(&folder).into_iter().flatten().flatten();
    for name in names.filter_map(|entry| entry.file_name().into_string().ok()) {
        if name != MANIFEST && !manifest.files.iter().any(|file| file.name == name) {
            problems.push(format!("{slug}/{name}：清单里没有它"));
        }
    }
}
