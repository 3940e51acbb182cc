//! What a mark in expanded text stands for.

use crate::facts::Answer;

/// Closed by `link` with a number style of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    Figure {
        answer: Answer,
        /// Name of a number style.
        style: String,
        /// The sign is told by a verb.
        absolute: bool,
    },
    /// A year or a day, as printed.
    Date(String),
    /// A code of a classification or a document, as printed.
    Code(String),
    /// How many things there are.
    Count(usize),
    /// A number its author declares as such.
    Literal(String),
    /// A table by the name of its specification.
    Table(String),
    Chart(String),
}
