//! Z003, Z004: an approval in the year it can be in; dates that are not there.

use chrono::Datelike as _;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    period::Kind,
};

pub(in crate::check) static YEAR: Rule = Rule {
    entry: Entry {
        code: "Z003",
        severity: Severity::Warning,
        title: "批复日期与年度不合",
        meaning: "预算在上年末或本年批复，决算在次年批复。",
        remedy: "核对 approved 和 year。",
        basis: basis::LAW_14,
    },
    run: year,
};

pub(in crate::check) static NONE: Rule = Rule {
    entry: Entry {
        code: "Z004",
        severity: Severity::Advice,
        title: "没有写批复和公开日期",
        meaning: "没有日期就不能核对是否在批复后二十日内公开，公开文件也不带日期。",
        remedy: "在 disclosure.yaml 里写 approved 和 released。",
        basis: basis::LAW_14,
    },
    run: none,
};

fn year(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(approved) = &subject.disclosure.approved else { return Vec::new() };
    let own = i32::from(subject.disclosure.year.0);
    let fine = match subject.disclosure.kind {
        Kind::Budget => approved.value.year() == own || approved.value.year() == own - 1,
        Kind::Final => approved.value.year() == own + 1,
    };
    if fine {
        return Vec::new();
    }
    let message = format!("{own} 年的{}在 {} 批复", subject.disclosure.kind.term(), approved.value);
    vec![YEAR.found(message).at(approved.span, "").help("核对批复日期。")]
}

fn none(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let lacking: Vec<&str> = [
        (subject.disclosure.approved.is_none(), "批复日期（approved）"),
        (subject.disclosure.released.is_none(), "公开日期（released）"),
    ]
    .into_iter()
    .filter_map(|(lacking, name)| lacking.then_some(name))
    .collect();
    if lacking.is_empty() {
        return Vec::new();
    }
    vec![NONE.found(format!("没有写{}", lacking.join("和"))).at(subject.home(), "").help("在 disclosure.yaml 里补上。")]
}
