//! Read-only walks over a tree, shared by checks, tests and backends.

use super::tree::{Block, Document, Figure, Inline, Paragraph, Table};

/// Plain text of a run of inlines.
#[must_use]
pub fn text_of(inlines: &[Inline]) -> String {
    let mut text = String::with_capacity(length(inlines));
    append(inlines, &mut text);
    text
}

fn append(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(words) => text.push_str(words),
            Inline::Strong(inner) | Inline::Emphasis(inner) => append(inner, text),
            Inline::Figure(figure) => text.push_str(&figure.text),
            Inline::LineBreak => text.push('\n'),
        }
    }
}

/// Bytes of the words.
fn length(inlines: &[Inline]) -> usize {
    let of = |inline: &Inline| match inline {
        Inline::Text(words) => words.len(),
        Inline::Strong(inner) | Inline::Emphasis(inner) => length(inner),
        Inline::Figure(figure) => figure.text.len(),
        Inline::LineBreak => 1,
    };
    inlines.iter().map(of).sum()
}

/// What stands between a number or marker and the words after it: nothing after Chinese punctuation (`一、`, `（一）`),
/// a space after everything else (`第一部分`, `1.`).
#[must_use]
pub fn gap(marker: &str) -> &'static str {
    match marker.chars().next_back() {
        None | Some('、' | '）' | '．' | '：' | '。' | '，' | ' ' | '\u{3000}') => "",
        Some(_) => " ",
    }
}

/// All figures of the running text, in reading order; those of tables and charts are in their cells and points.
#[must_use]
pub fn figures(document: &Document) -> Vec<&Figure> {
    let mut found = Vec::new();
    in_blocks(&document.blocks, &mut found);
    found
}

/// All tables, in reading order.
#[must_use]
pub fn tables(document: &Document) -> Vec<&Table> {
    document.blocks.iter().filter_map(Block::table).collect()
}

fn in_blocks<'a>(blocks: &'a [Block], found: &mut Vec<&'a Figure>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => in_inlines(&heading.text, found),
            Block::Paragraph(paragraph) => in_inlines(&paragraph.inlines, found),
            Block::List(list) => list.items.iter().for_each(|item| in_blocks(&item.blocks, found)),
            Block::Table(table) => {
                for Paragraph { inlines, .. } in &table.notes {
                    in_inlines(inlines, found);
                }
            }
            Block::Contents(_) | Block::Chart(_) | Block::PageBreak => {}
        }
    }
}

fn in_inlines<'a>(inlines: &'a [Inline], found: &mut Vec<&'a Figure>) {
    for inline in inlines {
        match inline {
            Inline::Figure(figure) => found.push(figure),
            Inline::Strong(inner) | Inline::Emphasis(inner) => in_inlines(inner, found),
            Inline::Text(_) | Inline::LineBreak => {}
        }
    }
}
