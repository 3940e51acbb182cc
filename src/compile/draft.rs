//! The last part of a draft: what keeps it from being published.

use crate::{
    diagnostic::{Diagnostic, Severity},
    document::{Block, Document, Heading, Id, Inline, List, ListItem, Paragraph, ParagraphRole},
};

/// Adds errors and warnings at the end of a draft. A publication never passes here.
pub(super) fn append(document: &mut Document, found: &[Diagnostic]) {
    let mut sorted: Vec<&Diagnostic> = found.iter().filter(|finding| finding.severity != Severity::Advice).collect();
    if sorted.is_empty() {
        return;
    }
    let text = vec![Inline::Text("草稿问题清单".to_owned())];
    let id = Id("draft-findings".to_owned());
    document.blocks.push(Block::Heading(Heading { id, level: 1, number: String::new(), text, page_break: true }));
    sorted.sort_by_key(|finding| (finding.severity, finding.code));
    let items = sorted.iter().enumerate().map(|(index, finding)| {
        let help = finding.help.as_ref().map(|help| format!("。{help}")).unwrap_or_default();
        let words = format!("〔{} {}〕{}{help}", finding.severity.term(), finding.code, finding.message);
        let inlines = vec![Inline::Text(words)];
        let blocks = vec![Block::Paragraph(Paragraph { role: ParagraphRole::Body, inlines })];
        ListItem { marker: format!("{}.", index + 1), blocks }
    });
    document.blocks.push(Block::List(List { items: items.collect() }));
}
