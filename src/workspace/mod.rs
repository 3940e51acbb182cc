//! The shell's side of the world: a folder with `data/`, the embedded templates and fonts, files written whole.
//!
//! Never knows: finance.

mod assets;
#[expect(clippy::disallowed_methods, reason = "the shell reads the disk for the core")]
mod disk;
#[expect(clippy::disallowed_methods, reason = "the shell reads manifests and writes files")]
mod index;
mod skeleton;
mod typst;
#[expect(clippy::disallowed_methods, reason = "the shell writes files")]
mod write;

pub use assets::Assets;
pub use disk::{Disk, Workspace, WorkspaceError};
pub use index::index;
pub use skeleton::{NewFile, Start, advance, skeleton};
pub use typst::typst_input;
pub use write::{Manifest, ManifestEntry, publish, review};
