//! Turns a document into the JSON the theme reads.
//!
//! In: a [`Document`]. Out: JSON text; every text is final, every length a whole number of hundredths of a point.
//! Never knows: Typst. Nothing here is markup: the theme receives texts as values and never parses them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::columns::plan;
use super::emit_table::TableView;
use super::paper::{BODY_LINE, BODY_SIZE, LANDSCAPE, PORTRAIT, Page, TITLE};
use super::sheets::{Planned, Sheet, front, sheets};
use crate::backend::svg;
use crate::document::{
    Block, Chart, Contents, ContentsEntry, Document, Heading, Inline, List, Paragraph, ParagraphRole, gap,
};

/// The document as the theme sees it.
#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    author: &'a str,
    cover: &'a [String],
    cover_foot: &'a [String],
    date: Option<&'a str>,
    language: &'a str,
    watermark: Option<&'a str>,
    paper: PaperView,
    contents: Option<ContentsView<'a>>,
    sheets: Vec<SheetView<'a>>,
}

#[derive(Serialize)]
struct PaperView {
    portrait: Page,
    landscape: Page,
    size: i64,
    line: i64,
}

#[derive(Serialize)]
struct SheetView<'a> {
    landscape: bool,
    blocks: Vec<BlockView<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum BlockView<'a> {
    Contents(ContentsView<'a>),
    Heading(HeadingView<'a>),
    Paragraph(ParagraphView<'a>),
    List(ListView<'a>),
    Table(Box<TableView<'a>>),
    Chart(ChartView<'a>),
    PageBreak,
}

#[derive(Serialize)]
struct ContentsView<'a> {
    title: &'a str,
    entries: Vec<EntryView<'a>>,
}

#[derive(Serialize)]
struct EntryView<'a> {
    level: u8,
    text: &'a str,
    target: &'a str,
}

#[derive(Serialize)]
struct HeadingView<'a> {
    id: &'a str,
    level: u8,
    number: String,
    inlines: Vec<InlineView<'a>>,
    page_break: bool,
    /// The title of a text that begins on a page of its own, as a report in an annex.
    opening: bool,
}

#[derive(Serialize)]
pub(super) struct ParagraphView<'a> {
    role: &'static str,
    inlines: Vec<InlineView<'a>>,
}

#[derive(Serialize)]
struct ListView<'a> {
    items: Vec<ItemView<'a>>,
}

#[derive(Serialize)]
struct ItemView<'a> {
    marker: String,
    blocks: Vec<BlockView<'a>>,
}

#[derive(Serialize)]
struct ChartView<'a> {
    caption: &'a str,
    alt: &'a str,
    svg: String,
}

/// A text is a plain string; what changes its face is an object around further inlines.
#[derive(Serialize)]
#[serde(untagged)]
enum InlineView<'a> {
    Text(&'a str),
    Strong { strong: Vec<InlineView<'a>> },
    Emphasis { emphasis: Vec<InlineView<'a>> },
    LineBreak { line_break: bool },
}

/// Exactly the JSON that Typst gets.
#[must_use]
pub fn emit(document: &Document) -> String {
    let (contents, blocks) = front(&document.blocks);
    let targets = targets(document);
    let view = View {
        title: &document.meta.title,
        author: &document.meta.author,
        cover: &document.meta.cover,
        cover_foot: &document.meta.cover_foot,
        date: document.meta.date.as_deref(),
        language: &document.meta.language,
        watermark: document.meta.watermark.as_deref(),
        paper: PaperView { portrait: PORTRAIT, landscape: LANDSCAPE, size: BODY_SIZE, line: BODY_LINE },
        contents: contents.map(contents_view),
        sheets: sheet_views(&sheets(blocks, opening(document, contents), &plan), &targets),
    };
    // Serialising plain structs into a string has no way to fail; an empty text would be refused by the theme.
    serde_json::to_string(&view).unwrap_or_default()
}

/// Height of the title above the first block: it stands there where there is neither cover nor contents page.
fn opening(document: &Document, contents: Option<&Contents>) -> i64 {
    if document.meta.cover.is_empty() && contents.is_none() { TITLE } else { 0 }
}

/// What the contents name, with the level of the entry: such a table needs a heading to be found by, whether its title is one or not.
fn targets(document: &Document) -> BTreeMap<&str, &ContentsEntry> {
    let contents = document.blocks.iter().filter_map(|block| match block {
        Block::Contents(contents) => Some(contents),
        Block::Heading(_)
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Table(_)
        | Block::Chart(_)
        | Block::PageBreak => None,
    });
    contents.flat_map(|contents| &contents.entries).map(|entry| (entry.target.0.as_str(), entry)).collect()
}

fn sheet_views<'a>(sheets: &[Sheet<'a>], targets: &BTreeMap<&'a str, &'a ContentsEntry>) -> Vec<SheetView<'a>> {
    let mut level = 0;
    let mut views = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let mut blocks = Vec::with_capacity(sheet.blocks.len());
        // A sheet begins a page by itself; a break before its first block would leave that page empty.
        let opening = sheet.blocks.iter().take_while(|planned| *planned.block == Block::PageBreak).count();
        for planned in sheet.blocks.iter().skip(opening) {
            let mut view = planned_view(planned, &mut level, targets);
            if let (BlockView::Heading(heading), None | Some(BlockView::PageBreak)) = (&mut view, blocks.last()) {
                heading.opening = heading.level > 1 && heading.number.is_empty();
            }
            blocks.push(view);
        }
        if let Some(BlockView::Heading(first)) = blocks.first_mut() {
            first.page_break = false;
        }
        views.push(SheetView { landscape: sheet.landscape, blocks });
    }
    views
}

