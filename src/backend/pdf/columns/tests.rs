//! Tables in, plans out: what turns the sheet and what does not.

use super::{Plan, plan};
use crate::backend::pdf::paper::{LANDSCAPE, LOOSE, PORTRAIT, SETTINGS};
use crate::document::{Align, Cell, CellKind, Column, Id, Orientation, Row, RowRole, Table};

fn table(heads: &[&str], bodies: &[&[&str]]) -> Table {
    let row =
        |role, kind, texts: &[&str]| Row { role, cells: texts.iter().map(|text| Cell::plain(kind, *text)).collect() };
    let column = |place: usize| Column { align: if place == 0 { Align::Left } else { Align::Decimal }, width: 1 };
    Table {
        id: Id("t".to_owned()),
        title: String::new(),
        title_level: None,
        label: String::new(),
        caption_left: String::new(),
        caption_right: String::new(),
        continued: String::new(),
        columns: (0..heads.len()).map(column).collect(),
        head: vec![row(RowRole::Head, CellKind::Head, heads)],
        body: bodies.iter().map(|texts| row(RowRole::Body, CellKind::Text, texts)).collect(),
        notes: Vec::new(),
        orientation: Orientation::Auto,
        head_columns: 1,
    }
}

fn total(plan: &Plan) -> i64 {
    plan.widths.iter().sum()
}

#[test]
fn a_narrow_table_stands_upright_in_full_size_and_fills_the_line() {
    let plan = plan(&table(&["项目", "预算数"], &[&["一般公共预算拨款收入", "2,181.31"]]), 0);
    assert_eq!((plan.landscape, plan.setting.size), (false, 1_050));
    assert_eq!(total(&plan), PORTRAIT.width);
}

#[test]
fn the_type_shrinks_before_the_sheet_turns() {
    let mut figures = ["12,181.31"; 8];
    figures[0] = "机关事业单位";
    let plan = plan(&table(&["预算数"; 8], &[&figures]), 0);
    assert!(!plan.landscape);
    assert!(plan.setting.size < 1_050 && plan.setting.size >= 900, "{plan:?}");
}

#[test]
fn the_sheet_turns_when_figures_do_not_fit_upright() {
    let twelve = ["单位"; 12];
    let mut figures = ["12,345,678.90"; 12];
    figures[0] = "青岚水乡自治县社会保险服务局（本级）";
    let plan = plan(&table(&twelve, &[&figures]), 0);
    assert!(plan.landscape && plan.setting.size >= 900, "{plan:?}");
    assert_eq!(total(&plan), LANDSCAPE.width);
}

#[test]
fn a_table_told_to_stand_upright_does_so_in_the_smallest_type_allowed() {
    let mut wide = table(&["单位"; 12], &[&["12,345,678.90"; 12]]);
    wide.orientation = Orientation::Portrait;
    let plan = plan(&wide, 0);
    assert_eq!((plan.landscape, plan.setting.size, total(&plan)), (false, 900, PORTRAIT.width));
}

#[test]
fn many_empty_columns_with_long_heads_do_not_turn_the_sheet() {
    let heads = ["项目", "一般公共预算拨款", "政府性基金预算拨款", "国有资本经营预算拨款", "事业收入"];
    let plan = plan(&table(&heads, &[&["合计", "", "", "", ""]]), 0);
    assert!(!plan.landscape);
}

#[test]
fn a_long_text_takes_the_room_that_figures_leave() {
    let goal = "确保全县城乡居民养老保险待遇按时足额发放".repeat(6);
    let plan = plan(&table(&["项目", "数"], &[&[&goal, "1.00"]]), 0);
    assert!(plan.widths[0] > 4 * plan.widths[1], "{plan:?}");
}

/// Rows of two blocks side by side, as the table of all appropriations has them.
fn rows(count: usize) -> Table {
    let heads =
        ["项目", "金额", "项目", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"];
    let row: &[&str] = &["", "", "十四、资源勘探工业信息等支出", "1,365.54", "1,365.54", "", ""];
    table(&heads, &vec![row; count])
}

#[test]
fn a_table_that_nearly_fits_is_set_closer_until_it_fits() {
    let loose = plan(&rows(20), 0);
    assert_eq!((loose.pages, loose.setting), (1, SETTINGS[0]));
    let close = plan(&rows(40), 0);
    assert_eq!(close.pages, 1, "{close:?}");
    assert!(close.setting.size >= 900 && close.setting.edge < SETTINGS[0].edge, "{close:?}");
    // What stands above it takes its part of the page.
    assert!(plan(&rows(40), 20_000).pages > 1);
}

#[test]
fn a_table_of_several_pages_is_not_crowded() {
    for count in [60, 90, 200] {
        let long = plan(&rows(count), 0);
        assert!(long.pages > 1 && long.setting.edge >= SETTINGS[LOOSE].edge, "{count} rows: {long:?}");
    }
}
