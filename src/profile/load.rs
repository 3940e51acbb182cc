//! From the files of a profile's chain to the finished profile.

use std::collections::BTreeMap;

use crate::{
    diagnostic::Diagnostic,
    money::AmountUnit,
    source::{FileId, Located, Node, NodeKind, Read, Reader, Sources, Span},
};

use super::{
    inherit::merge,
    pieces::{self, Layers},
    spec::{ChartSpec, ProfileFile, Style, StyleFile, UNKNOWN},
    table::TableSpec,
};

/// The files of one profile, base first; later files override earlier ones of the same name.
#[derive(Debug, Default)]
pub struct Loaded {
    /// `profile.yaml` of each profile in the chain, base first.
    pub profiles: Vec<Node>,
    /// `figures.yaml` of each, base first.
    pub figures: Vec<Node>,
    /// `pieces.yaml` of each, base first.
    pub pieces: Vec<Node>,
    /// Table specifications by file name without ending, base first.
    pub tables: Layers,
    pub charts: Layers,
    /// Chapters and what they include, by file name.
    pub templates: BTreeMap<String, FileId>,
}

/// A chapter or an included piece.
#[derive(Debug, Clone)]
pub struct Template {
    pub file: FileId,
    pub path: String,
    pub text: String,
}

/// A finished profile.
#[derive(Debug, Clone)]
pub struct Profile {
    pub file: ProfileFile,
    pub span: Span,
    pub figures: Vec<(Located<String>, Located<String>)>,
    pub tables: BTreeMap<String, Located<TableSpec>>,
    pub charts: BTreeMap<String, Located<ChartSpec>>,
    pub templates: BTreeMap<String, Template>,
    styles: BTreeMap<String, Style>,
}

impl Profile {
    /// A number style by name.
    #[must_use]
    pub fn style(&self, name: &str) -> Option<&Style> {
        self.styles.get(name)
    }

    #[must_use]
    pub fn style_names(&self) -> Vec<&str> {
        self.styles.keys().map(String::as_str).collect()
    }

    /// A wording by name.
    #[must_use]
    pub fn word(&self, name: &str) -> Option<&Located<String>> {
        self.file.words.iter().find(|(key, _)| key.value == name).map(|(_, text)| text)
    }

    /// The classes of the profile, code and name.
    pub fn classes(&self) -> impl Iterator<Item = (&str, &str, Span)> {
        self.file.classes.iter().filter_map(|class| {
            let (code, name) = class.value.split_once(char::is_whitespace)?;
            Some((code, name.trim(), class.span))
        })
    }

    /// The region's own name of a code, where it has one.
    #[must_use]
    pub fn code_name(&self, code: &str) -> Option<&str> {
        self.file.names.iter().find(|(key, _)| key.value == code).map(|(_, name)| name.as_str())
    }
}

/// Finishes a profile. It comes back where it can be used at all.
#[must_use]
pub fn load(loaded: &Loaded, sources: &Sources) -> (Option<Profile>, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    let mut found = Vec::new();
    let merged = loaded.profiles.iter().cloned().reduce(|base, own| merge(&base, &own));
    let span = merged.as_ref().map(|node| node.span);
    let file = merged.and_then(|node| ProfileFile::read(&node, &mut reader));
    let figures = loaded.figures.iter().cloned().reduce(|base, own| merge(&base, &own));
    let figures = figures.map(|node| formulas(&node, &mut reader)).unwrap_or_default();
    let pieces = loaded.pieces.iter().cloned().reduce(|base, own| merge(&base, &own));
    let tables = specs::<TableSpec>(&pieces::resolve(&loaded.tables, pieces.as_ref(), &mut found), &mut reader);
    let charts = specs::<ChartSpec>(&pieces::resolve(&loaded.charts, pieces.as_ref(), &mut found), &mut reader);
    let templates = loaded.templates.iter().map(|(name, id)| (name.clone(), template(*id, sources))).collect();
    found.extend(reader.problems.into_iter().map(Diagnostic::from));
    let profile = file.zip(span).map(|(file, span)| {
        let styles = styles(&file, &mut found);
        Profile { file, span, figures, tables, charts, templates, styles }
    });
    (profile, found)
}

fn template(file: FileId, sources: &Sources) -> Template {
    let source = sources.get(file);
    Template { file, path: source.path.clone(), text: source.text.clone() }
}

fn formulas(node: &Node, reader: &mut Reader) -> Vec<(Located<String>, Located<String>)> {
    let NodeKind::Mapping(entries) = &node.kind else { return Vec::new() };
    entries
        .iter()
        .filter_map(|(key, value)| Some((Located::read(key, reader)?, Located::read(value, reader)?)))
        .collect()
}

fn specs<T: Read>(nodes: &BTreeMap<String, Node>, reader: &mut Reader) -> BTreeMap<String, Located<T>> {
    nodes.iter().filter_map(|(name, node)| Some((name.clone(), Located::read(node, reader)?))).collect()
}

/// The styles every profile has; `profile.yaml` changes them or adds to them.
const BUILT_IN: &[&str] = &["amount", "table", "percent", "count"];

fn styles(file: &ProfileFile, found: &mut Vec<Diagnostic>) -> BTreeMap<String, Style> {
    let mut styles = BTreeMap::new();
    for name in BUILT_IN {
        styles.insert((*name).to_owned(), built_in(name, file.unit));
    }
    for (name, style) in file.styles.iter() {
        let below = style.like.as_ref().map_or(name.value.as_str(), |like| like.value.as_str());
        let Some(base) = styles.get(below).or_else(|| styles.get("amount").filter(|_| style.like.is_none())).cloned()
        else {
            let span = style.like.as_ref().map_or(name.span, |like| like.span);
            let message = format!("没有“{below}”这种数字样式");
            found.push(
                Diagnostic::new("M005", message)
                    .at(span, "")
                    .help("先定义它，或以 amount、table、percent、count 为底。"),
            );
            continue;
        };
        styles.insert(name.value.clone(), laid_over(base, style));
    }
    styles
}

fn built_in(name: &str, unit: AmountUnit) -> Style {
    let amount = Style {
        unit,
        decimals: 2,
        grouping: true,
        trailing_zeros: true,
        zero: None,
        unknown: UNKNOWN.to_owned(),
        zero_base: String::new(),
        suffix: unit.term().to_owned(),
        absolute: false,
    };
    match name {
        "table" => Style { zero: Some(String::new()), unknown: String::new(), suffix: String::new(), ..amount },
        "percent" => Style { grouping: false, suffix: "%".to_owned(), ..amount },
        "count" => Style { decimals: 4, trailing_zeros: false, grouping: false, suffix: String::new(), ..amount },
        _ => amount,
    }
}

fn laid_over(base: Style, own: &StyleFile) -> Style {
    Style {
        unit: own.unit.unwrap_or(base.unit),
        decimals: own.decimals.map_or(base.decimals, u32::from),
        grouping: own.grouping.unwrap_or(base.grouping),
        trailing_zeros: own.trailing_zeros.unwrap_or(base.trailing_zeros),
        zero: own.zero.clone().or(base.zero),
        unknown: own.unknown.clone().unwrap_or(base.unknown),
        zero_base: own.zero_base.clone().unwrap_or(base.zero_base),
        suffix: own.suffix.clone().unwrap_or(base.suffix),
        absolute: own.absolute.unwrap_or(base.absolute),
    }
}
