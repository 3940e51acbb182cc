//! A world in memory: the files of a test laid over the program's own templates.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use disclosure::{
    source::{ReadError, World},
    workspace::{Disk, Workspace},
};

use crate::workspace::repository;

/// Files by path; templates and the chart of accounts come from the repository.
#[derive(Clone)]
pub(crate) struct Memory {
    pub(crate) files: BTreeMap<String, String>,
    below: Disk,
}

impl Memory {
    /// A folder of the repository as `data/<slug>/`.
    pub(crate) fn with(folders: &[(&str, &str)]) -> Self {
        let below = Disk::new(&Workspace { root: repository() });
        let mut memory = Self { files: BTreeMap::new(), below };
        for (folder, slug) in folders {
            memory.take(&repository().join(folder), &format!("data/{slug}"));
        }
        memory
    }

    fn take(&mut self, folder: &Path, to: &str) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{to}/{}", entry.file_name().into_string().unwrap());
            if entry.path().is_dir() {
                self.take(&entry.path(), &path);
            } else {
                self.files.insert(path, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }

    /// The text of a file, here or below.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        self.read(path).ok().map(|bytes| String::from_utf8(bytes).unwrap())
    }
}

impl World for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self.files.get(path) {
            Some(text) => Ok(text.clone().into_bytes()),
            None if path.starts_with("templates/") || path.starts_with("data/accounts/") => self.below.read(path),
            None => Err(ReadError::Missing),
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let root = format!("{}/", folder.trim_end_matches('/'));
        let mut names: BTreeSet<String> = self
            .files
            .keys()
            .filter_map(|path| path.strip_prefix(&root))
            .map(|rest| rest.split_once('/').map_or_else(|| rest.to_owned(), |(name, _)| format!("{name}/")))
            .collect();
        if root.starts_with("templates/") || root == "data/accounts/" {
            names.extend(self.below.list(folder));
        }
        names.into_iter().collect()
    }
}
