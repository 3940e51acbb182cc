//! A014: “三公” outturn above its budget.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    period::Stage,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A014",
        severity: Severity::Warning,
        title: "“三公”经费决算超过预算",
        meaning: "“三公”经费决算数大于全年预算数，必须有依据并说明原因。",
        remedy: "核对预算数；确实超支的写明原因并豁免。",
        basis: basis::OPENNESS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if !subject.is_final() {
        return Vec::new();
    }
    ["因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费"]
        .into_iter()
        .filter_map(|item| {
            Some((item, subject.figure(item, Stage::Final)?, subject.figure(item, Stage::AdjustedBudget)?))
        })
        .filter(|(_, spent, budget)| *spent > budget + subject.envelope(0))
        .map(|(item, spent, budget)| {
            let figure = format!("{item}@{}", Stage::Final.term());
            let message = format!("{item}决算 {}，全年预算 {}", subject.show(spent), subject.show(budget));
            let finding = RULE.found(message).figure(subject.canonical(&figure));
            let finding = subject.at_first(finding, &figure, "");
            finding.help("核对预算数，或说明超支的依据。")
        })
        .collect()
}
