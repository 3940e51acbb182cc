//! P003: no more points than an indicator is worth.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

use super::target::points;

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "P003",
        severity: Severity::Error,
        title: "得分超过分值",
        meaning: "一项指标的得分不能大于它的分值。",
        remedy: "核对这一项的 weight 和 score。",
        basis: basis::EVALUATION,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for project in &subject.disclosure.projects {
        let figure = format!("project/{}", project.slug);
        let mut compare = |name: &str, weight: Option<&String>, score: Option<&String>, span| {
            if let (Some(weight), Some(score)) = (points(weight), points(score))
                && score > weight
            {
                let message = format!("“{name}”得 {score} 分，分值是 {weight}");
                found.push(RULE.found(message).at(span, "").figure(figure.clone()).help("核对分值和得分。"));
            }
        };
        for indicator in &project.indicators {
            compare(&indicator.name, indicator.weight.as_ref(), indicator.score.as_ref(), indicator.span);
        }
        let execution = project.evaluation.as_ref().and_then(|evaluation| evaluation.execution_score.as_ref());
        compare("预算执行率", project.execution_weight.as_ref(), execution, project.span);
    }
    found
}
