//! K009: last year's figures, without which no change can be told.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "K009",
        severity: Severity::Advice,
        title: "没有上年数，说不出增减",
        meaning: "收支增减变化及原因是必须说明的内容，没有上年的收入、支出总数就写不出来。",
        remedy: "在 stated.yaml 里给出上年的合计，或用 previous 指明上年的公开。",
        basis: basis::UNITS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let base = subject.disclosure.kind.last_year();
    let names = ["支出总计", "支出合计", "财政拨款支出总计", "一般公共预算支出", "收入合计"];
    if names.iter().any(|name| subject.figure(name, base).is_some()) {
        return Vec::new();
    }
    vec![
        RULE.found(format!("没有{}的总数", base.term())).at(subject.home(), "").help("在 stated.yaml 里给出上年合计。"),
    ]
}
