//! The passes in order: a world in, a document and findings out.
//!
//! load → read → derive → tabulate → expand → link → validate → check. Never knows: arguments, disk.

mod artifacts;
mod draft;
mod library;
mod load;
mod members;
mod previous;
mod schema;
mod severity;
mod waivers;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    account::Chart,
    chart, check,
    diagnostic::{Diagnostic, Place, Severity},
    document::{Defect, Document, validate},
    facts::{Facts, NamedFigures},
    link::{self, Chapter, Listed, Tally, UsedFigure},
    model::{self, Disclosure, Folder, files::DisclosureFile},
    period::Stage,
    profile::{Field, PartSpec, Profile},
    source::{Located, Sources, Span, World},
    table,
    template::{Expansion, MissingReason, Parsed, Reference, Templates},
};

use library::Shelf;
use load::{Loader, Opened};

pub use artifacts::{Artifact, Format, Theme, artifacts};
pub use library::{Asked, Library};
pub use schema::schemas;

/// What came of one disclosure.
#[derive(Debug)]
pub struct Compiled {
    pub slug: String,
    /// All files that were read, templates included.
    pub sources: Sources,
    pub disclosure: Option<Arc<Disclosure>>,
    pub profile: Option<Arc<Profile>>,
    pub facts: Option<Arc<Facts>>,
    /// None where the sources do not hold together at all.
    pub document: Option<Document>,
    pub diagnostics: Vec<Diagnostic>,
    pub missing_reasons: Vec<MissingReason>,
    /// Names of texts that chapters asked for and that are not there.
    pub missing_texts: BTreeSet<String>,
    /// Tables before formatting, by the name of their specification.
    pub tables: Tables,
    pub tally: Tally,
    /// Every figure the document prints, with the atoms it rests on.
    pub figures: Vec<UsedFigure>,
    /// How many figures are stated and not derived.
    pub stated: usize,
    /// The shared files it was made of, read for this compilation or an earlier one of its library.
    pub shared: Vec<Arc<Asked>>,
}

impl Compiled {
    /// Whether a publication may be written.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.document.is_some() && !self.diagnostics.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// Compiles the disclosure in `data/<slug>/` by itself. `watermark` is printed on every page of a draft.
#[must_use]
pub fn compile(world: &dyn World, slug: &str, watermark: Option<&str>) -> Compiled {
    Library::default().compile(world, slug, watermark)
}

impl Library {
    /// Compiles the disclosure in `data/<slug>/`, as [`compile`] does, with what earlier compilations read.
    #[must_use]
    pub fn compile(&self, world: &dyn World, slug: &str, watermark: Option<&str>) -> Compiled {
        let mut loader = Loader::new(world, self);
        let mut compiled = Compiled {
            slug: slug.to_owned(),
            sources: Sources::default(),
            disclosure: None,
            profile: None,
            facts: None,
            document: None,
            diagnostics: Vec::new(),
            missing_reasons: Vec::new(),
            missing_texts: BTreeSet::new(),
            tables: Tables::new(),
            tally: Tally::default(),
            figures: Vec::new(),
            stated: 0,
            shared: Vec::new(),
        };
        let Opened { folder, head, shelf } = loader.open(slug);
        if let Some((head, shelf)) = head.zip(shelf.as_ref()) {
            read(&mut compiled, &mut loader, &folder, head, shelf, watermark);
        }
        let severities = match &shelf {
            Some(shelf) => shelf.severities.clone(),
            None => severity::read(&mut loader, world),
        };
        compiled.shared = loader.asked;
        compiled.sources = loader.sources;
        compiled.diagnostics = loader.found;
        compiled.diagnostics.dedup();
        severity::apply(&severities, &mut compiled.diagnostics);
        if let (Some(_), Some(document)) = (watermark, &mut compiled.document) {
            draft::append(document, &compiled.diagnostics);
        }
        compiled
    }
}

/// From the files to the model, and on where it holds together.
fn read(
    compiled: &mut Compiled,
    loader: &mut Loader<'_>,
    folder: &Folder,
    head: DisclosureFile,
    shelf: &Shelf,
    watermark: Option<&str>,
) {
    let (kind, place) = (head.kind, head.profile.span);
    let previous = head.previous.as_ref().and_then(|name| previous::load(loader, name));
    let chart = Chart::new(Arc::clone(&shelf.book));
    let (disclosure, found) = model::read(&compiled.slug, head, folder, chart, &loader.sources);
    loader.found.extend(found);
    let disclosure = disclosure.map(|own| members::join(loader, own));
    let (Some(disclosure), Some(profile)) = (disclosure, &shelf.profile) else { return };
    if profile.file.kind != kind {
        let (name, wanted) = (&disclosure.profile.value, profile.file.kind.term());
        let message = format!("文种“{name}”用于{wanted}，这份公开是{}", kind.term());
        loader.found.push(Diagnostic::new("M005", message).at(place, "").help("换一个文种，或改正 kind。"));
        return;
    }
    let inputs = Inputs {
        disclosure: Arc::new(disclosure),
        profile: Arc::clone(profile),
        named: &shelf.named,
        templates: &shelf.templates,
        previous,
        watermark,
    };
    build(compiled, inputs, &loader.sources, &mut loader.found);
}

/// What the second half of a compilation starts from.
struct Inputs<'a> {
    disclosure: Arc<Disclosure>,
    profile: Arc<Profile>,
    named: &'a Arc<NamedFigures>,
    templates: &'a Parsed,
    previous: Option<previous::Loaded>,
    watermark: Option<&'a str>,
}

