//! Files as text with places.
//!
//! In: bytes from a [`World`]. Out: decoded text, YAML nodes in which every value keeps its place, and a list of
//! [`Problem`]s. Never knows: finance, diagnostics' wording codes beyond its own, the disk.

mod declare;
mod decode;
mod file;
mod near;
mod problem;
mod read;
mod world;
mod yaml;

pub use decode::{MAX_BYTES, decode};
pub use file::{FileId, Position, Source, Sources, Span};
pub use near::nearest;
pub use problem::{Problem, ProblemKind};
pub use read::{Entries, Free, Located, Mapping, Read, Reader};
pub use world::{ReadError, World};
pub use yaml::{Node, NodeKind, parse};
