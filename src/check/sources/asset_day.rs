//! L010: the day of the asset count.

use chrono::Datelike as _;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    period::Kind,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "L010",
        severity: Severity::Warning,
        title: "资产截止日期与年度不合",
        meaning: "预算公开的资产情况截至上年（多为上年末）或本年第一天，决算公开的截至本年 12 月 31 日。",
        remedy: "核对 assets.yaml 的 as_of，多半没有随年度更新。",
        basis: basis::UNITS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(day) = subject.disclosure.assets_as_of else { return Vec::new() };
    let year = i32::from(subject.disclosure.year.0);
    let fine = match subject.disclosure.kind {
        // Later days had not come when the budget was drawn up.
        Kind::Budget => day.year() == year - 1 || (day.year() == year && day.ordinal() == 1),
        Kind::Final => day.year() == year && (day.month(), day.day()) == (12, 31),
    };
    if fine {
        return Vec::new();
    }
    let span = subject.locate(&day.to_string());
    vec![
        RULE.found(format!("资产截至 {day}，公开的是 {year} 年{}", subject.disclosure.kind.term()))
            .at(span, "")
            .help("核对 assets.yaml 的 as_of，多半没有随年度更新。"),
    ]
}
