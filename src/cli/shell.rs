//! `gen completions` and `gen manual`: made from the arguments themselves, so that they cannot be out of date.

use super::{
    Exit,
    arguments::CompletionOptions,
    talk::{line_err, line_out},
    words,
};

/// Prints the completions of a shell.
pub(super) fn completions(options: &CompletionOptions) -> Exit {
    let mut text = Vec::new();
    clap_complete::generate(options.shell, &mut words::command(), "gen", &mut text);
    line_out(&String::from_utf8_lossy(&text));
    Exit::Fine
}

/// Prints the manual page.
pub(super) fn manual() -> Exit {
    let mut text = Vec::new();
    match clap_mangen::Man::new(words::command()).render(&mut text) {
        Ok(()) => {
            line_out(&String::from_utf8_lossy(&text));
            Exit::Fine
        }
        Err(error) => {
            line_err(&format!("错误：{error}"));
            Exit::Internal
        }
    }
}
