//! X007: years that do not belong to this disclosure.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "X007",
        severity: Severity::Warning,
        title: "年份不对",
        meaning: "变动原因里提到的年份早于上年，或文字里出现了以后的年份，常见于照抄往年的材料。",
        remedy: "核对年份。",
        basis: basis::PRACTICE,
    },
    run,
};

static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(20[0-9]{2})\s*年").ok());

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(pattern) = YEAR.as_ref() else { return Vec::new() };
    let own = subject.disclosure.year.0;
    let mut found = Vec::new();
    let reasons: Vec<_> =
        subject.disclosure.reasons.iter().flat_map(|reason| &reason.texts).map(|text| text.span).collect();
    for (text, span) in subject.own_prose() {
        for captures in pattern.captures_iter(&text) {
            let year: u16 = captures.get(1).and_then(|year| year.as_str().parse().ok()).unwrap_or(own);
            if year > own + 1 || reasons.contains(&span) && year + 1 < own {
                let finding = RULE.found(format!("文字里有 {year} 年，公开的是 {own} 年")).at(span, "");
                found.push(finding.figure(format!("text/{year}年")).help("核对年份。"));
            }
        }
    }
    found
}
