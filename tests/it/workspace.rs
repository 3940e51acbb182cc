//! Temporary workspaces, and the program run in them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder that disappears with the value.
pub(crate) struct Workspace {
    /// Removes everything at the end; the workspace is a folder in it, so that something can lie beside it.
    _folder: tempfile::TempDir,
    root: PathBuf,
}

impl Workspace {
    /// With an empty `data/`.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("workspace");
        fs::create_dir_all(root.join("data")).unwrap();
        Self { _folder: folder, root }
    }

    /// The made-up disclosure of an archive, with a profile of its own.
    pub(crate) fn small() -> Self {
        let workspace = Self::empty();
        copy(&repository().join("tests/fixtures/small"), workspace.path());
        workspace
    }

    /// With one disclosure of the repository.
    pub(crate) fn with(slug: &str) -> Self {
        let workspace = Self::empty();
        copy(&repository().join("data").join(slug), &workspace.path().join("data").join(slug));
        copy(&repository().join("data/accounts"), &workspace.path().join("data/accounts"));
        workspace
    }

    pub(crate) fn path(&self) -> &Path {
        &self.root
    }

    /// Runs `gen` here.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_gen")).args(arguments).current_dir(self.path()).output().unwrap()
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.path().join(path), text).unwrap();
    }
}

/// Copies a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What a run said on standard error.
pub(crate) fn talk(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
