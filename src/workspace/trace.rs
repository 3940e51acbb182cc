//! A world that keeps account of what was asked of it.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use serde::{Deserialize, Serialize};

use crate::{
    compile::Asked,
    source::{ReadError, World},
};

use super::{
    disk::Disk,
    stamp::{Stamp, hash},
};

/// Everything a compilation read or listed; when none of it changes, neither does the result.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// By path from the workspace. None: not on disk, so embedded or missing; a file appearing there is a change.
    pub files: BTreeMap<String, Option<FileTrace>>,
    /// By folder, the hash of the names found there.
    pub folders: BTreeMap<String, String>,
}

/// One file as it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileTrace {
    pub stamp: Stamp,
    /// None where the file could not be read: it is never taken for unchanged then.
    pub sha256: Option<String>,
}

impl Trace {
    /// Adds what another trace holds.
    pub fn extend(&mut self, other: Self) {
        self.files.extend(other.files);
        self.folders.extend(other.folders);
    }

    /// Completes the trace of a compilation with what an earlier one read for it, and keeps what it read itself for
    /// later ones.
    pub(super) fn share(&mut self, shared: &mut Self, asked: &Asked) {
        join(&mut self.files, &mut shared.files, &asked.files);
        join(&mut self.folders, &mut shared.folders, &asked.folders);
    }
}

fn join<T: Clone>(own: &mut BTreeMap<String, T>, shared: &mut BTreeMap<String, T>, wanted: &BTreeSet<String>) {
    for path in wanted {
        if let Some(seen) = own.get(path) {
            shared.insert(path.clone(), seen.clone());
        } else if let Some(seen) = shared.get(path) {
            own.insert(path.clone(), seen.clone());
        }
    }
}

/// The disk, with a trace.
#[derive(Debug)]
pub struct Traced<'d> {
    disk: &'d Disk,
    trace: RefCell<Trace>,
}

impl<'d> Traced<'d> {
    #[must_use]
    pub fn new(disk: &'d Disk) -> Self {
        Self { disk, trace: RefCell::default() }
    }

    /// What was asked so far.
    #[must_use]
    pub fn finish(self) -> Trace {
        self.trace.into_inner()
    }
}

impl World for Traced<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        // The stamp is taken first: a change between the two makes the stamp old, never the content.
        let stamp = Stamp::of(&self.disk.path(path)).ok();
        let bytes = self.disk.read(path);
        let file = stamp.map(|stamp| FileTrace { stamp, sha256: bytes.as_ref().ok().map(|bytes| hash(bytes)) });
        self.trace.borrow_mut().files.insert(path.to_owned(), file);
        bytes
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let names = self.disk.list(folder);
        self.trace.borrow_mut().folders.insert(folder.to_owned(), hash_names(&names));
        names
    }
}

/// A hash over names; no name holds the divider.
pub(super) fn hash_names(names: &[String]) -> String {
    hash(names.join("\0").as_bytes())
}
