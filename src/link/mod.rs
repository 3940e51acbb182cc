//! Closes references: expanded Markdown, typed tables and charts become the document.
//!
//! In: chapters with references, answers, typed tables and charts. Out: [`Document`]. The only place that formats a
//! number. Never knows: Tera, YAML.

mod blocks;
mod format;
mod inline;
mod tables;

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    chart::TypedChart,
    diagnostic::Diagnostic,
    document::{Block, Contents, ContentsEntry, Document, Heading, Id, Inline, Meta, numbered, text_of},
    facts::{Answer, Atoms, Outcome},
    profile::Profile,
    source::Span,
    table::TypedTable,
    template::{Expanded, Reference},
};

pub use format::{Printed, grouped, print};

/// An expanded part, ready to link.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Expanded title of the part; empty for none.
    pub title: String,
    pub body: Expanded,
    /// What the contents list of it.
    pub contents: Listed,
    pub page_break: bool,
}

/// What the contents list of a part, besides its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    Nothing,
    Headings,
    Tables,
    Both,
}

/// Everything `link` puts together.
#[derive(Debug)]
pub struct Parts<'a> {
    pub profile: &'a Profile,
    pub chapters: &'a [Chapter],
    pub references: &'a [Reference],
    pub tables: &'a BTreeMap<String, Vec<TypedTable>>,
    pub charts: &'a BTreeMap<String, TypedChart>,
    /// Expanded texts of title and cover.
    pub title: String,
    pub author: String,
    pub cover: Vec<String>,
    pub cover_foot: Vec<String>,
    pub date: Option<String>,
    pub released: Option<String>,
    pub watermark: Option<String>,
}

/// What a document is made of, for the summary of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Numbers declared as quotations.
    pub literals: usize,
    /// Figures closed with a value.
    pub figures: usize,
    pub tables: usize,
    pub charts: usize,
}

/// A figure as the document prints it, and the atoms its answer rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedFigure {
    /// Canonical address.
    pub address: String,
    /// As printed; empty where the style prints nothing.
    pub text: String,
    /// Whether there is a value: an unknown one prints the same whatever its atoms say.
    pub known: bool,
    pub atoms: Atoms,
}

/// What comes of linking.
#[derive(Debug)]
pub struct Linked {
    pub document: Document,
    pub tally: Tally,
    /// In the order of the document, one for each place a figure is used in.
    pub figures: Vec<UsedFigure>,
    pub diagnostics: Vec<Diagnostic>,
}

/// State of one linking.
struct Linker<'a> {
    parts: &'a Parts<'a>,
    found: Vec<Diagnostic>,
    tally: Tally,
    figures: Vec<UsedFigure>,
    blocks: Vec<Block>,
    entries: Vec<ContentsEntry>,
    /// Counters of heading levels 1 to 5.
    counters: [usize; 6],
    next_id: usize,
    tables: usize,
    charts: usize,
    /// The chapter at work, and the numbers typed into it, which have been reported.
    place: Span,
    typed: Arc<[String]>,
}

/// Links one document.
#[must_use]
pub fn link(parts: &Parts<'_>) -> Linked {
    let place = parts.profile.span;
    let mut linker = Linker {
        parts,
        found: Vec::new(),
        tally: Tally::default(),
        figures: Vec::new(),
        blocks: Vec::new(),
        entries: Vec::new(),
        counters: [0; 6],
        next_id: 0,
        tables: 0,
        charts: 0,
        place,
        typed: Arc::default(),
    };
    for chapter in parts.chapters {
        linker.chapter(chapter);
    }
    let mut blocks = Vec::new();
    if let Some(title) = &parts.profile.file.contents {
        blocks.push(Block::Contents(Contents { title: title.clone(), entries: std::mem::take(&mut linker.entries) }));
    }
    blocks.append(&mut linker.blocks);
    let meta = linker.meta();
    Linked {
        document: Document { meta, blocks },
        tally: linker.tally,
        figures: linker.figures,
        diagnostics: linker.found,
    }
}

impl Linker<'_> {
    fn meta(&mut self) -> Meta {
        let cover = self.parts.cover.iter().map(|line| self.words(line)).collect();
        let cover_foot =
            self.parts.cover_foot.iter().map(|line| self.words(line)).filter(|line| !line.is_empty()).collect();
        Meta {
            title: self.words(&self.parts.title),
            author: self.parts.author.clone(),
            cover,
            cover_foot,
            date: self.parts.date.clone(),
            released: self.parts.released.clone(),
            language: "zh-CN".to_owned(),
            watermark: self.parts.watermark.clone(),
        }
    }

    fn chapter(&mut self, chapter: &Chapter) {
        self.place = Span::start_of(chapter.body.file);
        self.typed = Arc::clone(&chapter.body.typed);
        self.tables = 0;
        if !chapter.title.is_empty() {
            let text = self.inlines_of(&chapter.title);
            self.heading(1, text, true, chapter.page_break, true);
        }
        self.markdown(chapter);
    }

    /// Keeps what a printed figure rests on.
    fn used(&mut self, answer: &Answer, text: &str) {
        let (address, atoms) = (answer.address.clone(), answer.atoms.clone());
        let known = answer.outcome != Outcome::Unknown;
        self.figures.push(UsedFigure { address, text: text.to_owned(), known, atoms });
    }

    /// A new anchor, unique and stable while the structure is.
    fn id(&mut self, prefix: &str) -> Id {
        self.next_id += 1;
        Id(format!("{prefix}-{}", self.next_id))
    }

    /// Adds a heading, numbered by the profile's pattern of its level.
    fn heading(&mut self, level: u8, text: Vec<Inline>, counted: bool, page_break: bool, listed: bool) {
        let slot = usize::from(level).min(5);
        let pattern = self.pattern(level);
        let number = match pattern {
            Some(pattern) if counted => {
                self.counters[slot] += 1;
                self.counters[slot + 1..].fill(0);
                numbered(&pattern, self.counters[slot])
            }
            _ => {
                self.counters[slot + 1..].fill(0);
                String::new()
            }
        };
        if level == 1 {
            self.counters[2..].fill(0);
        }
        let id = self.id("section");
        if listed {
            let gap = crate::document::gap(&number);
            self.entries.push(ContentsEntry {
                level,
                text: format!("{number}{gap}{}", text_of(&text)),
                target: id.clone(),
            });
        }
        self.blocks.push(Block::Heading(Heading { id, level, number, text, page_break }));
    }

    fn pattern(&self, level: u8) -> Option<String> {
        let numbering = &self.parts.profile.file.numbering;
        match level {
            1 => numbering.part.clone(),
            2 => numbering.section.clone(),
            3 => numbering.subsection.clone(),
            _ => numbering.paragraph.clone(),
        }
    }
}
