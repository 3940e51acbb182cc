//! Gives the spare width of a table to the columns where it saves most lines.
//!
//! In: a table, its type size, widths that already hold the longest words, and what is left of the line.
//! Out: wider columns, and what nobody had a use for.
//! Never knows: fonts. Lines are counted by the room text takes, not by breaking it.

use super::paper::Setting;
use crate::backend::svg::metrics::width;
use crate::document::{Placed, Row, RowRole, Table, places};

/// One em, in the unit of text widths.
const EM: i64 = 1_000;
/// Widenings tried at once, in steps: one step alone often saves nothing where two save a line.
const STRIDES: [i64; 4] = [1, 2, 4, 8];

/// The texts of a table, measured once for all settings.
#[derive(Debug)]
pub(super) struct Texts {
    /// By column, those of the head first.
    columns: Vec<Vec<Block>>,
    rows: usize,
}

/// Text of one cell: which rows it stands beside and how long its lines are.
#[derive(Debug)]
struct Block {
    first: usize,
    rows: usize,
    lengths: Vec<i64>,
    indent: i64,
}

impl Block {
    /// Lines the cell adds to each of its rows, in the given width.
    fn lines(&self, width: i64, setting: Setting) -> i64 {
        // Half a character of every line is lost to punctuation that may not begin the next.
        let room = ((width - 2 * setting.side) * EM / setting.size.max(1) - self.indent).max(EM);
        let full = (room - EM / 2).max(EM);
        let count = |length: i64| if length <= room { 1 } else { (length + full - 1) / full };
        let lines: i64 = self.lengths.iter().map(|length| count(*length)).sum();
        let rows = i64::try_from(self.rows).unwrap_or(1).max(1);
        (lines + rows - 1) / rows
    }
}

impl Texts {
    pub(super) fn of(table: &Table) -> Self {
        let mut columns: Vec<Vec<Block>> = table.columns.iter().map(|_| Vec::new()).collect();
        for (number, row, placed) in single(table) {
            let Some(column) = columns.get_mut(placed.column) else { continue };
            // Bold type and 黑体 run a little wider.
            let wide = if row.role == RowRole::Body { 100 } else { 107 };
            column.push(Block {
                first: number,
                rows: placed.cell.rowspan.max(1),
                lengths: placed.cell.text.lines().map(|line| width(line) * wide / 100).collect(),
                indent: i64::from(placed.cell.indent) * EM,
            });
        }
        Self { columns, rows: table.head.len() + table.body.len() }
    }

    /// Lines of every row for the sake of one column.
    fn tall(&self, column: usize, width: i64, setting: Setting) -> Vec<i64> {
        let mut tall = vec![1; self.rows];
        for block in self.columns.get(column).into_iter().flatten() {
            let lines = block.lines(width, setting);
            for row in tall.iter_mut().skip(block.first).take(block.rows) {
                *row = (*row).max(lines);
            }
        }
        tall
    }
}

/// The cells of one column that have words, each with its row and the number of that row, the head counted in.
pub(super) fn single(table: &Table) -> impl Iterator<Item = (usize, &Row, Placed<'_>)> {
    let parts = [(0, &table.head), (table.head.len(), &table.body)];
    parts.into_iter().flat_map(|(first, rows)| {
        let lines = rows.iter().zip(places(rows, table.columns.len()));
        lines.enumerate().flat_map(move |(number, (row, line))| {
            let cells = line.into_iter().filter(|placed| placed.cell.colspan == 1 && !placed.cell.text.is_empty());
            cells.map(move |placed| (first + number, row, placed))
        })
    })
}

/// Widens columns as long as that saves lines; returns the widths and the width left over.
pub(super) fn balance(texts: &Texts, setting: Setting, widths: &[i64], spare: i64) -> (Vec<i64>, i64) {
    let mut widths = widths.to_vec();
    let mut spare = spare;
    let step = setting.size.max(spare / 32);
    // Every row is as tall as its tallest cell.
    let mut talls: Vec<Vec<i64>> =
        widths.iter().enumerate().map(|(column, width)| texts.tall(column, *width, setting)).collect();
    loop {
        let mut best: Option<(i64, usize, i64)> = None;
        for (column, (width, tall)) in widths.iter().zip(&talls).enumerate() {
            if tall.iter().all(|lines| *lines == 1) {
                continue;
            }
            let others = tallest(&talls, column, texts.rows);
            let now = height(&others, tall);
            for more in STRIDES.map(|stride| stride * step).into_iter().filter(|more| *more <= spare) {
                // Lines saved for each step of width; scaled so that whole numbers can be compared.
                let saved = now - height(&others, &texts.tall(column, width + more, setting));
                let worth = saved * 1_000 * step / more;
                if worth > 0 && best.is_none_or(|(most, _, _)| worth > most) {
                    best = Some((worth, column, more));
                }
            }
        }
        let Some((_, column, more)) = best else { return (widths, spare) };
        if let (Some(width), Some(tall)) = (widths.get_mut(column), talls.get_mut(column)) {
            *width += more;
            *tall = texts.tall(column, *width, setting);
        }
        spare -= more;
    }
}

/// Lines of every row for the sake of all columns but one.
fn tallest(talls: &[Vec<i64>], but: usize, rows: usize) -> Vec<i64> {
    let mut tallest = vec![1; rows];
    for (_, tall) in talls.iter().enumerate().filter(|(column, _)| *column != but) {
        for (most, own) in tallest.iter_mut().zip(tall) {
            *most = (*most).max(*own);
        }
    }
    tallest
}

/// Lines of the whole table.
fn height(others: &[i64], own: &[i64]) -> i64 {
    others.iter().zip(own).map(|(others, own)| (*others).max(*own)).sum()
}

#[cfg(test)]
mod tests {
    use super::{Texts, balance};
    use crate::backend::pdf::paper::Setting;
    use crate::backend::pdf::sample::table;
    use crate::document::{Cell, CellKind, Row, RowRole, Table};

    const SETTING: Setting = Setting { size: 1_000, edge: 330, side: 300 };

    fn two(left: &str, right: &str) -> Table {
        let cells = vec![Cell::plain(CellKind::Text, left), Cell::plain(CellKind::Text, right)];
        table("t", "", "ll", &["甲|乙"], vec![Row { role: RowRole::Body, cells }])
    }

    #[test]
    fn the_longer_text_gets_the_width() {
        let long = "社会保障和就业支出".repeat(6);
        let (widths, _) = balance(&Texts::of(&two(&long, "短")), SETTING, &[10_000, 10_000], 20_000);
        assert!(widths[0] >= 20_000 && widths[1] == 10_000, "{widths:?}");
    }

    #[test]
    fn what_saves_no_line_is_left_over() {
        assert_eq!(
            balance(&Texts::of(&two("短", "短")), SETTING, &[10_000, 10_000], 20_000),
            (vec![10_000, 10_000], 20_000)
        );
        assert_eq!(balance(&Texts::of(&two("短", "短")), SETTING, &[10_000, 10_000], 0).1, 0);
    }
}
