//! Values of points as whole numbers, and the little trigonometry a pie needs.
//!
//! In: exact decimals as text. Out: integers on one scale; sines and cosines in billionths.
//! Never knows: floats. A chart is drawn to a hundredth of a unit, so eight decimals of a value are more than enough.

use rust_decimal::Decimal;

use crate::document::{Figure, Point};

/// Decimals kept of a value.
const DECIMALS: u32 = 8;
/// A whole turn, in the unit of angles used here.
pub(super) const TURN: i128 = 1_000_000;
/// One, in the unit of sines.
const ONE: i128 = 1_000_000_000;

/// The value behind a figure on the common scale; nothing where it has none.
pub(super) fn value(figure: &Figure) -> Option<i128> {
    let decimal = Decimal::from_str_exact(figure.raw.as_deref()?).ok()?;
    let (mantissa, scale) = (decimal.mantissa(), decimal.scale());
    if scale > DECIMALS {
        Some(mantissa / 10_i128.pow(scale - DECIMALS))
    } else {
        mantissa.checked_mul(10_i128.pow(DECIMALS - scale))
    }
}

/// What a slice measures: the amount itself, or the share where no amount is given. A negative part has no slice.
pub(super) fn slice(point: &Point) -> i128 {
    value(&point.figure).or_else(|| point.share.as_ref().and_then(value)).unwrap_or(0).max(0)
}

/// `length * part / whole`, rounded to the nearest; nothing of nothing is nothing.
pub(super) fn portion(length: i64, part: i128, whole: i128) -> i64 {
    if whole == 0 {
        return 0;
    }
    // Values that large lose their last digits, never their proportion.
    let shift = (whole.unsigned_abs().ilog2() + 64).saturating_sub(126);
    let (part, whole) = (part >> shift, whole >> shift);
    let product = i128::from(length).saturating_mul(part).saturating_mul(2).saturating_add(whole);
    i64::try_from(product.div_euclid(whole.saturating_mul(2).max(1))).unwrap_or(length)
}

/// The point of a circle at an angle counted clockwise from the top, relative to its centre.
pub(super) fn on_circle(radius: i64, angle: i128) -> (i64, i64) {
    let (sine, cosine) = (sine(angle), sine(angle + TURN / 4));
    (portion(radius, sine, ONE), -portion(radius, cosine, ONE))
}

/// Sine by its series on the first eighth of a turn, elsewhere by symmetry; good to 6 decimals, a hundredth of the finest line drawn.
fn sine(angle: i128) -> i128 {
    let angle = angle.rem_euclid(TURN);
    let (half, quarter, eighth) = (TURN / 2, TURN / 4, TURN / 8);
    if angle >= half {
        return -sine(angle - half);
    }
    let folded = if angle > quarter { half - angle } else { angle };
    if folded <= eighth { odd_series(folded) } else { even_series(quarter - folded) }
}

/// An angle in billionths of a radian; 2π with nine decimals.
fn radians(angle: i128) -> i128 {
    angle * 6_283_185_307 / TURN
}

fn odd_series(angle: i128) -> i128 {
    let x = radians(angle);
    let square = x * x / ONE;
    x * (ONE - square * (ONE - square * (ONE - square / 42) / ONE / 20) / ONE / 6) / ONE
}

fn even_series(angle: i128) -> i128 {
    let x = radians(angle);
    let square = x * x / ONE;
    ONE - square * (ONE - square * (ONE - square * (ONE - square / 56) / ONE / 30) / ONE / 12) / ONE / 2
}

#[cfg(test)]
mod tests {
    use super::{ONE, TURN, on_circle, portion, sine, value};
    use crate::document::{Figure, FigureKind};

    fn figure(raw: Option<&str>) -> Figure {
        Figure { kind: FigureKind::Amount, text: String::new(), raw: raw.map(str::to_owned), fact: None }
    }

    #[test]
    fn values_share_one_scale_and_what_is_no_number_has_none() {
        assert_eq!(value(&figure(Some("1.5"))), Some(150_000_000));
        assert_eq!(value(&figure(Some("-0.123456789012"))), Some(-12_345_678));
        assert_eq!(value(&figure(Some("1e3"))), None);
        assert_eq!(value(&figure(None)), None);
    }

    #[test]
    fn sines_are_right_to_six_decimals() {
        for (angle, expected) in [(0, 0), (TURN / 10, 587_785_252), (TURN / 8, 707_106_781), (TURN / 4, ONE)] {
            assert!((sine(angle) - expected).abs() <= 500, "{angle}: {}", sine(angle));
            assert!((sine(angle + TURN / 2) + expected).abs() <= 500);
        }
    }

    #[test]
    fn quarters_of_a_circle_lie_on_its_axes() {
        let corners: Vec<(i64, i64)> = (0..4).map(|n| on_circle(9000, n * TURN / 4)).collect();
        assert_eq!(corners, [(0, -9000), (9000, 0), (0, 9000), (-9000, 0)]);
    }

    #[test]
    fn portions_round_to_the_nearest_and_survive_huge_values() {
        assert_eq!(portion(100, 1, 3), 33);
        assert_eq!(portion(100, 2, 3), 67);
        assert_eq!(portion(100, 5, 0), 0);
        assert_eq!(portion(20_000, i128::MAX / 2, i128::MAX), 10_000);
    }
}
