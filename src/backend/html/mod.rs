//! HTML: one file a document, readable without script, by screen readers, on a phone and on paper.
//!
//! In: a valid document and the theme as text. Out: one self-contained page that asks nothing of any network.
//! Never knows: facts, files, the other backends (the drawing of charts apart).

mod chart;
mod contents;
mod frame;
mod index;
mod markup;
mod running;
mod table;

use std::collections::BTreeMap;

use crate::document::{Document, Meta};

pub use index::{IndexEntry, IndexFile, index};
use markup::Markup;

/// Style and script, as text. Both belong to the program: they are put into the page as they are.
#[derive(Debug, Clone, Copy)]
pub struct Theme<'a> {
    pub css: &'a str,
    pub script: &'a str,
}

/// What is printed so far, and what the printing of tables must remember.
struct Page {
    out: Markup,
    /// Last heading, to name a table without title.
    place: String,
    /// Tables so far.
    tables: usize,
    /// How often a title of a table was printed.
    titles: BTreeMap<String, usize>,
}

/// Prints the document.
#[must_use]
pub fn print(document: &Document, theme: &Theme<'_>) -> String {
    let meta = &document.meta;
    let mut out = Markup::default();
    let head = frame::Head {
        title: &meta.title,
        author: &meta.author,
        date: meta.date.as_deref().unwrap_or_default(),
        language: &meta.language,
        class: "document",
    };
    frame::open(&mut out, &head, theme);
    cover(&mut out, meta);
    contents::navigation(&mut out, document);
    out.raw("<main id=\"text\">\n");
    let mut page = Page { out, place: meta.title.clone(), tables: 0, titles: BTreeMap::new() };
    running::blocks(&mut page, &document.blocks);
    let mut out = page.out;
    out.raw("</main>\n");
    foot(&mut out, meta);
    frame::close(&mut out, theme);
    out.into_text()
}

/// Level 1 of the document is h2: h1 is its title.
fn heading_tag(level: u8) -> String {
    format!("h{}", level.clamp(1, 5) + 1)
}

/// The title on the lines of the cover where these are the title, else the title and the other lines below it.
fn cover(out: &mut Markup, meta: &Meta) {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let title = squeezed(&meta.title);
    if let Some(watermark) = &meta.watermark {
        // Across the window and every sheet, drawn by the style sheet; to be read it stands at the top.
        out.element("div", &[("class", "watermark"), ("data-text", watermark)], "");
        out.line();
    }
    out.raw("<header class=\"cover\">\n");
    if let Some(watermark) = &meta.watermark {
        out.element("p", &[("class", "draft")], watermark);
        out.line();
    }
    if meta.cover.len() > 1 && squeezed(&meta.cover.concat()) == title {
        out.open("h1", &[]);
        for line in &meta.cover {
            out.element("span", &[], line);
        }
        out.close("h1");
    } else {
        out.element("h1", &[], &meta.title);
    }
    out.line();
    let further = meta.cover.iter().filter(|line| !title.contains(&squeezed(line)));
    for (class, line) in further.map(|line| ("", line)).chain(meta.cover_foot.iter().map(|line| ("foot", line))) {
        out.element("p", &[("class", class)], line);
        out.line();
    }
    out.raw("</header>\n");
}

fn foot(out: &mut Markup, meta: &Meta) {
    out.raw("<footer>\n");
    if !meta.author.is_empty() {
        out.element("p", &[], &meta.author);
        out.line();
    }
    if let Some(date) = &meta.released {
        out.raw("<p>公开日期：");
        out.element("time", &[("datetime", date)], &chinese_date(date));
        out.raw("</p>\n");
    }
    out.raw("</footer>\n");
}

/// `2024-02-05` as `2024年2月5日`; anything else as it is.
fn chinese_date(date: &str) -> String {
    let parts: Vec<&str> = date.split('-').collect();
    match parts.as_slice() {
        [year, month, day] => format!("{year}年{}月{}日", month.trim_start_matches('0'), day.trim_start_matches('0')),
        _ => date.to_owned(),
    }
}

#[cfg(test)]
mod tests;
