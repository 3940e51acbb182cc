//! X009: brackets of two widths, full-width digits and letters.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "X009",
        severity: Severity::Advice,
        title: "括号一半全角一半半角，或用了全角的数字、字母",
        meaning: "一对括号要么都用全角，要么都用半角；阿拉伯数字、字母和百分号用半角。",
        remedy: "改成同一种括号；数字、字母改成半角。",
        basis: basis::PUNCTUATION,
    },
    run,
};

static MIXED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"（[^（）()\n]{0,30}\)|\([^（）()\n]{0,30}）|[０-９Ａ-Ｚａ-ｚ％]+").ok());

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(pattern) = MIXED.as_ref() else { return Vec::new() };
    let mut found: Vec<Diagnostic> = Vec::new();
    for (text, _) in subject.own_prose() {
        for hit in pattern.find_iter(&text) {
            let finding = RULE.found(format!("“{}”全角半角混用", hit.as_str())).at(subject.locate(hit.as_str()), "");
            let finding = finding.figure(format!("text/{}", hit.as_str())).help("改成同一种括号；数字、字母改成半角。");
            if !found.contains(&finding) {
                found.push(finding);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::MIXED;

    #[test]
    fn brackets_far_apart_do_not_hide_what_stands_between_them() {
        let long = format!("（{}２０２４{})", "字".repeat(20), "字".repeat(20));
        let hits: Vec<&str> = MIXED.as_ref().unwrap().find_iter(&long).map(|hit| hit.as_str()).collect();
        assert_eq!(hits, ["２０２４"]);
    }
}
