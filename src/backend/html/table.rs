//! Tables: caption, head, body and notes, each cell with its heads and its fact.
//!
//! In: a compiled table. Out: a frame that scrolls by itself and the notes below it.
//! Never knows: what a cell means beyond its kind.

use std::fmt::Write as _;

use crate::backend::svg::metrics::{longest_piece, width};
use crate::document::{Align, Cell, CellKind, Column, Orientation, Paragraph, Placed, Row, RowRole, Table, places};

use super::markup::Markup;
use super::{Page, running};

/// Widest column class the style sheet has.
const WIDEST: u16 = 8;

/// Line of an upright printed sheet, the white in a column, and what words in a column want, in thousandths of the type
/// size of printed tables.
const UPRIGHT: i64 = 58_000;
const SIDES: i64 = 800;
const WORDS: i64 = 5_000;

pub(super) fn table(page: &mut Page, table: &Table) {
    let id = &table.id.0;
    page.tables += 1;
    let class = if wide(table) { "table wide" } else { "table" };
    page.out.open("div", &[("class", class), ("id", id)]);
    page.out.line();
    // Ids of the document hold no underscore, so that these cannot meet one.
    let title = format!("{id}_title");
    let name = frame_name(page, table);
    let labelled = if name.is_empty() { title.as_str() } else { "" };
    let frame = [
        ("class", "frame"),
        ("role", "region"),
        ("tabindex", "0"),
        ("aria-labelledby", labelled),
        ("aria-label", &name),
    ];
    page.out.open("div", &frame);
    page.out.line();
    page.out.open("table", &[]);
    page.out.line();
    caption(&mut page.out, table, &title, &name);
    columns(&mut page.out, table);
    head(&mut page.out, table);
    body(&mut page.out, table);
    page.out.close("table");
    page.out.line();
    page.out.close("div");
    page.out.line();
    notes(page, &table.notes);
    page.out.close("div");
    page.out.line();
}

/// Whether the columns want more than an upright sheet: then the page lies when it is printed.
fn wide(table: &Table) -> bool {
    match table.orientation {
        Orientation::Landscape => return true,
        Orientation::Portrait => return false,
        Orientation::Auto => {}
    }
    let columns = table.columns.len();
    let mut wants = vec![0; columns];
    for placed in [&table.head, &table.body].iter().flat_map(|rows| places(rows, columns)).flatten() {
        if let (1, Some(want)) = (placed.cell.colspan, wants.get_mut(placed.column)) {
            for line in placed.cell.text.lines() {
                let whole = width(line);
                // No piece is wider than its line.
                if whole > *want {
                    *want = longest_piece(line).max(whole.min(WORDS)).max(*want);
                }
            }
        }
    }
    wants.iter().map(|want| want + SIDES).sum::<i64>() > UPRIGHT
}

/// A name of its own for the frame where the title cannot be one: it is empty, or another table has it too.
fn frame_name(page: &mut Page, table: &Table) -> String {
    if table.title.is_empty() {
        return format!("{}，表{}", page.place, page.tables);
    }
    let seen = page.titles.entry(table.title.clone()).or_default();
    *seen += 1;
    if *seen == 1 { String::new() } else { format!("{}（{seen}）", table.title) }
}

fn caption(out: &mut Markup, table: &Table, title: &str, name: &str) {
    out.open("caption", &[]);
    out.open("div", &[("class", "above")]);
    if table.title.is_empty() {
        out.element("span", &[("class", "unseen")], name);
    } else if let Some(level) = table.title_level {
        out.element(&super::heading_tag(level), &[("id", title), ("class", "title")], &table.title);
    } else {
        out.element("p", &[("id", title), ("class", "title")], &table.title);
    }
    let line = [("", &table.caption_left), ("label", &table.label), ("unit", &table.caption_right)];
    if line.iter().any(|(_, words)| !words.is_empty()) {
        out.open("p", &[("class", "line")]);
        for (class, words) in line.into_iter().filter(|(_, words)| !words.is_empty()) {
            out.element("span", &[("class", class)], words);
            out.raw(" ");
        }
        out.close("p");
    }
    out.close("div");
    out.close("caption");
    out.line();
}

