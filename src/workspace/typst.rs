//! What the typesetter gets, as files, so that a bare `typst compile` sets the same pages.
//!
//! In: the document as JSON, the theme, the fonts. Out: `out/.review/<slug>/` with a `main.typ` that compiles there.
//! Never knows: what the theme does.

use std::{fs, io, path::Path};

use super::{assets::Assets, write::review};

/// Beside the folders of the disclosures: fonts are the same for all.
const FONTS: &str = "fonts";

/// Writes the typesetter's input of one disclosure.
///
/// # Errors
/// What the system says.
pub fn typst_input(out: &Path, slug: &str, document: &str, assets: &Assets) -> io::Result<()> {
    review(out, slug, "document.json", document.as_bytes())?;
    for (name, source) in assets.typst() {
        review(out, slug, name, source.as_bytes())?;
    }
    for (name, bytes) in assets.font_files() {
        let present = fs::metadata(out.join(".review").join(FONTS).join(name));
        if !present.is_ok_and(|file| usize::try_from(file.len()).is_ok_and(|length| length == bytes.len())) {
            review(out, FONTS, name, bytes)?;
        }
    }
    review(out, slug, "fonts.txt", list(assets).as_bytes())
}

/// The command, then the families in the order in which they are searched.
fn list(assets: &Assets) -> String {
    let command = format!(
        "# typst compile --ignore-system-fonts --font-path ../{FONTS} --features a11y-extras --pdf-standard {} main.typ\n",
        crate::backend::pdf::DEFAULT_STANDARDS.join(",")
    );
    assets.families().iter().fold(command, |text, family| text + family + "\n")
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the test reads what was written")]
mod tests {
    use super::*;
    use crate::workspace::{Disk, Workspace};

    #[test]
    fn the_folder_has_what_the_theme_asks_for() {
        let folder = tempfile::tempdir().expect("folder");
        let disk = Disk::new(&Workspace { root: folder.path().to_owned() });
        let assets = Assets::load(&disk, Vec::new());
        typst_input(folder.path(), "a", "{}", &assets).expect("written");
        let own = folder.path().join(".review/a");
        let main = fs::read_to_string(own.join("main.typ")).expect("theme");
        for line in main.lines().filter(|line| line.starts_with("#import")) {
            let name = line.split('"').nth(1).expect("a file");
            assert!(own.join(name).is_file(), "{name}");
        }
        assert!(own.join("document.json").is_file());
        let list = fs::read_to_string(own.join("fonts.txt")).expect("list");
        assert!(list.contains("Noto Serif SC\n"), "{list}");
        assert_eq!(fs::read_dir(folder.path().join(".review/fonts")).expect("fonts").count(), 4);
    }
}
