//! Chapters and texts expanded: Tera over names, lists and cases; amounts never enter its context.
//!
//! In: profile, model, facts. Out: Markdown with references, closed by `link`. Never knows: output languages, how a
//! number is printed.

mod functions;
mod glossary;
mod items;
mod marks;
mod plainly;
mod raw_digits;
mod reference;
mod view;
mod wording;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rust_decimal::Decimal;

use crate::{
    diagnostic::Diagnostic,
    facts::{Address, Answer, Ask, AskError, Atoms, Facts, Outcome},
    model::{Disclosure, Prose, Stretch},
    money::{Change, Quantity},
    period::Stage,
    profile::{Field, Profile, Template},
    source::{FileId, Located, Span},
};

use plainly::plainly;

pub use marks::{Piece, pieces, plain};
pub use reference::Reference;

/// What the functions of the templates look at, and where they put references and findings.
#[derive(Debug)]
pub(crate) struct Environment {
    pub(crate) disclosure: Arc<Disclosure>,
    pub(crate) profile: Arc<Profile>,
    pub(crate) facts: Arc<Facts>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    references: Vec<Reference>,
    found: Vec<Diagnostic>,
    /// Figures whose reason was wanted and is not there, with the case.
    missing_reasons: Vec<MissingReason>,
    /// Names of texts that a chapter asked for and that are not there.
    missing_texts: BTreeSet<String>,
}

/// A reason that a wording asks for and nobody gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingReason {
    pub figure: String,
    pub base: crate::period::Stage,
    pub case: crate::money::Case,
}

impl Environment {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a reference and gives the mark that stands for it.
    pub(crate) fn refer(&self, reference: Reference) -> String {
        let mut state = self.state();
        state.references.push(reference);
        marks::mark(state.references.len() - 1)
    }

    pub(crate) fn report(&self, diagnostic: Diagnostic) {
        self.state().found.push(diagnostic);
    }

    pub(crate) fn missing_text(&self, name: String) {
        self.state().missing_texts.insert(name);
    }

    pub(crate) fn missing_reason(&self, missing: MissingReason) {
        let mut state = self.state();
        if !state.missing_reasons.contains(&missing) {
            state.missing_reasons.push(missing);
        }
    }

    /// An answer; see [`Self::unless_lacking`].
    pub(crate) fn answer(&self, ask: &Ask) -> Result<Answer, AskError> {
        let unknown = |address| Answer { address, outcome: Outcome::Unknown, atoms: Atoms::default(), change: None };
        self.unless_lacking(self.facts.answer(ask), unknown)
    }

    /// A value; see [`Self::unless_lacking`].
    pub(crate) fn quantity(&self, of: &Address) -> Result<Option<Quantity>, AskError> {
        self.unless_lacking(self.facts.quantity(of), |_| None)
    }

    /// A comparison; see [`Self::unless_lacking`].
    pub(crate) fn change(&self, of: &Address, base: Stage) -> Result<Change, AskError> {
        let change = self.facts.change(of, base).map(|(change, _)| change);
        self.unless_lacking(change, |_| Change::between(None, None, Decimal::ONE, 0))
    }

    /// Lines that lack a dimension are reported, and what rests on them is unknown: the rest of the chapter can still be
    /// expanded and checked.
    fn unless_lacking<T>(&self, asked: Result<T, AskError>, unknown: impl FnOnce(String) -> T) -> Result<T, AskError> {
        asked.or_else(|error| match &error {
            AskError::Lacks { address, .. } => {
                self.report(error.diagnostic(self.profile.span));
                Ok(unknown(address.clone()))
            }
            AskError::Address { .. } | AskError::Mixed { .. } | AskError::Circular { .. } => Err(error),
        })
    }

    /// Prose as Markdown with references. Emphasis and paragraphs in it are the author's own.
    pub(crate) fn prose(&self, prose: &Prose) -> String {
        let mut text = String::new();
        for stretch in &prose.stretches {
            match stretch {
                Stretch::Words(words) | Stretch::Date(words) => text.push_str(&marks::data(words)),
                Stretch::Literal(words) => text.push_str(&self.refer(Reference::Literal(words.clone()))),
                Stretch::Reference { address, style, span } => {
                    text.push_str(&self.prose_figure(address, style.as_deref(), *span));
                }
            }
        }
        text
    }

