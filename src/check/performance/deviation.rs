//! P005, P006: targets, points and the reasons for missing them.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Project, files::IndicatorEntry},
    source::Located,
};

use super::target::{met, number, points, target};

pub(in crate::check) static FULL: Rule = Rule {
    entry: Entry {
        code: "P005",
        severity: Severity::Warning,
        title: "没有完成指标却得满分",
        meaning: "实际完成值没有达到指标值，这一项不应得满分。",
        remedy: "核对指标值、实际完成值和得分。",
        basis: basis::EVALUATION,
    },
    run: full,
};

pub(in crate::check) static SILENT: Rule = Rule {
    entry: Entry {
        code: "P006",
        severity: Severity::Warning,
        title: "扣了分没有写偏差原因",
        meaning: "得分低于分值的指标要写明偏差原因和改进措施。",
        remedy: "在该指标下补上 deviation。",
        basis: basis::EVALUATION,
    },
    run: silent,
};

fn indicators<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (&'a Project, &'a Located<IndicatorEntry>)> {
    subject.disclosure.projects.iter().flat_map(|project| project.indicators.iter().map(move |one| (project, one)))
}

fn full(subject: &Subject<'_>) -> Vec<Diagnostic> {
    indicators(subject)
        .filter_map(|(project, one)| {
            let actual = one.actual.as_ref().and_then(|actual| number(actual).0)?;
            let (weight, score) = (points(one.weight.as_ref())?, points(one.score.as_ref())?);
            let missed = !met(&target(one), actual)?;
            (missed && score >= weight && !weight.is_zero()).then(|| {
                let message = format!(
                    "“{}”指标值 {}，实际 {actual}，得了满分",
                    one.name,
                    one.value.value.as_deref().unwrap_or("")
                );
                let finding = FULL.found(message).at(one.span, "").figure(format!("project/{}", project.slug));
                finding.help("核对实际完成值和得分。")
            })
        })
        .collect()
}

fn silent(subject: &Subject<'_>) -> Vec<Diagnostic> {
    indicators(subject)
        .filter_map(|(project, one)| {
            let (weight, score) = (points(one.weight.as_ref())?, points(one.score.as_ref())?);
            let quiet = one.deviation.as_deref().is_none_or(|text| text.trim().is_empty());
            (score < weight && quiet).then(|| {
                let message = format!("“{}”分值 {weight}，得 {score} 分，没有写偏差原因", one.name);
                let finding = SILENT.found(message).at(one.span, "").figure(format!("project/{}", project.slug));
                finding.help("补上 deviation。")
            })
        })
        .collect()
}
