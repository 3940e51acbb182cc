//! The binary `gen`.

use std::process::ExitCode;

fn main() -> ExitCode {
    disclosure::cli::run().into()
}
