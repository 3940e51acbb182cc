//! Rules about what a disclosure must contain.

pub(super) mod chapters;
pub(super) mod comparable;
pub(super) mod contents;
pub(super) mod counts;
pub(super) mod empty;
pub(super) mod glossary;
pub(super) mod headings;
pub(super) mod listed;
pub(super) mod sme;
pub(super) mod tables;
pub(super) mod unit;
pub(super) mod unknown;
pub(super) mod withheld;
