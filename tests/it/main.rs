//! All integration tests in one binary: linking Typst into many is slow.

mod bad_input;
mod golden;
mod skeleton;
mod workspace;
