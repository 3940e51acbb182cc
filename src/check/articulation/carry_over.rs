//! A005: what was carried out of last year is carried into this one.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    period::{Kind, Stage},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A005",
        severity: Severity::Error,
        title: "年初结转与上年年末结转不等",
        meaning: "本年的年初结转和结余就是上年的年末结转和结余，两个数应当相同；会计差错更正等调整年初数的除外。",
        remedy: "核对两个数；确有调整的在豁免理由里写明。",
        basis: basis::REPORTS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let last = match subject.disclosure.kind {
        Kind::Budget => [Stage::LastActual, Stage::LastBudget],
        Kind::Final => [Stage::LastFinal, Stage::LastFinal],
    };
    let opening = format!("年初结转和结余@{}", subject.main().term());
    let closing = last.into_iter().map(|stage| format!("年末结转和结余@{}", stage.term()));
    let known = closing.into_iter().find_map(|text| subject.value(&text).map(|value| (text, value)));
    let (Some(own), Some((text, theirs))) = (subject.value(&opening), known) else { return Vec::new() };
    if !subject.unequal(own, theirs) {
        return Vec::new();
    }
    let message = format!("年初结转和结余 {}，上年年末结转和结余 {}", subject.show(own), subject.show(theirs));
    let finding = RULE.found(message).figure(subject.canonical(&opening));
    let finding = subject.places(&text).into_iter().take(1).fold(finding, |finding, span| finding.at(span, "上年年末"));
    let finding = subject.places(&opening).into_iter().take(1).fold(finding, |finding, span| finding.at(span, "年初"));
    vec![finding.help("核对两年的结转；确有调整的写明豁免理由。")]
}