/// From the model to the document.
fn build(compiled: &mut Compiled, inputs: Inputs<'_>, sources: &Sources, found: &mut Vec<Diagnostic>) {
    let Inputs { disclosure, profile, named, templates: parsed, previous, watermark } = inputs;
    let (step, decimals) =
        profile.style("amount").map_or((10_000.into(), 2), |style| (style.unit.factor(), style.decimals));
    let (facts, problems) = Facts::new(&disclosure, named, step, decimals);
    found.extend(problems);
    reasons(&disclosure, &facts, found);
    let facts = Arc::new(facts);
    let templates = Templates::new(Arc::clone(&disclosure), Arc::clone(&profile), Arc::clone(&facts), parsed);
    let chapters = chapters(&templates, &disclosure, &profile);
    let (tables, charts) = tabulate(&templates, &disclosure, &profile, &facts, found);
    let snippet = |text: &Located<String>| templates.snippet(text, &[]);
    let title = disclosure.title.clone().unwrap_or_else(|| snippet(&profile.file.title));
    let cover = profile.file.cover.iter().map(snippet).collect();
    let mut cover_foot: Vec<String> = profile.file.cover_foot.iter().map(snippet).collect();
    cover_foot.extend(disclosure.signoff.iter().cloned());
    let Expansion { references, diagnostics, missing_reasons, missing_texts } = templates.finish();
    found.extend(diagnostics);
    let parts = link::Parts {
        profile: &profile,
        chapters: &chapters,
        references: &references,
        tables: &tables,
        charts: &charts,
        title,
        author: disclosure.unit.name.value.clone(),
        cover,
        cover_foot,
        date: Some(file_date(&disclosure)),
        released: disclosure.released.as_ref().map(|day| day.value.to_string()),
        watermark: watermark.map(str::to_owned),
    };
    let link::Linked { document, tally, figures, diagnostics } = link::link(&parts);
    found.extend(diagnostics);
    found.extend(validate(&document).iter().map(|defect| explain(defect, profile.span)));
    found.extend(check::run(&check::Subject {
        disclosure: &disclosure,
        facts: &facts,
        profile: &profile,
        document: &document,
        sources,
        missing_reasons: &missing_reasons,
        previous: previous.as_ref().map(previous::Loaded::subject),
        text: check::running_text(&document),
    }));
    waivers::apply(&disclosure, &profile, &facts, found);
    lacking_once(found);
    compiled.stated = disclosure.stated.len();
    compiled.document = Some(document);
    compiled.tally = tally;
    compiled.figures = figures;
    compiled.missing_reasons = missing_reasons;
    compiled.missing_texts = missing_texts;
    compiled.tables = tables;
    compiled.disclosure = Some(disclosure);
    compiled.profile = Some(profile);
    compiled.facts = Some(facts);
}

/// The date files carry: release, else approval, else the first day of the fiscal year. Archival PDF demands one, and
/// the clock must not give it.
fn file_date(disclosure: &Disclosure) -> String {
    let given = disclosure.released.as_ref().or(disclosure.approved.as_ref());
    given.map_or_else(|| format!("{:04}-01-01", disclosure.year.0), |day| day.value.to_string())
}

/// One figure has one reason; that there is such a figure is a rule of `check`.
fn reasons(disclosure: &Disclosure, facts: &Facts, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<(String, Stage), Span> = BTreeMap::new();
    for reason in &disclosure.reasons {
        let Ok(address) = facts.address(&reason.figure) else { continue };
        if let Some(first) = seen.insert((facts.canonical(&address), reason.base), reason.figure.span) {
            let message = format!("“{}”的变动原因给出了两次", reason.figure.value);
            found.push(
                Diagnostic::new("F002", message)
                    .at(reason.figure.span, "第二次")
                    .at(first, "第一次")
                    .help("删去其中一个。"),
            );
        }
    }
}

