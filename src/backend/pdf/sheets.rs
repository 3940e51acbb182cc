//! Parts the running text into runs of pages that lie the same way.
//!
//! In: the blocks of a document and the plan of each table. Out: what stands before the text (目录), then sheets in order.
//! Never knows: how a block is printed.

use rayon::prelude::*;

use super::columns::Plan;
use super::heights::above;
use crate::document::{Block, Contents, Paragraph, ParagraphRole, Table};

/// A block with the plan of its table.
pub(super) struct Planned<'a> {
    pub(super) block: &'a Block,
    pub(super) plan: Option<Plan>,
}

/// A run of blocks on pages of one orientation.
pub(super) struct Sheet<'a> {
    pub(super) landscape: bool,
    pub(super) blocks: Vec<Planned<'a>>,
}

/// Splits off the contents where they stand before all headings and tables; they are front matter, without a page number.
pub(super) fn front(blocks: &[Block]) -> (Option<&Contents>, &[Block]) {
    match blocks {
        [Block::Contents(contents), rest @ ..] | [Block::PageBreak, Block::Contents(contents), rest @ ..] => {
            (Some(contents), rest)
        }
        [..] => (None, blocks),
    }
}

/// Groups blocks into sheets. Headings right before a lying table go with it, or they would stay alone on the upright page.
/// `opening` is the height of what stands above the first block.
pub(super) fn sheets<'a>(
    blocks: &'a [Block],
    opening: i64,
    plan: &(dyn Fn(&Table, i64) -> Plan + Sync),
) -> Vec<Sheet<'a>> {
    let mut sheets: Vec<Sheet<'a>> = Vec::new();
    for (block, plan) in blocks.iter().zip(plans(blocks, opening, plan)) {
        let landscape = plan.as_ref().is_some_and(|plan| plan.landscape);
        let planned = Planned { block, plan };
        match sheets.last_mut() {
            Some(sheet) if sheet.landscape == landscape || belongs_above(block) => sheet.blocks.push(planned),
            Some(sheet) => {
                let mut opening = if landscape { trailing_headings(sheet) } else { Vec::new() };
                opening.push(planned);
                if sheet.blocks.is_empty() {
                    sheets.pop();
                }
                push(&mut sheets, landscape, opening);
            }
            None => push(&mut sheets, landscape, vec![planned]),
        }
    }
    sheets
}

/// The plans of the tables, which know nothing of each other; in the places of their blocks.
fn plans(blocks: &[Block], opening: i64, plan: &(dyn Fn(&Table, i64) -> Plan + Sync)) -> Vec<Option<Plan>> {
    let planned = |(place, block): (usize, &Block)| {
        block.table().map(|table| plan(table, above(blocks.iter().take(place), opening)))
    };
    blocks.par_iter().enumerate().map(planned).collect()
}

/// A note stays with the table it speaks of.
fn belongs_above(block: &Block) -> bool {
    matches!(block, Block::Paragraph(Paragraph { role: ParagraphRole::Note, .. }))
}

/// Adds blocks to the last sheet if it lies that way, else on a new one.
fn push<'a>(sheets: &mut Vec<Sheet<'a>>, landscape: bool, blocks: Vec<Planned<'a>>) {
    match sheets.last_mut() {
        Some(sheet) if sheet.landscape == landscape => sheet.blocks.extend(blocks),
        Some(_) | None => sheets.push(Sheet { landscape, blocks }),
    }
}

fn trailing_headings<'a>(sheet: &mut Sheet<'a>) -> Vec<Planned<'a>> {
    let headings = sheet
        .blocks
        .iter()
        .rev()
        .take_while(|planned| matches!(planned.block, Block::Heading(_) | Block::PageBreak))
        .count();
    sheet.blocks.split_off(sheet.blocks.len() - headings)
}

#[cfg(test)]
mod tests {
    use super::{front, sheets};
    use crate::backend::pdf::columns::Plan;
    use crate::backend::pdf::paper::TIGHTEST;
    use crate::document::{Block, Contents, Heading, Id, Orientation, Paragraph, ParagraphRole, Table};

    /// `h` heading, `p` paragraph, `n` note, `t` upright table, `T` lying table, `b` page break, `c` contents.
    fn blocks(letters: &str) -> Vec<Block> {
        letters.chars().map(block).collect()
    }

    fn block(letter: char) -> Block {
        match letter {
            'h' => Block::Heading(Heading {
                id: Id("h".to_owned()),
                level: 1,
                number: String::new(),
                text: Vec::new(),
                page_break: false,
            }),
            'p' => Block::Paragraph(Paragraph { role: ParagraphRole::Body, inlines: Vec::new() }),
            'n' => Block::Paragraph(Paragraph { role: ParagraphRole::Note, inlines: Vec::new() }),
            'c' => Block::Contents(Contents { title: String::new(), entries: Vec::new() }),
            'b' => Block::PageBreak,
            _ => Block::Table(Table {
                id: Id("t".to_owned()),
                title: String::new(),
                title_level: None,
                label: String::new(),
                caption_left: String::new(),
                caption_right: String::new(),
                continued: String::new(),
                columns: Vec::new(),
                head: Vec::new(),
                body: Vec::new(),
                notes: Vec::new(),
                orientation: if letter == 'T' { Orientation::Landscape } else { Orientation::Portrait },
                head_columns: 0,
            }),
        }
    }

    fn grouped(letters: &str) -> String {
        let plan = |table: &Table, _: i64| Plan {
            landscape: table.orientation == Orientation::Landscape,
            setting: TIGHTEST,
            widths: Vec::new(),
            pages: 1,
            kept: Vec::new(),
        };
        let shapes: Vec<String> = sheets(&blocks(letters), 0, &plan)
            .iter()
            .map(|sheet| format!("{}{}", if sheet.landscape { "L" } else { "P" }, sheet.blocks.len()))
            .collect();
        shapes.join(" ")
    }

    #[test]
    fn headings_go_with_the_lying_table_below_them() {
        assert_eq!(grouped("hphhTpt"), "P2 L3 P2");
        assert_eq!(grouped("phT"), "P1 L2");
    }

    #[test]
    fn lying_tables_in_a_row_share_a_sheet_with_the_headings_between() {
        assert_eq!(grouped("hThTp"), "L4 P1");
    }

    #[test]
    fn a_paragraph_between_keeps_them_apart() {
        assert_eq!(grouped("TpT"), "L1 P1 L1");
        assert_eq!(grouped("TnT"), "L3");
        assert_eq!(grouped(""), "");
    }

    #[test]
    fn contents_are_front_matter_only_before_everything_else() {
        assert!(front(&blocks("ch")).0.is_some());
        assert!(front(&blocks("bch")).0.is_some());
        assert!(front(&blocks("hc")).0.is_none());
    }
}
