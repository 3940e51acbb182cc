//! Chart specifications compiled against facts.
//!
//! In: a [`ChartSpec`], facts, the model, a way to expand texts. Out: a [`TypedChart`] whose points still hold answers.
//! Never knows: drawing, digits as text.

use crate::{
    account::Code,
    diagnostic::Diagnostic,
    document::ChartKind,
    facts::{Address, Answer, Ask, Facts, Filter},
    model::{Dimension, Disclosure, Value},
    profile::{ChartSpec, Expand, PointSpec, Profile},
    source::{Located, Span},
};

/// What a compilation may look at.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "holds a closure")]
pub struct Context<'a> {
    pub facts: &'a Facts,
    pub disclosure: &'a Disclosure,
    pub profile: &'a Profile,
    pub expand: Expand<'a>,
}

/// A compiled chart; texts are expanded but may hold references, values are answers.
#[derive(Debug, Clone)]
pub struct TypedChart {
    pub name: String,
    pub kind: ChartKind,
    pub caption: String,
    /// `(单位：万元)` below the caption; empty for none.
    pub unit_line: String,
    /// Lead of the text alternative.
    pub alt: String,
    pub style: String,
    pub points: Vec<TypedPoint>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct TypedPoint {
    pub label: String,
    pub group: String,
    pub answer: Answer,
    /// Share of the sum of all points, for pies.
    pub share: Option<Answer>,
}

/// Compiles one chart.
#[must_use]
pub fn compile(name: &str, spec: &Located<ChartSpec>, context: Context<'_>) -> (TypedChart, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let text =
        |text: &Option<Located<String>>| text.as_ref().map(|text| (context.expand)(text, &[])).unwrap_or_default();
    let whole = spec.whole.as_ref().and_then(|text| address(text, context, &mut found));
    let points =
        spec.points.iter().flat_map(|point| points(point, spec.kind, whole.as_ref(), context, &mut found)).collect();
    let chart = TypedChart {
        name: name.to_owned(),
        kind: spec.kind,
        caption: (context.expand)(&spec.caption, &[]),
        unit_line: text(&spec.unit_line),
        alt: text(&spec.alt),
        style: spec.style.as_ref().map_or_else(|| "amount".to_owned(), |style| style.value.clone()),
        points,
        span: spec.span,
    };
    (chart, found)
}

fn points(
    spec: &Located<PointSpec>,
    kind: ChartKind,
    all: Option<&Address>,
    context: Context<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<TypedPoint> {
    let Some(whole) = address(&spec.figure, context, found) else { return Vec::new() };
    let group = spec.group.as_ref().map(|group| (context.expand)(group, &[])).unwrap_or_default();
    let parts = match &spec.by {
        None => {
            vec![(spec.label.as_ref().map(|label| (context.expand)(label, &[])).unwrap_or_default(), whole.clone())]
        }
        Some(by) => {
            if let Some(dimension) = Dimension::from_term(by) {
                by_dimension(&whole, dimension, usize::from(spec.level.unwrap_or(1)), context)
            } else {
                found.push(
                    Diagnostic::new("T004", format!("没有“{}”这个维度", by.value))
                        .at(by.span, "")
                        .help("可以写：function、economic、source、fund、kind 等。"),
                );
                Vec::new()
            }
        }
    };
    let mut points = Vec::new();
    for (label, address) in parts {
        let share = (kind == ChartKind::Pie)
            .then(|| context.facts.answer(&Ask::Share { part: address.clone(), whole: all.unwrap_or(&whole).clone() }));
        match (context.facts.answer(&Ask::Value(address)), share.transpose()) {
            (Ok(answer), Ok(share)) => points.push(TypedPoint { label, group: group.clone(), answer, share }),
            (Err(error), _) | (_, Err(error)) => found.push(error.diagnostic(spec.span)),
        }
    }
    points
}

/// An address of a specification, or a finding at its place.
fn address(text: &Located<String>, context: Context<'_>, found: &mut Vec<Diagnostic>) -> Option<Address> {
    match context.facts.address(text) {
        Ok(address) => Some(address),
        Err(error) => {
            found.push(error.diagnostic(text.span));
            None
        }
    }
}

/// A point for each value that occurs, codes gathered at a level.
fn by_dimension(whole: &Address, dimension: Dimension, level: usize, context: Context<'_>) -> Vec<(String, Address)> {
    let mut values: Vec<Value> = Vec::new();
    for query in context.facts.queries(&whole.expression) {
        for value in context.facts.values(&query, dimension, &[whole.stage]) {
            let value = if let Value::Code(code) = value { Value::Code(code.at_level(level)) } else { value };
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    let narrowed = |value: Value| {
        let label = match &value {
            Value::Code(code) => name_of(*code, dimension, context),
            other => other.to_string(),
        };
        let filter = Filter::is(dimension, value);
        (label, Address { expression: whole.expression.narrowed(&filter), stage: whole.stage })
    };
    values.into_iter().map(narrowed).collect()
}

fn name_of(code: Code, dimension: Dimension, context: Context<'_>) -> String {
    let own = context.profile.code_name(code.as_str());
    let chart = dimension.classification().and_then(|list| context.disclosure.chart.name(list, &code));
    own.or(chart).unwrap_or(code.as_str()).to_owned()
}
