//! K010: the counts a final account must publish with its “三公” money.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, Measure},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "K010",
        severity: Severity::Warning,
        title: "“三公”经费缺少数量",
        meaning: "决算要公开因公出国（境）团组数及人数、公务用车购置数及保有量、国内公务接待批次和人数，没有的写零。",
        remedy: "在 three-public.yaml 的 counts 里补上。",
        basis: basis::OPENNESS,
    },
    run,
};

const DUE: &[&str] =
    &["因公出国（境）团组", "因公出国（境）人次", "公务用车购置数", "公务用车保有量", "国内接待批次", "国内接待人次"];

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if !subject.is_final() {
        return Vec::new();
    }
    let given: Vec<String> = subject
        .lines(Measure::ThreePublicCount)
        .filter_map(|line| line.value(Dimension::Item).map(ToString::to_string))
        .collect();
    let lacking: Vec<&str> = DUE.iter().copied().filter(|item| !given.iter().any(|own| own == item)).collect();
    if lacking.is_empty() {
        return Vec::new();
    }
    let message = format!("没有写{}", lacking.join("、"));
    vec![RULE.found(message).at(subject.home(), "").help("在 three-public.yaml 的 counts 里补上，没有的写零。")]
}
