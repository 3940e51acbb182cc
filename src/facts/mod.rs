//! Figures: queries over the ledger lines, with their addresses, provenance and comparisons.
//!
//! In: the model and a profile's named figures. Out: answers to asked figures, each with the atoms it rests on.
//! Never knows: YAML, layout, how a number is printed.

mod address;
mod answer;
mod engine;
mod filter;
mod index;
mod named;
mod stated;
mod trace;

pub use address::{Address, AddressError, Expression, Head, Query, Sign, Term};
pub use answer::{Answer, Ask, AskError, Atoms, Outcome};
pub use engine::Facts;
pub use filter::{Filter, Match, Pattern};
pub use named::NamedFigures;
pub use trace::{Step, Trace};
