//! All integration tests in one binary: linking Typst into many is slow.

mod bad_input;
mod bureau;
mod department;
mod faults;
mod final_accounts;
mod final_accounts;
mod gallery;
mod gallery;
mod golden;
mod import;
mod import;
mod memory;
mod preview;
mod random;
mod skeleton;
mod workspace;
