//! Writing a disclosure's folder whole: beside the old one, synced, then exchanged in one step.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::Path,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::compile::Artifact;

/// `manifest.json`: what a disclosure's folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub slug: String,
    pub title: String,
    pub unit: String,
    pub year: u16,
    pub kind: String,
    /// 部门 or 单位.
    #[serde(default)]
    pub scope: String,
    #[serde(default)]
    pub region: Option<String>,
    /// Version of the program that wrote it.
    pub generator: String,
    pub files: Vec<ManifestEntry>,
}

/// One file of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestEntry {
    pub name: String,
    pub bytes: usize,
    pub sha256: String,
}

impl Manifest {
    /// Fills in the files.
    #[must_use]
    pub fn with_files(mut self, files: &[Artifact]) -> Self {
        self.files = files
            .iter()
            .map(|file| ManifestEntry { name: file.name.clone(), bytes: file.bytes.len(), sha256: hash(&file.bytes) })
            .collect();
        self
    }
}

pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Writes `out/<slug>/` with its manifest. The folder is the old or the new one at any moment.
///
/// # Errors
/// What the system says; the old folder is untouched then.
pub fn publish(out: &Path, manifest: &Manifest, files: &[Artifact]) -> io::Result<()> {
    fs::create_dir_all(out)?;
    let staging = tempfile::Builder::new().prefix(&format!(".{}-", manifest.slug)).tempdir_in(out)?;
    for file in files {
        write_synced(&staging.path().join(&file.name), &file.bytes)?;
    }
    let mut text = serde_json::to_vec_pretty(manifest).map_err(io::Error::other)?;
    text.push(b'\n');
    write_synced(&staging.path().join("manifest.json"), &text)?;
    #[cfg(unix)]
    open_to_readers(staging.path())?;
    File::open(staging.path())?.sync_all()?;
    exchange(staging.path(), &out.join(&manifest.slug))?;
    File::open(out)?.sync_all()
    // Dropping the staging folder removes what it holds now: the previous publication, if there was one.
}

/// Temporary folders are private; a publication is not.
#[cfg(unix)]
fn open_to_readers(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

pub(super) fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Puts `staging` at `target`; an old folder there ends up at `staging`, in one step where the system can.
#[cfg(target_os = "linux")]
fn exchange(staging: &Path, target: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    if target.exists() {
        renameat_with(CWD, staging, CWD, target, RenameFlags::EXCHANGE).map_err(io::Error::from)
    } else {
        fs::rename(staging, target)
    }
}

/// Systems without an exchange: the old folder steps aside first.
#[cfg(not(target_os = "linux"))]
fn exchange(staging: &Path, target: &Path) -> io::Result<()> {
    if target.exists() {
        let aside = staging.with_extension("old");
        fs::rename(target, &aside)?;
        fs::rename(staging, target)?;
        fs::rename(&aside, staging)
    } else {
        fs::rename(staging, target)
    }
}

/// Writes a file of `out/.review/<slug>/`, which no release uploads.
///
/// # Errors
/// What the system says.
pub fn review(out: &Path, slug: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = out.join(".review").join(slug);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name), bytes)
}