/// Column groups follow the top level of a deep head, so that `colgroup` scopes have something to stand for.
fn columns(out: &mut Markup, table: &Table) {
    let groups = groups(table);
    for (start, end) in groups {
        out.open("colgroup", &[]);
        for column in &table.columns[start..end] {
            out.open("col", &[("class", &format!("w{}", width_class(Some(column))))]);
        }
        out.close("colgroup");
    }
    out.line();
}

/// Ranges of columns under one cell of the first head row that does not span all of them.
fn groups(table: &Table) -> Vec<(usize, usize)> {
    let all = table.columns.len();
    let rows = places(&table.head, all);
    let named = rows.iter().zip(&table.head).filter(|(_, row)| row.role != RowRole::Numbers);
    let mut named = named.map(|(line, _)| line);
    let top = named.find(|line| line.iter().any(|placed| placed.cell.colspan < all));
    let ranges: Vec<(usize, usize)> =
        top.into_iter().flatten().map(|placed| (placed.column, placed.end().min(all))).collect();
    let whole =
        ranges.first().is_some_and(|first| first.0 == 0) && ranges.windows(2).all(|pair| pair[0].1 == pair[1].0);
    if whole && ranges.last().is_some_and(|last| last.1 == all) { ranges } else { vec![(0, all)] }
}

fn head(out: &mut Markup, table: &Table) {
    if table.head.is_empty() {
        return;
    }
    let groups = groups(table);
    out.open("thead", &[]);
    out.line();
    for (line, row) in places(&table.head, table.columns.len()).iter().zip(&table.head) {
        out.open("tr", &[("class", role_class(row.role))]);
        for placed in line {
            let names = row.role != RowRole::Numbers && !placed.cell.text.trim().is_empty();
            let range = (placed.column, placed.end());
            let scope = if placed.cell.colspan > 1 && groups.contains(&range) { "colgroup" } else { "col" };
            cell(out, table, *placed, names.then_some(scope), None);
        }
        out.close("tr");
        out.line();
    }
    out.close("thead");
    out.line();
}

fn body(out: &mut Markup, table: &Table) {
    let all = places(&table.body, table.columns.len());
    let mut first = 0;
    for size in parts(&table.body) {
        let rows = first..first + size;
        out.open("tbody", &[]);
        out.line();
        for (line, row) in all[rows.clone()].iter().zip(&table.body[rows]) {
            out.open("tr", &[("class", role_class(row.role))]);
            for placed in line {
                cell(out, table, *placed, body_scope(table, row, *placed, size), Some(row.role));
            }
            out.close("tr");
            out.line();
        }
        out.close("tbody");
        out.line();
        first += size;
    }
}

/// Sizes of the row groups: rows that a merged cell ties together, single rows between them in one group.
fn parts(rows: &[Row]) -> Vec<usize> {
    let mut parts: Vec<(usize, bool)> = Vec::new();
    let (mut open, mut count) = (0, 0);
    for row in rows {
        let tallest = row.cells.iter().map(|cell| cell.rowspan).max().unwrap_or(1);
        let tied = open > 0 || tallest > 1;
        open = open.max(tallest).saturating_sub(1);
        count += 1;
        if open > 0 {
            continue;
        }
        match parts.last_mut() {
            Some((size, false)) if !tied => *size += count,
            Some(_) | None => parts.push((count, tied)),
        }
        count = 0;
    }
    if count > 0 {
        parts.push((count, true));
    }
    parts.into_iter().map(|(size, _)| size).collect()
}

