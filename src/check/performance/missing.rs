//! P010, P011, P012: goals, indicators and values that are not there.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::Project,
    period::Kind,
};

pub(in crate::check) static GOAL: Rule = Rule {
    entry: Entry {
        code: "P010",
        severity: Severity::Warning,
        title: "项目缺少绩效目标或指标",
        meaning: "公开绩效目标表的项目要有年度目标和绩效指标。",
        remedy: "补上 goal 和 indicators；不公开的写 goal_form: false。",
        basis: basis::GOALS,
    },
    run: goal,
};

pub(in crate::check) static VALUE: Rule = Rule {
    entry: Entry {
        code: "P011",
        severity: Severity::Warning,
        title: "指标没有值",
        meaning: "绩效指标没有写指标值，决算自评没有写实际完成值或得分。",
        remedy: "补上 value；决算自评还要补 actual 和 score。",
        basis: basis::GOALS,
    },
    run: value,
};

pub(in crate::check) static KINDS: Rule = Rule {
    entry: Entry {
        code: "P012",
        severity: Severity::Advice,
        title: "一级指标不齐",
        meaning: "绩效指标一般包括产出、效益和满意度三类，缺一类要有理由。",
        remedy: "补上缺少的一类指标。",
        basis: basis::GOALS,
    },
    run: kinds,
};

fn forms<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a Project> {
    subject.disclosure.projects.iter().filter(|project| project.goal_form)
}

fn blank(text: Option<&String>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

fn goal(subject: &Subject<'_>) -> Vec<Diagnostic> {
    forms(subject)
        .filter_map(|project| {
            let lacking = match (blank(project.goal.as_ref()), project.indicators.is_empty()) {
                (false, false) => return None,
                (true, false) => "年度目标",
                (false, true) => "绩效指标",
                (true, true) => "年度目标和绩效指标",
            };
            let finding = GOAL.found(format!("项目“{}”没有{lacking}", project.name.value)).at(project.span, "");
            Some(finding.figure(format!("project/{}", project.slug)).help("补上，或写 goal_form: false。"))
        })
        .collect()
}

fn value(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for project in forms(subject) {
        let evaluated = subject.disclosure.kind == Kind::Final && project.evaluation.is_some();
        for one in &project.indicators {
            let mut lacking = Vec::new();
            if blank(one.value.value.as_ref()) {
                lacking.push("指标值");
            }
            if evaluated && blank(one.actual.as_ref()) {
                lacking.push("实际完成值");
            }
            if evaluated && !blank(one.weight.as_ref()) && blank(one.score.as_ref()) {
                lacking.push("得分");
            }
            if !lacking.is_empty() {
                let finding = VALUE.found(format!("“{}”没有{}", one.name, lacking.join("、"))).at(one.span, "");
                found.push(finding.figure(format!("project/{}", project.slug)).help("在项目文件里补上。"));
            }
        }
    }
    found
}

fn kinds(subject: &Subject<'_>) -> Vec<Diagnostic> {
    forms(subject)
        .filter(|project| !project.indicators.is_empty())
        .filter_map(|project| {
            let lacking: Vec<&str> = ["产出", "效益", "满意度"]
                .into_iter()
                .filter(|kind| {
                    !project.indicators.iter().any(|one| one.first.contains(kind) || one.second.contains(kind))
                })
                .collect();
            (!lacking.is_empty()).then(|| {
                let message = format!("项目“{}”没有{}指标", project.name.value, lacking.join("、"));
                let finding = KINDS.found(message).at(project.span, "");
                finding.figure(format!("project/{}", project.slug)).help("补上缺少的一类指标。")
            })
        })
        .collect()
}
