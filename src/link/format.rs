//! Numbers to text: the one place where a value is rounded and gets its digits.

use rust_decimal::Decimal;

use crate::{
    document::FigureKind,
    facts::{Answer, Outcome},
    money::{Case, Quantity, Ratio, round},
    profile::Style,
};

/// A printed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    pub kind: FigureKind,
    pub text: String,
    /// The printed value as a plain decimal (元 for amounts, the ratio for percents): rounded, so that a publication
    /// holds nothing that is not printed.
    pub raw: Option<String>,
    /// Prints as nothing.
    pub blank: bool,
}

/// Prints an answer in a style. A rate over a base of zero does not exist; the style may word that.
#[must_use]
pub(super) fn print_answer(answer: &Answer, style: &Style, absolute: bool) -> Printed {
    let from_zero = answer.change.as_ref().is_some_and(|change| change.case == Case::FromZero);
    if answer.outcome == Outcome::Unknown && from_zero && !style.zero_base.is_empty() {
        return Printed { kind: FigureKind::Percent, text: style.zero_base.clone(), raw: None, blank: false };
    }
    print(answer.outcome, style, absolute)
}

/// Prints an outcome in a style.
#[must_use]
pub fn print(outcome: Outcome, style: &Style, absolute: bool) -> Printed {
    let absolute = absolute || style.absolute;
    match outcome {
        Outcome::Quantity(Quantity::Money(amount)) => {
            number(amount.in_unit(style.unit), style.unit.factor(), FigureKind::Amount, style, absolute)
        }
        Outcome::Quantity(Quantity::Count(count)) => {
            number(count.decimal(), Decimal::ONE, FigureKind::Count, style, absolute)
        }
        Outcome::Ratio(ratio) => percent(ratio, style, absolute),
        Outcome::Unknown => Printed {
            kind: FigureKind::Amount,
            text: style.unknown.clone(),
            raw: None,
            blank: style.unknown.is_empty(),
        },
    }
}

fn percent(ratio: Ratio, style: &Style, absolute: bool) -> Printed {
    let hundredth = Decimal::new(1, 2);
    number(ratio.percent(), hundredth, FigureKind::Percent, style, absolute)
}

/// `factor` turns the printed number back into the raw unit.
fn number(value: Decimal, factor: Decimal, kind: FigureKind, style: &Style, absolute: bool) -> Printed {
    let mut rounded = round(value, style.decimals);
    if rounded.is_zero() || absolute {
        rounded = rounded.abs();
    }
    let raw = Some((rounded * factor).normalize().to_string());
    if let (true, Some(zero)) = (rounded.is_zero(), &style.zero) {
        let text = if zero.is_empty() { String::new() } else { format!("{zero}{}", style.suffix) };
        return Printed { kind, blank: text.is_empty(), text, raw };
    }
    let text = format!("{}{}", digits(rounded, style), style.suffix);
    Printed { kind, text, raw, blank: false }
}

fn digits(rounded: Decimal, style: &Style) -> String {
    let mut fixed = rounded;
    fixed.rescale(style.decimals);
    let text = if style.trailing_zeros { fixed.to_string() } else { rounded.normalize().to_string() };
    let (sign, body) = text.strip_prefix('-').map_or(("", text.as_str()), |body| ("-", body));
    let (whole, fraction) = body.split_once('.').map_or((body, ""), |(whole, fraction)| (whole, fraction));
    let whole = if style.grouping { grouped(whole) } else { whole.to_owned() };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// Whole digits in groups of three.
#[must_use]
pub fn grouped(whole: &str) -> String {
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::print;
    use crate::{
        facts::Outcome,
        money::{AmountUnit, Quantity, Ratio, Yuan},
        profile::Style,
    };

    fn style() -> Style {
        Style {
            unit: AmountUnit::TenThousand,
            decimals: 2,
            grouping: true,
            trailing_zeros: true,
            zero: None,
            unknown: "未知".to_owned(),
            zero_base: String::new(),
            suffix: "万元".to_owned(),
            absolute: false,
        }
    }

    fn wan(text: &str, style: &Style) -> String {
        let amount = Yuan::parse(text, AmountUnit::TenThousand).expect("an amount");
        print(Outcome::Quantity(Quantity::Money(amount)), style, false).text
    }

    #[test]
    fn amounts_round_half_away_from_zero() {
        assert_eq!(wan("2181.313", &style()), "2,181.31万元");
        assert_eq!(wan("0.005", &style()), "0.01万元");
        assert_eq!(wan("-0.005", &style()), "-0.01万元");
        assert_eq!(wan("-0.001", &style()), "0.00万元");
        assert_eq!(wan("1234567.1", &style()), "1,234,567.10万元");
    }

    #[test]
    fn styles_change_the_digits() {
        let stripped = Style { trailing_zeros: false, grouping: false, ..style() };
        assert_eq!(wan("4203", &stripped), "4203万元");
        assert_eq!(wan("54.20", &stripped), "54.2万元");
        let blank = Style { zero: Some(String::new()), suffix: String::new(), ..style() };
        assert_eq!(wan("0", &blank), "");
        let zero = Style { zero: Some("0".to_owned()), ..style() };
        assert_eq!(wan("0", &zero), "0万元");
        let yuan = Style { unit: AmountUnit::Yuan, suffix: "元".to_owned(), ..style() };
        assert_eq!(wan("1.5", &yuan), "15,000.00元");
    }

    #[test]
    fn what_is_published_is_rounded() {
        let amount = Yuan::parse("2181.313", AmountUnit::TenThousand).expect("an amount");
        let printed = print(Outcome::Quantity(Quantity::Money(amount)), &style(), false);
        assert_eq!(printed.raw.as_deref(), Some("21813100"));
    }

    #[test]
    fn percents_come_from_exact_ratios() {
        let ratio = Ratio::of("1".parse().expect("one"), "3".parse().expect("three")).expect("a ratio");
        let percent = Style { grouping: false, suffix: "%".to_owned(), ..style() };
        assert_eq!(print(Outcome::Ratio(ratio), &percent, false).text, "33.33%");
    }
}
