//! `out/.cache/<slug>.json`: what a disclosure was built from and what was written, so that it need not be built again.
//!
//! In: a record of an earlier run, the disk as it is. Out: whether the publication is still what a build would write.
//! Never knows: what the inputs mean.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    Disk,
    stamp::{Stamp, hash, hash_file},
    told::Told,
    trace::{FileTrace, Trace, hash_names},
    write::{Manifest, replace},
};
use crate::source::World as _;

/// Raised when records of earlier programs cannot be read any more.
const VERSION: u32 = 1;

/// What is known of the last publication of a disclosure.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    pub version: u32,
    /// Hash over program, fonts and options.
    pub key: String,
    pub inputs: Trace,
    /// The files of `out/<slug>/`, by name.
    pub outputs: BTreeMap<String, FileTrace>,
    /// The line and the findings to repeat.
    pub line: String,
    pub told: Told,
}

/// Compares records with the disk; looks at every shared file once a run.
#[derive(Debug)]
pub struct Freshness<'d> {
    disk: &'d Disk,
    out: &'d Path,
    key: &'d str,
    stamps: RefCell<BTreeMap<String, Option<Stamp>>>,
    hashes: RefCell<BTreeMap<PathBuf, Option<String>>>,
    folders: RefCell<BTreeMap<String, String>>,
}

fn record_path(out: &Path, slug: &str) -> PathBuf {
    out.join(".cache").join(format!("{slug}.json"))
}

impl Record {
    /// Looks at what was just written and remembers it; the sums of its files are those of its manifest.
    ///
    /// # Errors
    /// What the system says; the disclosure is built again next time then.
    pub fn keep(out: &Path, written: &Manifest, key: &str, inputs: Trace, line: &str, told: &Told) -> io::Result<()> {
        let folder = out.join(&written.slug);
        let mut outputs = BTreeMap::new();
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            let stamp = Stamp::of(&path)?;
            let known = written.files.iter().find(|file| file.name == name).map(|file| file.sha256.clone());
            let sha256 = Some(known.map_or_else(|| hash_file(&path), Ok)?);
            outputs.insert(name, FileTrace { stamp, sha256 });
        }
        let record =
            Self { version: VERSION, key: key.to_owned(), inputs, outputs, line: line.to_owned(), told: told.clone() };
        let text = serde_json::to_vec(&record).map_err(io::Error::other)?;
        replace(&record_path(out, &written.slug), &text)
    }
}

impl<'d> Freshness<'d> {
    #[must_use]
    pub fn new(disk: &'d Disk, out: &'d Path, key: &'d str) -> Self {
        Self { disk, out, key, stamps: RefCell::default(), hashes: RefCell::default(), folders: RefCell::default() }
    }

    /// The record, if a build would write again what is there.
    #[must_use]
    pub fn fresh(&self, slug: &str) -> Option<Record> {
        let text = std::fs::read(record_path(self.out, slug)).ok()?;
        let record: Record = serde_json::from_slice(&text).ok()?;
        if record.version != VERSION || record.key != self.key {
            return None;
        }
        let written = record.outputs.get("manifest.json")?.stamp;
        let whole = record.outputs.iter().all(|(name, file)| {
            let path = self.out.join(slug).join(name);
            Stamp::of(&path).is_ok_and(|now| now == file.stamp || now.size == file.stamp.size && self.same(&path, file))
        });
        let fresh = whole
            && record.inputs.files.iter().all(|(path, file)| self.unchanged(path, file.as_ref(), &written))
            && record.inputs.folders.iter().all(|(folder, names)| self.names(folder) == *names);
        fresh.then_some(record)
    }

    fn unchanged(&self, path: &str, then: Option<&FileTrace>, written: &Stamp) -> bool {
        let full = self.disk.path(path);
        let now = *self.stamps.borrow_mut().entry(path.to_owned()).or_insert_with(|| Stamp::of(&full).ok());
        match (then, now) {
            (None, None) => true,
            (Some(then), Some(now)) if now == then.stamp && !now.is_young_for(written) => then.sha256.is_some(),
            (Some(then), Some(now)) => now.size == then.stamp.size && self.same(&full, then),
            (None, Some(_)) | (Some(_), None) => false,
        }
    }

    /// The content decides.
    fn same(&self, path: &Path, then: &FileTrace) -> bool {
        let mut hashes = self.hashes.borrow_mut();
        let now = hashes.entry(path.to_owned()).or_insert_with(|| hash_file(path).ok());
        now.is_some() && *now == then.sha256
    }

    fn names(&self, folder: &str) -> String {
        let mut folders = self.folders.borrow_mut();
        folders.entry(folder.to_owned()).or_insert_with(|| hash_names(&self.disk.list(folder))).clone()
    }
}

/// The hash of the running program; the file is read only when it looks different from last time.
///
/// # Errors
/// What the system says about the program's own file.
pub fn program(out: &Path) -> io::Result<String> {
    let path = std::env::current_exe()?;
    let stamp = Stamp::of(&path)?;
    let memo = out.join(".cache").join(".program");
    let known: Option<(PathBuf, FileTrace)> =
        std::fs::read(&memo).ok().and_then(|text| serde_json::from_slice(&text).ok());
    if let Some((known_path, FileTrace { stamp: then, sha256: Some(hash) })) = known
        && known_path == path
        && then == stamp
    {
        return Ok(hash);
    }
    let hash = hash_file(&path)?;
    let text =
        serde_json::to_vec(&(path, FileTrace { stamp, sha256: Some(hash.clone()) })).map_err(io::Error::other)?;
    // Without the memo the next run reads the program again; nothing else depends on it.
    let _memo = replace(&memo, &text);
    Ok(hash)
}

/// One hash for everything beside the inputs that decides what is written.
#[must_use]
pub fn key(program: &str, fonts: &[Vec<u8>], options: &str) -> String {
    let fonts: Vec<String> = fonts.iter().map(|bytes| hash(bytes)).collect();
    hash(format!("{program}\n{options}\n{}", fonts.join("\n")).as_bytes())
}
