//! L017: the pair of economic classifications of one line.

use crate::{
    account::Code,
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, Measure, Value},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "L017",
        severity: Severity::Warning,
        title: "部门经济分类与政府经济分类不对应",
        meaning: "同一行的两套经济分类说的是同一笔支出，类别应当对应，如 301 对应 501 或 505。",
        remedy: "核对该行的 economic 和 government。",
        basis: basis::ACCOUNTS,
    },
    run,
};

/// Classes of the government classification that fit a class of the department classification.
fn fits(economic: Code, government: Code) -> bool {
    let theirs = government.at_level(1);
    let allowed: &[&str] = match economic.at_level(1).as_str() {
        "301" => &["501", "505"],
        "302" => &["502", "505"],
        "303" => &["509"],
        "307" => &["511", "512"],
        "309" => &["504", "506"],
        "310" => &["503", "506"],
        "311" | "312" => &["507", "508"],
        "313" => &["510"],
        _ => return true,
    };
    allowed.contains(&theirs.as_str())
}

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject
        .lines(Measure::Expenditure)
        .filter_map(|line| match (line.value(Dimension::Economic), line.value(Dimension::Government)) {
            (Some(Value::Code(own)), Some(Value::Code(other))) if !fits(*own, *other) => Some((own, other, line.span)),
            _ => None,
        })
        .map(|(own, other, span)| {
            RULE.found(format!(
                "{} 与 {} 不对应",
                subject.named(Dimension::Economic, *own),
                subject.named(Dimension::Government, *other)
            ))
            .at(span, "")
            .help("核对这一行的两套经济分类。")
        })
        .collect()
}
