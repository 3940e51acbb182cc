//! Gives the columns of a table that nearly fits one page the widths that make it fit, if there are such.
//!
//! In: a table, its plan, and the least width of every column. Out: widths of the same sum with fewer lines.
//! Never knows: pages. Unlike `balance` it breaks every text as it will be broken, and it also narrows: a column gives up
//! what none of its rows needs, and another one takes it where that saves a line. That costs more, so it is asked only
//! for a table of which a few rows would stand alone on a second page.

use super::balance::single;
use super::columns::Plan;
use super::heights::{cell_lines, room};
use crate::backend::svg::metrics::width;
use crate::document::{Placed, Row, Table};

/// Widths are tried in steps of this part of the type size.
const STEPS: i64 = 8;
/// Narrowing and widening by turns; more changes nothing.
const ROUNDS: usize = 3;

/// A cell of one column: which rows it stands beside.
struct Block<'a> {
    placed: Placed<'a>,
    first: usize,
    rows: usize,
    /// Lines it has in any case, and the room in which it has no more.
    least: usize,
    natural: i64,
}

struct Grid<'a> {
    blocks: Vec<Block<'a>>,
    rows: usize,
    plan: Plan,
    /// Lines each block adds to its rows, at the widths of the plan.
    lines: Vec<i64>,
}

/// Widths under which the table has as few lines as were found.
pub(super) fn squeeze(table: &Table, plan: &Plan, least: &[i64]) -> Vec<i64> {
    let mut grid = Grid::new(table, plan.clone());
    let step = (plan.setting.size / STEPS).max(1);
    let whole: i64 = plan.widths.iter().sum();
    for _ in 0..ROUNDS {
        let before = grid.total();
        for (column, least) in least.iter().enumerate() {
            grid.narrow(column, *least, step);
        }
        while grid.widen(whole, step) {}
        if grid.total() == before {
            break;
        }
    }
    let mut widths = grid.plan.widths;
    let spare = whole - widths.iter().sum::<i64>();
    // What is left goes where figures stand closest to the rules: to all columns alike.
    let columns = i64::try_from(widths.len()).unwrap_or(1).max(1);
    for width in &mut widths {
        *width += spare / columns;
    }
    if let Some(last) = widths.last_mut() {
        *last += spare % columns;
    }
    widths
}

impl<'a> Grid<'a> {
    fn new(table: &'a Table, plan: Plan) -> Self {
        // Cells over several columns are left to the planner: it counts them when it looks whether the widths serve.
        let block = |(first, _, placed): (usize, &'a Row, Placed<'a>)| {
            let natural = placed.cell.text.lines().map(width).max().unwrap_or(0);
            let least = placed.cell.text.lines().count();
            Block { first, rows: placed.cell.rowspan.max(1), least, natural, placed }
        };
        let blocks: Vec<Block<'a>> = single(table).map(block).collect();
        let rows = table.head.len() + table.body.len();
        let lines = blocks.iter().map(|block| block.lines(&plan)).collect();
        Self { blocks, rows, plan, lines }
    }

    fn total(&self) -> i64 {
        total(&self.blocks, &self.lines, self.rows)
    }

    /// The lines of all blocks if one column had another width.
    fn with(&mut self, column: usize, width: i64) -> Vec<i64> {
        let before = self.set(column, width);
        let pairs = self.blocks.iter().zip(&self.lines);
        let lines = pairs
            .map(|(block, lines)| if block.placed.column == column { block.lines(&self.plan) } else { *lines })
            .collect();
        self.set(column, before);
        lines
    }

    fn set(&mut self, column: usize, width: i64) -> i64 {
        self.plan.widths.get_mut(column).map_or(0, |own| std::mem::replace(own, width))
    }

    fn width(&self, column: usize) -> i64 {
        self.plan.widths.get(column).copied().unwrap_or(0)
    }

    /// Narrows a column as far as the table keeps its lines.
    fn narrow(&mut self, column: usize, least: i64, step: i64) {
        let now = self.total();
        let (mut fits, mut breaks) = (self.width(column), least - 1);
        while fits - breaks > step {
            let tried = i64::midpoint(fits, breaks).max(least);
            let lines = self.with(column, tried);
            if total(&self.blocks, &lines, self.rows) <= now {
                fits = tried;
            } else {
                breaks = tried;
            }
            if fits == least {
                break;
            }
        }
        self.lines = self.with(column, fits);
        self.set(column, fits);
    }

