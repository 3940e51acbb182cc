//! C001: a change without a reason.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    facts::{Address, Ask},
    money::Case,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "C001",
        severity: Severity::Warning,
        title: "没有写增减变化的原因",
        meaning: "文种在这里要说明增减变化的原因，reasons.yaml 里没有；“三公”经费和收支总额的增减必须说明原因。",
        remedy: "在 reasons.yaml 里补上；gen check --todo 会列出可以直接粘贴的条目。",
        basis: basis::PRACTICE,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let changed = |case: Case| match case {
        Case::Up | Case::Down | Case::FromZero | Case::ToZero => true,
        Case::Equal | Case::BothZero | Case::NotComparable => false,
    };
    let mut found = Vec::new();
    for missing in subject.missing_reasons.iter().filter(|missing| changed(missing.case)) {
        let difference = subject.address(&missing.figure).and_then(|of: Address| {
            subject.facts.answer(&Ask::Difference { of, base: missing.base }).ok()?.outcome.decimal()
        });
        let change = difference.map(|value| {
            let word = if value.is_sign_negative() { "减少" } else { "增加" };
            format!("比{}{word} {}，", missing.base.term(), subject.show(value.abs()))
        });
        let message = format!("{}{}没有写原因", subject.spoken(&missing.figure), change.unwrap_or_default());
        let finding = RULE.found(message).figure(missing.figure.clone());
        let finding = subject.at_first(finding, &missing.figure, "");
        found.push(finding.help("在 reasons.yaml 里补上原因（gen check --todo 列出条目）。"));
    }
    found
}
