//! L004: amounts below zero.

use crate::{
    check::subject::given,
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::Line,
    period::Stage,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "L004",
        severity: Severity::Warning,
        title: "金额或数量为负",
        meaning: "预算、决算的各行一般不会是负数，负号多半是误写；冲减收回确有负数的除外。",
        remedy: "核对符号；确为冲减的写明豁免理由。",
        basis: basis::PRACTICE,
    },
    run,
};

/// The figure that is this line alone, or it with its likes.
fn address(line: &Line, stage: Stage) -> String {
    let conditions: Vec<String> =
        line.dimensions.iter().map(|(dimension, value)| format!("{}={value}", dimension.term())).collect();
    format!("{}{{{}}}@{}", line.measure.term(), conditions.join(","), stage.term())
}

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for line in &subject.disclosure.lines {
        for stage in line.amounts.keys() {
            if let Some((amount, span)) =
                given(line, *stage).filter(|(amount, _)| amount.is_sign_negative() && !amount.is_zero())
            {
                let shown = if line.measure.is_money() { subject.show(amount) } else { amount.to_string() };
                let finding = RULE.found(format!("{}是负数：{shown}", stage.term())).at(span, "");
                let finding = finding.figure(subject.canonical(&address(line, *stage)));
                found.push(finding.help("核对符号；确为冲减的写明豁免理由。"));
            }
        }
    }
    // A view of a line (the money of its project) says the same again.
    found.dedup_by(|a, b| a.places == b.places);
    found.sort_by_key(|finding| finding.places.first().map(|place| place.span));
    found.dedup_by(|a, b| a.places == b.places);
    found
}
