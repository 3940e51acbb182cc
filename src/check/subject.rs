//! What a rule looks at, and the few questions that most rules ask.

use rust_decimal::Decimal;

use super::spoken;
use crate::{
    account::Code,
    diagnostic::Diagnostic,
    document::{Block, Document, text_of},
    facts::{Address, Answer, Ask, Facts, Outcome},
    link::print,
    model::{Dimension, Disclosure, Given, Line, LineId, Measure, Project},
    money::{Quantity, Yuan},
    period::{Kind, Stage},
    profile::Profile,
    source::{FileId, Source, Sources, Span},
    template::MissingReason,
};

/// One compiled disclosure.
#[derive(Debug)]
pub struct Subject<'a> {
    pub disclosure: &'a Disclosure,
    pub facts: &'a Facts,
    pub profile: &'a Profile,
    pub document: &'a Document,
    pub sources: &'a Sources,
    pub missing_reasons: &'a [MissingReason],
    /// Last year's disclosure, where its sources are here.
    pub previous: Option<Previous<'a>>,
    /// As [`running_text`] gives it.
    pub text: String,
}

/// Last year's disclosure: its model and figures.
#[derive(Debug, Clone, Copy)]
pub struct Previous<'a> {
    pub disclosure: &'a Disclosure,
    pub facts: &'a Facts,
}

impl<'a> Subject<'a> {
    /// The stage the disclosure is about.
    pub(super) fn main(&self) -> Stage {
        self.stages()[0]
    }

    pub(super) fn stages(&self) -> &'static [Stage] {
        self.disclosure.kind.stages()
    }

    pub(super) fn address(&self, text: &str) -> Option<Address> {
        self.facts.address(text).ok()
    }

    pub(super) fn answer(&self, text: &str) -> Option<Answer> {
        self.facts.answer(&Ask::Value(self.address(text)?)).ok()
    }

    /// The exact number of a figure; none where it is unknown or has no meaning here.
    pub(super) fn value(&self, text: &str) -> Option<Decimal> {
        Some(self.facts.quantity(&self.address(text)?).ok()??.decimal())
    }

    /// A figure at a stage.
    pub(super) fn figure(&self, name: &str, stage: Stage) -> Option<Decimal> {
        self.value(&format!("{name}@{}", stage.term()))
    }

    /// The spelling by which waivers name a figure.
    pub(super) fn canonical(&self, text: &str) -> String {
        self.address(text).map_or_else(|| text.to_owned(), |address| self.facts.canonical(&address))
    }

    /// A figure in words.
    pub(super) fn spoken(&self, text: &str) -> String {
        spoken(self.facts, self.disclosure, self.profile, text)
    }

    /// A code with its name, for people.
    pub(super) fn named(&self, dimension: Dimension, code: Code) -> String {
        let name = dimension.classification().and_then(|own| self.disclosure.chart.name(own, &code));
        name.map_or_else(|| code.to_string(), |name| format!("{code} {name}"))
    }

    /// The first places a figure rests on; `disclosure.yaml` where there are none.
    pub(super) fn places(&self, text: &str) -> Vec<Span> {
        let atoms = self.answer(text).map(|answer| answer.atoms).unwrap_or_default();
        let spans: Vec<Span> = atoms.iter().filter_map(|id| self.span_of(id)).take(3).collect();
        if spans.is_empty() { vec![self.home()] } else { spans }
    }

    /// The finding at the first place a figure rests on.
    pub(super) fn at_first(&self, finding: Diagnostic, figure: &str, label: &str) -> Diagnostic {
        self.places(figure).into_iter().take(1).fold(finding, |finding, span| finding.at(span, label))
    }

    pub(super) fn span_of(&self, id: LineId) -> Option<Span> {
        let line = self.disclosure.lines.iter().find(|line| line.id == id).map(|line| line.span);
        line.or_else(|| self.disclosure.stated.iter().find(|stated| stated.id == id).map(|stated| stated.span))
    }

    /// The place of findings about the disclosure as a whole.
    pub(super) fn home(&self) -> Span {
        self.disclosure.profile.span
    }

    pub(super) fn lines(&self, measure: Measure) -> impl Iterator<Item = &'a Line> {
        self.disclosure.lines.iter().filter(move |line| line.measure == measure)
    }

    pub(super) fn is_final(&self) -> bool {
        self.disclosure.kind == Kind::Final
    }

    /// What a procurement item has of a measure, with its place.
    pub(super) fn of_item(&self, measure: Measure, id: &str) -> Option<(Decimal, Span)> {
        self.lines(measure)
            .find(|line| line.value(Dimension::Item).is_some_and(|own| own.to_string() == id))
            .and_then(|line| given(line, self.main()))
    }

    /// A count of “三公”; none where the ledger does not give it.
    pub(super) fn three_public_count(&self, item: &str) -> Option<Decimal> {
        let mut lines = self.lines(Measure::ThreePublicCount);
        let told = lines.any(|line| line.value(Dimension::Item).is_some_and(|own| own.to_string() == item));
        if told { self.figure(&format!("three_public_count{{item={item}}}"), self.main()) } else { None }
    }

    /// What a project spent and the budget it had for the whole year; final accounts only.
    pub(super) fn execution(&self, project: &Project) -> Option<(Decimal, Decimal)> {
        let figure = format!("project{{project={}}}", project.slug);
        self.is_final().then_some(())?;
        Some((self.figure(&figure, Stage::Final)?, self.figure(&figure, Stage::AdjustedBudget)?))
    }

    /// A number of 元 as the prose of the profile prints it.
    pub(super) fn show(&self, yuan: Decimal) -> String {
        let outcome = Outcome::Quantity(Quantity::Money(Yuan::new(yuan)));
        self.profile.style("amount").map_or_else(|| yuan.to_string(), |style| print(outcome, style, false).text)
    }

    /// Half a unit of the last displayed digit for each addend and for the sum, in 元.
    pub(super) fn envelope(&self, addends: usize) -> Decimal {
        let (factor, decimals) =
            self.profile.style("amount").map_or((10_000.into(), 2), |style| (style.unit.factor(), style.decimals));
        factor * Decimal::new(5, decimals + 1) * Decimal::from(addends + 1)
    }

    /// Whether a total and a sum of that many displayed addends differ by more than tails can explain.
    pub(super) fn differ(&self, total: Decimal, sum: Decimal, addends: usize) -> bool {
        (total - sum).abs() > self.envelope(addends)
    }

    /// Whether two figures that must be one and the same are not, at the displayed decimals.
    pub(super) fn unequal(&self, left: Decimal, right: Decimal) -> bool {
        self.differ(left, right, 0)
    }

    /// Where a text stands: in the disclosure's own files first, then in templates; never in a comment.
    pub(super) fn locate(&self, text: &str) -> Span {
        let own = format!("data/{}/", self.disclosure.slug);
        let find = |wanted: bool| {
            self.sources
                .iter()
                .filter(|(_, source)| source.path.starts_with(&own) == wanted)
                .find_map(|(id, source)| written(source, text).map(|at| span(id, at, text.len())))
        };
        find(true).or_else(|| find(false)).unwrap_or_else(|| self.home())
    }

    /// Every place of prose the unit wrote itself: reasons, duties, texts, goals.
    pub(super) fn own_prose(&self) -> Vec<(String, Span)> {
        let disclosure = self.disclosure;
        let unit = &disclosure.unit;
        let reasons = disclosure.reasons.iter().flat_map(|reason| &reason.texts);
        let prose = reasons
            .chain(unit.duties_lead.iter())
            .chain(&unit.duties)
            .chain(unit.establishment.iter())
            .chain(disclosure.purposes.values())
            .chain(disclosure.texts.values().map(|text| &text.body));
        let mut found: Vec<(String, Span)> =
            prose.map(|prose| (self.sources.excerpt(prose.span).to_owned(), prose.span)).collect();
        for project in &disclosure.projects {
            found.extend(project.goal.iter().map(|goal| (goal.clone(), project.span)));
            found.extend(project.description.iter().map(|(_, text)| (text.clone(), project.span)));
        }
        found
    }
}

