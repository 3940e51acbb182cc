//! P008: cost indicators against the money of the project.

use rust_decimal::Decimal;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

use super::target::{Operator, Target, target};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "P008",
        severity: Severity::Error,
        title: "成本指标与项目金额矛盾",
        meaning: "单项成本不会大于项目的资金；写成“不少于”或“等于”的成本大于项目金额，两处必有一错。",
        remedy: "核对成本指标的数值、单位与项目金额。",
        basis: basis::GOALS,
    },
    run,
};

/// A cost in 元, where the unit is one of plain money.
fn yuan(target: &Target) -> Option<Decimal> {
    let factor = match target.unit.as_str() {
        "元" => 1,
        "万元" => 10_000,
        "亿元" => 100_000_000,
        _ => return None,
    };
    Some(target.number? * Decimal::from(factor))
}

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let stages = subject.stages();
    let mut found = Vec::new();
    for project in &subject.disclosure.projects {
        let figure = format!("project{{project={}}}", project.slug);
        let money = stages.iter().filter_map(|stage| subject.figure(&figure, *stage)).max();
        let Some(money) = money.filter(|money| !money.is_zero()) else { continue };
        for one in project.indicators.iter().filter(|one| one.first.contains("成本") || one.second.contains("成本"))
        {
            let target = target(one);
            let Some(cost) = yuan(&target) else { continue };
            let wrong = match target.operator {
                Some(Operator::AtMost | Operator::Less | Operator::Quality) => false,
                Some(Operator::AtLeast | Operator::More | Operator::Equal) | None => cost > money + subject.envelope(1),
            };
            if wrong {
                let message =
                    format!("成本指标“{}”是 {}，项目金额 {}", one.name, subject.show(cost), subject.show(money));
                let finding = RULE.found(message).at(one.span, "").figure(format!("project/{}", project.slug));
                found.push(finding.help("核对成本指标与项目金额。"));
            }
        }
    }
    found
}
