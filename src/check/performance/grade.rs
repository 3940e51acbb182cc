//! P009: the grade follows the score.

use rust_decimal::Decimal;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

use super::target::points;

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "P009",
        severity: Severity::Warning,
        title: "自评等级与总分不符",
        meaning: "90 分及以上为优，80 至 90 分为良，60 至 80 分为中，60 分以下为差。",
        remedy: "核对自评等级和总分。",
        basis: basis::EVALUATION,
    },
    run,
};

fn due(score: Decimal) -> &'static str {
    match score {
        score if score >= Decimal::from(90) => "优",
        score if score >= Decimal::from(80) => "良",
        score if score >= Decimal::from(60) => "中",
        _ => "差",
    }
}

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject
        .disclosure
        .projects
        .iter()
        .filter_map(|project| {
            let evaluation = project.evaluation.as_ref()?;
            let (score, grade) = (points(evaluation.score.as_ref())?, evaluation.grade.as_deref()?);
            let named = ["优", "良", "中", "差"].into_iter().find(|word| grade.starts_with(word))?;
            (named != due(score)).then(|| {
                let message = format!("项目“{}”总分 {score}，等级写的是“{grade}”", project.name.value);
                let finding = RULE.found(message).at(project.span, "").figure(format!("project/{}", project.slug));
                finding.help(format!("按分数应为“{}”。", due(score)))
            })
        })
        .collect()
}
