//! C005: wordings that print a rate where there is none.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    money::Case,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "C005",
        severity: Severity::Error,
        title: "基数为零仍写增减率",
        meaning: "基数为零或未知时没有增减率、完成率，文种的说法里却留了它的位置，整句会印不出来。",
        remedy: "在 profile.yaml 的 changes 里去掉该情形的 {rate}、{completion}，或放进方括号。",
        basis: basis::NUMERALS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, cases) in subject.profile.file.changes.iter() {
        for (case, pattern) in cases.iter() {
            let baseless =
                [Case::FromZero, Case::BothZero, Case::NotComparable].iter().any(|own| own.key() == case.value);
            let bare = outside_brackets(&pattern.value);
            if baseless && (bare.contains("{rate}") || bare.contains("{completion}")) {
                let finding = RULE.found(format!("说法 {}.{} 写了增减率", name.value, case.value)).at(pattern.span, "");
                found.push(finding.help("去掉 {rate}、{completion}，或放进方括号。"));
            }
        }
    }
    found
}

/// A pattern without its optional stretches.
fn outside_brackets(pattern: &str) -> String {
    let mut depth = 0_u32;
    pattern
        .chars()
        .filter(|c| {
            match c {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        })
        .collect()
}
