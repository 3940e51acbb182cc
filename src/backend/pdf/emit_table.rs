//! A table as the theme sees it: every cell with its alignment, its spans and what it is the head of.
//!
//! In: a [`Table`] and its [`Plan`]. Out: values to serialise; defaults are left out, for most cells are plain.
//! Never knows: Typst, money.

use serde::Serialize;

use super::columns::Plan;
use super::emit::{ParagraphView, paragraph_view};
use super::figures::{tail, white, widest_tail};
use super::heights::{cell_lines, keep_together, pinch, row_lines};
use super::paper::CELL_LINE;
use crate::backend::svg::metrics::width;
use crate::document::{Align, Cell, CellKind, Column, Placed, Row, RowRole, Table, places};

/// A row that takes more lines than this may be broken over pages; kept whole it could be taller than a page.
const TALL: i64 = 24;

/// Words up to this width are a phrase, longer ones running text; in thousandths of the type size.
const PHRASE: i64 = 8_000;

#[derive(Serialize)]
pub(super) struct TableView<'a> {
    id: &'a str,
    title: &'a str,
    /// Heading level of the title.
    level: Option<u8>,
    label: &'a str,
    caption_left: &'a str,
    caption_right: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    continued: &'a str,
    /// What a screen reader says of the shape of the table.
    summary: String,
    size: i64,
    /// Between lines of a cell.
    leading: i64,
    side: i64,
    edge: i64,
    /// Height that should be free on the page where the table begins.
    keep: i64,
    columns: Vec<i64>,
    head: Vec<RowView<'a>>,
    body: Vec<RowView<'a>>,
    notes: Vec<ParagraphView<'a>>,
}

#[derive(Serialize)]
struct RowView<'a> {
    role: &'static str,
    cells: Vec<CellView<'a>>,
}

#[derive(Serialize)]
struct CellView<'a> {
    text: &'a str,
    align: &'static str,
    #[serde(skip_serializing_if = "is_one")]
    colspan: usize,
    #[serde(skip_serializing_if = "is_one")]
    rowspan: usize,
    #[serde(skip_serializing_if = "is_zero")]
    indent: u8,
    /// May be divided between two pages: between its rows, or a row too tall for a page inside.
    #[serde(skip_serializing_if = "is_false")]
    breakable: bool,
    /// White to the right of a figure, so that points meet.
    #[serde(skip_serializing_if = "is_none_wide")]
    white: i64,
    /// White on both sides of a head, so that its lines become alike.
    #[serde(skip_serializing_if = "is_none_wide")]
    pinch: i64,
    /// `row`, `column` or `both`: what the cell names.
    #[serde(skip_serializing_if = "Option::is_none")]
    names: Option<&'static str>,
}

impl<'a> TableView<'a> {
    pub(super) fn new(table: &'a Table, plan: &Plan, level: Option<u8>) -> Self {
        Self {
            id: &table.id.0,
            title: &table.title,
            level: level.filter(|_| !table.title.is_empty()),
            label: &table.label,
            caption_left: &table.caption_left,
            caption_right: &table.caption_right,
            continued: &table.continued,
            summary: summary(table),
            size: plan.setting.size,
            leading: plan.setting.size * (CELL_LINE - 1_000) / 1_000,
            side: plan.setting.side,
            edge: plan.setting.edge,
            keep: keep_together(table, plan),
            columns: plan.widths.clone(),
            head: rows(table, plan, &table.head, Section::Head),
            body: rows(table, plan, &table.body, Section::Body),
            notes: table.notes.iter().map(paragraph_view).collect(),
        }
    }
}

impl<'a> TableView<'a> {
    /// Gives a table without a title the words the contents have for it, so that they can point at it.
    pub(super) fn entitle(&mut self, title: &'a str, level: Option<u8>) {
        (self.title, self.level) = (title, level);
    }

