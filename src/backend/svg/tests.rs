//! Charts as text: what must be in the picture, and what breaks it.

use super::draw;
use crate::document::{Chart, ChartKind, Figure, FigureKind, Id, Point};

fn figure(kind: FigureKind, text: &str, raw: &str) -> Figure {
    Figure { kind, text: text.to_owned(), raw: Some(raw.to_owned()), fact: None }
}

fn point(label: &str, group: &str, text: &str, raw: &str) -> Point {
    let share = (group.is_empty()).then(|| figure(FigureKind::Percent, "50.00%", "0.5"));
    Point { label: label.to_owned(), group: group.to_owned(), figure: figure(FigureKind::Amount, text, raw), share }
}

fn chart(kind: ChartKind, points: Vec<Point>) -> Chart {
    Chart {
        id: Id("chart-1".to_owned()),
        kind,
        caption: "图1：收入<构成>".to_owned(),
        unit: "万元".to_owned(),
        points,
        alt: "财政拨款收入占100%".to_owned(),
    }
}

#[test]
fn a_picture_is_named_and_described_and_drawn_twice_is_the_same() {
    let halves = vec![point("基本支出", "", "1.00", "10000"), point("项目支出", "", "1.00", "10000")];
    let picture = draw(&chart(ChartKind::Pie, halves));
    assert!(picture.contains("role=\"img\" aria-labelledby=\"chart-1-title chart-1-desc\""));
    assert!(picture.contains("<title id=\"chart-1-title\">图1：收入&lt;构成&gt;</title>"));
    assert!(picture.contains("<desc id=\"chart-1-desc\">财政拨款收入占100%</desc>"));
    assert!(picture.contains(">单位：万元<"));
    assert!(picture.contains(">1.00，50.00%<"));
}

#[test]
fn two_equal_slices_meet_at_the_top_and_at_the_foot() {
    let halves = vec![point("甲", "", "1.00", "1"), point("乙", "", "1.00", "1")];
    let picture = draw(&chart(ChartKind::Pie, halves));
    assert!(picture.contains("L260 36A96 96 0 0 1 260 228Z"), "{picture}");
    assert!(picture.contains("L260 228A96 96 0 0 1 260 36Z"), "{picture}");
}

#[test]
fn a_single_part_is_a_disc_and_an_empty_one_is_listed() {
    let picture = draw(&chart(ChartKind::Pie, vec![point("财政拨款", "", "5", "5"), point("其他", "", "0", "0")]));
    assert!(picture.contains("<circle") && !picture.contains("A96"));
    assert!(picture.contains(">其他：0，50.00%<"));
}

#[test]
fn nothing_at_all_is_an_empty_ring_and_not_a_division_by_zero() {
    let picture = draw(&chart(ChartKind::Pie, vec![point("财政拨款", "", "0.00", "0")]));
    assert!(picture.contains("stroke-dasharray"));
    let bars = draw(&chart(ChartKind::Bars, vec![point("收入", "2023", "0.00", "0")]));
    assert!(bars.contains(">0.00<") && !bars.contains("<rect"));
    assert!(draw(&chart(ChartKind::Rows, Vec::new())).starts_with("<svg"));
}

#[test]
fn a_negative_bar_hangs_below_the_base_line() {
    let bars = vec![point("增", "", "3.00", "3"), point("减", "", "-1.00", "-1")];
    let picture = draw(&chart(ChartKind::Bars, bars));
    // The base line lies 142.5 units (three quarters of the height) below the top of the tallest bar.
    assert!(picture.contains("y=\"42\" width=\"56\" height=\"142.5\""), "{picture}");
    assert!(picture.contains("y=\"184.5\" width=\"56\" height=\"47.5\""), "{picture}");
}

#[test]
fn bars_too_narrow_for_their_figures_lie_down() {
    let wide = |group: &str, label: &str| point(label, group, "123,456,789.00", "123456789");
    let few = draw(&chart(ChartKind::Bars, vec![wide("2023年", "收入"), wide("2024年", "收入")]));
    assert!(few.contains("text-anchor=\"middle\">2023年<"));
    let labels = ["收入", "支出", "结转"];
    let many = ["2022年", "2023年", "2024年"].iter().flat_map(|year| labels.map(|label| wide(year, label)));
    let lying = draw(&chart(ChartKind::Bars, many.collect()));
    assert!(lying.contains("font-weight=\"bold\">2023年<"));
}

#[test]
fn long_names_are_broken_not_cut() {
    let name = "机关事业单位基本养老保险缴费支出和职业年金缴费支出";
    let picture = draw(&chart(ChartKind::Rows, vec![point(name, "", "1", "1")]));
    let printed: String = picture
        .split("<text")
        .filter_map(|part| part.split_once('>')?.1.split_once('<'))
        .map(|(text, _)| text)
        .collect();
    assert!(printed.contains(name), "{printed}");
    assert!(!picture.contains(&format!(">{name}<")));
}

#[test]
fn text_cannot_open_an_element() {
    let picture = draw(&chart(ChartKind::Rows, vec![point("<script>&", "", "1", "1")]));
    assert!(picture.contains("&lt;script&gt;&amp;") && !picture.contains("<script"));
}
