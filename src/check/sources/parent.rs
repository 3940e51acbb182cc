//! L020: codes whose class or section nobody named.

use std::collections::BTreeSet;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, Measure, Value},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "L020",
        severity: Severity::Warning,
        title: "科目的上级没有名称",
        meaning: "科目表里没有这个编码的上级科目，表格里上级一行会没有名称；也可能是编码写错了。",
        remedy: "核对编码；无误的，把上级科目的编码和名称补进 data/accounts/。",
        basis: basis::ACCOUNTS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let chart = &subject.disclosure.chart;
    let lines = [Measure::Expenditure, Measure::Income].into_iter().flat_map(|measure| subject.lines(measure));
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for line in lines {
        for dimension in [Dimension::Function, Dimension::Economic, Dimension::Government] {
            let (Some(classification), Some(Value::Code(code))) = (dimension.classification(), line.value(dimension))
            else {
                continue;
            };
            for parent in (1..code.level()).map(|level| code.at_level(level)) {
                if chart.name(classification, &parent).is_none() && seen.insert((dimension, parent)) {
                    let message = format!("{} 的上级科目 {parent} 没有名称", subject.named(dimension, *code));
                    let finding = RULE.found(message).at(line.span, dimension.label());
                    found.push(finding.help("核对编码；无误的，把上级科目的编码和名称补进 data/accounts/。"));
                }
            }
        }
    }
    found
}