/// Prints one block; `level` is that of the last heading.
fn planned_view<'a>(
    planned: &Planned<'a>,
    level: &mut u8,
    targets: &BTreeMap<&'a str, &'a ContentsEntry>,
) -> BlockView<'a> {
    match (planned.block, &planned.plan) {
        (Block::Table(table), Some(plan)) => {
            let entry = targets.get(table.id.0.as_str());
            let named = entry.map(|entry| entry.level.clamp(1, *level + 1));
            let mut view = TableView::new(table, plan, table.title_level.or(named));
            if let Some(entry) = entry.filter(|_| table.title.is_empty()) {
                view.entitle(&entry.text, named);
            }
            *level = view.level().unwrap_or(*level);
            BlockView::Table(Box::new(view))
        }
        (Block::Heading(heading), _) => {
            *level = heading.level;
            BlockView::Heading(heading_view(heading))
        }
        (block, _) => block_view(block),
    }
}

/// A block outside the order of headings.
fn block_view(block: &Block) -> BlockView<'_> {
    match block {
        Block::Contents(contents) => BlockView::Contents(contents_view(contents)),
        Block::Heading(heading) => BlockView::Heading(heading_view(heading)),
        Block::Paragraph(paragraph) => BlockView::Paragraph(paragraph_view(paragraph)),
        Block::List(list) => BlockView::List(list_view(list)),
        Block::Table(table) => BlockView::Table(Box::new(TableView::new(table, &plan(table, 0), table.title_level))),
        Block::Chart(chart) => BlockView::Chart(chart_view(chart)),
        Block::PageBreak => BlockView::PageBreak,
    }
}

fn contents_view(contents: &Contents) -> ContentsView<'_> {
    let entries = contents.entries.iter();
    ContentsView {
        title: &contents.title,
        entries: entries
            .map(|entry| EntryView { level: entry.level, text: &entry.text, target: &entry.target.0 })
            .collect(),
    }
}

fn heading_view(heading: &Heading) -> HeadingView<'_> {
    HeadingView {
        id: &heading.id.0,
        level: heading.level,
        number: format!("{}{}", heading.number, gap(&heading.number)),
        inlines: inline_views(&heading.text),
        page_break: heading.page_break,
        opening: false,
    }
}

pub(super) fn paragraph_view(paragraph: &Paragraph) -> ParagraphView<'_> {
    let role = match paragraph.role {
        ParagraphRole::Body => "body",
        ParagraphRole::Note => "note",
        ParagraphRole::Centred => "centred",
    };
    ParagraphView { role, inlines: inline_views(&paragraph.inlines) }
}

fn list_view(list: &List) -> ListView<'_> {
    let items = list.items.iter();
    ListView {
        items: items
            .map(|item| ItemView { marker: marker(&item.marker), blocks: item.blocks.iter().map(block_view).collect() })
            .collect(),
    }
}

fn marker(given: &str) -> String {
    let printed = if given.is_empty() { "•" } else { given };
    format!("{printed}{}", gap(printed))
}

fn chart_view(chart: &Chart) -> ChartView<'_> {
    ChartView { caption: &chart.caption, alt: &chart.alt, svg: svg::draw(chart) }
}

fn inline_views(inlines: &[Inline]) -> Vec<InlineView<'_>> {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) => InlineView::Text(text),
            Inline::Figure(figure) => InlineView::Text(&figure.text),
            Inline::Strong(inner) => InlineView::Strong { strong: inline_views(inner) },
            Inline::Emphasis(inner) => InlineView::Emphasis { emphasis: inline_views(inner) },
            Inline::LineBreak => InlineView::LineBreak { line_break: true },
        })
        .collect()
}

#[cfg(test)]
mod tests;