    fn prose_figure(&self, address: &str, style: Option<&str>, span: Span) -> String {
        let style = style.unwrap_or("amount");
        if self.profile.style(style).is_none() {
            let known = self.profile.style_names().join("、");
            self.report(
                Diagnostic::new("M005", format!("没有“{style}”这种数字样式"))
                    .at(span, "")
                    .help(format!("可以写：{known}。")),
            );
        }
        let answer = self.facts.address(address).and_then(|address| self.answer(&Ask::Value(address)));
        match answer {
            Ok(answer) => self.refer(Reference::Figure { answer, style: style.to_owned(), absolute: false }),
            Err(error) => {
                self.report(error.diagnostic(span));
                String::new()
            }
        }
    }
}

/// The templates of a profile, parsed; no disclosure is bound to them yet.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    tera: tera::Tera,
    found: Vec<Diagnostic>,
    /// Numbers typed into each template, reported already: what they lead to after expansion is no news.
    typed: BTreeMap<String, Arc<[String]>>,
    /// A template could not be read: Tera then has none of them, and no chapter can be expanded.
    broken: bool,
}

impl Parsed {
    /// Parses them. Syntax errors and typed digits are found here.
    #[must_use]
    pub fn new(profile: &Profile) -> Self {
        let mut tera = tera::Tera::default();
        tera.autoescape_on([""]);
        tera.set_escape_fn(marks::escape);
        functions::declare(&mut tera);
        let mut found = Vec::new();
        let texts = profile.templates.iter().map(|(name, template)| (name.clone(), template.text.clone()));
        let added = tera.add_raw_templates(texts);
        found.extend(added.as_ref().err().map(|error| explain(error, None, profile)));
        let mut typed = BTreeMap::new();
        for (name, template) in &profile.templates {
            let (numbers, findings) = raw_digits::check(template);
            found.extend(findings);
            typed.insert(name.clone(), numbers.into());
        }
        Self { tera, found, typed, broken: added.is_err() }
    }
}

/// The templates of a profile, ready to expand for one disclosure.
#[derive(Debug)]
pub struct Templates {
    tera: tera::Tera,
    context: tera::Context,
    environment: Arc<Environment>,
    typed: BTreeMap<String, Arc<[String]>>,
    broken: bool,
}

/// A chapter after expansion.
#[derive(Debug, Clone)]
pub struct Expanded {
    /// Markdown with references.
    pub markdown: String,
    /// The file of its template.
    pub file: FileId,
    /// Numbers typed into the template.
    pub typed: Arc<[String]>,
}

/// What expansion leaves behind.
#[derive(Debug)]
pub struct Expansion {
    pub references: Vec<Reference>,
    pub diagnostics: Vec<Diagnostic>,
    pub missing_reasons: Vec<MissingReason>,
    pub missing_texts: BTreeSet<String>,
}

impl Templates {
    /// Binds parsed templates to a disclosure and its figures.
    #[must_use]
    pub fn new(disclosure: Arc<Disclosure>, profile: Arc<Profile>, facts: Arc<Facts>, parsed: &Parsed) -> Self {
        let environment = Arc::new(Environment { disclosure, profile, facts, state: Mutex::default() });
        let mut tera = parsed.tera.clone();
        functions::bind(&mut tera, &environment);
        environment.state().found.extend(parsed.found.iter().cloned());
        let context = view::context(&environment);
        Self { tera, context, environment, typed: parsed.typed.clone(), broken: parsed.broken }
    }

