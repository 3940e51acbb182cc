//! All integration tests in one binary: linking Typst into many is slow.

mod golden;
mod preview;
mod skeleton;
mod workspace;
