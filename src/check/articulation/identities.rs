//! A006: a named figure that is a sum, stated beside its stated parts.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    facts::Address,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A006",
        severity: Severity::Error,
        title: "合计与各部分之和不等",
        meaning: "给出的合计与同一阶段各组成部分之和不等，差额大于尾差；如“三公”经费应等于出国、车辆、接待三项之和。",
        remedy: "核对 stated.yaml 里的合计与各部分，改正其中错的一个。",
        basis: basis::REPORTS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, formula) in &subject.profile.figures {
        let Ok(expression) = subject.facts.expression(formula) else { continue };
        if expression.0.len() < 2 {
            continue;
        }
        for stage in subject.stages() {
            let parts = Address { expression: expression.clone(), stage: *stage };
            let parts =
                subject.facts.answer(&crate::facts::Ask::Value(parts)).ok().and_then(|answer| answer.outcome.decimal());
            let figure = format!("{}@{}", name.value, stage.term());
            let (Some(whole), Some(parts)) = (subject.value(&figure), parts) else { continue };
            if subject.differ(whole, parts, expression.0.len()) {
                let message = format!(
                    "{}的“{}”是 {}，各部分合计 {}",
                    stage.term(),
                    name.value,
                    subject.show(whole),
                    subject.show(parts)
                );
                let finding = RULE.found(message).figure(subject.canonical(&figure));
                let finding = subject.at_first(finding, &figure, "");
                found.push(finding.help(format!("{} = {}，核对各数。", name.value, formula.value)));
            }
        }
    }
    found
}