/// A line that lacks a dimension is told once, with the first place that needs it, and not for every cell.
fn lacking_once(found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    found.retain(|finding| match (finding.code, finding.places.split_last()) {
        ("F003", Some((_, lines))) => {
            let told = |line: &Place| seen.insert((line.span, line.label.clone()));
            lines.iter().map(told).filter(|new| *new).count() > 0
        }
        _ => true,
    });
}

/// Expands the parts that the disclosure prints.
fn chapters(templates: &Templates, disclosure: &Disclosure, profile: &Profile) -> Vec<Chapter> {
    let on = |option: &String| disclosure.options.iter().any(|own| own.value == *option);
    let switched =
        |part: &&Located<PartSpec>| part.option.as_ref().is_none_or(on) && !part.without.as_ref().is_some_and(on);
    let expand = |part: &Located<PartSpec>| {
        let body = templates.chapter(&part.chapter)?;
        let contents = match part.contents.as_ref().map(|word| word.value.as_str()) {
            Some("tables") => Listed::Tables,
            Some("both") => Listed::Both,
            Some("none") => Listed::Nothing,
            _ => Listed::Headings,
        };
        let title = part.title.as_ref().map(|title| templates.snippet(title, &[])).unwrap_or_default();
        Some(Chapter { title, body, contents, page_break: part.page_break.unwrap_or(true) })
    };
    profile.file.parts.iter().filter(switched).filter_map(expand).collect()
}

/// Compiled tables by the file name of their specification.
pub type Tables = BTreeMap<String, Vec<table::TypedTable>>;
type Charts = BTreeMap<String, chart::TypedChart>;

fn tabulate(
    templates: &Templates,
    disclosure: &Disclosure,
    profile: &Profile,
    facts: &Facts,
    found: &mut Vec<Diagnostic>,
) -> (Tables, Charts) {
    let expand = |text: &Located<String>, fields: &[Field]| templates.snippet(text, fields);
    found.extend(withheld(disclosure, profile));
    let mut tables = Tables::new();
    for (name, spec) in profile.tables.iter().filter(|(name, _)| templates.prints(&Reference::Table((*name).clone()))) {
        let context = table::Context { facts, disclosure, profile, expand: &expand };
        let (compiled, problems) = table::compile(name, spec, context);
        found.extend(problems);
        tables.insert(name.clone(), compiled);
    }
    let mut charts = Charts::new();
    for (name, spec) in profile.charts.iter().filter(|(name, _)| templates.prints(&Reference::Chart((*name).clone()))) {
        let context = chart::Context { facts, disclosure, profile, expand: &expand };
        let (compiled, problems) = chart::compile(name, spec, context);
        found.extend(problems);
        charts.insert(name.clone(), compiled);
    }
    (tables, charts)
}

/// Withheld tables that the profile does not have.
fn withheld(disclosure: &Disclosure, profile: &Profile) -> Vec<Diagnostic> {
    let unknown = disclosure.withheld.iter().filter(|entry| !profile.tables.contains_key(&entry.table.value));
    let known: Vec<&str> = profile.tables.keys().map(String::as_str).collect();
    unknown
        .map(|entry| {
            Diagnostic::new("M005", format!("文种里没有表样“{}”", entry.table.value))
                .at(entry.table.span, "")
                .help(format!("可以写：{}。", known.join("、")))
        })
        .collect()
}

/// A defect of the tree, told as a finding.
fn explain(defect: &Defect, place: Span) -> Diagnostic {
    let message = match defect {
        Defect::Grid { table, row, covered, columns } => {
            format!("表格 {} 第 {} 行占了 {covered} 栏，应为 {columns} 栏", table.0, row + 1)
        }
        Defect::DuplicateId(id) => format!("锚点 {} 用了两次", id.0),
        Defect::DanglingTarget(id) => format!("目录指向不存在的 {}", id.0),
        Defect::HeadingSkip { id, from, to } => format!("标题 {} 从第 {from} 级跳到第 {to} 级", id.0),
        Defect::SilentChart(id) => format!("图 {} 没有替代文字", id.0),
    };
    Diagnostic::new("D001", message).at(place, "这个文种").help("检查表样的跨行跨列和章节的标题层级。")
}
