//! Workspaces for measurements: reference disclosures as they are, or so many seeded units over all profiles ([`vary`]).

mod vary;

use std::{
    fs,
    path::{Path, PathBuf},
};

use vary::{Seed, vary};

/// Where workspaces are made. They disappear with it, all together: a file system such as ext4 steps round the inodes of
/// what was deleted within the last minutes, one by one, so that whatever is created after a great deletion would be
/// measured with it.
pub(crate) struct Ground(tempfile::TempDir);

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

impl Ground {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn empty(&self) -> PathBuf {
        let folder = tempfile::tempdir_in(&self.0).unwrap().keep();
        let accounts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/accounts");
        if accounts.is_dir() {
            copy(&accounts, &folder.join("data/accounts"));
        }
        fs::create_dir_all(folder.join("data")).unwrap();
        folder
    }

    /// A workspace with one reference disclosure as it is.
    pub(crate) fn one(&self, slug: &str) -> PathBuf {
        let folder = self.empty();
        let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data").join(slug);
        copy(&from, &folder.join("data").join(slug));
        folder
    }

    /// A workspace with so many units, `unit-0001` and on, each with at least so many expenditure lines. The same every
    /// time.
    pub(crate) fn bureau(&self, units: usize, lines: usize) -> PathBuf {
        let folder = self.empty();
        let references = references();
        let mut seed = Seed(42);
        for number in 0..units {
            let to = folder.join(format!("data/unit-{:04}", number + 1));
            copy(&references[number % references.len()], &to);
            vary(&to, number / references.len(), lines, &mut seed);
        }
        folder
    }
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
