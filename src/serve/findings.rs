//! The page of findings.
//!
//! In: a compilation. Out: a page in the same dress as a publication, each finding with its places and the way out.
//! Never knows: requests.

use crate::{
    backend::html::{self, Theme},
    compile::Compiled,
    diagnostic::{Diagnostic, Severity, Summary, sorted},
    document::{Block, Document, Heading, Id, Inline, List, ListItem, Meta, Paragraph, ParagraphRole},
    source::Sources,
};

/// Longest stretch of a source line that is shown.
const EXCERPT: usize = 120;

/// Prints the findings of a compilation; `title` is that of the disclosure.
pub(super) fn page(title: &str, compiled: &Compiled, theme: &Theme<'_>) -> String {
    let mut found = sorted(&compiled.diagnostics, &compiled.sources);
    // What could not be read comes first: sums that do not tie often follow from it.
    found.sort_by_key(|finding| !finding.code.starts_with('S'));
    let mut blocks = vec![body(&format!("{}。", Summary::of(&found)))];
    for (severity, heading) in [(Severity::Error, "错误"), (Severity::Warning, "警告"), (Severity::Advice, "建议")]
    {
        let own: Vec<&Diagnostic> = found.iter().filter(|finding| finding.severity == severity).collect();
        if own.is_empty() {
            continue;
        }
        let id = match severity {
            Severity::Error => "errors",
            Severity::Warning => "warnings",
            Severity::Advice => "advice",
        };
        blocks.push(self::heading(id.to_owned(), 1, heading));
        for (place, finding) in own.iter().enumerate() {
            blocks.push(self::heading(
                format!("{id}-{}", place + 1),
                2,
                &format!("{} {}", finding.code, finding.message),
            ));
            blocks.extend(details(finding, &compiled.sources));
        }
    }
    let meta = Meta {
        title: format!("{title}：核对结果"),
        author: String::new(),
        cover: Vec::new(),
        cover_foot: Vec::new(),
        date: None,
        released: None,
        language: "zh-CN".to_owned(),
        watermark: None,
    };
    html::print(&Document { meta, blocks }, theme)
}

/// Where to look, what to do, why it matters.
fn details(finding: &Diagnostic, sources: &Sources) -> Vec<Block> {
    let places = finding.places.iter().map(|place| {
        let label = if place.label.is_empty() { String::new() } else { format!("：{}", place.label) };
        let text = vec![
            Inline::Strong(vec![Inline::Text(sources.place(place.span))]),
            Inline::Text(label),
            Inline::LineBreak,
            Inline::Text(line_of(sources, place.span)),
        ];
        ListItem { marker: String::new(), blocks: vec![paragraph(text)] }
    });
    let mut blocks = Vec::new();
    let items: Vec<ListItem> = places.collect();
    if !items.is_empty() {
        blocks.push(Block::List(List { items }));
    }
    let further = [("改法", &finding.help), ("依据", &finding.basis), ("所指（写豁免时用）", &finding.figure)];
    for (label, text) in further.iter().filter_map(|(label, text)| Some((label, text.as_ref()?))) {
        blocks.push(body(&format!("{label}：{text}")));
    }
    blocks
}

/// The line of source in which a span begins, without its indentation.
pub(super) fn line_of(sources: &Sources, span: crate::source::Span) -> String {
    let number = sources.position(span).line;
    let line = sources.get(span.file).text.lines().nth(number.saturating_sub(1)).unwrap_or_default().trim();
    let mut shown: String = line.chars().take(EXCERPT).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    shown
}

fn heading(id: String, level: u8, text: &str) -> Block {
    Block::Heading(Heading {
        id: Id(id),
        level,
        number: String::new(),
        text: vec![Inline::Text(text.to_owned())],
        page_break: false,
    })
}

fn body(text: &str) -> Block {
    paragraph(vec![Inline::Text(text.to_owned())])
}

fn paragraph(inlines: Vec<Inline>) -> Block {
    Block::Paragraph(Paragraph { role: ParagraphRole::Body, inlines })
}
