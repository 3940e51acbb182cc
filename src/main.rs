//! The binary `gen`.

use std::process::ExitCode;

// A compilation is many small values; the system's allocator took a quarter of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    disclosure::cli::run().into()
}
