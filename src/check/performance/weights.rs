//! P001, P002: weights and points add up.

use rust_decimal::Decimal;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::Project,
};

use super::target::points;

pub(in crate::check) static WEIGHTS: Rule = Rule {
    entry: Entry {
        code: "P001",
        severity: Severity::Error,
        title: "权重（分值）之和不是 100",
        meaning: "各指标的权重加预算执行率的权重应等于 100 分。",
        remedy: "核对各指标的 weight 和 execution_weight。",
        basis: basis::EVALUATION,
    },
    run: weights,
};

pub(in crate::check) static SCORES: Rule = Rule {
    entry: Entry {
        code: "P002",
        severity: Severity::Error,
        title: "各项得分之和不等于自评总分",
        meaning: "各指标得分加预算执行得分应等于自评总分。",
        remedy: "核对各指标的 score、execution_score 与总分。",
        basis: basis::EVALUATION,
    },
    run: scores,
};

fn sum(values: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    values.collect::<Option<Vec<_>>>().filter(|values| !values.is_empty()).map(|values| values.iter().sum())
}

fn tell(rule: &Rule, project: &Project, message: String, help: &str) -> Diagnostic {
    rule.found(message).at(project.span, "").figure(format!("project/{}", project.slug)).help(help)
}

fn weights(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for project in subject.disclosure.projects.iter().filter(|project| project.goal_form) {
        let execution = points(project.execution_weight.as_ref()).unwrap_or_default();
        let total = sum(project.indicators.iter().map(|one| points(one.weight.as_ref())));
        let own =
            |one: &crate::model::files::IndicatorEntry| points(one.weight_this_year.as_ref().or(one.weight.as_ref()));
        let this_year = project.indicators.iter().any(|one| one.weight_this_year.is_some());
        let second = if this_year { sum(project.indicators.iter().map(|one| own(one))) } else { None };
        for (what, total) in [("权重", total), ("本年权重", second)] {
            let Some(total) = total.map(|total| total + execution).filter(|total| *total != Decimal::ONE_HUNDRED)
            else {
                continue;
            };
            let message = format!(
                "项目“{}”的{what}合计 {}（含预算执行率 {}）",
                project.name.value,
                total.normalize(),
                execution.normalize()
            );
            found.push(tell(&WEIGHTS, project, message, "核对各指标的权重，合计应为 100。"));
        }
    }
    found
}

fn scores(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for project in &subject.disclosure.projects {
        let Some(evaluation) = &project.evaluation else { continue };
        let Some(total) = points(evaluation.score.as_ref()) else { continue };
        let execution = points(evaluation.execution_score.as_ref()).unwrap_or_default();
        let Some(own) = sum(project.indicators.iter().map(|one| points(one.score.as_ref()))) else { continue };
        if own + execution != total {
            let message = format!(
                "项目“{}”各项得分合计 {}，总分 {}",
                project.name.value,
                (own + execution).normalize(),
                total.normalize()
            );
            found.push(tell(&SCORES, project, message, "核对各指标得分和总分。"));
        }
    }
    found
}
