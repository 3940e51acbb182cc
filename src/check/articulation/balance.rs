//! A001, A002: both sides of the accounts come to one total.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static ALL: Rule = Rule {
    entry: Entry {
        code: "A001",
        severity: Severity::Error,
        title: "收支总计不平",
        meaning: "收入总计（本年收入、年初结转和结余、使用非财政拨款结余）应等于支出总计（本年支出、结余分配、年末结转和结余）。",
        remedy: "核对收入、支出、结余三本台账，常见的是漏记结转结余或多记一笔支出。",
        basis: basis::LAW_BALANCE,
    },
    run: all,
};

pub(in crate::check) static APPROPRIATION: Rule = Rule {
    entry: Entry {
        code: "A002",
        severity: Severity::Error,
        title: "财政拨款收支不平",
        meaning: "财政拨款收入加年初财政拨款结转结余，应等于财政拨款支出加年末财政拨款结转结余。",
        remedy: "核对财政拨款的收入、支出和结转结余，检查各行的 fund。",
        basis: basis::LAW_BALANCE,
    },
    run: appropriation,
};

fn all(subject: &Subject<'_>) -> Vec<Diagnostic> {
    unbalanced(subject, &ALL, "收入总计", "支出总计")
}

fn appropriation(subject: &Subject<'_>) -> Vec<Diagnostic> {
    unbalanced(subject, &APPROPRIATION, "财政拨款收入总计", "财政拨款支出总计")
}

fn unbalanced(subject: &Subject<'_>, rule: &Rule, left: &str, right: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for stage in subject.stages() {
        let (Some(income), Some(expenditure)) = (subject.figure(left, *stage), subject.figure(right, *stage)) else {
            continue;
        };
        if subject.unequal(income, expenditure) {
            let message = format!(
                "{}：{left} {}，{right} {}，相差 {}",
                stage.term(),
                subject.show(income),
                subject.show(expenditure),
                subject.show((income - expenditure).abs())
            );
            let figure = format!("{right}@{}", stage.term());
            let sides = [format!("{left}@{}", stage.term()), figure.clone()];
            let mut finding = rule.found(message).figure(subject.canonical(&figure));
            for (side, label) in sides.iter().zip([left, right]) {
                for span in subject.places(side).into_iter().take(1) {
                    finding = finding.at(span, label);
                }
            }
            found.push(finding.help("核对收入、支出和结余台账。"));
        }
    }
    found
}
