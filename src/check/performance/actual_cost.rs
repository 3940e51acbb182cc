//! P015: what the cost indicators say was spent.

use rust_decimal::Decimal;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    period::Stage,
};

use super::target::{number, target};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "P015",
        severity: Severity::Advice,
        title: "成本指标的实际值与执行数不符",
        meaning: "以万元计的各项成本指标，实际值之和通常就是项目的全年执行数；不等的值得看一眼。",
        remedy: "核对成本指标的实际完成值与项目执行数；指标没有列全的不必理会。",
        basis: basis::EVALUATION,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if !subject.is_final() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for project in &subject.disclosure.projects {
        let figure = format!("project{{project={}}}", project.slug);
        let Some(spent) = subject.figure(&figure, Stage::Final).filter(|spent| !spent.is_zero()) else { continue };
        let costs: Vec<Decimal> = project
            .indicators
            .iter()
            .filter(|one| one.first.contains("成本") || one.second.contains("成本"))
            .filter(|one| target(one).unit == "万元" && !one.name.contains("人均") && !one.name.contains("标准"))
            .filter_map(|one| number(one.actual.as_deref()?).0)
            .collect();
        let sum: Decimal = costs.iter().sum::<Decimal>() * Decimal::from(10_000);
        if !costs.is_empty() && subject.differ(spent, sum, costs.len()) {
            let message = format!(
                "项目“{}”成本指标实际合计 {}，执行数 {}",
                project.name.value,
                subject.show(sum),
                subject.show(spent)
            );
            let finding = RULE.found(message).at(project.span, "").figure(format!("project/{}", project.slug));
            found.push(finding.help("核对成本指标与执行数。"));
        }
    }
    found
}
