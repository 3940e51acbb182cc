//! P013: one indicator twice in a project.

use std::collections::BTreeMap;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "P013",
        severity: Severity::Warning,
        title: "指标重复",
        meaning: "同一项目里两条指标的级次、名称和指标值都相同。",
        remedy: "删去重复的一条，并核对权重。",
        basis: basis::GOALS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for project in &subject.disclosure.projects {
        let mut seen = BTreeMap::new();
        for one in &project.indicators {
            let key = (&one.first, &one.second, &one.name, &one.value.value);
            if let Some(first) = seen.insert(key, one.span) {
                let finding =
                    RULE.found(format!("指标“{}”写了两次", one.name)).at(one.span, "第二次").at(first, "第一次");
                found.push(finding.figure(format!("project/{}", project.slug)).help("删去重复的一条。"));
            }
        }
    }
    found
}
