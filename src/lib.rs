//! `gen` compiles structured YAML into the yearly budget or final-accounts disclosure of a Chinese public body.
//!
//! The passes, in order: [`source`] loads files, [`model`] reads them, [`facts`] derives figures, [`table`] and
//! [`chart`] tabulate, [`template`] expands chapters, [`link`] closes references into a [`document`], [`backend`]
//! prints it. [`compile`] runs them; [`workspace`] and [`cli`] are the shell. Who may import whom stands in
//! `ARCHITECTURE.md` and is held by a test.

pub mod account;
pub mod backend;
pub mod chart;
pub mod check;
pub mod cli;
pub mod compile;
pub mod diagnostic;
pub mod document;
pub mod facts;
pub mod import;
pub mod link;
pub mod model;
pub mod money;
pub mod period;
pub mod profile;
pub mod serve;
pub mod source;
pub mod table;
pub mod template;
pub mod workspace;
