//! The shell's side of the world: a folder with `data/`, the embedded templates and fonts, files written whole, and
//! what of them need not be written again.
//!
//! Never knows: finance.

mod assets;
#[expect(clippy::disallowed_methods, reason = "the shell reads the disk for the core")]
mod disk;
#[expect(clippy::disallowed_methods, reason = "the shell reads manifests and writes files")]
mod index;
mod lock;
#[expect(clippy::disallowed_methods, reason = "the shell remembers what it built")]
mod record;
mod said;
#[expect(clippy::disallowed_methods, reason = "the shell joins folders")]
mod shard;
mod skeleton;
#[expect(clippy::disallowed_methods, reason = "the shell looks at files")]
mod stamp;
mod told;
mod trace;
mod typst;
mod unit;
#[expect(clippy::disallowed_methods, reason = "the shell reads what it wrote")]
mod whole;
#[expect(clippy::disallowed_methods, reason = "the shell writes files")]
mod write;

pub use assets::Assets;
pub use disk::{Disk, Workspace, WorkspaceError};
pub use index::index;
pub use lock::{Lock, lock};
pub use record::{Freshness, Record, key, program};
pub use said::said;
pub use shard::{Shard, ShardError, merge};
pub use skeleton::{NewFile, Start, advance, skeleton};
pub use stamp::Stamp;
pub use told::{Told, refused};
pub use trace::{FileTrace, Trace, Traced};
pub use typst::typst_input;
pub use unit::{Ending, Job, Outcome, Run};
pub use whole::{Verified, verify};
pub use write::{Durability, Manifest, ManifestEntry, establish, publish, recover, replace, review, settle};
