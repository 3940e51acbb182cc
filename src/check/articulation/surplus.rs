//! A021, A022: money by its origin against the balances.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, Measure},
};

pub(in crate::check) static USED: Rule = Rule {
    entry: Entry {
        code: "A021",
        severity: Severity::Warning,
        title: "使用非财政拨款结余与支出来源不等",
        meaning: "结余台账里的使用非财政拨款结余，应等于支出台账中来源为“使用非财政拨款结余”的支出。",
        remedy: "核对两本台账，检查支出行的 origin。",
        basis: basis::REPORTS,
    },
    run: used,
};

pub(in crate::check) static CARRIED: Rule = Rule {
    entry: Entry {
        code: "A022",
        severity: Severity::Warning,
        title: "用上年结转的支出大于年初结转",
        meaning: "来源为上年结转的支出，不会大于年初结转和结余。",
        remedy: "核对支出行的 origin 与结余台账的年初数。",
        basis: basis::REPORTS,
    },
    run: carried,
};

/// 支出 of an origin and the balance it comes from, at the main stage; none where lines keep no origin.
fn pair(
    subject: &Subject<'_>,
    origin: &str,
    balance: &str,
) -> Option<(rust_decimal::Decimal, rust_decimal::Decimal, String)> {
    let kept = subject.lines(Measure::Expenditure).any(|line| line.value(Dimension::Origin).is_some());
    let figure = format!("expenditure{{origin={origin}}}@{}", subject.main().term());
    let spent = subject.value(&figure).filter(|_| kept)?;
    let held = subject.figure(&format!("balance{{balance={balance}}}"), subject.main())?;
    Some((spent, held, figure))
}

fn tell(
    subject: &Subject<'_>,
    rule: &Rule,
    (spent, held, figure): &(rust_decimal::Decimal, rust_decimal::Decimal, String),
    balance: &str,
) -> Diagnostic {
    let message =
        format!("{} {}，结余台账的{balance} {}", subject.spoken(figure), subject.show(*spent), subject.show(*held));
    let finding = rule.found(message).figure(subject.canonical(figure));
    let finding = subject.at_first(finding, figure, "");
    finding.help("核对支出行的 origin 与结余台账。")
}

fn used(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let found = pair(subject, "使用非财政拨款结余", "使用非财政拨款结余");
    found
        .iter()
        .filter(|(spent, held, _)| subject.unequal(*spent, *held))
        .map(|pair| tell(subject, &USED, pair, "使用非财政拨款结余"))
        .collect()
}

fn carried(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let found = pair(subject, "上年结转", "年初结转和结余");
    found
        .iter()
        .filter(|(spent, held, _)| *spent > held + subject.envelope(1))
        .map(|pair| tell(subject, &CARRIED, pair, "年初结转和结余"))
        .collect()
}
