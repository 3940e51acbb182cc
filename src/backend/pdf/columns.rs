//! Plans a table before it is set: which way the sheet lies, the type size, the width of every column.
//!
//! In: a [`Table`]. Out: a [`Plan`] in hundredths of a point.
//! Never knows: fonts or the layout engine. Widths are estimates with the metrics of the song face; where they are a little
//! wrong a cell takes one line more, nothing is lost.

use std::ops::Range;

use super::balance::{Texts, balance};
use super::figures::tail;
use super::paper::{LANDSCAPE, LOOSE, PORTRAIT, Page, SETTINGS, Setting, TIGHTEST};
use super::squeeze::squeeze;
use super::stack::{kept, pages, spills};
use crate::backend::svg::metrics::{longest_piece, width};
use crate::document::{Align, CellKind, Orientation, Placed, Row, RowRole, Table, places};

/// One em, in the unit of text widths.
const EM: i64 = 1_000;
/// A name of a row this long stays on one line.
const SHORT_NAME: i64 = 9 * EM;
/// No name is broken into pieces shorter than this.
const NAME: i64 = 5 * EM;
/// Lines of a head, and what they may become where that saves a page.
const HEAD_LINES: i64 = 4;
const DENSE_HEAD_LINES: i64 = 6;
/// Running text in a cell wants at least this much.
const PARAGRAPH: i64 = 9 * EM;

/// How a table is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) landscape: bool,
    pub(super) setting: Setting,
    /// Column widths; together they fill the type area.
    pub(super) widths: Vec<i64>,
    /// Pages it takes, begun on a new one.
    pub(super) pages: i64,
    /// Rows of the body that are not divided between pages.
    pub(super) kept: Vec<Range<usize>>,
}

impl Plan {
    pub(super) fn page(&self) -> Page {
        if self.landscape { LANDSCAPE } else { PORTRAIT }
    }
}

/// What a column asks for, in thousandths of the type size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Need {
    /// Nothing may be cut: the longest figure or word.
    least: i64,
    /// As narrow as still reads: heads on some lines more, names as their neighbours allow.
    dense: i64,
    /// Names on one or two lines, heads on a few.
    comfort: i64,
    /// Everything on one line.
    natural: i64,
}

/// Widths that give every column its comfort, or only what saves lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ease {
    Comfort,
    Dense,
}

/// How good a plan is; the least wins. Not crowded without need first, then fewer pages, then a sheet that is not turned
/// needlessly, then easy columns and a large type with white around it.
type Rank = (bool, i64, bool, i64);

/// Dense columns are worth this many settings of type and white.
const DENSE: i64 = 7;

/// Plans one table; `above` is the height of what stands between the head of the page and the table. The sheet is turned
/// only when the columns do not fit upright in 小五 or when that saves a page; type and white shrink only as far as that
/// saves a page.
pub(super) fn plan(table: &Table, above: i64) -> Plan {
    let measured = Measured { table, needs: needs(table), texts: Texts::of(table) };
    let upright = measured.asked(SETTINGS[LOOSE], Ease::Comfort) <= area(false);
    let turns: &[bool] = match table.orientation {
        Orientation::Portrait => &[false],
        Orientation::Landscape => &[true],
        Orientation::Auto => &[false, true],
    };
    let mut best: Option<(Rank, Plan)> = None;
    for landscape in turns {
        // A sheet turned although the columns fit upright, or left upright although they do not: only to save a page.
        let against = table.orientation == Orientation::Auto && *landscape == upright;
        for ease in [Ease::Comfort, Ease::Dense] {
            try_settings(&measured, (*landscape, ease, against), above, &mut best);
        }
    }
    let narrowest = || measured.at(table.orientation != Orientation::Portrait, TIGHTEST, Ease::Comfort);
    let mut plan = best.map_or_else(narrowest, |(_, plan)| plan);
    plan.kept = kept(table, &plan, above);
    plan
}

/// Tries all settings on one kind of sheet, from the best on; ends where none can be better than the best so far.
fn try_settings(
    measured: &Measured<'_>,
    (landscape, ease, against): (bool, Ease, bool),
    above: i64,
    best: &mut Option<(Rank, Plan)>,
) {
    for (place, setting) in (0..).zip(SETTINGS) {
        let wish = place + if ease == Ease::Dense { DENSE } else { 0 };
        if best.as_ref().is_some_and(|(rank, _)| *rank <= (false, 1, against, wish)) {
            return;
        }
        if measured.asked(setting, ease) > area(landscape) {
            continue;
        }
        let mut plan = measured.at(landscape, setting, ease);
        plan.pages = pages(measured.table, &plan, above);
        if plan.pages == 2 && ease == Ease::Dense && spills(measured.table, &plan, above) {
            let least: Vec<i64> = measured.needs.iter().map(|need| column(need.least, setting)).collect();
            plan.widths = squeeze(measured.table, &plan, &least);
            plan.pages = pages(measured.table, &plan, above);
        }
        // A table of several pages is no better for being crowded.
        let crowded = plan.pages > 1 && (ease == Ease::Dense || setting.edge < SETTINGS[LOOSE].edge);
        let rank = (crowded, plan.pages, against, wish);
        if best.as_ref().is_none_or(|(other, _)| rank < *other) {
            *best = Some((rank, plan));
        }
    }
}

