//! Estimates how tall a table becomes, so that a page is begun where a table would be cut for want of a few lines.
//!
//! In: a [`Table`] and its [`Plan`]. Out: lines of rows, and the height to keep free, in hundredths of a point.
//! Never knows: the layout engine. An estimate a little off costs white at a page foot, nothing else.

use super::columns::Plan;
use super::paper::{CELL_LINE, Setting};
use crate::backend::svg::metrics::{width, wrap};
use crate::document::{Block, Paragraph, Placed, Row, Table, places, text_of};

/// One line of a title with the white below the title, and its type size.
const TITLE_LINE: i64 = 2_500;
const TITLE_SIZE: i64 = 1_600;
/// The line of the label, and the line with body and unit.
const CAPTION_LINE: i64 = 1_550;
/// A heading of a part and any other, with the white around them.
const PART: i64 = 4_400;
const HEADING: i64 = 2_900;
/// What a line of a head is left beyond its estimate, in thousandths of the type size.
const HEAD_SLACK: i64 = 300;
/// What an estimate may be wrong by.
pub(super) const SLACK: i64 = 600;
/// From one line of the notes below a table to the next, and their type size.
const NOTE_LINE: i64 = 1_400;
const NOTE_SIZE: i64 = 900;
/// A paragraph up to this width is one line, in thousandths of its type size.
const ONE_LINE: i64 = 26_000;
/// Rows that stay with the head of a table too long for one page.
const OPENING_ROWS: usize = 6;

/// Lines of every row. A cell over several rows stands beside them; what it is taller than they are goes to the last.
pub(super) fn row_lines(table: &Table, plan: &Plan, rows: &[Row]) -> Vec<i64> {
    let mut lines = vec![1; rows.len()];
    let mut joining = Vec::new();
    for (row, line) in places(rows, table.columns.len()).iter().enumerate() {
        for placed in line {
            let own = i64::try_from(cell_lines(placed, plan)).unwrap_or(i64::MAX);
            match (placed.cell.rowspan, lines.get_mut(row)) {
                (0 | 1, Some(lines)) => *lines = own.max(*lines),
                (rowspan, _) => joining.push((rowspan, row, own)),
            }
        }
    }
    joining.sort_unstable();
    for (rowspan, row, own) in joining {
        let Some(joined) = lines.get_mut(row..row + rowspan) else { continue };
        let missing = height(&[own], plan) - height(joined, plan);
        let line = (plan.setting.size * CELL_LINE / 1_000).max(1);
        if let Some(last) = joined.last_mut() {
            *last += (missing.max(0) + line - 1) / line;
        }
    }
    lines
}

/// Room for the text of a cell, in thousandths of the type size.
pub(super) fn room(placed: &Placed<'_>, plan: &Plan) -> i64 {
    let own: i64 = plan.widths.get(placed.column..placed.end()).unwrap_or_default().iter().sum();
    (own - 2 * plan.setting.side) * 1_000 / plan.setting.size.max(1) - i64::from(placed.cell.indent) * 1_000
}

/// Lines of one cell in the width of its columns.
pub(super) fn cell_lines(placed: &Placed<'_>, plan: &Plan) -> usize {
    let room = room(placed, plan);
    let lines = |text: &str| if width(text) <= room { 1 } else { wrap(text, room.max(1_000)).count() };
    placed.cell.text.lines().map(lines).sum()
}

/// White on both sides of a cell that makes its lines alike without making them more, in thousandths of the type size.
pub(super) fn pinch(placed: &Placed<'_>, plan: &Plan) -> i64 {
    let lines = cell_lines(placed, plan);
    let text = placed.cell.text.as_str();
    let room = room(placed, plan);
    if lines < 2 || text.contains('\n') {
        return 0;
    }
    let steps = 1..=usize::try_from(room / 1_000).unwrap_or(0);
    let limits = steps.map(|step| i64::try_from(step).unwrap_or(0) * 1_000);
    let narrowest = limits.into_iter().find(|limit| wrap(text, *limit).count() <= lines);
    // 黑体 of the head may run a little wider than the estimate.
    narrowest.map_or(0, |narrowest| (room - narrowest - HEAD_SLACK).max(0) / 2)
}

/// The height to be free where the table begins: all of it if it fits one page, else its head and first rows.
pub(super) fn keep_together(table: &Table, plan: &Plan) -> i64 {
    let furniture = furniture(table, plan);
    let head = height(&row_lines(table, plan, &table.head), plan);
    let body = row_lines(table, plan, &table.body);
    let page = plan.page().height;
    let opening = furniture + head + height(body.get(..OPENING_ROWS).unwrap_or(&body), plan);
    if plan.pages == 1 {
        furniture + head + height(&body, plan) + notes(table, plan)
    } else if table.title.is_empty() {
        opening.min(page * 2 / 3)
    } else {
        // A titled table is looked up: it begins where most of it is seen at once.
        page * 3 / 4
    }
}

