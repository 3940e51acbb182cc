//! Finding a workspace, and reading it as a [`World`].

use std::{
    collections::BTreeSet,
    fs,
    io::{ErrorKind, Read as _},
    path::{Component, Path, PathBuf},
};

use crate::source::{MAX_BYTES, ReadError, World};

use super::{assets::TEMPLATES, said::said};

/// A folder with `data/`.
#[derive(Debug, Clone)]
pub struct Workspace {
    pub root: PathBuf,
}

/// Why there is no workspace, or nothing to do in it.
#[derive(Debug)]
pub enum WorkspaceError {
    /// No folder with `data/` here or above.
    NotFound { from: PathBuf },
    /// A named path is no disclosure.
    NoDisclosure { path: PathBuf },
}

impl std::fmt::Display for WorkspaceError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound { from } => {
                write!(out, "{} 和它的上级文件夹里都没有 data/，这里不是工作区；gen new 会建好一个", from.display())
            }
            Self::NoDisclosure { path } => write!(out, "{} 不是一份公开：那里没有 disclosure.yaml", path.display()),
        }
    }
}

impl Workspace {
    /// Looks for `data/` in a folder and upwards, like Cargo for its manifest.
    ///
    /// # Errors
    /// [`WorkspaceError::NotFound`].
    pub fn find(from: &Path) -> Result<Self, WorkspaceError> {
        // On Windows the real path has a form (`\\?\C:\…`) that people and some programs do not read.
        let real = if cfg!(windows) { std::path::absolute(from) } else { fs::canonicalize(from) };
        let start = real.unwrap_or_else(|_| from.to_owned());
        let root = start.ancestors().find(|folder| folder.join("data").is_dir());
        root.map(|root| Self { root: root.to_owned() }).ok_or(WorkspaceError::NotFound { from: start.clone() })
    }

    /// The slugs of all disclosures, sorted.
    #[must_use]
    pub fn slugs(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.root.join("data")) else { return Vec::new() };
        let mut slugs: Vec<String> = entries
            .flatten()
            .filter(|entry| entry.path().join("disclosure.yaml").is_file())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        slugs.sort();
        slugs
    }

    /// The slugs that paths name: `data/x`, `x`, the folder from within (`.`), or a file below it.
    ///
    /// # Errors
    /// [`WorkspaceError::NoDisclosure`] for the first that names none.
    pub fn select(&self, paths: &[PathBuf]) -> Result<Vec<String>, WorkspaceError> {
        if paths.is_empty() {
            return Ok(self.slugs());
        }
        let known = self.slugs();
        let real = |path: &Path| fs::canonicalize(path).ok();
        let (root, data) = (real(&self.root), real(&self.root.join("data")));
        let mut chosen = Vec::new();
        for path in paths {
            let place = real(path);
            // Whoever stands in the workspace or its data/ means all of it.
            let whole = place.is_some() && (place == root || place == data);
            let below = place.as_deref().zip(data.as_deref()).and_then(|(place, data)| place.strip_prefix(data).ok());
            let slugs = if whole { known.clone() } else { vec![self.slug(path, below, &known)?] };
            for slug in slugs {
                if !chosen.contains(&slug) {
                    chosen.push(slug);
                }
            }
        }
        Ok(chosen)
    }

    /// The folder below `data/` that a path leads to, or that it names; without `disclosure.yaml` the compiler says what
    /// is missing.
    fn slug(&self, path: &Path, below: Option<&Path>, known: &[String]) -> Result<String, WorkspaceError> {
        fn names(path: &Path) -> impl DoubleEndedIterator<Item = &str> {
            path.components().filter_map(|part| if let Component::Normal(name) = part { name.to_str() } else { None })
        }
        let led = below.and_then(|below| names(below).next());
        // A name alone is looked for from anywhere.
        let named = || {
            let last = path.file_name().and_then(std::ffi::OsStr::to_str);
            let folder = last.filter(|name| self.root.join("data").join(name).is_dir());
            names(path).rev().find(|name| known.iter().any(|slug| slug == name)).or(folder)
        };
        let slug = led.or_else(named).map(str::to_owned);
        slug.ok_or_else(|| WorkspaceError::NoDisclosure { path: path.to_owned() })
    }
}

/// The workspace's files, and below them the embedded templates.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
    /// The same with links followed, or what the system says of it.
    real: Result<PathBuf, ReadError>,
    /// The same, open: the kernel itself keeps what is read below it.
    #[cfg(target_os = "linux")]
    open: Option<std::sync::Arc<fs::File>>,
}

