//! Lines up the figures of a column on the decimal point.
//!
//! In: the printed figures of a column. Out: for each the white to leave on its right.
//! Never knows: values. `0` under `0.34` is moved left by the width of `.34`.

use crate::backend::svg::metrics::width;

/// The part of a figure from its decimal point on (`.34`, `.13%`, `%`); nothing for what is no figure.
pub(super) fn tail(text: &str) -> Option<&str> {
    let digits = text.trim_start_matches(['-', '－', '−', '+']);
    if !digits.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let point = text.find('.');
    let end = text.rfind(|last: char| last.is_ascii_digit()).map(|place| place + 1);
    text.get(point.or(end)?..)
}

/// The widest tail of a column, in thousandths of the type size.
pub(super) fn widest_tail<'a>(texts: impl Iterator<Item = &'a str>) -> i64 {
    texts.filter_map(tail).map(width).max().unwrap_or(0)
}

/// White to the right of a figure in a column with that widest tail.
pub(super) fn white(text: &str, widest: i64) -> i64 {
    tail(text).map_or(0, |own| widest - width(own))
}

#[cfg(test)]
mod tests {
    use super::{white, widest_tail};
    use crate::backend::svg::metrics::width;

    #[test]
    fn points_meet_whatever_follows_them() {
        let column = ["0", "0.34", "1,200.5", "-3", ""];
        let widest = widest_tail(column.into_iter());
        let whites: Vec<i64> = column.into_iter().map(|text| white(text, widest)).collect();
        assert_eq!(whites, [width(".34"), 0, width("4"), width(".34"), 0]);
    }

    #[test]
    fn a_sign_of_percent_counts_and_a_word_does_not() {
        let widest = widest_tail(["12.50%", "—", "3%"].into_iter());
        assert_eq!(white("3%", widest), width(".50"));
        assert_eq!(white("—", widest), 0);
        assert_eq!(white("不可比", widest), 0);
    }
}
