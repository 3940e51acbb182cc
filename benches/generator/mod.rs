//! Workspaces for measurements: reference disclosures as they are, or so many seeded units over all profiles ([`vary`]).

mod vary;

use std::{
    fs,
    path::{Path, PathBuf},
};

use vary::{Seed, vary};

/// A workspace that disappears with the value.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

fn references() -> Vec<PathBuf> {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut found: Vec<PathBuf> = fs::read_dir(data)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("disclosure.yaml").is_file())
        .collect();
    found.sort();
    found
}

fn empty() -> Folder {
    let folder = tempfile::tempdir().unwrap();
    let accounts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/accounts");
    if accounts.is_dir() {
        copy(&accounts, &folder.path().join("data/accounts"));
    }
    fs::create_dir_all(folder.path().join("data")).unwrap();
    Folder(folder)
}

/// One reference disclosure as it is.
pub(crate) fn one(slug: &str) -> Folder {
    let folder = empty();
    let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data").join(slug);
    copy(&from, &folder.path().join("data").join(slug));
    folder
}

/// So many units, `unit-0001` and on, each with at least so many expenditure lines. The same every time.
pub(crate) fn bureau(units: usize, lines: usize) -> Folder {
    let folder = empty();
    let references = references();
    let mut seed = Seed(42);
    for number in 0..units {
        let to = folder.path().join(format!("data/unit-{:04}", number + 1));
        copy(&references[number % references.len()], &to);
        vary(&to, number / references.len(), lines, &mut seed);
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
