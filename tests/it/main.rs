//! All integration tests in one binary: linking Typst into many is slow.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::format_push_string,
    clippy::format_collect,
    clippy::duration_suboptimal_units,
    reason = "tests fail loudly, print what they measure and look at the disk themselves"
)]

mod bad_input;
mod bureau;
mod command_line;
mod department;
mod diagnostics;
mod faults;
mod final_accounts;
mod floor_plan;
mod fonts;
mod gallery;
mod golden;
mod import;
mod import_shapes;
mod memory;
mod messages;
mod one_fact;
mod pdf_structure;
mod preview;
mod properties;
mod questions;
mod random;
mod regions;
mod same_bytes;
mod same_figures;
mod skeleton;
mod tag_tree;
mod todo;
mod workspace;