impl Disk {
    #[must_use]
    pub fn new(workspace: &Workspace) -> Self {
        let real = fs::canonicalize(&workspace.root);
        Self {
            root: workspace.root.clone(),
            real: real.map_err(|error| ReadError::Unreadable(said(&error))),
            #[cfg(target_os = "linux")]
            open: fs::File::open(&workspace.root).ok().map(std::sync::Arc::new),
        }
    }

    /// Where a path of the workspace lies on disk.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The real path of a file that must lie inside the workspace, links followed.
    fn inside(&self, path: &str) -> Result<PathBuf, ReadError> {
        if !is_plain(path) {
            return Err(ReadError::Outside);
        }
        let real = fs::canonicalize(self.root.join(path)).map_err(|error| match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => ReadError::Missing,
            _ => ReadError::Unreadable(said(&error)),
        })?;
        let root = self.real.as_ref().map_err(Clone::clone)?;
        let Ok(below) = real.strip_prefix(root) else { return Err(ReadError::Outside) };
        if is_other_case(below, path) { Err(ReadError::Missing) } else { Ok(real) }
    }

    fn on_disk(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let unreadable = |error: std::io::Error| ReadError::Unreadable(said(&error));
        let mut file = match self.beneath(path) {
            Some(found) => found?,
            None => fs::File::open(self.inside(path)?).map_err(unreadable)?,
        };
        let size = file.metadata().map_err(unreadable)?.len();
        if size > MAX_BYTES {
            return Err(ReadError::TooLarge(size));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
        file.read_to_end(&mut bytes).map_err(unreadable)?;
        Ok(bytes)
    }

    /// Opens a file in one call that never leaves the workspace; none where the kernel cannot tell, as for a link with an
    /// absolute target, and the longer way must.
    #[cfg(target_os = "linux")]
    fn beneath(&self, path: &str) -> Option<Result<fs::File, ReadError>> {
        use rustix::{
            fs::{Mode, OFlags, ResolveFlags, openat2},
            io::Errno,
        };
        if !is_plain(path) {
            return None;
        }
        let flags = OFlags::RDONLY | OFlags::CLOEXEC;
        match openat2(self.open.as_ref()?, path, flags, Mode::empty(), ResolveFlags::BENEATH) {
            Ok(file) => Some(Ok(file.into())),
            Err(Errno::NOENT | Errno::NOTDIR) => Some(Err(ReadError::Missing)),
            Err(_) => None,
        }
    }

    #[cfg(not(target_os = "linux"))]
    #[expect(clippy::unused_self, reason = "as on Linux")]
    fn beneath(&self, _: &str) -> Option<Result<fs::File, ReadError>> {
        None
    }
}

/// Names only, no `..` and no root.
fn is_plain(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Whether a system that takes `Unit.yaml` for `unit.yaml` opened another name than was asked for: elsewhere the same
/// sources would lack the file, so they lack it here too.
fn is_other_case(found: &Path, asked: &str) -> bool {
    let asked: PathBuf = Path::new(asked).components().collect();
    cfg!(any(windows, target_os = "macos")) && found != asked && found.as_os_str().eq_ignore_ascii_case(&asked)
}

impl World for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self.on_disk(path) {
            Err(ReadError::Missing) => {
                let embedded = path.strip_prefix("templates/").and_then(|below| TEMPLATES.get_file(below));
                embedded.map(|file| file.contents().to_vec()).ok_or(ReadError::Missing)
            }
            other => other,
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let folder = folder.trim_end_matches('/');
        let mut names = BTreeSet::new();
        if let Ok(entries) = fs::read_dir(self.root.join(folder)) {
            for entry in entries.flatten() {
                // Only a link needs a second look.
                let folder =
                    entry.file_type().is_ok_and(|kind| kind.is_dir() || kind.is_symlink() && entry.path().is_dir());
                let slash = if folder { "/" } else { "" };
                names.extend(entry.file_name().into_string().map(|name| format!("{name}{slash}")));
            }
        }
        let embedded = if folder == "templates" {
            Some(&TEMPLATES)
        } else {
            folder.strip_prefix("templates/").and_then(|below| TEMPLATES.get_dir(below))
        };
        for entry in embedded.into_iter().flat_map(include_dir::Dir::entries) {
            let name = entry.path().file_name().and_then(std::ffi::OsStr::to_str).unwrap_or_default();
            let slash = if entry.as_dir().is_some() { "/" } else { "" };
            names.insert(format!("{name}{slash}"));
        }
        names.into_iter().collect()
    }
}
