//! The shell's side of the world: a folder with `data/`, the embedded templates and fonts, files written whole.
//!
//! Never knows: finance.

mod assets;
mod disk;
mod skeleton;
mod write;

pub use assets::Assets;
pub use disk::{Disk, Workspace, WorkspaceError};
pub use skeleton::{NewFile, Start, advance, skeleton};
pub use write::{Manifest, ManifestEntry, publish, review};