/// Whether words or figures of the table would run into each other even on a lying sheet in 小五.
pub(super) fn too_wide(table: &Table) -> bool {
    let widest = area(table.orientation != Orientation::Portrait);
    let least: i64 = needs(table).iter().map(|need| column(need.least, TIGHTEST)).sum();
    // Estimates run a little wide; what is near enough is let through.
    least * 95 / 100 > widest
}

fn area(landscape: bool) -> i64 {
    if landscape { LANDSCAPE.width } else { PORTRAIT.width }
}

/// A table and what its columns ask for, the same in all settings.
struct Measured<'a> {
    table: &'a Table,
    needs: Vec<Need>,
    texts: Texts,
}

impl Measured<'_> {
    fn at(&self, landscape: bool, setting: Setting, ease: Ease) -> Plan {
        Plan { landscape, setting, widths: self.share_out(setting, area(landscape), ease), pages: 0, kept: Vec::new() }
    }

    /// Width the columns ask for.
    fn asked(&self, setting: Setting, ease: Ease) -> i64 {
        let asked = |need: &Need| match ease {
            Ease::Comfort => need.comfort,
            Ease::Dense => need.dense,
        };
        self.needs.iter().map(|need| column(asked(need), setting)).sum()
    }

    /// Gives every column its comfort, then what is left: first where it saves lines, then towards one line each, the rest by
    /// the weights of the table. Where even comfort finds no room, columns begin at the least, and below it shrink together.
    fn share_out(&self, setting: Setting, area: i64, ease: Ease) -> Vec<i64> {
        let of =
            |part: fn(&Need) -> i64| self.needs.iter().map(|need| column(part(need), setting)).collect::<Vec<i64>>();
        let (least, natural) = (of(|need| need.least), of(|need| need.natural));
        let (dense, comfort) = (of(|need| need.dense), of(|need| need.comfort));
        let total = |widths: &[i64]| widths.iter().sum::<i64>();
        let mut widths = if total(&comfort) <= area && ease == Ease::Comfort {
            let (wider, spare) = balance(&self.texts, setting, &comfort, area - total(&comfort));
            let grown = towards(&wider, &natural, spare);
            let left = area - total(&grown);
            add(&grown, &split(left, &weights(self.table)))
        } else if total(&least) <= area {
            let base = if total(&dense) <= area { &dense } else { &least };
            let (wider, spare) = balance(&self.texts, setting, base, area - total(base));
            towards(&wider, &comfort, spare)
        } else {
            split(area, &least)
        };
        // Rounding leaves a few hundredths of a point.
        let rest = area - total(&widths);
        if let Some(last) = widths.last_mut() {
            *last += rest;
        }
        widths
    }
}

/// Width of a column for a text of this width, sides included.
fn column(text: i64, setting: Setting) -> i64 {
    text * setting.size / EM + 2 * setting.side
}

fn weights(table: &Table) -> Vec<i64> {
    table.columns.iter().map(|column| i64::from(column.width.max(1))).collect()
}

fn needs(table: &Table) -> Vec<Need> {
    let mut needs = vec![Need { least: EM, dense: 2 * EM, comfort: 2 * EM, natural: 2 * EM }; table.columns.len()];
    for (rows, head) in [(&table.head, true), (&table.body, false)] {
        for (row, line) in rows.iter().zip(places(rows, table.columns.len())) {
            for placed in line {
                if let (1, Some(need)) = (placed.cell.colspan, needs.get_mut(placed.column)) {
                    widen(need, of_cell(table, row, &placed, head));
                }
            }
        }
    }
    spread_spans(table, &mut needs);
    for (need, more) in needs.iter_mut().zip(point_room(table)) {
        widen(need, Need { least: more, dense: more, comfort: more, natural: more });
    }
    needs
}

fn widen(need: &mut Need, cell: Need) {
    need.least = need.least.max(cell.least);
    need.dense = need.dense.max(cell.dense);
    need.comfort = need.comfort.max(cell.comfort);
    need.natural = need.natural.max(cell.natural);
}

