//! A010: the parts of a “三公” item come to the item.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    check::subject::given,
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, Measure},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A010",
        severity: Severity::Error,
        title: "“三公”细分与合计不等",
        meaning: "国内接待费与国（境）外接待费之和应等于公务接待费，教学科研与其他因公出国（境）费之和应等于因公出国（境）费。",
        remedy: "核对 three-public.yaml 的 parts 与支出台账。",
        basis: basis::PRACTICE,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for stage in subject.stages() {
        let mut sums: BTreeMap<String, (Decimal, usize, crate::source::Span)> = BTreeMap::new();
        for line in subject.lines(Measure::ThreePublicPart) {
            if let (Some(item), Some((amount, span))) = (line.value(Dimension::Item), given(line, *stage)) {
                let entry = sums.entry(item.to_string()).or_insert((Decimal::ZERO, 0, span));
                entry.0 += amount;
                entry.1 += 1;
            }
        }
        for (item, (sum, count, span)) in sums {
            let figure = format!("{item}@{}", stage.term());
            let Some(whole) = subject.value(&figure) else { continue };
            if subject.differ(whole, sum, count) {
                let message = format!("{item}是 {}，细分合计 {}", subject.show(whole), subject.show(sum));
                found.push(
                    RULE.found(message)
                        .at(span, "细分")
                        .figure(subject.canonical(&figure))
                        .help("核对细分金额与台账。"),
                );
            }
        }
    }
    found
}
