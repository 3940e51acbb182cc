//! X003: brackets and quotation marks in pairs.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "X003",
        severity: Severity::Warning,
        title: "括号、引号不成对",
        meaning: "一段文字里的（）《》〔〕“”数目不相等。",
        remedy: "补上缺的一半，或删去多的一半。",
        basis: basis::PUNCTUATION,
    },
    run,
};

const PAIRS: &[(&str, &str)] = &[("（", "）"), ("《", "》"), ("〔", "〕"), ("“", "”"), ("【", "】")];

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (text, span) in subject.own_prose() {
        for (open, close) in PAIRS {
            // Half-width brackets may close full-width ones; that is another matter.
            let half = if *open == "（" { (text.matches('(').count(), text.matches(')').count()) } else { (0, 0) };
            let (left, right) = (text.matches(open).count() + half.0, text.matches(close).count() + half.1);
            // Enumerations may use a closing bracket alone: 1）.
            if left != right && !(*open == "（" && right > left && text.contains(|c: char| c.is_ascii_digit())) {
                let finding = RULE.found(format!("“{open}”{left} 个，“{close}”{right} 个")).at(span, "");
                found.push(finding.help("补上缺的一半，或删去多的一半。"));
            }
        }
    }
    found
}
