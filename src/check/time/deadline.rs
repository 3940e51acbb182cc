//! Z001, Z002: released within twenty days of the approval, and not before it.

use chrono::TimeDelta;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static LATE: Rule = Rule {
    entry: Entry {
        code: "Z001",
        severity: Severity::Warning,
        title: "公开晚于批复后二十日",
        meaning: "部门、单位应在财政部门（主管部门）批复后二十日内公开。",
        remedy: "核对批复、公开日期；确已逾期的如实公开并改进。",
        basis: basis::LAW_14,
    },
    run: late,
};

pub(in crate::check) static EARLY: Rule = Rule {
    entry: Entry {
        code: "Z002",
        severity: Severity::Warning,
        title: "公开早于批复",
        meaning: "公开的是批复后的预算、决算，公开日期不会早于批复日期。",
        remedy: "核对 approved 和 released。",
        basis: basis::LAW_14,
    },
    run: early,
};

fn late(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let (Some(approved), Some(released)) = (&subject.disclosure.approved, &subject.disclosure.released) else {
        return Vec::new();
    };
    let days = (released.value - approved.value).num_days();
    let due = approved.value + TimeDelta::days(20);
    if days <= 20 {
        return Vec::new();
    }
    let message = format!("批复后第 {days} 天才公开，最迟应在 {due}");
    vec![LATE.found(message).at(released.span, "公开").at(approved.span, "批复").help("核对两个日期。")]
}

fn early(subject: &Subject<'_>) -> Vec<Diagnostic> {
    match (&subject.disclosure.approved, &subject.disclosure.released) {
        (Some(approved), Some(released)) if released.value < approved.value => {
            let finding = EARLY.found("公开日期早于批复日期").at(released.span, "公开").at(approved.span, "批复");
            vec![finding.help("核对两个日期。")]
        }
        _ => Vec::new(),
    }
}
