//! A023: 机关运行经费 and 公用经费.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A023",
        severity: Severity::Advice,
        title: "机关运行经费与公用经费不等",
        meaning: "机关运行经费一般就是一般公共预算基本支出里的公用经费，同一阶段两个数不同值得看一眼。",
        remedy: "核对两个数；口径不同的不必理会。",
        basis: basis::LAW_14,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject
        .stages()
        .iter()
        .filter_map(|stage| {
            let figure = format!("机关运行经费@{}", stage.term());
            let (own, other) = (subject.value(&figure)?, subject.figure("公用经费", *stage)?);
            subject.unequal(own, other).then(|| {
                let message =
                    format!("{}：机关运行经费 {}，公用经费 {}", stage.term(), subject.show(own), subject.show(other));
                let finding = RULE.found(message).figure(subject.canonical(&figure));
                let finding = subject.at_first(finding, &figure, "");
                finding.help("核对两个数的口径。")
            })
        })
        .collect()
}
