//! Running text: headings, paragraphs, lists, figures in a line.
//!
//! In: blocks of the document. Out: their elements.
//! Never knows: the frame of the page.

use crate::document::{Block, Figure, FigureKind, Heading, Inline, List, Paragraph, ParagraphRole, gap, text_of};

use super::markup::Markup;
use super::{Page, chart, heading_tag, table};

pub(super) fn blocks(page: &mut Page, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Heading(heading) => self::heading(page, heading),
            Block::Paragraph(paragraph) => self::paragraph(page, paragraph),
            Block::List(list) => self::list(page, list),
            Block::Table(table) => table::table(page, table),
            Block::Chart(chart) => chart::chart(page, chart),
            // The contents stand beside the text; pages are a matter of paper.
            Block::Contents(_) | Block::PageBreak => {}
        }
    }
}

fn heading(page: &mut Page, heading: &Heading) {
    let tag = heading_tag(heading.level);
    page.place = format!("{}{}{}", heading.number, gap(&heading.number), text_of(&heading.text).replace('\n', " "));
    let class = if heading.page_break { "part" } else { "" };
    page.out.open(&tag, &[("id", &heading.id.0), ("class", class)]);
    if !heading.number.is_empty() {
        page.out.element("span", &[("class", "number")], &heading.number);
        page.out.raw(gap(&heading.number));
    }
    inlines(&mut page.out, &heading.text);
    page.out.close(&tag);
    page.out.line();
}

pub(super) fn paragraph(page: &mut Page, paragraph: &Paragraph) {
    let class = match paragraph.role {
        ParagraphRole::Body => "",
        ParagraphRole::Note => "note",
        ParagraphRole::Centred => "centred",
    };
    page.out.open("p", &[("class", class)]);
    inlines(&mut page.out, &paragraph.inlines);
    page.out.close("p");
    page.out.line();
}

/// Markers are words of the text, so that they are read, found and copied as printed.
fn list(page: &mut Page, list: &List) {
    page.out.open("ul", &[("class", "list")]);
    page.out.line();
    for item in &list.items {
        page.out.open("li", &[("class", if item.marker.is_empty() { "bullet" } else { "" })]);
        if let Some((Block::Paragraph(first), rest)) = item.blocks.split_first() {
            page.out.open("p", &[]);
            marker(&mut page.out, &item.marker);
            inlines(&mut page.out, &first.inlines);
            page.out.close("p");
            blocks(page, rest);
        } else {
            marker(&mut page.out, &item.marker);
            blocks(page, &item.blocks);
        }
        page.out.close("li");
        page.out.line();
    }
    page.out.close("ul");
    page.out.line();
}

fn marker(out: &mut Markup, marker: &str) {
    if !marker.is_empty() {
        out.element("span", &[("class", "marker")], marker);
        out.raw(gap(marker));
    }
}

fn inlines(out: &mut Markup, run: &[Inline]) {
    for inline in run {
        match inline {
            Inline::Text(words) => out.text(words),
            Inline::Strong(inner) => wrapped(out, "strong", inner),
            Inline::Emphasis(inner) => wrapped(out, "em", inner),
            Inline::Figure(figure) => self::figure(out, figure),
            Inline::LineBreak => out.raw("<br>"),
        }
    }
}

fn wrapped(out: &mut Markup, tag: &str, inner: &[Inline]) {
    out.open(tag, &[]);
    inlines(out, inner);
    out.close(tag);
}

/// A figure with the exact value behind it and the address of its fact.
pub(super) fn figure(out: &mut Markup, figure: &Figure) {
    let kind = match figure.kind {
        FigureKind::Amount => "amount",
        FigureKind::Percent => "percent",
        FigureKind::Count => "count",
        FigureKind::Code => "code",
        FigureKind::Date => "date",
        FigureKind::Literal => "literal",
    };
    let fact = figure.fact.as_deref().unwrap_or_default();
    let class = format!("figure {kind}");
    match &figure.raw {
        Some(raw) => out.element("data", &[("value", raw), ("class", &class), ("data-fact", fact)], &figure.text),
        None => out.element("span", &[("class", &class), ("data-fact", fact)], &figure.text),
    }
}