/// What a cell of the body names, if it names something.
fn body_scope(table: &Table, row: &Row, placed: Placed<'_>, part: usize) -> Option<&'static str> {
    let of_row = if placed.cell.rowspan > 1 && placed.cell.rowspan == part { "rowgroup" } else { "row" };
    if placed.cell.text.trim().is_empty() {
        return None;
    }
    match placed.cell.kind {
        CellKind::Head | CellKind::Text | CellKind::Code if row.role == RowRole::Subhead => Some("col"),
        CellKind::Head => Some(of_row),
        CellKind::Text | CellKind::Code if placed.column < table.head_columns => Some(of_row),
        CellKind::Text | CellKind::Code | CellKind::Amount | CellKind::Percent | CellKind::Count | CellKind::Blank => {
            None
        }
    }
}

/// One cell. `role` is that of its row in the body, none in the head.
fn cell(out: &mut Markup, table: &Table, placed: Placed<'_>, scope: Option<&str>, role: Option<RowRole>) {
    let cell = placed.cell;
    let tag = if scope.is_some() { "th" } else { "td" };
    let (class, colspan, rowspan) = (classes(table, placed, role), span(cell.colspan), span(cell.rowspan));
    let attributes = [
        ("class", class.as_str()),
        ("scope", scope.unwrap_or_default()),
        ("colspan", &colspan),
        ("rowspan", &rowspan),
        ("data-fact", cell.fact.as_deref().unwrap_or_default()),
        ("data-raw", cell.raw.as_deref().unwrap_or_default()),
    ];
    out.element(tag, &attributes, &cell.text);
}

fn span(count: usize) -> String {
    if count > 1 { count.to_string() } else { String::new() }
}

fn classes(table: &Table, placed: Placed<'_>, role: Option<RowRole>) -> String {
    let cell = placed.cell;
    let column = table.columns.get(placed.column);
    let head = role.is_none() || role == Some(RowRole::Subhead);
    let align = match cell.align {
        Some(own) => own,
        None if head => Align::Centre,
        None => column.map_or(Align::Left, |column| column.align),
    };
    let mut classes = String::with_capacity(24);
    add(&mut classes, kind_class(cell), None);
    add(&mut classes, align_class(align), None);
    // Only first columns stay in sight, and not a cell that reaches into those that scroll.
    if placed.end() <= table.head_columns {
        add(&mut classes, "h", Some(placed.column));
    }
    if cell.indent > 0 {
        add(&mut classes, "i", Some(usize::from(cell.indent.min(6))));
    }
    if cell.colspan == 1 && role.is_some() && matches!(cell.kind, CellKind::Text | CellKind::Head) {
        add(&mut classes, "w", Some(width_class(column)));
    }
    classes
}

/// Appends a class, with a number where it has one.
fn add(classes: &mut String, name: &str, number: Option<usize>) {
    if !classes.is_empty() && !name.is_empty() {
        classes.push(' ');
    }
    classes.push_str(name);
    if let Some(number) = number {
        // Writing to a string cannot fail.
        let _infallible = write!(classes, "{number}");
    }
}

fn width_class(column: Option<&Column>) -> usize {
    usize::from(column.map_or(1, |column| column.width).clamp(1, WIDEST))
}

fn kind_class(cell: &Cell) -> &'static str {
    match cell.kind {
        CellKind::Amount | CellKind::Percent | CellKind::Count => "n",
        CellKind::Code => "c",
        CellKind::Text | CellKind::Head => "t",
        CellKind::Blank => "",
    }
}

fn align_class(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Centre => "m",
        Align::Decimal => "r",
    }
}

fn role_class(role: RowRole) -> &'static str {
    match role {
        RowRole::Head | RowRole::Body => "",
        RowRole::Total => "total",
        RowRole::Numbers => "numbers",
        RowRole::Subhead => "subhead",
    }
}

fn notes(page: &mut Page, notes: &[Paragraph]) {
    for note in notes {
        running::paragraph(page, note);
    }
}
