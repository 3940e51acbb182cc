//! One run at a time in one output folder.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::Path,
};

/// Held while it lives; the system lets go of it whatever happens to the process.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Takes the lock of an output folder. `waiting` is called once if another run holds it.
///
/// # Errors
/// What the system says.
pub fn lock(out: &Path, waiting: impl FnOnce()) -> io::Result<Lock> {
    fs::create_dir_all(out)?;
    let file = File::options().create(true).truncate(false).write(true).open(out.join(".lock"))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            waiting();
            file.lock()?;
        }
        Err(TryLockError::Error(error)) => return Err(error),
    }
    // Workers inherit the lock: if this process is killed, the next run waits for them to finish what they write.
    #[cfg(unix)]
    rustix::io::fcntl_setfd(&file, rustix::io::FdFlags::empty())?;
    Ok(Lock { _file: file })
}
