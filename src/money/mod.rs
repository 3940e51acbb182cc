//! Numbers with types: amounts, counts, ratios, and the change between two stages.
//!
//! In: the text of a scalar. Out: exact decimals. Never knows: files, layout, how a number is printed.

mod amount;
mod change;
mod quantity;

pub use amount::{AmountError, AmountUnit, Yuan};
pub use change::{Case, Change};
pub use quantity::{Count, Quantity, Ratio};

use rust_decimal::{Decimal, RoundingStrategy};

/// Rounds half away from zero (四舍五入), the rounding of public accounts. The caller names the decimals; nothing is
/// rounded anywhere else.
#[must_use]
pub fn round(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}
