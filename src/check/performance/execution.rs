//! P004: points for execution follow the rate of execution.

use rust_decimal::Decimal;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

use super::target::points;

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "P004",
        severity: Severity::Error,
        title: "预算执行得分与执行率不符",
        meaning: "预算执行得分 = 执行率 × 预算执行率的分值，执行率 = 全年执行数 ÷ 全年预算数。",
        remedy: "核对执行得分，或项目的全年预算数、执行数。",
        basis: basis::EVALUATION,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for project in &subject.disclosure.projects {
        let Some((spent, budget)) = subject.execution(project) else { continue };
        let score = project.evaluation.as_ref().and_then(|evaluation| points(evaluation.execution_score.as_ref()));
        let (Some(score), Some(weight)) = (score, points(project.execution_weight.as_ref())) else { continue };
        let Some(rate) = spent.checked_div(budget) else { continue };
        let due = (rate * weight).min(weight);
        if (score - due).abs() > Decimal::new(1, 2) {
            let message = format!(
                "项目“{}”执行率 {}%，执行得分 {score}，按分值应为 {}",
                project.name.value,
                crate::money::round(rate * Decimal::ONE_HUNDRED, 2),
                crate::money::round(due, 2)
            );
            let finding = RULE.found(message).at(project.span, "").figure(format!("project/{}", project.slug));
            found.push(finding.help("核对执行得分与项目资金。"));
        }
    }
    found
}
