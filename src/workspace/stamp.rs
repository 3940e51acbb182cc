//! What tells cheaply whether a file is still the same, and what tells it for certain.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Size, time of modification and inode: equal ones are taken for an untouched file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    pub size: u64,
    /// Seconds since 1970.
    pub modified: i64,
    pub nanos: i64,
    /// Zero where the system has none.
    pub inode: u64,
}

/// Files changed less than this many seconds before a build are compared by content: file systems with coarse clocks
/// give a second change within the same tick the same time.
const COARSE_CLOCK: i64 = 5;

impl Stamp {
    /// Looks at a file.
    ///
    /// # Errors
    /// What the system says.
    pub fn of(path: &Path) -> io::Result<Self> {
        fs::metadata(path).map(|data| Self::from_metadata(&data))
    }

    #[cfg(unix)]
    fn from_metadata(data: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        Self { size: data.size(), modified: data.mtime(), nanos: data.mtime_nsec(), inode: data.ino() }
    }

    #[cfg(not(unix))]
    fn from_metadata(data: &fs::Metadata) -> Self {
        let since = data.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let seconds = since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX));
        let nanos = since.map_or(0, |since| i64::from(since.subsec_nanos()));
        Self { size: data.len(), modified: seconds, nanos, inode: 0 }
    }

    /// Whether the file was so young when `later` was written that its time proves nothing.
    #[must_use]
    pub const fn is_young_for(&self, later: &Self) -> bool {
        self.modified.saturating_add(COARSE_CLOCK) >= later.modified
    }
}

/// SHA-256 in hexadecimal.
#[must_use]
pub(super) fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// SHA-256 of a file in hexadecimal, read piece by piece.
///
/// # Errors
/// What the system says.
pub(super) fn hash_file(path: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    io::copy(&mut fs::File::open(path)?, &mut HashWriter(&mut hasher))?;
    Ok(hexadecimal(&hasher.finalize()))
}

struct HashWriter<'a>(&'a mut Sha256);

impl io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0x0f)]).collect()
}
