//! Properties of numbers: what holds for all amounts, not for those somebody thought of.

use disclosure::money::{AmountUnit, Case, Change, Quantity, Yuan, round};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// Amounts in fen, up to a hundred billion 元, either sign.
fn fen() -> impl Strategy<Value = i64> {
    -10_000_000_000_000_i64..10_000_000_000_000
}

fn yuan(fen: i64) -> Decimal {
    Decimal::new(fen, 2)
}

fn money(fen: i64) -> Quantity {
    Quantity::Money(Yuan::new(yuan(fen)))
}

/// With thousands separators, as a person types it.
fn grouped(amount: Decimal) -> String {
    let text = format!("{amount:.2}");
    let (sign, body) = text.strip_prefix('-').map_or(("", text.as_str()), |body| ("-", body));
    let (whole, fraction) = body.split_once('.').unwrap();
    let digits: Vec<char> = whole.chars().collect();
    let groups: Vec<String> = digits.rchunks(3).rev().map(|group| group.iter().collect()).collect();
    format!("{sign}{}.{fraction}", groups.join(","))
}

fn case(figure: i64, base: i64) -> Change {
    Change::between(Some(money(figure)), Some(money(base)), Decimal::from(10_000), 2)
}

proptest! {
    #[test]
    fn an_amount_is_read_as_it_is_written(fen in fen()) {
        let amount = yuan(fen);
        for text in [format!("{amount:.2}"), grouped(amount)] {
            prop_assert_eq!(Yuan::parse(&text, AmountUnit::Yuan).map(Yuan::decimal), Ok(amount.normalize()));
        }
        let in_wan = (amount / Decimal::from(10_000)).to_string();
        prop_assert_eq!(Yuan::parse(&in_wan, AmountUnit::TenThousand).map(Yuan::decimal), Ok(amount.normalize()));
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,24}") {
        let _either = Yuan::parse(&text, AmountUnit::Yuan);
    }

    #[test]
    fn a_misplaced_separator_is_refused(whole in 1_000_u32..9_999, at in 1_usize..4) {
        let mut text = whole.to_string();
        text.insert(at, ',');
        let read = Yuan::parse(&text, AmountUnit::Yuan).is_ok();
        prop_assert_eq!(read, at == 1, "{}", text);
    }

    #[test]
    fn rounding_is_symmetrical_and_near(fen in fen(), decimals in 0_u32..4) {
        let exact = yuan(fen) / Decimal::from(10_000);
        let rounded = round(exact, decimals);
        prop_assert_eq!(round(-exact, decimals), -rounded);
        prop_assert!((rounded - exact).abs() <= Decimal::new(5, decimals + 1));
        prop_assert_eq!(round(rounded, decimals), rounded);
    }

    /// n displayed parts and a displayed total differ by at most half a step for each: 0.005 × (n + 1).
    #[test]
    fn tails_stay_in_their_interval(parts in prop::collection::vec(fen(), 1..40)) {
        let wan = |fen: i64| yuan(fen) / Decimal::from(10_000);
        let shown: Decimal = parts.iter().map(|part| round(wan(*part), 2)).sum();
        let total = round(wan(parts.iter().sum()), 2);
        let allowed = Decimal::new(5, 3) * Decimal::from(parts.len() + 1);
        prop_assert!((shown - total).abs() <= allowed, "{} against {}", shown, total);
    }

    #[test]
    fn a_comparison_says_what_the_numbers_say(figure in fen(), base in fen()) {
        let change = case(figure, base);
        let difference = yuan(figure) - yuan(base);
        prop_assert_eq!(change.difference.map(Quantity::decimal), Some(difference));
        let prints_as_zero = round(difference / Decimal::from(10_000), 2).is_zero();
        let wanted = match (figure, base) {
            (0, 0) => Case::BothZero,
            _ if prints_as_zero => Case::Equal,
            (_, 0) => Case::FromZero,
            (0, _) => Case::ToZero,
            _ if figure > base => Case::Up,
            _ => Case::Down,
        };
        prop_assert_eq!(change.case, wanted);
        prop_assert_eq!(change.rate.is_some(), base > 0 && figure >= 0);
        prop_assert_eq!(change.exact, figure == base);
    }

    #[test]
    fn turning_a_comparison_round_turns_its_direction(figure in 1..1_000_000_000_i64, base in 1..1_000_000_000_i64) {
        let turned = match case(figure, base).case {
            Case::Up => Case::Down,
            Case::Down => Case::Up,
            same @ (Case::Equal | Case::FromZero | Case::ToZero | Case::BothZero | Case::NotComparable) => same,
        };
        prop_assert_eq!(case(base, figure).case, turned);
    }
}

#[test]
fn an_unknown_side_is_never_equal() {
    let step = Decimal::from(10_000);
    for (figure, base) in [(None, None), (Some(money(1)), None), (None, Some(money(0)))] {
        assert_eq!(Change::between(figure, base, step, 2).case, Case::NotComparable);
    }
}
