//! Markdown for a forge: readable as source, shown well when rendered, stable under diff.
//!
//! In: a valid document. Out: GitHub-flavoured Markdown, one paragraph a line, one table row a line.
//! Never knows: facts, files, the other backends.

mod escape;
mod slug;
mod table;

use std::collections::BTreeMap;

use crate::document::{
    Block, Chart, Contents, Document, Heading, Id, Inline, List, ListItem, Meta, Paragraph, ParagraphRole, Table, gap,
    text_of,
};

/// Two blanks that a forge keeps, between the parts of a line above a table.
const BESIDE: &str = "\u{3000}\u{3000}";

/// Prints the document.
#[must_use]
pub fn print(document: &Document) -> String {
    let mut chunks = cover(&document.meta);
    let targets = targets(document);
    blocks(&document.blocks, &targets, &mut chunks);
    let mut text = chunks.join("\n\n");
    text.push('\n');
    text
}

/// Where a link into the document must point.
enum Target {
    /// The anchor a forge gives to a heading.
    Slug(String),
    /// The id itself, for what is no heading: only here an anchor is written out.
    Anchor,
}

fn targets(document: &Document) -> BTreeMap<&Id, Target> {
    let mut slugs = slug::Slugs::default();
    slugs.next(&document.meta.title);
    let mut found = BTreeMap::new();
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => {
                found.insert(&heading.id, Target::Slug(slugs.next(&heading_text(heading))));
            }
            Block::Table(table) if table.title_level.is_some() && !table.title.is_empty() => {
                found.insert(&table.id, Target::Slug(slugs.next(&table.title)));
            }
            Block::Contents(contents) => {
                slugs.next(&contents.title);
            }
            Block::Table(_) | Block::Paragraph(_) | Block::List(_) | Block::Chart(_) | Block::PageBreak => {}
        }
    }
    let linked = document.blocks.iter().filter_map(|block| match block {
        Block::Contents(contents) => Some(&contents.entries),
        Block::Heading(_)
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Table(_)
        | Block::Chart(_)
        | Block::PageBreak => None,
    });
    for entry in linked.flatten() {
        found.entry(&entry.target).or_insert(Target::Anchor);
    }
    found
}

/// The title as h1, then those lines of the cover that do not only repeat it.
fn cover(meta: &Meta) -> Vec<String> {
    let mut chunks = vec![hashes(0, &escape::inline(&meta.title))];
    if let Some(watermark) = &meta.watermark {
        chunks.push(format!("**【{}】**", escape::inline(watermark)));
    }
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let title = squeezed(&meta.title);
    let further = meta.cover.iter().filter(|line| !title.contains(&squeezed(line)));
    chunks.extend(further.chain(&meta.cover_foot).map(|line| plain(line)));
    chunks
}

fn blocks(blocks: &[Block], targets: &BTreeMap<&Id, Target>, chunks: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Contents(contents) => chunks.extend(table_of_contents(contents, targets)),
            Block::Heading(heading) => chunks.push(heading_line(heading)),
            Block::Paragraph(paragraph) => chunks.push(paragraph_lines(paragraph)),
            Block::List(list) => list_items(list, targets, chunks),
            Block::Table(table) => whole_table(table, targets, chunks),
            Block::Chart(chart) => chunks.extend(chart_lines(chart)),
            // Pages are a matter of paper.
            Block::PageBreak => {}
        }
    }
    chunks.retain(|chunk| !chunk.is_empty());
}

fn table_of_contents(contents: &Contents, targets: &BTreeMap<&Id, Target>) -> Vec<String> {
    let mut parent = 0;
    let entries: Vec<String> = contents
        .entries
        .iter()
        .map(|entry| {
            // An entry without one above it must not be indented into code.
            parent = entry.level.max(1).min(parent + 1);
            let target = match targets.get(&entry.target) {
                Some(Target::Slug(slug)) => slug,
                Some(Target::Anchor) | None => &entry.target.0,
            };
            format!("{}- [{}](#{target})", "  ".repeat(usize::from(parent) - 1), escape::link_text(&entry.text))
        })
        .collect();
    vec![hashes(1, &escape::inline(&contents.title)), entries.join("\n")]
}

fn heading_text(heading: &Heading) -> String {
    format!("{}{}{}", heading.number, gap(&heading.number), text_of(&heading.text).replace('\n', " "))
}

fn heading_line(heading: &Heading) -> String {
    let words = inlines(&heading.text).replace('\n', " ");
    hashes(heading.level, &format!("{}{}{words}", escape::inline(&heading.number), gap(&heading.number)))
}

