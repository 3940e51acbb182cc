//! All integration tests in one binary: linking Typst into many is slow.

mod gallery;
mod golden;
mod memory;
mod skeleton;
mod workspace;
