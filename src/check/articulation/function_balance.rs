//! A004: without carry-over every functional item spends what it receives.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    account::Code,
    check::subject::given,
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, Fund, Measure, Value},
    period::Stage,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A004",
        severity: Severity::Warning,
        title: "同一功能科目的拨款收入与支出不等",
        meaning: "没有结转结余时，每个功能科目的财政拨款收入应等于它的财政拨款支出。",
        remedy: "核对该科目在收入、支出两本台账里的金额和编码。",
        basis: basis::REPORTS,
    },
    run,
};

/// Amounts of fiscal funds by code; none where a line has no code or no known amount.
fn by_code(subject: &Subject<'_>, measure: Measure, stage: Stage) -> Option<BTreeMap<Code, Decimal>> {
    let mut sums = BTreeMap::new();
    for line in subject.lines(measure).filter(|line| line.amounts.contains_key(&stage)) {
        match line.value(Dimension::Fund) {
            Some(Value::Fund(fund)) if Fund::APPROPRIATION.contains(fund) => {}
            Some(_) => continue,
            None => return None,
        }
        let Some(Value::Code(code)) = line.value(Dimension::Function) else { return None };
        *sums.entry(*code).or_insert(Decimal::ZERO) += given(line, stage)?.0;
    }
    Some(sums)
}

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for stage in subject.stages() {
        let still = ["年初结转和结余", "年末结转和结余"].iter().all(|item| {
            subject
                .figure(&format!("balance{{balance={item},fund=财政拨款}}"), *stage)
                .is_some_and(|value| value.is_zero())
        });
        let sides = (by_code(subject, Measure::Income, *stage), by_code(subject, Measure::Expenditure, *stage));
        let (true, (Some(income), Some(expenditure))) = (still, sides) else { continue };
        if income.is_empty() || expenditure.is_empty() {
            continue;
        }
        for code in income.keys().chain(expenditure.keys()).collect::<std::collections::BTreeSet<_>>() {
            let (left, right) =
                (income.get(code).copied().unwrap_or_default(), expenditure.get(code).copied().unwrap_or_default());
            if subject.unequal(left, right) {
                let figure = format!("expenditure{{function={code},fund=财政拨款}}@{}", stage.term());
                let message = format!(
                    "{}的 {}：拨款收入 {}，支出 {}，相差 {}",
                    stage.term(),
                    subject.named(Dimension::Function, *code),
                    subject.show(left),
                    subject.show(right),
                    subject.show((left - right).abs())
                );
                let at = if right.is_zero() {
                    format!("income{{function={code},fund=财政拨款}}@{}", stage.term())
                } else {
                    figure.clone()
                };
                let finding = RULE.found(message).figure(subject.canonical(&figure));
                let finding = subject.at_first(finding, &at, "");
                found.push(finding.help("核对这个科目的收入和支出。"));
            }
        }
    }
    found
}
