//! L011: member units named or numbered twice.

use std::collections::BTreeSet;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "L011",
        severity: Severity::Warning,
        title: "单位构成重复",
        meaning: "两个成员单位用了同一个名称或编码。",
        remedy: "核对 unit.yaml 的 members。",
        basis: basis::PRACTICE,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for member in &subject.disclosure.unit.members {
        for key in
            [Some(&member.name), member.code.as_ref(), Some(&member.id)].into_iter().flatten().collect::<BTreeSet<_>>()
        {
            if !seen.insert(key.clone()) {
                let finding = RULE.found(format!("“{key}”用在两个成员单位上")).at(subject.locate(key), "");
                found.push(finding.help("核对 members，改正或删去其中一个。"));
            }
        }
    }
    found
}
