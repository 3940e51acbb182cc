//! Findings and how they are told.
//!
//! In: what went wrong, as codes with places. Out: text for people, JSON, SARIF, annotations.
//! Never knows: the terminal, which pass found what.

mod catalogue;
mod emit;
mod finding;
mod from_source;

pub use catalogue::{CATALOGUE, Entry, entry};
pub use emit::{JSON_VERSION, Lookup, Summary, github, github_summary, human, json, sarif, short, sorted};
pub use finding::{Diagnostic, Place, Severity};