    /// Expands a chapter by its file name without ending.
    #[must_use]
    pub fn chapter(&self, name: &Located<String>) -> Option<Expanded> {
        let file = format!("{}.md", name.value);
        let Some(template) = self.environment.profile.templates.get(&file) else {
            let known: Vec<&str> =
                self.environment.profile.templates.keys().map(|name| name.trim_end_matches(".md")).collect();
            let help = format!("可以写：{}。", known.join("、"));
            self.environment
                .report(Diagnostic::new("S001", format!("没有章节模板“{file}”")).at(name.span, "").help(help));
            return None;
        };
        if self.broken {
            return None;
        }
        match self.tera.render(&file, &self.context) {
            Ok(markdown) => {
                let typed = self.typed.get(&file).cloned().unwrap_or_default();
                Some(Expanded { markdown, file: template.file, typed })
            }
            Err(error) => {
                self.environment.report(explain(&error, None, &self.environment.profile));
                None
            }
        }
    }

    /// Expands a text of a specification. `fields` are `project.name` and the like.
    #[must_use]
    pub fn snippet(&self, text: &Located<String>, fields: &[Field]) -> String {
        if let Some(found) = raw_digits::check_snippet(text) {
            self.environment.report(found);
        }
        if !text.value.contains("{{") && !text.value.contains("{%") {
            return text.value.clone();
        }
        let own = (!fields.is_empty()).then(|| view::with_fields(&self.context, fields, &text.value));
        match self.tera.render_str(&text.value, own.as_ref().unwrap_or(&self.context), false) {
            Ok(expanded) => expanded,
            Err(error) => {
                self.environment.report(explain(&error, Some(text.span), &self.environment.profile));
                String::new()
            }
        }
    }

    /// Whether a chapter expanded so far prints the table or chart.
    #[must_use]
    pub fn prints(&self, wanted: &Reference) -> bool {
        self.environment.state().references.contains(wanted)
    }

    /// The references made so far and the findings.
    #[must_use]
    pub fn finish(self) -> Expansion {
        let mut state = self.environment.state();
        Expansion {
            references: std::mem::take(&mut state.references),
            diagnostics: std::mem::take(&mut state.found),
            missing_reasons: std::mem::take(&mut state.missing_reasons),
            missing_texts: std::mem::take(&mut state.missing_texts),
        }
    }
}

/// A Tera error as a finding at its place.
fn explain(error: &tera::Error, snippet: Option<Span>, profile: &Profile) -> Diagnostic {
    let help = "按提示改正模板；能用的函数见文种编写指南。";
    let say = |message: &str| Diagnostic::new("E001", format!("模板有误：{}", plainly(&plain(message)))).help(help);
    let (tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report)) = error.kind() else {
        // An unknown filter or function is told as text, its place in it.
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
        return say(first).at(snippet.or_else(|| told_place(&text, profile)).unwrap_or(profile.span), "");
    };
    let template = profile.templates.get(report.filename());
    let span = snippet.or_else(|| template.map(|template| locate(template, report.span()))).unwrap_or(profile.span);
    say(report.message()).at(span, "")
}

/// `--> chapter.md:3:4` of a report that comes as text.
fn told_place(report: &str, profile: &Profile) -> Option<Span> {
    let place = report.lines().find_map(|line| line.trim_start().strip_prefix("--> "))?;
    let mut parts = place.trim().rsplitn(3, ':');
    let (column, line) = (parts.next()?.parse::<usize>().ok()?, parts.next()?.parse().ok()?);
    let template = profile.templates.get(parts.next()?)?;
    let start = offset(&template.text, line, column.saturating_sub(1));
    let bound = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Some(Span { file: template.file, start: bound(start), end: bound(start) })
}

/// The byte at a line (from 1) and column (from 0, in characters).
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text[start..].split('\n').next().unwrap_or("");
    start + rest.chars().take(column).map(char::len_utf8).sum::<usize>()
}

/// Line and column of Tera (column from 0, in characters) as a byte range.
fn locate(template: &Template, span: &tera::Span) -> Span {
    let bound = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let (start, end) =
        (offset(&template.text, span.start_line, span.start_col), offset(&template.text, span.end_line, span.end_col));
    Span { file: template.file, start: bound(start), end: bound(end.max(start)) }
}
