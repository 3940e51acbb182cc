//! L001, L002: 功能分类 to 项, 基本支出 to 款.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, LineKind, Measure, Value},
};

pub(in crate::check) static FUNCTION: Rule = Rule {
    entry: Entry {
        code: "L001",
        severity: Severity::Warning,
        title: "功能分类没有写到项",
        meaning: "本级支出公开到功能分类的项级（7 位）；只写到类、款的支出看不出用在哪里。",
        remedy: "把该行的 function 写成 7 位项级编码。",
        basis: basis::REGULATION_6,
    },
    run: function,
};

pub(in crate::check) static ECONOMIC: Rule = Rule {
    entry: Entry {
        code: "L002",
        severity: Severity::Warning,
        title: "基本支出的经济分类没有写到款",
        meaning: "基本支出公开到经济分类的款级（5 位）。",
        remedy: "把该行的 economic 写成 5 位款级编码。",
        basis: basis::REGULATION_6,
    },
    run: economic,
};

fn function(subject: &Subject<'_>) -> Vec<Diagnostic> {
    shallow(subject, &FUNCTION, Dimension::Function, 3, false)
}

fn economic(subject: &Subject<'_>) -> Vec<Diagnostic> {
    shallow(subject, &ECONOMIC, Dimension::Economic, 2, true)
}

/// Lines of the main stage whose code stops above a level.
fn shallow(
    subject: &Subject<'_>,
    rule: &Rule,
    dimension: Dimension,
    level: usize,
    basic_only: bool,
) -> Vec<Diagnostic> {
    let basic = |value: Option<&Value>| matches!(value, Some(Value::Kind(LineKind::Personnel | LineKind::Operating)));
    subject
        .lines(Measure::Expenditure)
        .filter(|line| line.amounts.contains_key(&subject.main()))
        .filter(|line| !basic_only || basic(line.value(Dimension::Kind)))
        .filter_map(|line| match line.value(dimension) {
            Some(Value::Code(code)) if code.level() < level => Some((code, line.span)),
            _ => None,
        })
        .map(|(code, span)| {
            let message = format!("{}只写到 {}", dimension.label(), subject.named(dimension, *code));
            rule.found(message).at(span, "").help(format!("写成 {} 位编码。", level * 2 + 1))
        })
        .collect()
}
