//! Arguments, talk and exit codes.
//!
//! Results go to standard output, talk to standard error. Exit codes: 0 fine, 1 findings, 2 usage, 3 internal.

mod arguments;
#[expect(clippy::disallowed_methods, reason = "the shell knows the folder it stands in and the clock")]
mod build;
#[expect(clippy::disallowed_methods, reason = "the shell reads and writes the user's files")]
mod exchange;
#[expect(clippy::disallowed_methods, reason = "the shell reads the user's font files")]
mod fonts;
#[expect(clippy::disallowed_methods, reason = "the shell knows the folder it stands in")]
mod joined;
#[expect(clippy::disallowed_methods, reason = "the shell knows the folder it stands in and writes new files")]
mod new;
mod progress;
#[expect(clippy::disallowed_methods, reason = "the shell knows the folder it stands in")]
mod serve;
mod shell;
#[expect(clippy::disallowed_methods, reason = "NO_COLOR")]
mod talk;
mod todo;
mod why;
mod words;
mod workers;

use std::process::ExitCode;

use clap::FromArgMatches as _;

use arguments::{Arguments, Command};

/// Outcome of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Fine,
    Findings,
    Usage,
    Internal,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::Internal => 3,
        })
    }
}

/// Runs the program.
#[must_use]
pub fn run() -> Exit {
    let read = words::command().try_get_matches().and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match read {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => {
            talk::line_err(words::refusal(&error).trim_end());
            return Exit::Usage;
        }
        Err(error) => {
            talk::line_out(words::rendered(&error).trim_end());
            return Exit::Fine;
        }
    };
    match arguments.command {
        Command::Build(options) => build::build(&options),
        Command::Check(options) => build::check(&options),
        Command::Serve(options) => serve::serve(&options),
        Command::Why(options) => why::why(&options),
        Command::Explain(options) => build::explain(&options),
        Command::New(options) => new::new(&options),
        Command::Schema(options) => new::schema(&options),
        Command::Import(options) => exchange::import(&options),
        Command::Export(options) => exchange::export(&options),
        Command::Verify(options) => joined::verify(&options),
        Command::Merge(options) => joined::merge(&options),
        Command::Completions(options) => shell::completions(&options),
        Command::Manual => shell::manual(),
        Command::Worker => workers::work(),
    }
}
