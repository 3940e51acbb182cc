//! Where files come from. The program's core asks this trait; only the shell behind it touches a disk.

/// Paths are relative to the workspace, parts divided by `/`, without `.` or `..`.
pub trait World {
    /// The bytes of one file.
    ///
    /// # Errors
    /// [`ReadError`] says why there are none.
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;

    /// Names (not paths) of the files and folders directly below a folder, sorted; folders end in `/`.
    /// A folder that does not exist has none.
    fn list(&self, folder: &str) -> Vec<String>;
}

/// Why a file could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    Missing,
    /// Larger than the limit; the size is in bytes.
    TooLarge(u64),
    /// The path, or a link in it, leads out of the workspace.
    Outside,
    /// Anything else the system says.
    Unreadable(String),
}