    /// Widens the column that saves most lines for its width; says whether there was one.
    fn widen(&mut self, whole: i64, step: i64) -> bool {
        let spare = whole - self.plan.widths.iter().sum::<i64>();
        let now = self.total();
        let mut best: Option<(i64, usize, i64, Vec<i64>)> = None;
        for column in 0..self.plan.widths.len() {
            if !self.blocks.iter().any(|block| block.placed.column == column && block.is_broken(&self.plan)) {
                continue;
            }
            let mut more = step;
            while more <= spare {
                let lines = self.with(column, self.width(column) + more);
                let worth = (now - total(&self.blocks, &lines, self.rows)) * 1_000 * step / more;
                if worth > 0 && best.as_ref().is_none_or(|(most, ..)| worth > *most) {
                    best = Some((worth, column, more, lines));
                }
                more += step;
            }
        }
        let Some((_, column, more, lines)) = best else { return false };
        self.set(column, self.width(column) + more);
        self.lines = lines;
        true
    }
}

impl Block<'_> {
    fn lines(&self, plan: &Plan) -> i64 {
        let fits = self.natural <= room(&self.placed, plan);
        let lines = if fits { self.least } else { cell_lines(&self.placed, plan) };
        i64::try_from(lines.div_ceil(self.rows)).unwrap_or(i64::MAX)
    }

    /// Whether more room would save lines.
    fn is_broken(&self, plan: &Plan) -> bool {
        self.natural > room(&self.placed, plan)
    }
}

/// Lines of the whole table: every row is as tall as its tallest cell.
fn total(blocks: &[Block<'_>], lines: &[i64], rows: usize) -> i64 {
    let mut tallest = vec![1; rows];
    for (block, lines) in blocks.iter().zip(lines) {
        for row in tallest.iter_mut().skip(block.first).take(block.rows) {
            *row = (*row).max(*lines);
        }
    }
    tallest.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::squeeze;
    use crate::backend::pdf::columns::Plan;
    use crate::backend::pdf::heights::row_lines;
    use crate::backend::pdf::paper::Setting;
    use crate::backend::pdf::sample::table;
    use crate::document::{Cell, CellKind, Row, RowRole, Table};

    const SETTING: Setting = Setting { size: 900, edge: 130, side: 200 };

    fn two(rows: &[[&str; 2]]) -> Table {
        let body = rows.iter().map(|texts| Row {
            role: RowRole::Body,
            cells: texts.iter().map(|text| Cell::plain(CellKind::Text, *text)).collect(),
        });
        table("t", "", "ll", &["甲|乙"], body.collect())
    }

    fn lines(table: &Table, widths: &[i64]) -> i64 {
        let plan = Plan { landscape: false, setting: SETTING, widths: widths.to_vec(), pages: 2, kept: Vec::new() };
        row_lines(table, &plan, &table.body).iter().sum()
    }

    fn squeezed(table: &Table, widths: [i64; 2], least: &[i64]) -> Vec<i64> {
        squeeze(
            table,
            &Plan { landscape: false, setting: SETTING, widths: widths.to_vec(), pages: 2, kept: Vec::new() },
            least,
        )
    }

    #[test]
    fn a_column_gives_what_none_of_its_rows_needs_to_one_that_saves_lines() {
        let names = [["国有资本经营预算财政拨款", "短"], ["短", "十四、资源勘探工业信息等支出"]];
        let table = two(&names);
        // Seven characters of a line do for the first column, eight are given; the second lacks one.
        let given = [8 * 900 + 400, 13 * 900 + 400];
        assert_eq!(lines(&table, &given), 4);
        let widths = squeezed(&table, given, &[1_300, 1_300]);
        assert_eq!(lines(&table, &widths), 3);
        assert_eq!(widths.iter().sum::<i64>(), given.iter().sum::<i64>());
    }

    #[test]
    fn no_column_becomes_narrower_than_its_least() {
        let table = two(&[["短", "十四、资源勘探工业信息等支出"]]);
        let given = [9_000, 5_500];
        assert!(squeezed(&table, given, &[8_800, 1_300])[0] >= 8_800);
        assert_eq!(lines(&table, &squeezed(&table, given, &[1_300, 1_300])), 1);
    }
}
