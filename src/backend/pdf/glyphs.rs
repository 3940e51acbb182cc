//! Finds characters that no font can print, before anything is set.
//!
//! In: a document and the fonts. Out: one finding for each character and text.
//! Never knows: the layout engine. Text inside charts is looked at as well, which a look at the laid-out pages would miss.

use std::collections::BTreeSet;

use super::fonts::Fonts;
use super::problem::PdfProblem;
use crate::document::{Block, Chart, Document, Table, text_of};

/// Characters shown on either side of the one that is missing.
const AROUND: usize = 8;

/// All characters without a glyph, each with the text around it.
pub(super) fn missing(document: &Document, fonts: &Fonts) -> Vec<PdfProblem> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    visit(document, &mut |text| {
        for (place, character) in text.char_indices().filter(|(_, character)| !printable(*character, fonts)) {
            if seen.insert((character, text.to_owned())) {
                found.push(PdfProblem::MissingGlyph { character, around: around(text, place) });
            }
        }
    });
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

/// Shows every text that is printed.
fn visit(document: &Document, see: &mut dyn FnMut(&str)) {
    let meta = &document.meta;
    let front = [&meta.title, &meta.author].into_iter().chain(&meta.cover).chain(&meta.cover_foot);
    front.chain(&meta.watermark).for_each(|text| see(text));
    in_blocks(&document.blocks, see);
}

fn in_blocks(blocks: &[Block], see: &mut dyn FnMut(&str)) {
    for block in blocks {
        match block {
            Block::Contents(contents) => {
                see(&contents.title);
                contents.entries.iter().for_each(|entry| see(&entry.text));
            }
            Block::Heading(heading) => {
                see(&heading.number);
                see(&text_of(&heading.text));
            }
            Block::Paragraph(paragraph) => see(&text_of(&paragraph.inlines)),
            Block::List(list) => {
                for item in &list.items {
                    see(&item.marker);
                    in_blocks(&item.blocks, see);
                }
            }
            Block::Table(table) => in_table(table, see),
            Block::Chart(chart) => in_chart(chart, see),
            Block::PageBreak => {}
        }
    }
}

fn in_table(table: &Table, see: &mut dyn FnMut(&str)) {
    for text in [&table.title, &table.label, &table.caption_left, &table.caption_right, &table.continued] {
        see(text);
    }
    let rows = table.head.iter().chain(&table.body);
    rows.flat_map(|row| &row.cells).for_each(|cell| see(&cell.text));
    table.notes.iter().for_each(|note| see(&text_of(&note.inlines)));
}

fn in_chart(chart: &Chart, see: &mut dyn FnMut(&str)) {
    see(&chart.caption);
    see(&chart.unit);
    for point in &chart.points {
        let share = point.share.as_ref().map(|share| &share.text);
        for text in [&point.label, &point.group, &point.figure.text].into_iter().chain(share) {
            see(text);
        }
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
