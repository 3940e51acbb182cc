//! Blocks side by side: bands aligned, rows padded and numbered, heads, 栏次, merges, empty tables.

use crate::{
    diagnostic::Diagnostic,
    document::{Align, Orientation, RowRole},
    profile::{EmptySpec, Keep, NumbersSpec, Show, TableSpec},
    source::Located,
};

use super::{
    Content, Context, TypedCell, TypedRow, TypedTable,
    block::{Block, has_amount},
    columns,
    fields::Entity,
    form, partition,
    rows::{Row, blank},
};

/// Puts one table together; none where the specification is unusable.
pub(super) fn assemble<'a>(
    name: &str,
    spec: &'a Located<TableSpec>,
    entity: Option<&'a Entity>,
    context: Context<'a>,
    found: &mut Vec<Diagnostic>,
) -> Option<TypedTable> {
    let mut table = if spec.form.is_empty() {
        blocks(spec, entity, context, found)?
    } else {
        form::compile(spec, entity, context, found)
    };
    furnish(&mut table, name, spec, entity, context, found);
    if let Some(empty) = spec.empty.as_ref().filter(|_| table.empty) {
        keep(&mut table, empty, context);
    }
    withhold(&mut table, name, context);
    Some(table)
}

/// Title, lines above and notes below.
fn furnish(
    table: &mut TypedTable,
    name: &str,
    spec: &Located<TableSpec>,
    entity: Option<&Entity>,
    context: Context<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let fields = entity.map(|entity| entity.fields.as_slice()).unwrap_or_default();
    let own = |text: &Option<Located<String>>, shared: &Option<Located<String>>| {
        text.as_ref().or(shared.as_ref()).map(|text| (context.expand)(text, fields)).unwrap_or_default()
    };
    let profile = &context.profile.file;
    name.clone_into(&mut table.name);
    table.title = (context.expand)(&spec.title, fields);
    table.listed = spec.contents.as_ref().map_or_else(|| table.title.clone(), |text| (context.expand)(text, fields));
    table.label = own(&spec.label, &profile.table_label);
    table.left = own(&spec.left, &profile.table_left);
    table.right = own(&spec.right, &profile.table_right);
    table.notes.extend(spec.notes.iter().map(|note| (context.expand)(note, fields)));
    table.heading = spec.heading.unwrap_or(true);
    table.unit = spec.unit;
    table.head_columns = spec.head_columns.unwrap_or(table.head_columns);
    table.orientation = spec.orientation.as_ref().map_or(Orientation::Auto, |word| orientation(word, found));
}

fn orientation(word: &Located<String>, found: &mut Vec<Diagnostic>) -> Orientation {
    match word.value.as_str() {
        "auto" => Orientation::Auto,
        "portrait" => Orientation::Portrait,
        "landscape" => Orientation::Landscape,
        other => {
            found.push(
                Diagnostic::new("T003", format!("没有“{other}”这种版面"))
                    .at(word.span, "")
                    .help("可以写：auto、portrait、landscape。"),
            );
            Orientation::Auto
        }
    }
}

fn blocks<'a>(
    spec: &'a Located<TableSpec>,
    entity: Option<&'a Entity>,
    context: Context<'a>,
    found: &mut Vec<Diagnostic>,
) -> Option<TypedTable> {
    if spec.blocks.is_empty() {
        found.push(Diagnostic::new("T003", "表样没有写 blocks，也没有写 form").at(spec.span, "").help("至少写一块。"));
        return None;
    }
    let built: Vec<Block<'_>> = spec.blocks.iter().map(|block| Block::build(block, entity, context, found)).collect();
    partition::rows(spec, &built, context, found);
    let mut leaves = built.iter().flat_map(|block| &block.leaves);
    if spec.empty.is_some() && !leaves.any(|leaf| leaf.show == Show::Amount) {
        let message = "表样没有金额栏，看不出是不是空表，不能写 empty";
        found.push(
            Diagnostic::new("T003", message).at(spec.span, "").help("去掉 empty；没有可列的，在章节模板里另写一句。"),
        );
    }
    let style = spec.style.as_ref().map_or("table", |style| style.value.as_str());
    let body = body(&built, style, context, found);
    let empty = !body.iter().flat_map(|row| &row.cells).any(has_amount);
    let mut head = head(&built, context);
    if let Some(numbers) = &spec.numbers {
        head.push(numbers_row(&built, numbers, context));
    }
    let columns = built.iter().flat_map(|block| &block.leaves).map(|leaf| columns::layout(leaf, found)).collect();
    let head_columns = built.first().map_or(1, |block| columns::naming(&block.leaves));
    Some(TypedTable {
        name: String::new(),
        title: String::new(),
        listed: String::new(),
        label: String::new(),
        left: String::new(),
        right: String::new(),
        notes: Vec::new(),
        heading: true,
        orientation: Orientation::Auto,
        head_columns,
        unit: None,
        columns,
        head,
        body,
        empty,
        span: spec.span,
    })
}

