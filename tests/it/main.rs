//! All integration tests in one binary: linking Typst into many is slow.

mod bad_input;
mod final_accounts;
mod golden;
mod preview;
mod skeleton;
mod workspace;
