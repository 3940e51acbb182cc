//! Profiles as pure data: how a region words, numbers and sets a disclosure.
//!
//! In: YAML nodes and texts of `templates/`. Out: [`Profile`]. Never knows: facts, amounts, any region by name.

mod inherit;
mod load;
mod pieces;
mod spec;
mod table;

use std::borrow::Cow;

use crate::source::Located;

pub use inherit::merge;
pub use load::{Loaded, Profile, Template, load};
pub use spec::{BankEntry, ChartSpec, Numbering, PartSpec, PointSpec, ProfileFile, Style, StyleFile, UNKNOWN};
pub use table::{
    BandSpec, BaseSpec, BlockSpec, CodesSpec, ColumnSpec, EmptySpec, FormCell, Keep, NumbersSpec, RowSpec, Show,
    TableSpec, Target,
};

/// A text field of a thing by its name, `project.name` and the like, for a text of a specification that asks for it.
pub type Field = (Cow<'static, str>, String);

/// Texts of specifications are templates; whoever compiles specifications is handed this to expand them.
pub type Expand<'a> = &'a dyn Fn(&Located<String>, &[Field]) -> String;