fn head(blocks: &[Block<'_>], context: Context<'_>) -> Vec<TypedRow> {
    let lead = usize::from(blocks.iter().any(|block| block.spec.head.is_some()));
    let deepest = blocks.iter().map(|block| columns::depth(&block.spec.columns)).max().unwrap_or(1);
    let mut rows = columns::head_rows(lead + deepest);
    let mut covered = 0;
    for (index, block) in blocks.iter().enumerate() {
        if let Some(head) = &block.spec.head {
            let text = (context.expand)(head, &[]);
            let reach = block.spec.head_blocks.unwrap_or(1).max(1);
            covered = index + reach;
            let width = blocks.iter().skip(index).take(reach).map(|block| block.leaves.len()).sum();
            rows[0].cells.push(TypedCell::new(Content::Head(text)).spanning(width, 1));
        }
        if index < covered {
            columns::heads(&block.spec.columns, lead, &mut rows, context);
        } else {
            columns::heads(&block.spec.columns, 0, &mut rows, context);
        }
    }
    rows
}

/// 栏次: the value columns counted through, names and row numbers left out.
fn numbers_row(blocks: &[Block<'_>], spec: &NumbersSpec, context: Context<'_>) -> TypedRow {
    let label = (context.expand)(&spec.label, &[]);
    let mut cells = Vec::new();
    let mut count = 0;
    let mut position = 0;
    let span = spec.span.unwrap_or(1);
    let from = spec.from.unwrap_or(span + 1);
    for block in blocks {
        for (index, leaf) in block.leaves.iter().enumerate() {
            position += 1;
            let named = matches!(leaf.show, Show::Name | Show::Code | Show::Class | Show::Section | Show::Item);
            let first = span > 0 && index == 0 && (spec.restart.unwrap_or(false) || cells.is_empty());
            if first {
                cells.push(TypedCell::new(Content::Head(label.clone())).spanning(span, 1));
            } else if index < span && (spec.restart.unwrap_or(false) || position <= span) {
                // Covered by the label.
            } else if matches!(leaf.show, Show::RowNumber | Show::Ordinal)
                || (position < from && !spec.all.unwrap_or(false))
                || (named && !spec.all.unwrap_or(false))
            {
                cells.push(TypedCell::new(Content::Blank));
            } else {
                count += 1;
                cells.push(TypedCell::new(Content::Number(count)));
            }
        }
    }
    TypedRow { role: RowRole::Numbers, cells }
}

/// Rows of all blocks, band by band; the shorter block is padded.
fn body(blocks: &[Block<'_>], style: &str, context: Context<'_>, found: &mut Vec<Diagnostic>) -> Vec<TypedRow> {
    let names = band_names(blocks);
    let columns: Vec<Vec<Row>> = blocks.iter().map(|block| stacked(block, &names, blocks)).collect();
    let length = columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut starts = Vec::new();
    let mut next = 1;
    for block in blocks {
        let start = match block.spec.row_numbers.as_ref().map(|text| text.value.as_str()) {
            Some("continue") => next,
            Some(number) => number.parse().unwrap_or(1),
            None => 1,
        };
        starts.push(start);
        next = start + length;
    }
    let mut rows: Vec<TypedRow> = Vec::new();
    for index in 0..length {
        let mut cells = Vec::new();
        let mut total = false;
        for (number, block) in blocks.iter().enumerate() {
            let Some(row) = columns[number].get(index) else { continue };
            total |= row.total;
            cells.extend(
                block.leaves.iter().map(|leaf| block.cell(row, leaf, starts[number] + index, style, context, found)),
            );
        }
        for (number, at) in first_columns(blocks).into_iter().enumerate() {
            spread(&mut cells, at, &columns[number][index]);
        }
        rows.push(TypedRow { role: if total { RowRole::Total } else { RowRole::Body }, cells });
    }
    for (at, leaf) in blocks.iter().flat_map(|block| &block.leaves).enumerate() {
        if let Some(key) = &leaf.spec.merge {
            merge(&mut rows, &columns[0], at, key);
        }
    }
    rows.iter_mut().for_each(drop_covered);
    rows
}

/// Where each block begins, in columns.
fn first_columns(blocks: &[Block<'_>]) -> Vec<usize> {
    let starts = blocks.iter().scan(0, |end, block| {
        let start = *end;
        *end += block.leaves.len();
        Some(start)
    });
    starts.collect()
}

/// Draws the name of a row over its span; the covered cells are marked as those of a merge are.
fn spread(cells: &mut [TypedCell], at: usize, row: &Row) {
    let end = (at + row.across).min(cells.len());
    if row.across < 2 || at >= end {
        return;
    }
    cells[at] = TypedCell::new(Content::Head(row.label.clone())).spanning(end - at, 1);
    cells[at].indent = row.indent;
    if !row.total {
        cells[at].align = Some(Align::Left);
    }
    for cell in &mut cells[at + 1..end] {
        cell.rowspan = 0;
    }
}

/// All band names in the order they first come.
fn band_names(blocks: &[Block<'_>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for band in blocks.iter().flat_map(|block| &block.bands) {
        if !names.contains(&band.name) {
            names.push(band.name.clone());
        }
    }
    names
}

/// The rows of one block, each band as long as the longest of its name.
fn stacked(block: &Block<'_>, names: &[String], blocks: &[Block<'_>]) -> Vec<Row> {
    let mut rows = Vec::new();
    for name in names {
        let length = blocks.iter().map(|other| band(other, name).len()).max().unwrap_or(0);
        let before = rows.len();
        rows.extend_from_slice(band(block, name));
        rows.resize_with(before + length, || blank(block.spec.span));
    }
    rows
}

/// The rows of the band of a name; none where the block has no such band.
fn band<'b>(block: &'b Block<'_>, name: &str) -> &'b [Row] {
    block.bands.iter().find(|band| band.name == name).map(|band| band.rows.as_slice()).unwrap_or_default()
}

/// The levels of merging, outermost first: a cell merges with the next while all levels up to its own agree.
const MERGE_LEVELS: &[(&str, &str)] =
    &[("unit", "member.id"), ("project", "project.slug"), ("first", "indicator.first"), ("second", "indicator.second")];

fn merge(rows: &mut [TypedRow], sources: &[Row], at: usize, key: &Located<String>) {
    let depth = MERGE_LEVELS.iter().position(|(name, _)| *name == key.value).unwrap_or(0);
    let fields = &MERGE_LEVELS[..=depth];
    let values = |row: &Row| -> Option<Vec<String>> {
        let entity = row.entity.as_ref()?;
        Some(fields.iter().map(|(_, field)| entity.field(field).unwrap_or("").to_owned()).collect())
    };
    let mut first = 0;
    while first < rows.len() {
        let own = values(&sources[first]);
        let run = if own.is_some() { sources[first..].iter().take_while(|row| values(row) == own).count() } else { 1 };
        rows[first].cells[at].rowspan = run;
        for row in &mut rows[first + 1..first + run] {
            // Marked for removal once every column has been merged.
            row.cells[at].rowspan = 0;
        }
        first += run;
    }
}

fn drop_covered(row: &mut TypedRow) {
    row.cells.retain(|cell| cell.rowspan > 0);
}

/// A withheld table keeps its head and says on what basis it is withheld; not a figure of it is published.
fn withhold(table: &mut TypedTable, name: &str, context: Context<'_>) {
    let withheld = context.disclosure.withheld.iter().find(|entry| entry.table.value == name);
    let Some(withheld) = withheld else { return };
    let fields = [("withheld.basis".into(), withheld.basis.clone())];
    table.body.clear();
    table.notes = context.profile.word("withheld").map(|text| (context.expand)(text, &fields)).into_iter().collect();
}

/// What an empty table keeps, and its statement.
fn keep(table: &mut TypedTable, empty: &EmptySpec, context: Context<'_>) {
    match empty.keep {
        Keep::Rows => {}
        Keep::Head => table.body.clear(),
        Keep::Total => {
            table.body.retain(|row| row.role == RowRole::Total);
            table.body.truncate(1);
        }
        Keep::Blank => {
            let cells = table.columns.iter().map(|_| TypedCell::new(Content::Blank)).collect();
            table.body = vec![TypedRow { role: RowRole::Body, cells }];
        }
    }
    table.notes = vec![(context.expand)(&empty.statement, &[])];
}
