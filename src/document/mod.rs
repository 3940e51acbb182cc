//! The document: one small closed tree that every backend prints.
//!
//! In: what `link` built (text already formatted, figures already closed).
//! Out: a value that [`validate`] has accepted once, before any backend runs.
//! Never knows: money, templates, output languages, files.

mod grid;
mod numbering;
mod tree;
mod validate;
mod walk;

pub use grid::{Placed, places};
pub use numbering::{chinese, numbered};
pub use tree::*;
pub use validate::{Defect, validate};
pub use walk::{figures, gap, tables, text_of};
