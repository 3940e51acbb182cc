//! Finds characters that no font can print, before anything is set.
//!
//! In: a document and the fonts. Out: one finding for each character and text.
//! Never knows: the layout engine. Text inside charts is looked at as well, which a look at the laid-out pages would miss.

use std::collections::BTreeSet;

use super::fonts::Fonts;
use super::problem::PdfProblem;
use crate::document::{Block, Chart, Document, Inline, Table, text_of};

/// Characters shown on either side of the one that is missing.
const AROUND: usize = 8;

/// All characters without a glyph, each with the text around it.
pub(super) fn missing(document: &Document, fonts: &Fonts) -> Vec<PdfProblem> {
    let texts = texts(document);
    // Few characters recur thousands of times, and asking all fonts takes its time.
    let used: BTreeSet<char> = texts.iter().flat_map(|text| text.chars()).collect();
    let lacking: BTreeSet<char> = used.into_iter().filter(|character| !printable(*character, fonts)).collect();
    let mut found = Vec::new();
    if lacking.is_empty() {
        return found;
    }
    let mut seen = BTreeSet::new();
    for text in &texts {
        for (place, character) in text.char_indices().filter(|(_, character)| lacking.contains(character)) {
            if seen.insert((character, text)) {
                found.push(PdfProblem::MissingGlyph { character, around: around(text, place) });
            }
        }
    }
    found
}

/// A line break is layout, not a glyph.
fn printable(character: char, fonts: &Fonts) -> bool {
    character == '\n' || fonts.covers(character)
}

fn around(text: &str, place: usize) -> String {
    let (before, after) = text.split_at(place);
    let skipped = before.chars().count().saturating_sub(AROUND);
    before.chars().skip(skipped).chain(after.chars().take(AROUND + 1)).collect()
}

fn texts(document: &Document) -> Vec<String> {
    let meta = &document.meta;
    let mut texts = vec![meta.title.clone(), meta.author.clone()];
    texts.extend(meta.cover.iter().chain(&meta.cover_foot).chain(&meta.watermark).cloned());
    of_blocks(&document.blocks, &mut texts);
    texts
}

fn of_blocks(blocks: &[Block], texts: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Contents(contents) => {
                texts.push(contents.title.clone());
                texts.extend(contents.entries.iter().map(|entry| entry.text.clone()));
            }
            Block::Heading(heading) => {
                texts.push(heading.number.clone());
                of_inlines(&heading.text, texts);
            }
            Block::Paragraph(paragraph) => of_inlines(&paragraph.inlines, texts),
            Block::List(list) => {
                for item in &list.items {
                    texts.push(item.marker.clone());
                    of_blocks(&item.blocks, texts);
                }
            }
            Block::Table(table) => of_table(table, texts),
            Block::Chart(chart) => of_chart(chart, texts),
            Block::PageBreak => {}
        }
    }
}

fn of_inlines(inlines: &[Inline], texts: &mut Vec<String>) {
    texts.push(text_of(inlines));
}

fn of_table(table: &Table, texts: &mut Vec<String>) {
    texts.extend(
        [&table.title, &table.label, &table.caption_left, &table.caption_right, &table.continued].map(Clone::clone),
    );
    let rows = table.head.iter().chain(&table.body);
    texts.extend(rows.flat_map(|row| &row.cells).map(|cell| cell.text.clone()));
    for note in &table.notes {
        of_inlines(&note.inlines, texts);
    }
}

fn of_chart(chart: &Chart, texts: &mut Vec<String>) {
    texts.extend([&chart.caption, &chart.unit].map(Clone::clone));
    for point in &chart.points {
        texts.extend([&point.label, &point.group, &point.figure.text].map(Clone::clone));
        texts.extend(point.share.iter().map(|share| share.text.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::around;

    #[test]
    fn the_text_around_is_cut_by_characters_not_bytes() {
        let text = "单位名称：王𠀀同志负责本单位预算编制工作";
        let place = text.find('𠀀').unwrap_or(0);
        assert_eq!(around(text, place), "单位名称：王𠀀同志负责本单位预");
        assert_eq!(around("𠀀", 0), "𠀀");
    }
}
