//! Lays the rows of a table on pages as the engine will, to know how many pages it takes and where it is cut.
//!
//! In: a table, its plan, and the height of what stands above it. Out: pages, and the groups of rows kept whole.
//! Never knows: the layout engine. Rows fill one page after the other; rows of one group go on to the next page together.

use std::ops::Range;

use super::columns::Plan;
use super::heights::{SLACK, furniture, height, notes, row_lines};
use crate::document::{Table, places};

/// A table as heights.
struct Stack<'a> {
    plan: &'a Plan,
    /// Lines of every row of the body.
    lines: Vec<i64>,
    /// Rows of the body that a cell joins, from the top, the larger first.
    groups: Vec<Range<usize>>,
    /// Height of furniture, head and notes, and of what stands above the table.
    furniture: i64,
    head: i64,
    notes: i64,
    above: i64,
}

/// Pages the table takes when it begins on a new one, below something of the height `above`.
pub(super) fn pages(table: &Table, plan: &Plan, above: i64) -> i64 {
    let stack = Stack::new(table, plan, above);
    stack.pages(&stack.small())
}

/// Whether a table of two pages would leave only a few rows on the second.
pub(super) fn spills(table: &Table, plan: &Plan, above: i64) -> bool {
    let stack = Stack::new(table, plan, above);
    let whole = stack.furniture + stack.head + height(&stack.lines, plan) + stack.notes;
    above + whole + SLACK <= plan.page().height * 9 / 8
}

/// Groups of rows that are not divided between pages: small ones always, larger ones where that takes no page more. From
/// the last on, so that the last page is not left with the end of a group.
pub(super) fn kept(table: &Table, plan: &Plan, above: i64) -> Vec<Range<usize>> {
    let stack = Stack::new(table, plan, above);
    let mut kept = stack.small();
    if plan.pages < 2 {
        return kept;
    }
    let least = stack.pages(&kept);
    for group in stack.groups.iter().rev() {
        // An estimate a little off must not make it taller than a page.
        let fits = stack.of(group) <= stack.room() * 9 / 10;
        if !fits || kept.contains(group) {
            continue;
        }
        kept.push(group.clone());
        if stack.pages(&kept) > least {
            kept.pop();
        }
    }
    kept
}

impl<'a> Stack<'a> {
    fn new(table: &Table, plan: &'a Plan, above: i64) -> Self {
        let placed = places(&table.body, table.columns.len());
        let joined = placed.iter().enumerate().flat_map(|(row, line)| line.iter().map(move |placed| (row, placed)));
        let mut groups: Vec<Range<usize>> = joined
            .filter(|(_, placed)| placed.cell.rowspan > 1)
            .map(|(row, placed)| row..row + placed.cell.rowspan)
            .collect();
        groups.sort_by_key(|group| (group.start, std::cmp::Reverse(group.end)));
        groups.dedup();
        Self {
            plan,
            lines: row_lines(table, plan, &table.body),
            groups,
            furniture: furniture(table, plan),
            head: height(&row_lines(table, plan, &table.head), plan),
            notes: notes(table, plan),
            above,
        }
    }

    /// Room for rows below the head.
    fn room(&self) -> i64 {
        let page = self.plan.page().height;
        (page - self.head).max(page / 4)
    }

    fn of(&self, rows: &Range<usize>) -> i64 {
        height(self.lines.get(rows.clone()).unwrap_or_default(), self.plan)
    }

    /// Groups whose way to the next page leaves little of a page white.
    fn small(&self) -> Vec<Range<usize>> {
        let limit = self.plan.page().height * 2 / 5;
        self.groups.iter().filter(|group| self.of(group) <= limit).cloned().collect()
    }

    fn pages(&self, kept: &[Range<usize>]) -> i64 {
        let room = self.room();
        let (mut pages, mut left) = (1, room - self.furniture - self.above - SLACK);
        for unit in self.units(kept).into_iter().chain([self.notes]) {
            if unit > left {
                pages += 1;
                left = room;
            }
            // What is taller than a page is divided after all.
            pages += (unit - left).max(0) / room;
            left = if unit > left { room - unit % room } else { left - unit };
        }
        pages
    }

    /// Heights of the rows, those kept together in one.
    fn units(&self, kept: &[Range<usize>]) -> Vec<i64> {
        let mut units = Vec::new();
        let (mut start, mut end) = (0, 0);
        for row in 0..self.lines.len() {
            if row >= end && row > start {
                units.push(self.of(&(start..row)));
                start = row;
            }
            let here = kept.iter().filter(|group| group.start == row).map(|group| group.end);
            end = here.fold(end, usize::max);
        }
        units.push(self.of(&(start..self.lines.len())));
        units
    }
}

#[cfg(test)]
mod tests {
    use super::{kept, pages};
    use crate::backend::pdf::columns::Plan;
    use crate::backend::pdf::paper::Setting;
    use crate::backend::pdf::sample::table;
    use crate::document::{Cell, CellKind, Row, RowRole, Table};

    fn plan() -> Plan {
        let setting = Setting { size: 1_000, edge: 330, side: 300 };
        Plan { landscape: false, setting, widths: vec![10_600, 10_600], pages: 1, kept: Vec::new() }
    }

    /// Rows in groups of the given sizes, each held by a cell.
    fn grouped(sizes: &[usize]) -> Table {
        let rows = sizes.iter().flat_map(|size| (0..*size).map(move |row| (row == 0).then_some(*size)));
        let body = rows.map(|first| {
            let name = first.map(|rowspan| Cell { rowspan, ..Cell::plain(CellKind::Head, "组") });
            Row { role: RowRole::Body, cells: name.into_iter().chain([Cell::plain(CellKind::Text, "行")]).collect() }
        });
        table("t", "", "ll", &["甲|乙"], body.collect())
    }

    fn per_page() -> usize {
        (1..200).take_while(|rows| pages(&grouped(&vec![1; *rows]), &plan(), 0) == 1).count()
    }

    #[test]
    fn rows_held_together_go_on_to_the_next_page_together() {
        let page = per_page();
        assert!(page > 20, "{page} rows a page");
        let groups = 2 * page / 10;
        let expected = groups.div_ceil(page / 10);
        assert_eq!(pages(&grouped(&vec![10; groups]), &plan(), 0), i64::try_from(expected).unwrap());
    }

    #[test]
    fn the_last_page_holds_a_whole_group_where_that_takes_no_page_more() {
        let page = per_page();
        let (small, large) = (page / 4, page * 3 / 5);
        let cut = |sizes: &[usize]| {
            let table = grouped(sizes);
            let plan = Plan { pages: pages(&table, &plan(), 0), ..plan() };
            let kept = kept(&table, &plan, 0);
            assert_eq!(plan.pages, pages(&table, &plan, 0));
            sizes.len() - kept.len()
        };
        // The second would be cut after its first rows; it may as well go on whole.
        assert_eq!(cut(&[large, large]), 0);
        assert_eq!(cut(&[small, large, large]), 0);
        // Three of them take two pages only if one is cut: not the last.
        assert_eq!(cut(&[large, large, large]), 1);
        // Taller than a page: nothing can keep it.
        assert_eq!(cut(&[page * 2]), 1);
    }
}
