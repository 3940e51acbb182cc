//! Estimates how tall a table becomes, so that a page is begun where a table would be cut for want of a few lines.
//!
//! In: a [`Table`] and its [`Plan`]. Out: lines of rows, and the height to keep free, in hundredths of a point.
//! Never knows: the layout engine. An estimate a little off costs white at a page foot, nothing else.

use super::columns::Plan;
use super::paper::{CELL_LINE, CELL_SIDE};
use crate::backend::svg::metrics::{width, wrap};
use crate::document::{Paragraph, Placed, Row, Table, places, text_of};

/// Title and caption line above a table.
const FURNITURE: i64 = 6_500;
/// A heading that may stand above the table and goes with it.
const HEADING: i64 = 5_000;
/// What may stand above the first table of a part: its heading and a line.
const PART: i64 = 8_000;
/// From one line of the notes below a table to the next, and their type size.
const NOTE_LINE: i64 = 1_400;
const NOTE_SIZE: i64 = 900;
/// Rows that stay with the head of a table too long for one page.
const OPENING_ROWS: usize = 6;

/// Lines of every row; a cell over several rows spreads its lines over them.
pub(super) fn row_lines(table: &Table, plan: &Plan, rows: &[Row]) -> Vec<i64> {
    let mut lines = vec![1; rows.len()];
    for (number, line) in places(rows, table.columns.len()).iter().enumerate() {
        for placed in line {
            let spanned = placed.cell.rowspan.max(1);
            let share = cell_lines(placed, plan).div_ceil(spanned);
            for row in lines.iter_mut().skip(number).take(spanned) {
                *row = (*row).max(i64::try_from(share).unwrap_or(i64::MAX));
            }
        }
    }
    lines
}

/// Whether rows joined by a cell are kept on one page: only where that leaves little of a page white.
pub(super) fn stay_together(lines: &[i64], plan: &Plan) -> bool {
    height(lines, plan) <= plan.page().height * 2 / 5
}

/// Lines of one cell in the width of its columns.
pub(super) fn cell_lines(placed: &Placed<'_>, plan: &Plan) -> usize {
    let own: i64 = plan.widths.get(placed.column..placed.end()).unwrap_or_default().iter().sum();
    let room = (own - 2 * CELL_SIDE) * 1_000 / plan.size.max(1) - i64::from(placed.cell.indent) * 1_000;
    let lines = |text: &str| if width(text) <= room { 1 } else { wrap(text, room.max(1_000)).len() };
    placed.cell.text.lines().map(lines).sum()
}

/// The height to be free where the table begins: all of it if it fits one page, else its head and first rows.
pub(super) fn keep_together(table: &Table, plan: &Plan) -> i64 {
    let head = height(&row_lines(table, plan, &table.head), plan);
    let body = row_lines(table, plan, &table.body);
    let page = plan.page().height;
    let whole = FURNITURE + head + height(&body, plan) + notes(table, plan);
    let opening = FURNITURE + head + height(body.get(..OPENING_ROWS).unwrap_or(&body), plan);
    if whole + HEADING <= page {
        whole
    } else if table.title.is_empty() {
        opening.min(page * 2 / 3)
    } else {
        // A titled table is looked up: it begins where most of it is seen at once.
        page * 3 / 4
    }
}

/// Pages the table takes when it begins on a new one.
pub(super) fn pages(table: &Table, plan: &Plan) -> i64 {
    let head = height(&row_lines(table, plan, &table.head), plan);
    let body = height(&row_lines(table, plan, &table.body), plan);
    let room = (plan.page().height - head).max(plan.page().height / 4);
    (body + FURNITURE + PART + notes(table, plan) + room - 1) / room
}

/// Height of the notes below the table.
fn notes(table: &Table, plan: &Plan) -> i64 {
    let line = plan.page().width * 1_000 / NOTE_SIZE;
    let of_note = |note: &Paragraph| {
        let text = text_of(&note.inlines);
        i64::try_from(wrap(&text, line).len().max(1)).unwrap_or(1) * NOTE_LINE
    };
    table.notes.iter().map(of_note).sum()
}

fn height(lines: &[i64], plan: &Plan) -> i64 {
    let rows = i64::try_from(lines.len()).unwrap_or(0);
    lines.iter().sum::<i64>() * plan.size * CELL_LINE / 1_000
        + rows * (2 * plan.edge - plan.size * (CELL_LINE - 1_000) / 1_000)
}

#[cfg(test)]
mod tests {
    use super::{keep_together, row_lines};
    use crate::backend::pdf::columns::Plan;
    use crate::backend::pdf::paper::PORTRAIT;
    use crate::document::{Align, Cell, CellKind, Column, Id, Orientation, Row, RowRole, Table};

    fn table(rows: usize, text: &str) -> Table {
        let row = Row { role: RowRole::Body, cells: vec![Cell::plain(CellKind::Text, text)] };
        Table {
            id: Id("t".to_owned()),
            title: "表".to_owned(),
            title_level: None,
            label: String::new(),
            caption_left: String::new(),
            caption_right: String::new(),
            columns: vec![Column { align: Align::Left, width: 1 }],
            head: Vec::new(),
            body: vec![row; rows],
            notes: Vec::new(),
            orientation: Orientation::Auto,
            head_columns: 1,
        }
    }

    /// One column with room for ten characters.
    fn plan() -> Plan {
        Plan { landscape: false, size: 1_000, edge: 330, widths: vec![10_600] }
    }

    #[test]
    fn lines_follow_from_the_width_of_the_column() {
        let rows = |text: &str| row_lines(&table(1, text), &plan(), &table(1, text).body);
        assert_eq!(rows("社会保障和就业支出"), [1]);
        assert_eq!(rows(&"社会保障".repeat(6)), [3]);
        assert_eq!(rows("上\n下"), [2]);
        assert_eq!(rows(""), [1]);
    }

    #[test]
    fn a_table_of_one_page_is_kept_whole_and_a_longer_one_keeps_its_opening() {
        let short = keep_together(&table(10, "行"), &plan());
        assert!(short > keep_together(&table(9, "行"), &plan()));
        let titled = table(200, "行");
        assert_eq!(keep_together(&titled, &plan()), PORTRAIT.height * 3 / 4);
        let plain = Table { title: String::new(), ..titled };
        assert!(keep_together(&plain, &plan()) < short);
    }
}
