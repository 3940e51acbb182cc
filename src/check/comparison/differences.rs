//! C007: stated differences of the parts come to the difference of the whole.

use rust_decimal::Decimal;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    facts::{Address, Ask, Expression, Sign},
    period::Stage,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "C007",
        severity: Severity::Error,
        title: "分项增减之和与合计增减不等",
        meaning: "各分项的增减额相加，不等于合计的增减额，差额大于尾差。",
        remedy: "核对 stated.yaml 里给出的增减额。",
        basis: basis::REPORTS,
    },
    run,
};

/// The difference of a figure from a base stage, where both are known.
fn difference(subject: &Subject<'_>, expression: Expression, base: Stage) -> Option<Decimal> {
    let of = Address { expression, stage: subject.main() };
    subject.facts.answer(&Ask::Difference { of, base }).ok()?.outcome.decimal()
}

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, formula) in &subject.profile.figures {
        let (Ok(whole), Ok(parts)) = (subject.facts.expression(name), subject.facts.expression(formula)) else {
            continue;
        };
        if parts.0.len() < 2 {
            continue;
        }
        for base in &subject.stages()[1..] {
            let Some(total) = difference(subject, whole.clone(), *base) else { continue };
            let each: Option<Vec<Decimal>> = parts
                .0
                .iter()
                .map(|(sign, term)| {
                    let own = difference(subject, Expression::single(term.clone()), *base)?;
                    Some(if *sign == Sign::Plus { own } else { -own })
                })
                .collect();
            let Some(each) = each else { continue };
            let sum: Decimal = each.iter().sum();
            if subject.differ(total, sum, each.len()) {
                let figure = format!("{}@{}", name.value, subject.main().term());
                let message = format!(
                    "“{}”比{}的增减是 {}，各分项合计 {}",
                    name.value,
                    base.term(),
                    subject.show(total),
                    subject.show(sum)
                );
                let place = subject.locate(&name.value);
                found.push(
                    RULE.found(message).at(place, "").figure(subject.canonical(&figure)).help("核对各分项的增减额。"),
                );
            }
        }
    }
    found
}
