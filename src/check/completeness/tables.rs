//! K002: tables every disclosure has.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    document,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "K002",
        severity: Severity::Warning,
        title: "缺少应公开的表格",
        meaning: "部门（单位）预算、决算都要公开九张表：收支、收入、支出总表，财政拨款收支、一般公共预算支出、基本支出、“三公”经费、政府性基金、国有资本经营预算；没有数据的列空表。",
        remedy: "在文种里补上这张表；依法不公开的写在 withheld 里并写明依据。",
        basis: basis::GRASSROOTS,
    },
    run,
};

/// A table by words of its title, any set of which will do.
const TABLES: &[(&str, &[&[&str]])] = &[
    ("收支总表", &[&["收支", "总表"], &["收入支出", "总表"], &["收支", "总体"]]),
    ("收入表", &[&["收入总表"], &["收入决算表"], &["收入预算"], &["收入", "表"]]),
    ("支出表", &[&["支出总表"], &["支出决算表"], &["支出预算"], &["支出", "表"]]),
    ("财政拨款收支总表", &[&["财政拨款", "总表"], &["财政拨款", "总体"], &["财政拨款收支"]]),
    ("一般公共预算支出表", &[&["一般公共预算", "支出"]]),
    ("基本支出表", &[&["基本支出"]]),
    ("“三公”经费表", &[&["三公"]]),
    ("政府性基金表", &[&["政府性基金"], &["基金预算"]]),
    ("国有资本经营预算表", &[&["国有资本"]]),
];

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let tables = document::tables(subject.document);
    if tables.iter().all(|table| table.title.is_empty()) {
        // A body that publishes no tables at all has its own basis for it; K001 and the profile say so.
        return Vec::new();
    }
    let withheld = &subject.disclosure.withheld;
    let titles: Vec<&str> = tables
        .iter()
        .map(|table| table.title.as_str())
        .chain(withheld.iter().map(|own| own.table.value.as_str()))
        .collect();
    let lacking: Vec<&str> = TABLES
        .iter()
        .filter(|(_, sets)| {
            !titles.iter().any(|title| sets.iter().any(|words| words.iter().all(|word| title.contains(word))))
        })
        .map(|(name, _)| *name)
        .collect();
    if lacking.is_empty() {
        return Vec::new();
    }
    let message = format!("没有{}", lacking.join("、"));
    vec![RULE.found(message).at(subject.home(), "这个文种").help("补上；没有数据的列空表。")]
}
