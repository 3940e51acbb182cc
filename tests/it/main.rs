//! All integration tests in one binary: linking Typst into many is slow.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests fail loudly and look at the disk themselves"
)]

mod bad_input;
mod bureau;
mod department;
mod faults;
mod final_accounts;
mod gallery;
mod golden;
mod import;
mod memory;
mod preview;
mod questions;
mod random;
mod regions;
mod skeleton;
mod workspace;
