//! L008: two projects under one name or code.

use std::collections::BTreeMap;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "L008",
        severity: Severity::Warning,
        title: "项目名称或编码重复",
        meaning: "两个项目文件用了同一个名称或编码，读者分不清是不是同一个项目。",
        remedy: "核对是否重复建了项目；确是两个项目的在名称里加以区别。",
        basis: basis::PRACTICE,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut seen = BTreeMap::new();
    let mut found = Vec::new();
    for project in &subject.disclosure.projects {
        let keys = [("名称", Some(&project.name.value)), ("编码", project.code.as_ref())];
        for (what, key) in keys {
            let Some(key) = key else { continue };
            if let Some(first) = seen.insert((what, key.clone()), project.span) {
                let finding =
                    RULE.found(format!("{what}“{key}”用在两个项目上")).at(project.span, "").at(first, "另一个");
                found.push(finding.figure(format!("project/{}", project.slug)).help("加以区别，或删去重复的文件。"));
            }
        }
    }
    found
}
