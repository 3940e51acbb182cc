//! Counts, ratios, and the sum type of what a ledger line may hold.

use rust_decimal::Decimal;

use super::amount::{AmountError, Yuan, parse_decimal};

/// A number of things (辆, 人次, 平方米), exact, in the unit of its measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(Decimal);

impl Count {
    #[must_use]
    pub const fn new(value: Decimal) -> Self {
        Self(value)
    }

    /// Reads a count; up to four decimals (areas, quantities).
    ///
    /// # Errors
    /// [`AmountError`] says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        parse_decimal(text, 4).map(Self)
    }

    #[must_use]
    pub const fn decimal(self) -> Decimal {
        self.0
    }
}

/// A share or rate as a plain number: 0.4613 is 46.13 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ratio(Decimal);

impl Ratio {
    /// `part / whole`; none where the whole is zero.
    #[must_use]
    pub fn of(part: Decimal, whole: Decimal) -> Option<Self> {
        part.checked_div(whole).map(Self)
    }

    #[must_use]
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    #[must_use]
    pub fn percent(self) -> Decimal {
        self.0 * Decimal::ONE_HUNDRED
    }
}

/// What a ledger line may hold. The measure decides which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    Money(Yuan),
    Count(Count),
}

impl Quantity {
    /// The exact number, in 元 for amounts.
    #[must_use]
    pub const fn decimal(self) -> Decimal {
        match self {
            Self::Money(amount) => amount.decimal(),
            Self::Count(count) => count.decimal(),
        }
    }

    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.decimal().is_zero()
    }

    #[must_use]
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Money(_))
    }

    /// The same kind with another number.
    #[must_use]
    pub const fn with(self, value: Decimal) -> Self {
        match self {
            Self::Money(_) => Self::Money(Yuan::new(value)),
            Self::Count(_) => Self::Count(Count(value)),
        }
    }
}
