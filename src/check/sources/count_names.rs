//! L012: names of “三公” counts and parts that no chapter asks for.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, Measure, Value},
    source::nearest,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "L012",
        severity: Severity::Warning,
        title: "“三公”经费的数量名称不在约定之内",
        meaning: "数量按名称取用，名称写错的数量不会印出，也不参加核对。",
        remedy: "改成约定的名称，如 国内接待批次、公务用车保有量。",
        basis: basis::OPENNESS,
    },
    run,
};

const COUNTS: &[&str] = &[
    "因公出国（境）团组",
    "因公出国（境）人次",
    "公务用车购置数",
    "公务用车保有量",
    "国内接待批次",
    "国内接待人次",
    "外事接待批次",
    "外事接待人次",
    "国（境）外接待批次",
    "国（境）外接待人次",
];

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject
        .lines(Measure::ThreePublicCount)
        .filter_map(|line| match line.value(Dimension::Item) {
            Some(Value::Name(name)) if !COUNTS.contains(&name.as_ref()) => Some((name, line.span)),
            _ => None,
        })
        .map(|(name, span)| {
            let near = nearest(name, COUNTS.iter().copied());
            let help =
                near.map_or_else(|| format!("可以写：{}。", COUNTS.join("、")), |near| format!("是不是想写“{near}”？"));
            RULE.found(format!("没有“{name}”这个数量")).at(span, "").help(help)
        })
        .collect()
}
