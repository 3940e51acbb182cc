//! X010: the unit's name of last year, left in after it was renamed.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "X010",
        severity: Severity::Warning,
        title: "文字里是本单位上年的名称",
        meaning: "单位更名后，自写的文字里还留着上年公开时的名称或简称。",
        remedy: "改成现在的名称；确实说的是更名前的单位，在 short_names 里加上旧名。",
        basis: basis::PRACTICE,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(previous) = subject.previous else { return Vec::new() };
    let (old, now) = (&previous.disclosure.unit, &subject.disclosure.unit);
    let current: Vec<&str> =
        std::iter::once(now.name.value.as_str()).chain(now.short_names.iter().map(String::as_str)).collect();
    let gone: Vec<&str> = std::iter::once(old.name.value.as_str())
        .chain(old.short_names.iter().map(String::as_str))
        .filter(|name| !current.iter().any(|own| own.contains(name)))
        .collect();
    let mut found = Vec::new();
    for (text, span) in subject.own_prose() {
        if let Some(name) = gone.iter().find(|name| text.contains(**name)) {
            let finding = RULE.found(format!("文字里有上年的名称“{name}”，现在是“{}”", now.name.value)).at(span, "");
            found.push(
                finding
                    .figure(format!("text/{name}"))
                    .help("改成现在的名称；确实说的是更名前的单位，在 short_names 里加上旧名。"),
            );
        }
    }
    found
}
