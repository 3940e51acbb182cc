//! 目录: the list of places beside the text.
//!
//! In: the contents of the document, or its headings where it has none. Out: a landmark with nested lists of links.
//! Never knows: page numbers.

use crate::document::{Block, Contents, ContentsEntry, Document, gap, text_of};

use super::markup::Markup;

pub(super) fn navigation(out: &mut Markup, document: &Document) {
    let contents = document.blocks.iter().find_map(|block| match block {
        Block::Contents(contents) => Some(contents.clone()),
        Block::Heading(_)
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Table(_)
        | Block::Chart(_)
        | Block::PageBreak => None,
    });
    let contents = contents.unwrap_or_else(|| derived(document));
    if contents.entries.is_empty() {
        return;
    }
    out.open("nav", &[("class", "contents"), ("aria-label", &contents.title)]);
    out.line();
    // Open without a script; the script folds it on a phone.
    out.open("details", &[("open", "open")]);
    out.element("summary", &[], &contents.title);
    out.line();
    entries(out, &contents.entries, 1);
    out.close("details");
    out.line();
    out.close("nav");
    out.line();
}

/// The two upper levels of headings, titles of tables among them.
fn derived(document: &Document) -> Contents {
    let entries = document.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) if heading.level <= 2 => {
            let text =
                format!("{}{}{}", heading.number, gap(&heading.number), text_of(&heading.text).replace('\n', " "));
            Some(ContentsEntry { level: heading.level, text, target: heading.id.clone() })
        }
        Block::Table(table) if !table.title.is_empty() && table.title_level.is_some_and(|level| level <= 2) => {
            Some(ContentsEntry {
                level: table.title_level.unwrap_or(1),
                text: table.title.clone(),
                target: table.id.clone(),
            })
        }
        Block::Heading(_)
        | Block::Table(_)
        | Block::Contents(_)
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Chart(_)
        | Block::PageBreak => None,
    });
    Contents { title: "目录".to_owned(), entries: entries.collect() }
}

/// One list for the entries of `level`; deeper ones that follow an entry are a list inside it.
fn entries(out: &mut Markup, all: &[ContentsEntry], level: u8) {
    out.open("ol", &[]);
    out.line();
    let mut rest = all;
    while let Some((entry, after)) = rest.split_first() {
        let below = after.iter().take_while(|next| next.level > level).count();
        let target = format!("#{}", entry.target.0);
        out.open("li", &[]);
        out.element("a", &[("href", &target)], &entry.text);
        if below > 0 {
            out.line();
            entries(out, &after[..below], level + 1);
        }
        out.close("li");
        out.line();
        rest = &after[below..];
    }
    out.close("ol");
    out.line();
}
