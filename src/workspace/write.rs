//! Writing a disclosure's folder whole: beside the old one, synced, then exchanged in one step.
//!
//! Staging lies in `out/.staging/`; what a killed run left there is removed (or put back) by [`recover`].

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::compile::Artifact;

use super::{skeleton::NewFile, stamp::hash};

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
    pub bytes: u64,
    pub sha256: String,
}

/// Whether a publication waits until the disk has it. Without, a power cut may leave one with empty files; `verify`
/// finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Durability {
    Synced,
    Unsynced,
}

impl Manifest {
    /// Fills in the files.
    #[must_use]
    pub fn with_files(mut self, files: &[Artifact]) -> Self {
        self.files = files
            .iter()
            .map(|file| ManifestEntry {
                name: file.name.clone(),
                bytes: u64::try_from(file.bytes.len()).unwrap_or(u64::MAX),
                sha256: hash(&file.bytes),
            })
            .collect();
        self
    }
}

fn staging(out: &Path) -> PathBuf {
    out.join(".staging")
}

/// Writes `out/<slug>/` with its manifest. The folder is the old or the new one at any moment.
///
/// # Errors
/// What the system says; the old folder is untouched then.
pub fn publish(out: &Path, manifest: &Manifest, files: &[Artifact], durability: Durability) -> io::Result<()> {
    let own = staging(out);
    fs::create_dir_all(&own)?;
    let folder = tempfile::Builder::new().prefix(&format!("{}-", manifest.slug)).tempdir_in(&own)?;
    for file in files {
        fs::write(folder.path().join(&file.name), &file.bytes)?;
    }
    let mut text = serde_json::to_vec_pretty(manifest).map_err(io::Error::other)?;
    text.push(b'\n');
    fs::write(folder.path().join("manifest.json"), text)?;
    put(folder.path(), &out.join(&manifest.slug), durability)
    // Dropping the staging folder removes what it holds now: the previous publication, if there was one.
}

/// Writes a folder that is not there yet, whole or not at all.
///
/// # Errors
/// What the system says; nothing stands at `target` then.
pub fn establish(target: &Path, files: &[NewFile]) -> io::Result<()> {
    let home = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(home)?;
    // One level up, where a run that was cut off leaves nothing that is taken for a disclosure.
    let folder = tempfile::Builder::new().prefix(".new-").tempdir_in(home.parent().unwrap_or(home))?;
    for file in files {
        let path = folder.path().join(&file.name);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, &file.text)?;
    }
    put(folder.path(), target, Durability::Synced)
}

/// Makes a finished folder readable and durable and puts it in its place.
pub(super) fn put(folder: &Path, target: &Path, durability: Durability) -> io::Result<()> {
    #[cfg(unix)]
    open_to_readers(folder)?;
    match durability {
        Durability::Synced => settle(folder)?,
        Durability::Unsynced => {}
    }
    // The exchange itself needs no sync: before it is durable the old folder stands, and that one is whole too. What is
    // removed afterwards is removed later in the same journal. A run ends with one `settle` for all its exchanges.
    exchange(folder, target)
}

/// Temporary folders are private; a publication is not.
#[cfg(unix)]
fn open_to_readers(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

/// Waits until the disk has a folder and the files in it. On Linux that is one call for the file system, which costs one
/// flush of the disk's cache where a call for every file costs one each; elsewhere the files one by one.
///
/// # Errors
/// What the system says, also about data that others wrote to the same file system meanwhile.
pub fn settle(folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::{fs::syncfs, io::Errno};
        match syncfs(File::open(folder)?) {
            // Emulated kernels and some sandboxes do not have the call; the longer way follows.
            Err(Errno::NOSYS | Errno::PERM) => {}
            done => return done.map_err(io::Error::from),
        }
    }
    settle_each(folder)
}

/// All files of a folder, then the folder.
fn settle_each(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            File::options().write(true).open(entry.path())?.sync_data()?;
        }
    }
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// Puts `folder` at `target`; an old one there ends up at `folder`, in one step where the system can.
fn exchange(folder: &Path, target: &Path) -> io::Result<()> {
    if !target.exists() {
        return rename(folder, target);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::{
            fs::{CWD, RenameFlags, renameat_with},
            io::Errno,
        };
        match renameat_with(CWD, folder, CWD, target, RenameFlags::EXCHANGE) {
            // Network file systems mostly cannot; the longer way follows.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
            done => return done.map_err(io::Error::from),
        }
    }
    let aside = folder.with_extension(ASIDE);
    rename(target, &aside)?;
    if let Err(error) = rename(folder, target) {
        // If this fails too, the next run puts it back.
        let _back = rename(&aside, target);
        return Err(error);
    }
    rename(&aside, folder)
}

fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently(|| fs::rename(from, to))
}

/// On Windows a virus scanner or an indexer that looks at a new file holds it and its folder in place for a moment: they
/// are asked again, for a second in all.
fn patiently(mut step: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    let mut pause = std::time::Duration::from_millis(1);
    loop {
        match step() {
            Err(error) if is_in_use(&error) && pause.as_millis() < 1000 => std::thread::sleep(pause),
            done => return done,
        }
        pause *= 2;
    }
}

/// Whether another program may have a file open: Windows does not tell that apart from missing rights.
pub(super) fn is_in_use(error: &io::Error) -> bool {
    /// `ERROR_SHARING_VIOLATION`, for which the library has no kind.
    const SHARED: i32 = 32;
    cfg!(windows) && (error.kind() == io::ErrorKind::PermissionDenied || error.raw_os_error() == Some(SHARED))
}

/// Ending of a publication that stepped aside; [`recover`] puts it back where nothing took its place.
const ASIDE: &str = "aside";

/// Cleans up after a run that was cut off. Call it only under the lock.
///
/// # Errors
/// What the system says.
pub fn recover(out: &Path) -> io::Result<()> {
    let own = staging(out);
    let entries = match fs::read_dir(&own) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let slug = name.strip_suffix(&format!(".{ASIDE}")).and_then(|name| name.rsplit_once('-')).map(|(slug, _)| slug);
        if let Some(target) = slug.map(|slug| out.join(slug)).filter(|target| !target.exists()) {
            rename(&path, &target)?;
        }
    }
    fs::remove_dir_all(own)
}

/// Replaces one file in one step; the content is unchanged if it is the same already.
///
/// # Errors
/// What the system says; the old file is untouched then.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    let mut written = Some(file);
    patiently(|| {
        let Some(file) = written.take() else { return Ok(()) };
        file.persist(path).map(drop).map_err(|refused| {
            written = Some(refused.file);
            refused.error
        })
    })
}

/// Writes a file of `out/.review/<slug>/`, which no release uploads.
///
/// # Errors
/// What the system says.
pub fn review(out: &Path, slug: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
    replace(&out.join(".review").join(slug).join(name), bytes)
}
