//! The change of a figure against a base stage: one value from which verb, amount, rate and case all come.

use rust_decimal::Decimal;

use super::{
    quantity::{Quantity, Ratio},
    round,
};

/// The seven cases of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    Up,
    Down,
    /// The same at the displayed decimals; `Change::exact` says whether also behind them.
    Equal,
    /// The base is zero, the figure is not.
    FromZero,
    /// The figure is zero, the base is not.
    ToZero,
    BothZero,
    /// One side is unknown.
    NotComparable,
}

impl Case {
    pub const ALL: &[Self] =
        &[Self::Up, Self::Down, Self::Equal, Self::FromZero, Self::ToZero, Self::BothZero, Self::NotComparable];

    /// The key of the case in templates and in a profile's wording.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Equal => "equal",
            Self::FromZero => "from_zero",
            Self::ToZero => "to_zero",
            Self::BothZero => "both_zero",
            Self::NotComparable => "not_comparable",
        }
    }
}

/// A comparison. Differences and rates are those of the exact values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub case: Case,
    /// Figure minus base; none where one side is unknown.
    pub difference: Option<Quantity>,
    /// Difference over base; none on a zero, negative or sign-changing base.
    pub rate: Option<Ratio>,
    /// Whether an equal case is equal behind the displayed decimals too.
    pub exact: bool,
}

impl Change {
    /// Compares a figure with its base. `step` is the worth of one unit of the printed number (10,000 for 万元) and
    /// `decimals` its printed decimals: a difference that prints as zero is *equal*.
    #[must_use]
    pub fn between(figure: Option<Quantity>, base: Option<Quantity>, step: Decimal, decimals: u32) -> Self {
        let (Some(figure), Some(base)) = (figure, base) else {
            return Self { case: Case::NotComparable, difference: None, rate: None, exact: false };
        };
        let difference = figure.decimal() - base.decimal();
        let rate = rate(figure.decimal(), base.decimal());
        Self::classify(figure, difference, base.is_zero(), rate, step, decimals)
    }

    /// A change of which only the difference is known.
    #[must_use]
    pub fn stated(figure: Quantity, difference: Decimal, step: Decimal, decimals: u32) -> Self {
        let base = figure.decimal() - difference;
        Self::classify(figure, difference, base.is_zero(), rate(figure.decimal(), base), step, decimals)
    }

    fn classify(
        figure: Quantity,
        difference: Decimal,
        base_zero: bool,
        rate: Option<Ratio>,
        step: Decimal,
        decimals: u32,
    ) -> Self {
        let printed = round(difference / step, decimals);
        let case = if figure.is_zero() && base_zero {
            Case::BothZero
        } else if printed.is_zero() {
            Case::Equal
        } else if base_zero {
            Case::FromZero
        } else if figure.is_zero() {
            Case::ToZero
        } else if difference.is_sign_positive() {
            Case::Up
        } else {
            Case::Down
        };
        Self { case, difference: Some(figure.with(difference)), rate, exact: difference.is_zero() }
    }
}

/// (figure − base) ÷ base, where both stand on the same side of zero.
fn rate(figure: Decimal, base: Decimal) -> Option<Ratio> {
    let sound = base > Decimal::ZERO && figure >= Decimal::ZERO;
    if sound { Ratio::of(figure - base, base) } else { None }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::{Case, Change};
    use crate::money::{AmountUnit, Quantity, Yuan};

    fn money(text: &str) -> Option<Quantity> {
        Yuan::parse(text, AmountUnit::TenThousand).ok().map(Quantity::Money)
    }

    fn change(figure: &str, base: &str) -> Change {
        Change::between(money(figure), money(base), Decimal::from(10_000), 2)
    }

    #[test]
    fn every_case_is_told_apart() {
        for (figure, base, case) in [
            ("2", "1", Case::Up),
            ("1", "2", Case::Down),
            ("1", "1", Case::Equal),
            ("1.004", "1", Case::Equal),
            ("1.005", "1", Case::Up),
            ("1", "0", Case::FromZero),
            ("0", "1", Case::ToZero),
            ("0", "0", Case::BothZero),
            ("1", "?", Case::NotComparable),
        ] {
            assert_eq!(change(figure, base).case, case, "{figure} against {base}");
        }
    }

    #[test]
    fn a_rate_needs_a_positive_base() {
        assert!(change("2", "1").rate.is_some());
        assert!(change("0", "1").rate.is_some());
        for (figure, base) in [("1", "0"), ("1", "-1"), ("-1", "1"), ("-2", "-1")] {
            assert!(change(figure, base).rate.is_none(), "{figure} against {base}");
        }
    }
}
