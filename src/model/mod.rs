//! What a disclosure is: unit, ledgers, projects, reasons, as typed values with places.
//!
//! In: YAML nodes. Out: [`Disclosure`]. Never knows: tables, templates, how a number is printed.

mod consolidate;
mod disclosure;
pub mod files;
mod line;
mod lower;
pub mod prose;
mod scalar;
mod terms;

pub use consolidate::{Part, consolidate};
pub use disclosure::*;
pub use line::{Dimension, Dimensions, Given, Line, LineId, Measure, Value};
pub use lower::{Folder, read, read_head};
pub use prose::{Prose, Stretch};
pub use scalar::{CodeText, Day, Written};
pub use terms::*;