/// Where a text first stands in a file outside comments of YAML. A `#` within quotation marks hides what follows it on its
/// line, which costs no more than the exact place.
fn written(source: &Source, text: &str) -> Option<usize> {
    let commented = |at: usize| {
        let line = source.text[..at].rsplit('\n').next().unwrap_or_default();
        source.path.ends_with(".yaml") && (line.trim_start().starts_with('#') || line.contains(" #"))
    };
    source.text.match_indices(text).map(|(at, _)| at).find(|at| !commented(*at))
}

/// The known amount of a line at a stage with its place.
pub(super) fn given(line: &Line, stage: Stage) -> Option<(Decimal, Span)> {
    match line.amounts.get(&stage)? {
        Given::Known(quantity, span) => Some((quantity.decimal(), *span)),
        Given::Unknown(_) => None,
    }
}

fn span(file: FileId, start: usize, length: usize) -> Span {
    let bound = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: bound(start), end: bound(start + length) }
}

/// The running text of a document, a line for each paragraph, heading or list item; of tables their titles and notes.
/// One text, since a pattern that begins anew for every paragraph takes longer to begin than to look.
#[must_use]
pub fn running_text(document: &Document) -> String {
    let mut text = String::new();
    append(&document.blocks, &mut text);
    text
}

fn line(text: &mut String, words: &str) {
    text.push_str(words);
    text.push('\n');
}

fn append(blocks: &[Block], text: &mut String) {
    for block in blocks {
        match block {
            Block::Heading(heading) => line(text, &text_of(&heading.text)),
            Block::Paragraph(paragraph) => line(text, &text_of(&paragraph.inlines)),
            Block::List(list) => list.items.iter().for_each(|item| append(&item.blocks, text)),
            Block::Table(table) => {
                line(text, &table.title);
                table.notes.iter().for_each(|note| line(text, &text_of(&note.inlines)));
            }
            Block::Contents(_) | Block::Chart(_) | Block::PageBreak => {}
        }
    }
}
