//! Writing to the terminal: a closed pipe ends the talk, never the program with a panic.

use std::io::{IsTerminal as _, Write as _};

/// A line or text of results.
pub(super) fn line_out(text: &str) {
    let mut out = std::io::stdout().lock();
    let _closed = writeln!(out, "{}", text.trim_end());
}

/// A line or text of talk.
pub(super) fn line_err(text: &str) {
    let mut out = std::io::stderr().lock();
    let _closed = writeln!(out, "{}", text.trim_end());
}

/// Whether talk may be coloured: a terminal, and `NO_COLOR` not set.
pub(super) fn coloured() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !refused && std::io::stderr().is_terminal() && understands_colours()
}

/// A console of Windows prints colours as rubbish until it is asked to understand them.
#[cfg(windows)]
fn understands_colours() -> bool {
    anstyle_query::windows::enable_ansi_colors().unwrap_or(false)
}

#[cfg(not(windows))]
const fn understands_colours() -> bool {
    true
}
