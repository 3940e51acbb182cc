//! A005: what was carried out of last year is carried into this one.

use rust_decimal::Decimal;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    facts::Ask,
    model::Fund,
    period::{Kind, Stage},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A005",
        severity: Severity::Error,
        title: "年初结转与上年年末结转不等",
        meaning: "本年的年初结转和结余就是上年的年末结转和结余，两个数应当相同；会计差错更正等调整年初数的除外。",
        remedy: "核对两个数；确有调整的在豁免理由里写明。",
        basis: basis::REPORTS,
    },
    run,
};

pub(in crate::check) static FUNDS: Rule = Rule {
    entry: Entry {
        code: "A025",
        severity: Severity::Warning,
        title: "某种资金的年初结转与上年年末结转不等",
        meaning: "结转的总数相等，分到各种资金却不等，多半是结余台账有的行资金性质写错。",
        remedy: "核对结余台账各行的 fund；确有调整的写明豁免理由。",
        basis: basis::REPORTS,
    },
    run: funds,
};

/// The opening balance under a condition, last year's closing one, and the address of the latter.
fn pair(subject: &Subject<'_>, condition: &str) -> Option<(Decimal, Decimal, String)> {
    let last = match subject.disclosure.kind {
        Kind::Budget => [Stage::LastActual, Stage::LastBudget],
        Kind::Final => [Stage::LastFinal, Stage::LastFinal],
    };
    let own = subject.value(&format!("balance{{balance=年初结转和结余{condition}}}@{}", subject.main().term()))?;
    let closing =
        last.into_iter().map(|stage| format!("balance{{balance=年末结转和结余{condition}}}@{}", stage.term()));
    let told = closing.into_iter().find_map(|text| subject.value(&text).map(|value| (text, value)));
    let (text, theirs) = told.or_else(|| published(subject, condition))?;
    Some((own, theirs, text))
}

/// The closing balance as last year's final accounts here have it.
fn published(subject: &Subject<'_>, condition: &str) -> Option<(String, Decimal)> {
    let previous = subject.previous.filter(|own| own.disclosure.kind == Kind::Final)?;
    let text = format!("balance{{balance=年末结转和结余{condition}}}@{}", Stage::Final.term());
    let answer = previous.facts.answer(&Ask::Value(previous.facts.address(&text).ok()?)).ok()?;
    // The address means nothing in this year's ledgers, so that the finding stays at the opening balance.
    Some((String::new(), answer.outcome.decimal()?))
}

/// The place of last year's closing balance, where it is in this year's sources.
fn last_year(subject: &Subject<'_>, finding: Diagnostic, text: &str) -> Diagnostic {
    if text.is_empty() { finding } else { subject.at_first(finding, text, "上年年末") }
}

fn funds(subject: &Subject<'_>) -> Vec<Diagnostic> {
    // Unequal totals are told once, by the rule above.
    if pair(subject, "").is_none_or(|(own, theirs, _)| subject.unequal(own, theirs)) {
        return Vec::new();
    }
    let told = |fund: &Fund| {
        let condition = format!(",fund={}", fund.term());
        let (own, theirs, text) =
            pair(subject, &condition).filter(|(own, theirs, _)| subject.unequal(*own, *theirs))?;
        let message =
            format!("{}的年初结转和结余 {}，上年年末 {}", fund.term(), subject.show(own), subject.show(theirs));
        let figure = format!("balance{{balance=年初结转和结余{condition}}}@{}", subject.main().term());
        let finding = FUNDS.found(message).figure(subject.canonical(&figure));
        let finding = last_year(subject, finding, &text);
        Some(subject.at_first(finding, &figure, "年初").help("核对结余台账各行的 fund；确有调整的写明豁免理由。"))
    };
    Fund::ALL.iter().filter_map(told).collect()
}

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let opening = format!("年初结转和结余@{}", subject.main().term());
    let Some((own, theirs, text)) = pair(subject, "").filter(|(own, theirs, _)| subject.unequal(*own, *theirs)) else {
        return Vec::new();
    };
    let message = format!("年初结转和结余 {}，上年年末结转和结余 {}", subject.show(own), subject.show(theirs));
    let finding = RULE.found(message).figure(subject.canonical(&opening));
    let finding = last_year(subject, finding, &text);
    let finding = subject.at_first(finding, &opening, "年初");
    vec![finding.help("核对两年的结转；确有调整的写明豁免理由。")]
}