    pub(super) fn level(&self) -> Option<u8> {
        self.level
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Head,
    Body,
}

/// How many rows and columns there are and where the names stand.
fn summary(table: &Table) -> String {
    let title = if table.title.is_empty() { "本表" } else { &table.title };
    let names = match table.head_columns {
        0 => String::new(),
        1 => "，第1列为行名称".to_owned(),
        many => format!("，前{many}列为行名称"),
    };
    format!("{title}：表头{}行，数据{}行，共{}列{names}。", table.head.len(), table.body.len(), table.columns.len())
}

fn rows<'a>(table: &'a Table, plan: &Plan, rows: &'a [Row], section: Section) -> Vec<RowView<'a>> {
    let tails = tails(table);
    let lines = row_lines(table, plan, rows);
    let breaks = |number: usize, rowspan: usize| {
        let joined = lines.get(number..number + rowspan.max(1)).unwrap_or_default();
        match (section, rowspan) {
            (Section::Head, _) => false,
            (Section::Body, 0 | 1) => joined.iter().any(|lines| *lines > TALL),
            (Section::Body, _) => !plan.kept.contains(&(number..number + rowspan)),
        }
    };
    rows.iter()
        .enumerate()
        .zip(places(rows, table.columns.len()))
        .map(|((number, row), line)| RowView {
            role: role(row.role),
            cells: line
                .iter()
                .map(|placed| {
                    let breakable = breaks(number, placed.cell.rowspan);
                    CellView { breakable, ..cell(table, plan, row, placed, section, &tails) }
                })
                .collect(),
        })
        .collect()
}

fn role(role: RowRole) -> &'static str {
    match role {
        RowRole::Head => "head",
        RowRole::Body => "body",
        RowRole::Total => "total",
        RowRole::Numbers => "numbers",
        RowRole::Subhead => "subhead",
    }
}

/// The widest tail of every column that is set on the point.
fn tails(table: &Table) -> Vec<i64> {
    let lines = places(&table.body, table.columns.len());
    let column = |number: usize| {
        let cells = lines.iter().flatten().filter(move |placed| placed.column == number && placed.cell.colspan == 1);
        widest_tail(cells.map(|placed| placed.cell.text.as_str()))
    };
    table
        .columns
        .iter()
        .enumerate()
        .map(|(number, own)| if own.align == Align::Decimal { column(number) } else { 0 })
        .collect()
}

fn cell<'a>(
    table: &Table,
    plan: &Plan,
    row: &Row,
    placed: &Placed<'a>,
    section: Section,
    tails: &[i64],
) -> CellView<'a> {
    let cell = placed.cell;
    let align = alignment(table.columns.get(placed.column), row, cell, section, cell_lines(placed, plan));
    let size = plan.setting.size;
    let white = match align {
        Align::Decimal => white(&cell.text, tails.get(placed.column).copied().unwrap_or(0)) * size / 1_000,
        Align::Left | Align::Centre => 0,
    };
    let head = section == Section::Head || row.role == RowRole::Subhead;
    CellView {
        text: &cell.text,
        align: match align {
            Align::Left => "left",
            Align::Centre => "center",
            Align::Decimal => "right",
        },
        colspan: cell.colspan,
        rowspan: cell.rowspan,
        indent: cell.indent,
        breakable: false,
        white,
        pinch: if head { pinch(placed, plan) * size / 1_000 } else { 0 },
        names: names(table, row, placed, section),
    }
}

/// Heads and 栏次 stand in the middle, other cells as their column says, unless the cell knows better. Words in a column of
/// figures have no point to meet on, and running text is never set in the middle.
fn alignment(column: Option<&Column>, row: &Row, cell: &Cell, section: Section, lines: usize) -> Align {
    if let Some(own) = cell.align {
        return own;
    }
    let heads = match row.role {
        RowRole::Head | RowRole::Numbers | RowRole::Subhead => true,
        RowRole::Body | RowRole::Total => section == Section::Head,
    };
    let own = column.map_or(Align::Left, |column| column.align);
    let words = !cell.text.is_empty() && tail(&cell.text).is_none();
    match (heads, own, cell.kind) {
        (true, _, _) | (false, Align::Decimal, CellKind::Head) => Align::Centre,
        (false, Align::Decimal | Align::Centre, _) if words && lines > 1 && width(&cell.text) > PHRASE => Align::Left,
        (false, Align::Decimal, _) if words && cell.colspan > 1 => Align::Left,
        (false, own, _) => own,
    }
}

/// What a cell is the head of. An empty one names nothing, save in the head, where every cell is one.
fn names(table: &Table, row: &Row, placed: &Placed<'_>, section: Section) -> Option<&'static str> {
    if section == Section::Head || placed.cell.text.is_empty() {
        return None;
    }
    let heads_its_row = placed.column < table.head_columns;
    match (row.role, placed.cell.kind) {
        (RowRole::Subhead | RowRole::Head, _) => Some("column"),
        (RowRole::Numbers, _) => None,
        (RowRole::Body | RowRole::Total, CellKind::Head) => Some("row"),
        (
            RowRole::Body | RowRole::Total,
            CellKind::Amount | CellKind::Percent | CellKind::Count | CellKind::Code | CellKind::Text | CellKind::Blank,
        ) => heads_its_row.then_some("row"),
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_false(value: &bool) -> bool {
    !*value
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_one(value: &usize) -> bool {
    *value <= 1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_zero(value: &u8) -> bool {
    *value == 0
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_none_wide(value: &i64) -> bool {
    *value <= 0
}
