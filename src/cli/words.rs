//! Chinese words around the arguments.
//!
//! In: what clap derives, the errors it finds. Out: help and refusals as the user reads them. Never knows: what the
//! commands do.

use clap::{
    Arg, ArgAction, Command, CommandFactory as _, Error,
    builder::PossibleValue,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::arguments::Arguments;

const HELP: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// The command line with Chinese headings.
pub(super) fn command() -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("打印版本");
    spoken(Arguments::command().disable_version_flag(true).arg(version.help_heading("选项")))
}

/// What clap prints itself: help and version. It has no setting for the one word in its usage lines.
pub(super) fn rendered(error: &Error) -> String {
    error.render().to_string().replace("[OPTIONS]", "[选项]")
}

fn spoken(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("打印这份帮助");
    command
        .help_template(HELP)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .disable_help_flag(true)
        .mut_args(argument)
        .arg(help.help_heading("选项"))
        .mut_subcommands(spoken)
}

/// Heading, default and choices of one argument.
fn argument(arg: Arg) -> Arg {
    let heading = if arg.is_positional() { "参数" } else { "选项" };
    let defaults: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let switch = matches!(arg.get_action(), ArgAction::SetTrue | ArgAction::SetFalse);
    let possible = if switch { Vec::new() } else { arg.get_possible_values() };
    let choices: Vec<&str> =
        possible.iter().filter(|value| !value.is_hide_set()).map(PossibleValue::get_name).collect();
    let mut notes = Vec::new();
    if !choices.is_empty() {
        notes.push(format!("可以写：{}", choices.join("、")));
    }
    if !switch && !defaults.is_empty() {
        notes.push(format!("不写则为 {}", defaults.join(",")));
    }
    let words = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let words = if notes.is_empty() { words } else { format!("{words}（{}）", notes.join("；")) };
    arg.help(words).help_heading(heading).hide_default_value(true).hide_possible_values(true)
}

/// Why the arguments were refused.
pub(super) fn refusal(error: &Error) -> String {
    let told = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(all)) => all.join("、"),
        _ => String::new(),
    };
    let arg = told(ContextKind::InvalidArg);
    let reason = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识的参数 {arg}"),
        ErrorKind::InvalidSubcommand => format!("没有命令 {}", told(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("还要写 {arg}"),
        ErrorKind::ArgumentConflict => match told(ContextKind::PriorArg) {
            other if other.is_empty() || other == arg => format!("{arg} 只能写一次"),
            other => format!("{arg} 不能与 {other} 同时写"),
        },
        ErrorKind::InvalidValue => match told(ContextKind::InvalidValue) {
            value if value.is_empty() => format!("{arg} 后面没有写值"),
            value => format!("{arg} 不能写“{value}”；可以写：{}", told(ContextKind::ValidValue)),
        },
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(|source| format!("（{source}）")).unwrap_or_default();
            format!("{arg} 不能写“{}”{why}", told(ContextKind::InvalidValue))
        }
        _ => return rendered(error),
    };
    // The likeliest comes last.
    let near = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(all)) => all.last().cloned(),
        _ => None,
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(near)
        .map(|word| format!("；是不是 {word}？"))
        .unwrap_or_default();
    format!("错误：{reason}{near}\n用法见 gen --help，某个命令的用法见 gen 命令 --help。")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(words: &[&str]) -> String {
        let error = command().try_get_matches_from(words).expect_err("refused");
        refusal(&error).lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn refusals_are_in_chinese_and_name_the_word() {
        assert_eq!(refused(&["gen", "chek"]), "错误：没有命令 chek；是不是 check？");
        assert_eq!(refused(&["gen", "serve", "--prot", "1"]), "错误：不认识的参数 --prot；是不是 --port？");
        assert_eq!(refused(&["gen", "why"]), "错误：还要写 <数字>");
        assert_eq!(
            refused(&["gen", "build", "--formats", "docx"]),
            "错误：--formats <格式> 不能写“docx”；可以写：markdown、html、pdf"
        );
        assert!(refused(&["gen", "serve", "--port", "99999"]).starts_with("错误：--port <端口> 不能写“99999”"));
        assert_eq!(
            refused(&["gen", "new", "a", "--from", "b", "--year", "2025"]),
            "错误：--from <公开> 不能与 --year <年度> 同时写"
        );
    }

    #[test]
    fn every_help_is_in_chinese() {
        fn walk(command: &Command, path: &[&str]) {
            let asked = [&["gen"], path, &["--help"]].concat();
            let help = rendered(&super::command().try_get_matches_from(asked).expect_err("help"));
            for word in
                ["Usage:", "Options:", "[OPTIONS]", "Commands:", "Arguments:", "Print ", "default:", "possible values"]
            {
                assert!(!help.contains(word), "{word} in\n{help}");
            }
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some_and(|help| !help.to_string().is_empty()), "{argument}");
            }
            for below in command.get_subcommands() {
                walk(below, &[path, &[below.get_name()]].concat());
            }
        }
        walk(&command(), &[]);
    }
}
