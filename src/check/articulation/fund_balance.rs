//! A003: each fiscal fund balances by itself.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::Fund,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A003",
        severity: Severity::Error,
        title: "分资金收支不平",
        meaning: "一般公共预算、政府性基金、国有资本经营预算各自的收入加年初结转，应等于支出加年末结转。",
        remedy: "核对各行的 fund，一笔钱的收入和支出要写同一种资金。",
        basis: basis::REPORTS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for stage in subject.stages() {
        for fund in Fund::APPROPRIATION {
            let of = |measure: &str, condition: &str| {
                subject.figure(&format!("{measure}{{{condition}fund={}}}", fund.term()), *stage)
            };
            let sides = (
                of("income", ""),
                of("balance", "balance=年初结转和结余,"),
                of("expenditure", ""),
                of("balance", "balance=年末结转和结余,"),
            );
            let (Some(income), Some(opening), Some(expenditure), Some(closing)) = sides else { continue };
            let (left, right) = (income + opening, expenditure + closing);
            if subject.unequal(left, right) {
                let figure = format!("expenditure{{fund={}}}@{}", fund.term(), stage.term());
                let message = format!(
                    "{}的{}：收入和年初结转 {}，支出和年末结转 {}，相差 {}",
                    stage.term(),
                    fund.term(),
                    subject.show(left),
                    subject.show(right),
                    subject.show((left - right).abs())
                );
                let finding = RULE.found(message).figure(subject.canonical(&figure));
                let finding = subject.at_first(finding, &figure, "");
                found.push(finding.help("核对这种资金的收入、支出和结转。"));
            }
        }
    }
    found
}