/// Height of the blocks that stand between the head of a page and a table, where those are headings and a line of text each:
/// what was written before them stands on an earlier page if the table does not fit below it.
/// `opening` is what stands above the first block.
pub(super) fn above<'a>(before: impl DoubleEndedIterator<Item = &'a Block>, opening: i64) -> i64 {
    let (mut sum, mut lines) = (0, 0);
    for block in before.rev() {
        match block {
            Block::Heading(heading) => {
                sum += lines + if heading.level == 1 { PART } else { HEADING };
                lines = 0;
                if heading.page_break {
                    return sum;
                }
            }
            // Counted only where a heading stands above it.
            Block::Paragraph(paragraph) if width(&text_of(&paragraph.inlines)) <= ONE_LINE => lines += HEADING,
            Block::Paragraph(_)
            | Block::Contents(_)
            | Block::List(_)
            | Block::Table(_)
            | Block::Chart(_)
            | Block::PageBreak => return sum,
        }
    }
    sum + lines + opening
}

/// Height of title, label and caption line.
pub(super) fn furniture(table: &Table, plan: &Plan) -> i64 {
    let line = plan.page().width * 1_000 / TITLE_SIZE;
    let lines = |text: &str| i64::try_from(wrap(text, line).count().max(1)).unwrap_or(1);
    let captioned = !table.caption_left.is_empty() || !table.caption_right.is_empty();
    // A table without a title may be given one by the contents.
    let captions = i64::from(!table.label.is_empty()) + i64::from(captioned);
    lines(&table.title) * TITLE_LINE + captions * CAPTION_LINE
}

/// Height of the notes below the table.
pub(super) fn notes(table: &Table, plan: &Plan) -> i64 {
    let line = plan.page().width * 1_000 / NOTE_SIZE;
    let of_note = |note: &Paragraph| {
        let text = text_of(&note.inlines);
        i64::try_from(wrap(&text, line).count().max(1)).unwrap_or(1) * NOTE_LINE
    };
    table.notes.iter().map(of_note).sum()
}

pub(super) fn height(lines: &[i64], plan: &Plan) -> i64 {
    let rows = i64::try_from(lines.len()).unwrap_or(0);
    let Setting { size, edge, .. } = plan.setting;
    lines.iter().sum::<i64>() * size * CELL_LINE / 1_000 + rows * (2 * edge - size * (CELL_LINE - 1_000) / 1_000)
}

#[cfg(test)]
mod tests {
    use super::{HEADING, PART, above, keep_together, row_lines};
    use crate::backend::pdf::columns::Plan;
    use crate::backend::pdf::paper::{PORTRAIT, Setting};
    use crate::backend::pdf::stack::pages;
    use crate::document::{
        Align, Block, Cell, CellKind, Column, Heading, Id, Inline, Orientation, Paragraph, ParagraphRole, Row, RowRole,
        Table,
    };

    fn table(rows: usize, text: &str) -> Table {
        let row = Row { role: RowRole::Body, cells: vec![Cell::plain(CellKind::Text, text)] };
        Table {
            id: Id("t".to_owned()),
            title: "表".to_owned(),
            title_level: None,
            label: String::new(),
            caption_left: String::new(),
            caption_right: String::new(),
            continued: String::new(),
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
        Plan {
            landscape: false,
            setting: Setting { size: 1_000, edge: 330, side: 300 },
            widths: vec![10_600],
            pages: 1,
            kept: Vec::new(),
        }
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
        let long = Plan { pages: pages(&titled, &plan(), 0), ..plan() };
        assert_eq!(keep_together(&titled, &long), PORTRAIT.height * 3 / 4);
        let plain = Table { title: String::new(), ..titled };
        assert!(keep_together(&plain, &long) < short);
    }

    #[test]
    fn what_stands_above_a_table_counts_from_the_head_of_its_page() {
        let heading = |level, page_break| {
            Block::Heading(Heading {
                id: Id("h".to_owned()),
                level,
                number: String::new(),
                text: Vec::new(),
                page_break,
            })
        };
        let line = |words: &str| {
            Block::Paragraph(Paragraph { role: ParagraphRole::Body, inlines: vec![Inline::Text(words.to_owned())] })
        };
        let part = [line("正文"), heading(1, true), line("公开表1")];
        assert_eq!(above(part.iter(), 500), PART + HEADING);
        assert_eq!(above([heading(1, false)].iter(), 500), PART + 500);
        assert_eq!(above([heading(2, false), line(&"长".repeat(60))].iter(), 500), 0);
        assert_eq!(above([Block::PageBreak, heading(2, false)].iter(), 500), HEADING);
    }
}
