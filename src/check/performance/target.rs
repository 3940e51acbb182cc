//! What an indicator asks for, as far as it is a number.

use rust_decimal::Decimal;

use crate::model::files::IndicatorEntry;

/// How an actual value is held against the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    AtLeast,
    More,
    AtMost,
    Less,
    Equal,
    /// 定性.
    Quality,
}

/// Longest spellings first.
const OPERATORS: &[(&str, Operator)] = &[
    ("大于等于", Operator::AtLeast),
    ("小于等于", Operator::AtMost),
    ("大于", Operator::More),
    ("小于", Operator::Less),
    ("等于", Operator::Equal),
    ("定性", Operator::Quality),
    ("≥", Operator::AtLeast),
    ("≤", Operator::AtMost),
    ("＞", Operator::More),
    ("＜", Operator::Less),
    (">", Operator::More),
    ("<", Operator::Less),
    ("＝", Operator::Equal),
    ("=", Operator::Equal),
];

/// A target: operator, number, unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) operator: Option<Operator>,
    pub(super) number: Option<Decimal>,
    pub(super) unit: String,
}

/// Reads an indicator's target wherever its form keeps the operator.
pub(super) fn target(indicator: &IndicatorEntry) -> Target {
    let value = indicator.value.as_deref().unwrap_or("").trim();
    let (inner, rest) = leading(value);
    let outer = [&indicator.direction, &indicator.nature].into_iter().flatten().find_map(|word| leading(word.trim()).0);
    let (number, unit) = number(rest);
    let unit = indicator.measure.clone().filter(|measure| !measure.is_empty()).unwrap_or(unit);
    Target { operator: inner.or(outer), number, unit }
}

fn leading(text: &str) -> (Option<Operator>, &str) {
    OPERATORS
        .iter()
        .find_map(|(word, operator)| text.strip_prefix(word).map(|rest| (Some(*operator), rest)))
        .unwrap_or((None, text))
}

/// A number at the beginning of a text, and what follows it.
pub(super) fn number(text: &str) -> (Option<Decimal>, String) {
    let text = text.trim();
    let length = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(text.len());
    let digits = text[..length].replace(',', "");
    (Decimal::from_str_exact(&digits).ok(), text[length..].trim().to_owned())
}

/// A weight or score as written.
pub(super) fn points(text: Option<&String>) -> Option<Decimal> {
    number(text?).0
}

/// Whether a value meets a numeric target; none where that is no matter of numbers.
pub(super) fn met(target: &Target, actual: Decimal) -> Option<bool> {
    let wanted = target.number?;
    Some(match target.operator? {
        Operator::AtLeast => actual >= wanted,
        Operator::More => actual > wanted,
        Operator::AtMost => actual <= wanted,
        Operator::Less => actual < wanted,
        Operator::Equal => actual == wanted,
        Operator::Quality => return None,
    })
}
