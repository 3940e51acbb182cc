//! `gen completions` and `gen manual`: made from the arguments themselves, so that they cannot be out of date.

use std::io;

use clap::Command;
use clap_mangen::Man;

use super::{
    Exit,
    arguments::CompletionOptions,
    talk::{line_err, line_out},
    words,
};

/// The commands that people call; what the program calls itself is left out.
fn command() -> Command {
    let whole = words::command();
    let shown: Vec<Command> = whole.get_subcommands().filter(|own| !own.is_hide_set()).cloned().collect();
    let about = whole.get_about().cloned().unwrap_or_default();
    Command::new("gen")
        .version(env!("CARGO_PKG_VERSION"))
        .about(about)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .args(whole.get_arguments().cloned())
        .subcommand_required(true)
        .subcommand_value_name("命令")
        .subcommands(shown)
}

/// Prints the completions of a shell.
pub(super) fn completions(options: &CompletionOptions) -> Exit {
    let mut text = Vec::new();
    clap_complete::generate(options.shell, &mut command(), "gen", &mut text);
    line_out(&String::from_utf8_lossy(&text));
    Exit::Fine
}

/// Prints the manual page.
pub(super) fn manual() -> Exit {
    match page() {
        Ok(text) => {
            line_out(&text);
            Exit::Fine
        }
        Err(error) => {
            line_err(&format!("错误：{error}"));
            Exit::Internal
        }
    }
}

/// One page: the program, then each command with its options.
fn page() -> io::Result<String> {
    let mut command = command();
    command.build();
    let whole = Man::new(command.clone()).title("gen").date("").source(concat!("gen ", env!("CARGO_PKG_VERSION")));
    let mut text = Vec::new();
    whole.render_title(&mut text)?;
    whole.render_name_section(&mut text)?;
    whole.render_synopsis_section(&mut text)?;
    let mut text = String::from_utf8_lossy(&text).into_owned();
    for own in command.get_subcommands() {
        let mut part = Vec::new();
        let page = Man::new(own.clone());
        page.render_description_section(&mut part)?;
        page.render_synopsis_section(&mut part)?;
        page.render_options_section(&mut part)?;
        let part = String::from_utf8_lossy(&part).replace(".SH DESCRIPTION\n", "").replace(".SH ", ".SS ");
        text = text + ".SH \"gen " + own.get_name() + "\"\n" + &part;
    }
    let titles = [("H NAME", "H 名称"), ("H SYNOPSIS", "H 用法"), ("S SYNOPSIS", "S 用法"), ("S OPTIONS", "S 选项")];
    Ok(titles.iter().fold(text, |text, (from, to)| text.replace(&format!(".S{from}\n"), &format!(".S{to}\n"))))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::{super::arguments::Arguments, command, page};

    #[test]
    fn the_manual_has_every_command_with_its_options_and_no_hidden_one() {
        let page = page().expect("rendered");
        for own in Arguments::command().get_subcommands() {
            let head = format!(".SH \"gen {}\"\n", own.get_name());
            assert_eq!(page.contains(&head), !own.is_hide_set(), "{head}");
        }
        assert!(
            !page.contains("subcommands")
                && page.contains("\\-\\-shard")
                && page.contains("如 3/16")
                && !page.contains("worker"),
            "{page}"
        );
    }

    #[test]
    fn completions_offer_no_hidden_command() {
        let mut text = Vec::new();
        clap_complete::generate(clap_complete::Shell::Bash, &mut command(), "gen", &mut text);
        let text = String::from_utf8(text).expect("text");
        assert!(text.contains("build check") && !text.contains("worker"), "{text}");
    }
}
