//! L009: the year in the folder's name and the title.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "L009",
        severity: Severity::Warning,
        title: "年度不一致",
        meaning: "文件夹名或标题里的年份不是 disclosure.yaml 的 year，常见于从上年复制而来。",
        remedy: "核对 year，或改正文件夹名、标题。",
        basis: basis::PRACTICE,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let disclosure = subject.disclosure;
    let own = disclosure.year.0.to_string();
    let named = [("文件夹名", disclosure.slug.as_str()), ("标题", subject.document.meta.title.as_str())];
    named
        .into_iter()
        .filter_map(|(what, text)| Some((what, year_in(text)?)))
        .filter(|(_, year)| *year != own)
        .map(|(what, year)| {
            let message = format!("{what}里是 {year} 年，year 写的是 {own}");
            RULE.found(message).at(subject.locate("year:"), "").help("核对年度，改正其中一个。")
        })
        .collect()
}

/// The first run of exactly four digits that begins with 19 or 20.
fn year_in(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit())
        .find(|run| run.len() == 4 && (run.starts_with("20") || run.starts_with("19")))
        .map(str::to_owned)
}
