//! All integration tests in one binary: linking Typst into many is slow.

mod bad_input;
mod faults;
mod final_accounts;
mod gallery;
mod golden;
mod memory;
mod preview;
mod random;
mod regions;
mod skeleton;
mod workspace;
