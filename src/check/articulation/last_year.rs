//! A009: 上年 figures are those of last year's disclosure.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    facts::{Address, Ask},
    period::{Kind, Stage},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A009",
        severity: Severity::Error,
        title: "上年数与上年公开不一致",
        meaning: "本年给出的上年数，与上年公开材料里的同一个数不同。",
        remedy: "以上年公开的数为准改正；口径调整过的写明豁免理由。",
        basis: basis::PRACTICE,
    },
    run,
};

/// The stage at which last year's disclosure has what this one calls by its stage.
fn counterpart(stage: Stage, previous: Kind) -> Option<Stage> {
    match (stage, previous) {
        (Stage::LastBudget, Kind::Budget) => Some(Stage::Budget),
        (Stage::LastFinal | Stage::LastActual, Kind::Final) => Some(Stage::Final),
        (Stage::LastBudget, Kind::Final) => Some(Stage::InitialBudget),
        _ => None,
    }
}

/// Figures that both years tell, stated or not.
const TOTALS: &[&str] = &[
    "收入合计",
    "支出合计",
    "基本支出",
    "项目支出",
    "财政拨款收入",
    "财政拨款支出",
    "一般公共预算支出",
    "政府性基金支出",
    "国有资本经营支出",
    "年末结转和结余",
    "机关运行经费",
    "三公经费",
];

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(previous) = subject.previous else { return Vec::new() };
    let mut figures: Vec<String> = subject
        .disclosure
        .stated
        .iter()
        .filter(|stated| stated.difference_from.is_none())
        .map(|stated| stated.figure.value.clone())
        .collect();
    for stage in [Stage::LastBudget, Stage::LastActual, Stage::LastFinal] {
        figures.extend(TOTALS.iter().map(|name| format!("{name}@{}", stage.term())));
    }
    let mut found: Vec<Diagnostic> = Vec::new();
    for figure in figures {
        let Some(address) = subject.address(&figure) else { continue };
        let Some(stage) = counterpart(address.stage, previous.disclosure.kind) else { continue };
        let theirs = Address { expression: address.expression.clone(), stage };
        let theirs = previous.facts.answer(&Ask::Value(theirs)).ok().and_then(|answer| answer.outcome.decimal());
        let (Some(own), Some(theirs)) = (subject.value(&figure), theirs) else { continue };
        if subject.unequal(own, theirs) {
            let canonical = subject.facts.canonical(&address);
            if found.iter().any(|finding| finding.figure.as_ref() == Some(&canonical)) {
                continue;
            }
            let message =
                format!("{}是 {}，上年公开的是 {}", subject.spoken(&figure), subject.show(own), subject.show(theirs));
            let finding = RULE.found(message).figure(canonical);
            let finding = subject.at_first(finding, &figure, "");
            found.push(finding.help("以上年公开的数为准；口径调整过的写明豁免理由。"));
        }
    }
    found
}
