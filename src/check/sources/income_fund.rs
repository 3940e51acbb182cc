//! L019: appropriations come from fiscal funds, and other income does not.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, Fund, IncomeSource, Measure, Value},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "L019",
        severity: Severity::Warning,
        title: "收入来源与资金性质不合",
        meaning: "财政拨款收入只来自一般公共预算、政府性基金、国有资本经营三种资金，其他收入不用这三种资金。",
        remedy: "核对该行的 source 和 fund。",
        basis: basis::REPORTS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject
        .lines(Measure::Income)
        .filter_map(|line| match (line.value(Dimension::Source), line.value(Dimension::Fund)) {
            (Some(Value::Source(source)), Some(Value::Fund(fund)))
                if (*source == IncomeSource::Appropriation) != Fund::APPROPRIATION.contains(fund) =>
            {
                Some((source, fund, line.span))
            }
            _ => None,
        })
        .map(|(source, fund, span)| {
            RULE.found(format!("“{source}”写成了“{fund}”的资金")).at(span, "").help("核对这一行的 source 和 fund。")
        })
        .collect()
}
