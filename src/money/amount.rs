//! Amounts in 元, read from text and never through a float.

use std::{
    fmt,
    iter::Sum,
    ops::{Add, Neg, Sub},
};

use rust_decimal::Decimal;

/// An exact amount in 元.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Yuan(Decimal);

/// The unit a ledger file or a table states once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AmountUnit {
    /// 元, up to 2 decimals.
    Yuan,
    /// 万元, up to 6 decimals.
    TenThousand,
}

/// Why a text is no amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmountError {
    Empty,
    /// `1e3`
    Exponent,
    /// `１２`
    FullWidth,
    /// `12_000`
    Underscore,
    /// `12,34.5`
    Grouping,
    TooManyDecimals {
        allowed: u32,
    },
    /// More than sixteen digits before the point.
    TooLarge,
    /// Anything else that is no number.
    Malformed,
}

impl fmt::Display for AmountError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => out.write_str("没有写数字；不知道的金额写 ~"),
            Self::Exponent => out.write_str("不能用科学计数法"),
            Self::FullWidth => out.write_str("用了全角数字或符号"),
            Self::Underscore => out.write_str("不能用下划线分隔"),
            Self::Grouping => out.write_str("千分位逗号的位置不对"),
            Self::TooManyDecimals { allowed } => write!(out, "小数最多 {allowed} 位"),
            Self::TooLarge => out.write_str("整数部分超过十六位"),
            Self::Malformed => out.write_str("不是数字"),
        }
    }
}

impl AmountUnit {
    pub const ALL: &[Self] = &[Self::Yuan, Self::TenThousand];

    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::TenThousand => "万元",
        }
    }

    #[must_use]
    pub fn from_term(term: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|unit| unit.term() == term)
    }

    /// How many 元 one of this unit is.
    #[must_use]
    pub fn factor(self) -> Decimal {
        match self {
            Self::Yuan => Decimal::ONE,
            Self::TenThousand => Decimal::from(10_000),
        }
    }

    const fn decimals(self) -> u32 {
        match self {
            Self::Yuan => 2,
            Self::TenThousand => 6,
        }
    }
}

impl Yuan {
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Reads an amount as the ledgers write it.
    ///
    /// # Errors
    /// [`AmountError`] says what is wrong with the text.
    pub fn parse(text: &str, unit: AmountUnit) -> Result<Self, AmountError> {
        let value = parse_decimal(text, unit.decimals())?;
        value.checked_mul(unit.factor()).map(|yuan| Self(yuan.normalize())).ok_or(AmountError::TooLarge)
    }

    /// From a count of 元.
    #[must_use]
    pub const fn new(yuan: Decimal) -> Self {
        Self(yuan)
    }

    /// The exact number of 元.
    #[must_use]
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// The exact number in another unit, unrounded.
    #[must_use]
    pub fn in_unit(self, unit: AmountUnit) -> Decimal {
        self.0 / unit.factor()
    }

    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0.is_zero()
    }
}

/// Sign, digits, correct thousands separators, at most `decimals` decimals; nothing else.
///
/// # Errors
/// [`AmountError`] says what is wrong with the text.
pub(super) fn parse_decimal(text: &str, decimals: u32) -> Result<Decimal, AmountError> {
    let text = text.trim();
    let body = text.strip_prefix(['-', '+']).unwrap_or(text);
    if body.is_empty() {
        return Err(AmountError::Empty);
    }
    if let Some(odd) = body.chars().find(|c| !matches!(c, '0'..='9' | '.' | ',')) {
        return Err(match odd {
            'e' | 'E' if body.starts_with(|c: char| c.is_ascii_digit()) => AmountError::Exponent,
            '_' => AmountError::Underscore,
            '０'..='９' | '．' | '，' | '－' => AmountError::FullWidth,
            _ => AmountError::Malformed,
        });
    }
    let (whole, fraction) = body.split_once('.').map_or((body, None), |(whole, fraction)| (whole, Some(fraction)));
    if fraction.is_some_and(|part| part.contains(',')) {
        return Err(AmountError::Grouping);
    }
    if whole.is_empty() || fraction.is_some_and(|part| part.is_empty() || part.contains('.')) {
        return Err(AmountError::Malformed);
    }
    if whole.contains(',') && !grouped(whole) {
        return Err(AmountError::Grouping);
    }
    let length = fraction.map_or(0, str::len);
    if length > decimals as usize {
        return Err(AmountError::TooManyDecimals { allowed: decimals });
    }
    let digits: String = text.chars().filter(|c| *c != ',' && *c != '+').collect();
    if digits.trim_start_matches('-').split('.').next().is_some_and(|part| part.len() > 16) {
        return Err(AmountError::TooLarge);
    }
    Decimal::from_str_exact(&digits).map_err(|_| AmountError::Malformed)
}

/// `1,234,567`: one to three digits, then groups of three.
fn grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    first && groups.all(|group| group.len() == 3)
}

impl Add for Yuan {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Yuan {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Yuan {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Yuan {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::{AmountError, AmountUnit, Yuan};

    fn wan(text: &str) -> Result<String, AmountError> {
        Yuan::parse(text, AmountUnit::TenThousand).map(|amount| amount.decimal().to_string())
    }

    #[test]
    fn good_amounts_are_exact() {
        assert_eq!(wan("1,006.20"), Ok("10062000".into()));
        assert_eq!(wan("-0.000001"), Ok("-0.01".into()));
        assert_eq!(
            Yuan::parse("9999999999999999.99", AmountUnit::Yuan).map(|a| a.decimal().to_string()),
            Ok("9999999999999999.99".into())
        );
    }

    #[test]
    fn bad_amounts_say_why() {
        for (text, error) in [
            ("", AmountError::Empty),
            ("1e3", AmountError::Exponent),
            ("１２", AmountError::FullWidth),
            ("12_000", AmountError::Underscore),
            ("12,34.5", AmountError::Grouping),
            ("1,2345", AmountError::Grouping),
            ("1.2345678", AmountError::TooManyDecimals { allowed: 6 }),
            ("12345678901234567", AmountError::TooLarge),
            (".5", AmountError::Malformed),
            ("5.", AmountError::Malformed),
            ("1.2.3", AmountError::Malformed),
            ("元", AmountError::Malformed),
        ] {
            assert_eq!(wan(text), Err(error), "{text}");
        }
    }
}
