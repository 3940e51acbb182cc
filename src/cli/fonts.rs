//! The fonts a user adds.
//!
//! In: paths of `--font-path`. Out: the bytes of every font file, or what is wrong with a path.
//! Never knows: how a face is chosen.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    backend::pdf::Fonts,
    workspace::{Assets, Disk, said},
};

use super::talk::line_err;

const ENDINGS: [&str; 4] = ["otf", "ttf", "ttc", "otc"];

/// Font files from paths; a folder gives all fonts directly in it, in the order of their names.
pub(super) fn fonts(paths: &[PathBuf]) -> Result<Vec<Vec<u8>>, String> {
    let mut files = Vec::new();
    for path in paths {
        let names = if path.is_dir() { inside(path)? } else { vec![path.clone()] };
        for name in names {
            files.push(font(&name)?);
        }
    }
    Ok(files)
}

/// Says which of the user's faces will hardly be seen, since the theme does not ask for them.
pub(super) fn tell_unnamed(files: &[Vec<u8>], disk: &Disk) {
    if files.is_empty() {
        return;
    }
    let fonts = Fonts::load(files.to_vec());
    for family in Assets::load(disk, Vec::new()).unnamed(&fonts) {
        line_err(&format!(
            "提示：字体“{family}”不是版面点名的字体，只补别的字体没有的字；点名的字体写在 templates/theme/typst/faces.typ，可在工作区里另放一份来改。"
        ));
    }
}

fn inside(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut names = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
        if ENDINGS.contains(&ending.as_str()) {
            names.push(path);
        }
    }
    if names.is_empty() {
        return Err(format!("--font-path：文件夹 {} 里没有字体文件（.otf、.ttf、.ttc、.otc）", folder.display()));
    }
    names.sort();
    Ok(names)
}

fn font(path: &Path) -> Result<Vec<u8>, String> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    if Fonts::load([bytes.clone()]).is_empty() {
        return Err(format!("--font-path：{} 不是能用的字体文件（要 OpenType 或 TrueType 字体）", path.display()));
    }
    Ok(bytes)
}

fn unreadable(path: &Path, error: &io::Error) -> String {
    format!("--font-path：读不了 {}：{}", path.display(), said(error))
}
