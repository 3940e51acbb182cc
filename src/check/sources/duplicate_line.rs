//! L007: one line typed twice.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    check::{Rule, Subject},
    diagnostic::{Diagnostic, Entry, Severity},
    model::Measure,
    money::Quantity,
    period::Stage,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "L007",
        severity: Severity::Warning,
        title: "台账行重复",
        meaning: "两行的各个维度和金额完全相同，多半是同一笔记了两次。",
        remedy: "删去重复的一行；确是两笔的合并成一行。",
        basis: "",
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut seen = BTreeMap::new();
    let mut found = Vec::new();
    for line in &subject.disclosure.lines {
        // Other measures are views of these, or have rules of their own.
        let ledger = matches!(line.measure, Measure::Income | Measure::Expenditure | Measure::Balance);
        if !ledger || line.amounts.is_empty() {
            continue;
        }
        let amounts: Vec<(Stage, Option<Decimal>)> =
            line.amounts.keys().map(|stage| (*stage, line.known(*stage).map(Quantity::decimal))).collect();
        if amounts.iter().all(|(_, known)| known.is_none_or(|amount| amount.is_zero())) {
            continue;
        }
        let key = (line.measure, &line.dimensions, amounts);
        if let Some(first) = seen.insert(key, line.span) {
            let finding = RULE.found("这一行与前面一行完全相同").at(line.span, "第二次").at(first, "第一次");
            found.push(finding.help("删去重复的一行；确是两笔的合并成一行。"));
        }
    }
    found
}
