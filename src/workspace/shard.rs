//! One workspace over several machines: a stable share for each, and their folders joined.

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    path::{Path, PathBuf},
    str::FromStr,
};

use sha2::{Digest, Sha256};

use crate::backend::html;

use super::{
    index::{index, manifests},
    write::{Durability, put, replace, settle},
};

/// Share `index` of `count`, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    index: u32,
    count: u32,
}

/// Why a share is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShardError;

impl fmt::Display for ShardError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("写成 第几份/共几份，如 3/16，从 1 数起")
    }
}

impl std::error::Error for ShardError {}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, ShardError> {
        let (index, count) = text.split_once('/').ok_or(ShardError)?;
        let number = |text: &str| text.parse::<u32>().map_err(|_| ShardError);
        let (index, count) = (number(index)?, number(count)?);
        if (1..=count).contains(&index) { Ok(Self { index, count }) } else { Err(ShardError) }
    }
}

impl Shard {
    /// Whether a disclosure belongs to this share. Its name alone decides: another unit more or less moves nobody.
    #[must_use]
    pub fn holds(self, slug: &str) -> bool {
        let digest = Sha256::digest(slug.as_bytes());
        let number = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        number % u64::from(self.count) == u64::from(self.index - 1)
    }
}

/// Joins output folders into `out` and writes the files for the whole. Gives the number of disclosures joined.
///
/// # Errors
/// What the system says, or that two folders hold different versions of one disclosure.
pub fn merge(parts: &[PathBuf], out: &Path, theme: &html::Theme<'_>) -> io::Result<usize> {
    let mut seen: BTreeMap<String, (PathBuf, super::Manifest)> = BTreeMap::new();
    for part in parts {
        for (manifest, _) in manifests(part)? {
            let slug = manifest.slug.clone();
            if let Some((other, known)) = seen.get(&slug) {
                if *known != manifest {
                    let message = format!("{slug} 在 {} 和 {} 里不一样", other.display(), part.display());
                    return Err(io::Error::new(io::ErrorKind::InvalidData, message));
                }
                continue;
            }
            seen.insert(slug, (part.clone(), manifest));
        }
    }
    for (slug, (part, manifest)) in &seen {
        let staging = out.join(".staging");
        fs::create_dir_all(&staging)?;
        let folder = tempfile::Builder::new().prefix(&format!("{slug}-")).tempdir_in(&staging)?;
        for name in manifest.files.iter().map(|file| file.name.as_str()).chain(["manifest.json"]) {
            fs::copy(part.join(slug).join(name), folder.path().join(name))?;
        }
        put(folder.path(), &out.join(slug), Durability::Synced)?;
        for hidden in [".review", ".cache"] {
            carry(&part.join(hidden), &out.join(hidden), slug)?;
        }
    }
    index(out, theme)?;
    settle(out)?;
    Ok(seen.len())
}

/// What is kept beside a publication goes with it.
fn carry(from: &Path, to: &Path, slug: &str) -> io::Result<()> {
    let record = from.join(format!("{slug}.json"));
    if record.is_file() {
        replace(&to.join(format!("{slug}.json")), &fs::read(record)?)?;
    }
    if from.join(slug).is_dir() {
        for entry in fs::read_dir(from.join(slug))? {
            let entry = entry?;
            replace(&to.join(slug).join(entry.file_name()), &fs::read(entry.path())?)?;
        }
    }
    Ok(())
}