/// Room for the figures of each column once their points meet: the longest left of the point and the longest from it on.
fn point_room(table: &Table) -> Vec<i64> {
    let mut rooms = vec![(0, 0); table.columns.len()];
    for (row, line) in table.body.iter().zip(places(&table.body, table.columns.len())) {
        for placed in line.iter().filter(|placed| placed.cell.colspan == 1) {
            let Some((before, after)) = rooms.get_mut(placed.column) else { continue };
            let Some(tail) = tail(&placed.cell.text).map(width) else { continue };
            let whole = width(&placed.cell.text);
            *before = (*before).max(if row.role == RowRole::Total { bold(whole - tail) } else { whole - tail });
            *after = (*after).max(bold(tail));
        }
    }
    let columns = table.columns.iter().zip(rooms);
    columns.map(|(column, (before, after))| if column.align == Align::Decimal { before + after } else { 0 }).collect()
}

/// Bold type runs wider.
fn bold(width: i64) -> i64 {
    width * 107 / 100
}

/// Cells over several columns ask only that their longest word is not cut.
fn spread_spans(table: &Table, needs: &mut [Need]) {
    for rows in [&table.head, &table.body] {
        for placed in places(rows, table.columns.len()).into_iter().flatten().filter(|placed| placed.cell.colspan > 1) {
            let Some(spanned) = needs.get_mut(placed.column..placed.end()) else { continue };
            let least = placed.cell.text.lines().map(longest_piece).max().unwrap_or(0);
            let missing = least - spanned.iter().map(|need| need.comfort).sum::<i64>();
            let columns = i64::try_from(spanned.len()).unwrap_or(1);
            for need in spanned {
                let more = (missing / columns).max(0);
                widen(
                    need,
                    Need {
                        least: need.least + more,
                        dense: need.dense + more,
                        comfort: need.comfort + more,
                        natural: need.natural + more,
                    },
                );
            }
        }
    }
}

fn of_cell(table: &Table, row: &Row, placed: &Placed<'_>, head: bool) -> Need {
    let cell = placed.cell;
    let set = |width: i64| if head || row.role == RowRole::Total { bold(width) } else { width };
    let natural = set(cell.text.lines().map(width).max().unwrap_or(0)) + i64::from(cell.indent) * EM;
    let least = set(cell.text.lines().map(longest_piece).max().unwrap_or(0)) + i64::from(cell.indent) * EM;
    let decimal = table.columns.get(placed.column).is_some_and(|column| column.align == Align::Decimal);
    let figure = match cell.kind {
        CellKind::Amount | CellKind::Percent | CellKind::Count | CellKind::Code => true,
        CellKind::Text => decimal,
        CellKind::Head | CellKind::Blank => false,
    };
    let comfort = if figure && !head {
        if natural > 2 * SHORT_NAME { least } else { natural }
    } else if head || cell.kind == CellKind::Head && row.role == RowRole::Subhead {
        on_lines(natural, HEAD_LINES)
    } else {
        name_comfort(natural, cell.rowspan)
    };
    // One character above the other reads badly; two are enough.
    let least = if head { least.max(natural.min(2 * EM + EM / 5)) } else { least };
    let comfort = comfort.max(least);
    let dense = if head { on_lines(natural, DENSE_HEAD_LINES) } else { comfort.min(NAME) };
    Need { least, dense: dense.max(least), comfort, natural }
}

/// A head broken into so many lines, of two characters or more.
fn on_lines(natural: i64, lines: i64) -> i64 {
    let characters = (natural + lines * EM - 1) / (lines * EM);
    natural.min(bold(characters.max(2) * EM) + EM / 10)
}

/// Names up to 9 characters stay whole, longer ones take two or three lines; running text is broken by the lines its rows offer.
fn name_comfort(natural: i64, rowspan: usize) -> i64 {
    if natural <= SHORT_NAME {
        return natural;
    }
    if natural <= 4 * SHORT_NAME && rowspan == 1 {
        return SHORT_NAME.max((natural + 2) / 3 + EM);
    }
    let rows = i64::try_from(rowspan).unwrap_or(i64::MAX).clamp(1, 12);
    (natural / (rows * 2).max(6)).clamp(PARAGRAPH.min(natural), 3 * PARAGRAPH)
}

/// Moves widths towards their goals, each by its part of what can be spent.
fn towards(from: &[i64], to: &[i64], spend: i64) -> Vec<i64> {
    let gaps: Vec<i64> = from.iter().zip(to).map(|(from, to)| (to - from).max(0)).collect();
    let spend = spend.min(gaps.iter().sum());
    add(from, &split(spend, &gaps))
}

fn add(left: &[i64], right: &[i64]) -> Vec<i64> {
    left.iter().zip(right).map(|(left, right)| left + right).collect()
}

/// Splits an amount by weights, rounded down.
fn split(amount: i64, weights: &[i64]) -> Vec<i64> {
    let whole = weights.iter().sum::<i64>().max(1);
    weights.iter().map(|weight| amount.max(0) * weight / whole).collect()
}

#[cfg(test)]
mod tests;
