//! `gen new`: a commented skeleton from a profile, or next year's folder from this year's.
//!
//! In: the embedded skeleton, or the files of a folder. Out: the files of a new one. A figure nobody knows yet is
//! unknown in it, never zero.

mod advance;

use crate::period::{FiscalYear, Kind};

use super::assets::TEMPLATES;

pub use advance::advance;

/// A file of a new folder, by its name in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    pub name: String,
    pub text: String,
}

/// What the skeleton is filled with.
#[derive(Debug, Clone)]
pub struct Start {
    pub profile: String,
    pub kind: Kind,
    pub year: FiscalYear,
    pub unit: String,
}

/// The files of a skeleton, sorted by name.
#[must_use]
pub fn skeleton(start: &Start) -> Vec<NewFile> {
    let mut files = Vec::new();
    if let Some(folder) = TEMPLATES.get_dir("new") {
        collect(folder, start, &mut files);
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn collect(folder: &include_dir::Dir<'_>, start: &Start, files: &mut Vec<NewFile>) {
    for file in folder.files() {
        let name = file.path().strip_prefix("new").unwrap_or(file.path()).to_string_lossy().replace('\\', "/");
        files.push(NewFile { name, text: filled(file.contents_utf8().unwrap_or_default(), start) });
    }
    folder.dirs().for_each(|inner| collect(inner, start, files));
}

fn filled(text: &str, start: &Start) -> String {
    let stages = start.kind.stages();
    text.replace("{kind}", start.kind.term())
        .replace("{year}", &start.year.0.to_string())
        .replace("{profile}", &start.profile)
        .replace("{unit}", &start.unit)
        .replace("{stage}", stages[0].term())
        .replace("{base}", start.kind.last_year().term())
        .replace("{assets_day}", &format!("{}-12-31", assets_year(start).0))
}

/// A budget tells what there was when it was made, final accounts what there was in the end.
const fn assets_year(start: &Start) -> FiscalYear {
    match start.kind {
        Kind::Budget => start.year.previous(),
        Kind::Final => start.year,
    }
}
