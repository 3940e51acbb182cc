//! Reasons and the unit's own texts.

use std::collections::BTreeMap;

use crate::{
    diagnostic::Diagnostic,
    source::{Located, Span},
};

use super::{
    super::{
        disclosure::{GlossaryItem, Reason, Text},
        files::{GlossaryEntry, GlossaryFile, ReasonEntry, ReasonsFile},
        line::Dimension,
        prose::Digits,
    },
    Folder, Lowering,
};

impl Lowering<'_> {
    pub(super) fn reasons(&mut self, folder: &Folder) -> Vec<Reason> {
        let Some(file) = self.file::<ReasonsFile>(folder, "reasons.yaml") else { return Vec::new() };
        file.reasons.iter().filter_map(|entry| self.reason(entry)).collect()
    }

    fn reason(&mut self, entry: &Located<ReasonEntry>) -> Option<Reason> {
        let texts: Vec<Located<String>> = entry.text.iter().chain(&entry.items).cloned().collect();
        if texts.is_empty() {
            let finding = Diagnostic::new("S011", "缺少“text”").at(entry.span, "没有写原因");
            self.report(finding.help("写 text: 原因，或 items: 列表（印成“一是…二是…”）。"));
            return None;
        }
        let texts = texts.iter().map(|text| self.prose(text, Digits::Accounted)).collect();
        Some(Reason { figure: entry.figure.clone(), base: entry.base, texts, span: entry.span })
    }

    pub(super) fn glossary(&mut self, folder: &Folder) -> Vec<GlossaryItem> {
        let Some(file) = self.file::<GlossaryFile>(folder, "glossary.yaml") else { return Vec::new() };
        file.entries.iter().map(|entry| self.glossary_item(entry)).collect()
    }

    fn glossary_item(&mut self, entry: &Located<GlossaryEntry>) -> GlossaryItem {
        GlossaryItem {
            term: entry.term.clone(),
            function: entry.function.as_ref().and_then(|text| self.code(Dimension::Function, text)),
            text: entry.text.as_ref().map(|text| self.prose(text, Digits::Accounted)),
            under: entry.under.clone(),
            omit: entry.omit.unwrap_or(false),
            span: entry.span,
        }
    }

    pub(super) fn texts(&mut self, folder: &Folder) -> BTreeMap<String, Text> {
        let mut texts = BTreeMap::new();
        for (name, file) in &folder.markdown {
            let Some(stem) = name.strip_prefix("texts/").and_then(|name| name.strip_suffix(".md")) else { continue };
            let whole = &self.sources.get(*file).text;
            let (head, body) = front_matter(whole);
            let start = u32::try_from(whole.len() - body.len()).unwrap_or(0);
            let end = u32::try_from(whole.len()).unwrap_or(u32::MAX);
            let span = Span { file: *file, start, end };
            let digits = if value(head, "figures") == Some("own") { Digits::Own } else { Digits::Accounted };
            let title = value(head, "title").map(str::to_owned);
            let body = self.prose(&Located { value: body.trim().to_owned(), span }, digits);
            texts.insert(stem.to_owned(), Text { title, body });
        }
        texts
    }
}

/// Splits `---` … `---` from the text below it.
fn front_matter(text: &str) -> (&str, &str) {
    let Some(rest) = text.strip_prefix("---\n") else { return ("", text) };
    rest.split_once("\n---\n").unwrap_or(("", text))
}

/// A line `key: value` of the front matter.
fn value<'t>(head: &'t str, key: &str) -> Option<&'t str> {
    head.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix(':')).map(str::trim)
}
