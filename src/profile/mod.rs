//! Profiles as pure data: how a region words, numbers and sets a disclosure.
//!
//! In: YAML nodes and texts of `templates/`. Out: [`Profile`]. Never knows: facts, amounts, any region by name.

mod inherit;
mod load;
mod pieces;
mod spec;
mod table;

pub use inherit::merge;
pub use load::{Loaded, Profile, Template, load};
pub use spec::{BankEntry, ChartSpec, Numbering, PartSpec, PointSpec, ProfileFile, Style, StyleFile};
pub use table::{
    BandSpec, BaseSpec, BlockSpec, CodesSpec, ColumnSpec, EmptySpec, FormCell, Keep, NumbersSpec, RowSpec, Show,
    TableSpec, Target,
};
