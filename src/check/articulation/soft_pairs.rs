//! A020: functional items and the economic items they are mostly spent on.

use rust_decimal::Decimal;

use crate::{
    account::Code,
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::Dimension,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A020",
        severity: Severity::Advice,
        title: "功能科目与经济科目的金额不一致",
        meaning: "养老保险、职业年金、医疗、住房公积金等通常功能科目与经济科目等额；不等不一定错，值得看一眼。",
        remedy: "核对两个科目的金额；口径确有不同的不必理会。",
        basis: basis::REPORTS,
    },
    run,
};

const PAIRS: &[(&str, &str)] = &[
    ("2080505", "30108"),
    ("2080506", "30109"),
    ("2210201", "30113"),
    ("2101101|2101102", "30110"),
    ("2101103", "30111"),
    ("20827", "30112"),
    ("2080801", "30304"),
];

/// Codes with their names: 2101101 行政单位医疗、2101102 事业单位医疗.
fn names(subject: &Subject<'_>, dimension: Dimension, codes: &str) -> String {
    let named = |code: &str| {
        let code = dimension.classification().and_then(|own| Code::parse(own, code).ok());
        code.map(|code| subject.named(dimension, code))
    };
    codes.split('|').filter_map(named).collect::<Vec<_>>().join("、")
}

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let stage = subject.main().term();
    let mut found = Vec::new();
    for (function, economic) in PAIRS {
        let left = format!("expenditure{{kind=基本,function={function}}}@{stage}");
        let right = format!("expenditure{{kind=基本,economic={economic}}}@{stage}");
        let (Some(own), Some(other)) = (subject.value(&left), subject.value(&right)) else { continue };
        if own == Decimal::ZERO || other == Decimal::ZERO || !subject.unequal(own, other) {
            continue;
        }
        let message = format!(
            "功能科目 {} {}，经济科目 {} {}",
            names(subject, Dimension::Function, function),
            subject.show(own),
            names(subject, Dimension::Economic, economic),
            subject.show(other)
        );
        let finding = RULE.found(message).figure(subject.canonical(&left));
        let finding = subject.at_first(finding, &left, "");
        found.push(finding.help("核对两个科目的金额。"));
    }
    found
}
