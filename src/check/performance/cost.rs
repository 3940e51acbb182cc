//! P008, P017: cost indicators against the money of the project.

use rust_decimal::Decimal;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Project, files::IndicatorEntry},
    source::Located,
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

pub(in crate::check) static SUM: Rule = Rule {
    entry: Entry {
        code: "P017",
        severity: Severity::Advice,
        title: "成本指标合计大于项目金额",
        meaning: "以金额计的各项成本指标加起来，通常就是项目的预算；超过了预算，多半有一项抄错，或把总额和分项并列。",
        remedy: "核对各项成本指标与项目金额；并列总额和分项的不必理会。",
        basis: basis::GOALS,
    },
    run: sum,
};

/// The cost limits of a project that are plain money, by indicator; costs a head and standards are no parts of the whole.
fn limits(project: &Project) -> Vec<Decimal> {
    let cost = |one: &&Located<IndicatorEntry>| one.first.contains("成本") || one.second.contains("成本");
    let whole = |one: &&Located<IndicatorEntry>| !["人均", "标准", "单价"].iter().any(|word| one.name.contains(word));
    project.indicators.iter().filter(cost).filter(whole).filter_map(|one| yuan(&target(one))).collect()
}

fn sum(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let over = |project: &Project| {
        let figure = format!("project{{project={}}}", project.slug);
        let money = subject.stages().iter().filter_map(|stage| subject.figure(&figure, *stage)).max()?;
        let limits = limits(project);
        let sum: Decimal = limits.iter().sum();
        // The whole beside its parts; a single limit is the rule above.
        let told = limits.len() > 1 && !limits.contains(&money) && !money.is_zero();
        (told && sum > money + subject.envelope(limits.len())).then(|| {
            let message = format!(
                "项目“{}”{} 项成本指标合计 {}，项目金额 {}",
                project.name.value,
                limits.len(),
                subject.show(sum),
                subject.show(money)
            );
            let finding = SUM.found(message).at(project.span, "").figure(format!("project/{}", project.slug));
            finding.help("核对各项成本指标与项目金额。")
        })
    };
    subject.disclosure.projects.iter().filter_map(over).collect()
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