/// Level 0 is the title. A closing run of `#` would be taken for a mark.
fn hashes(level: u8, words: &str) -> String {
    let closing = words.ends_with('#') && words.trim_end_matches('#').ends_with(' ');
    let words = if closing { format!("{}\\#", &words[..words.len() - 1]) } else { words.to_owned() };
    format!("{} {words}", "#".repeat(usize::from(level.min(5)) + 1))
}

fn paragraph_lines(paragraph: &Paragraph) -> String {
    match paragraph.role {
        // A forge neither indents nor centres; what a note is, its own words say.
        ParagraphRole::Body | ParagraphRole::Note | ParagraphRole::Centred => settle(&inlines(&paragraph.inlines)),
    }
}

/// Guards the line starts; the tag makes a break that no editor strips and no reader of the words takes for a sign.
fn settle(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(escape::line_start).filter(|line| !line.is_empty()).collect();
    lines.join("<br>\n")
}

fn plain(text: &str) -> String {
    settle(&escape::inline(text))
}

fn inlines(run: &[Inline]) -> String {
    run.iter().fold(String::new(), |mut text, inline| {
        match inline {
            Inline::Text(words) => text.push_str(&escape::inline(words)),
            Inline::Strong(inner) => text.push_str(&stressed(&inlines(inner), "**", "strong")),
            Inline::Emphasis(inner) => text.push_str(&stressed(&inlines(inner), "*", "em")),
            Inline::Figure(figure) => text.push_str(&escape::inline(&figure.text)),
            Inline::LineBreak => text.push('\n'),
        }
        text
    })
}

/// Stars next to Chinese quotation marks and brackets do not open or close; there the tag does.
fn stressed(words: &str, stars: &str, tag: &str) -> String {
    let solid = |end: Option<char>| end.is_some_and(char::is_alphanumeric);
    if words.is_empty() {
        String::new()
    } else if solid(words.chars().next()) && solid(words.chars().next_back()) {
        format!("{stars}{words}{stars}")
    } else {
        format!("<{tag}>{words}</{tag}>")
    }
}

fn list_items(list: &List, targets: &BTreeMap<&Id, Target>, chunks: &mut Vec<String>) {
    let mut bullets = false;
    for item in &list.items {
        if !item.marker.is_empty() {
            marked(item, targets, chunks);
        } else if let (true, Some(last)) = (bullets, chunks.last_mut()) {
            last.push('\n');
            last.push_str(&bullet(item, targets));
        } else {
            chunks.push(bullet(item, targets));
        }
        bullets = item.marker.is_empty();
    }
}

/// The marker is text: a forge would count anew and print its own.
fn marked(item: &ListItem, targets: &BTreeMap<&Id, Target>, chunks: &mut Vec<String>) {
    let marker = format!("{}{}", escape::inline(&item.marker), gap(&item.marker));
    if let Some((Block::Paragraph(first), rest)) = item.blocks.split_first() {
        chunks.push(settle(&format!("{marker}{}", inlines(&first.inlines))));
        blocks(rest, targets, chunks);
    } else {
        chunks.push(settle(&marker));
        blocks(&item.blocks, targets, chunks);
    }
}

fn bullet(item: &ListItem, targets: &BTreeMap<&Id, Target>) -> String {
    let mut inner = Vec::new();
    blocks(&item.blocks, targets, &mut inner);
    let text = inner.join("\n\n").replace('\n', "\n  ").replace("\n  \n", "\n\n");
    format!("- {text}")
}

fn whole_table(table: &Table, targets: &BTreeMap<&Id, Target>, chunks: &mut Vec<String>) {
    if matches!(targets.get(&table.id), Some(Target::Anchor)) {
        chunks.push(format!("<a id=\"{}\"></a>", table.id.0));
    }
    if !table.title.is_empty() {
        let title = escape::inline(&table.title).replace('\n', " ");
        chunks.push(match table.title_level {
            Some(level) => hashes(level, &title),
            None => stressed(&title, "**", "strong"),
        });
    }
    let line = [&table.caption_left, &table.label, &table.caption_right];
    let parts: Vec<String> = line.iter().flat_map(|part| part.lines()).map(escape::inline).collect();
    chunks.push(settle(&parts.join(BESIDE)));
    chunks.extend(table::banners(table).into_iter().map(plain));
    chunks.push(table::pipes(table));
    chunks.extend(table.notes.iter().map(paragraph_lines));
}

/// The words stand where the picture stands on paper, its caption below: a forge shows no picture, a second table would
/// be one the publication does not have.
fn chart_lines(chart: &Chart) -> [String; 2] {
    let words: Vec<String> =
        escape::inline(&chart.alt).lines().map(|line| format!("> {}", escape::line_start(line))).collect();
    [words.join("\n"), plain(&chart.caption)]
}

#[cfg(test)]
mod tests;
