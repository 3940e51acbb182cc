//! Where the cells of a table stand once spans are laid out.
//!
//! In: the rows of one section (head or body) of a valid table. Out: for every row its cells with the column each begins in.
//! Never knows: how a backend draws a cell.

use super::tree::{Cell, Row};

/// A cell with the column (from 0) of its left edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed<'a> {
    pub column: usize,
    pub cell: &'a Cell,
}

impl Placed<'_> {
    /// The column after the right edge.
    #[must_use]
    pub fn end(&self) -> usize {
        self.column + self.cell.colspan
    }
}

/// Lays rows on a grid of `columns` columns. A cell that finds no room (only in a tree `validate` refuses) is left out.
#[must_use]
pub fn places(rows: &[Row], columns: usize) -> Vec<Vec<Placed<'_>>> {
    // How many further rows each column is still taken by a cell from above.
    let mut taken = vec![0_usize; columns];
    let mut placed = Vec::with_capacity(rows.len());
    for row in rows {
        let mut line = Vec::with_capacity(row.cells.len());
        let mut column = 0;
        let mut cells = row.cells.iter();
        while column < columns {
            if taken[column] > 0 {
                taken[column] -= 1;
                column += 1;
                continue;
            }
            let Some(cell) = cells.next() else {
                column += 1;
                continue;
            };
            let end = columns.min(column + cell.colspan.max(1));
            taken[column..end].fill(cell.rowspan.saturating_sub(1));
            line.push(Placed { column, cell });
            column = end;
        }
        placed.push(line);
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::super::tree::{CellKind, RowRole};
    use super::*;

    fn cell(text: &str, colspan: usize, rowspan: usize) -> Cell {
        Cell { colspan, rowspan, ..Cell::plain(CellKind::Text, text) }
    }

    fn row(cells: Vec<Cell>) -> Row {
        Row { role: RowRole::Body, cells }
    }

    #[test]
    fn spans_from_above_push_cells_right() {
        let rows = [row(vec![cell("甲", 1, 2), cell("乙", 2, 1)]), row(vec![cell("丙", 1, 1), cell("丁", 1, 1)])];
        let columns: Vec<Vec<(usize, &str)>> = places(&rows, 3)
            .iter()
            .map(|line| line.iter().map(|placed| (placed.column, placed.cell.text.as_str())).collect())
            .collect();
        assert_eq!(columns, [vec![(0, "甲"), (1, "乙")], vec![(1, "丙"), (2, "丁")]]);
    }

    #[test]
    fn a_cell_without_room_is_left_out() {
        let rows = [row(vec![cell("甲", 1, 1), cell("乙", 1, 1)])];
        assert_eq!(places(&rows, 1)[0].len(), 1);
    }
}
