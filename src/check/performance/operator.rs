//! P007: the operator fits the kind of indicator.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

use super::target::{Operator, number, target};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "P007",
        severity: Severity::Warning,
        title: "指标的性质与指标值不合",
        meaning: "成本指标应是上限（≤）而不是下限，定量的性质要有数字，定性指标不写纯数字。",
        remedy: "核对指标的 nature、direction 和 value。",
        basis: basis::GOALS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for project in &subject.disclosure.projects {
        for one in &project.indicators {
            let Some(value) = one.value.value.as_deref().map(str::trim).filter(|value| !value.is_empty()) else {
                continue;
            };
            let target = target(one);
            let cost = one.first.contains("成本") || one.second.contains("成本");
            let money = target.unit.contains('元');
            let message = match target.operator {
                Some(Operator::AtLeast | Operator::More) if cost && money => {
                    format!("成本指标“{}”写成了下限（{value}）", one.name)
                }
                Some(Operator::AtLeast | Operator::More | Operator::AtMost | Operator::Less)
                    if target.number.is_none() =>
                {
                    format!("“{}”的指标值“{value}”不是数字", one.name)
                }
                Some(Operator::Quality) if number(value).0.is_some() && number(value).1.is_empty() => {
                    format!("定性指标“{}”的指标值是数字 {value}", one.name)
                }
                _ => continue,
            };
            let finding = RULE.found(message).at(one.span, "").figure(format!("project/{}", project.slug));
            found.push(finding.help("核对指标的性质和指标值。"));
        }
    }
    found
}
