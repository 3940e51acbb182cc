//! The column tree: leaves with the conditions they inherit, and head rows with spans.

use crate::{
    diagnostic::Diagnostic,
    document::{Align, Column, RowRole},
    facts::{Expression, Filter},
    model::Dimension,
    period::Stage,
    profile::{BlockSpec, ColumnSpec, Show},
    source::{Free, Located},
};

use super::{Content, Context, TypedCell, TypedRow};

/// A leaf column with everything it inherits.
pub(super) struct Leaf<'a> {
    pub(super) spec: &'a Located<ColumnSpec>,
    pub(super) show: Show,
    pub(super) filter: Filter,
    pub(super) stage: Option<Stage>,
    pub(super) figure: Option<Expression>,
    /// The dimension its codes and names are of.
    pub(super) of: Option<Dimension>,
}

impl Leaf<'_> {
    /// Whether a row's own text for a column, named by its field or its head, is for this one.
    pub(super) fn is(&self, column: &str) -> bool {
        self.spec.field.as_ref().is_some_and(|field| field.value == column) || self.spec.head.value == column
    }
}

/// Conditions of a specification as one filter; mistakes are reported at their places.
pub(super) fn filter_of(conditions: &Free<Located<String>>, found: &mut Vec<Diagnostic>) -> Filter {
    let mut filter = Filter::default();
    for (name, value) in conditions.iter() {
        let Some(dimension) = Dimension::from_term(name) else {
            let known: Vec<&str> = Dimension::ALL.iter().map(|dimension| dimension.term()).collect();
            let help = format!("可以写：{}。", known.join("、"));
            found.push(Diagnostic::new("T003", format!("没有“{}”这个维度", name.value)).at(name.span, "").help(help));
            continue;
        };
        match Filter::condition(dimension, value) {
            Ok(condition) => filter = filter.and(&condition),
            Err((word, known)) => {
                let help = if known.is_empty() {
                    "编码写 3、5 或 7 位数字。".to_owned()
                } else {
                    format!("可以写：{}。", known.join("、"))
                };
                let message = format!("{}里没有“{word}”", dimension.label());
                found.push(Diagnostic::new("T003", message).at(value.span, "").help(help));
            }
        }
    }
    filter
}

/// An expression of a specification, or a finding at its place.
pub(super) fn expression_of(
    text: &Located<String>,
    context: Context<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<Expression> {
    match context.facts.expression(text) {
        Ok(expression) => Some(expression),
        Err(error) => {
            found.push(error.diagnostic(text.span));
            None
        }
    }
}

/// The dimension a word names, or a finding.
pub(super) fn dimension_of(text: &Located<String>, found: &mut Vec<Diagnostic>) -> Option<Dimension> {
    let dimension = Dimension::from_term(text);
    if dimension.is_none() {
        let known: Vec<&str> = Dimension::ALL.iter().map(|dimension| dimension.term()).collect();
        let help = format!("可以写：{}。", known.join("、"));
        found.push(Diagnostic::new("T003", format!("没有“{}”这个维度", text.value)).at(text.span, "").help(help));
    }
    dimension
}

/// All leaves of a block, left to right.
pub(super) fn leaves<'a>(block: &'a BlockSpec, context: Context<'_>, found: &mut Vec<Diagnostic>) -> Vec<Leaf<'a>> {
    let mut leaves = Vec::new();
    descend(&block.columns, &Filter::default(), block.stage, context, found, &mut leaves);
    leaves
}

fn descend<'a>(
    columns: &'a [Located<ColumnSpec>],
    above: &Filter,
    stage: Option<Stage>,
    context: Context<'_>,
    found: &mut Vec<Diagnostic>,
    leaves: &mut Vec<Leaf<'a>>,
) {
    for spec in columns {
        let filter = above.and(&filter_of(&spec.filter, found));
        let stage = spec.stage.or(stage);
        if spec.columns.is_empty() {
            let figure = spec.figure.as_ref().and_then(|text| expression_of(text, context, found));
            let of = spec.of.as_ref().and_then(|text| dimension_of(text, found));
            leaves.push(Leaf { spec, show: spec.show.unwrap_or(Show::Amount), filter, stage, figure, of });
        } else {
            descend(&spec.columns, &filter, stage, context, found, leaves);
        }
    }
}

/// How many head rows a list of columns needs.
pub(super) fn depth(columns: &[Located<ColumnSpec>]) -> usize {
    columns.iter().map(|column| 1 + depth(&column.columns)).max().unwrap_or(0)
}

fn width(column: &ColumnSpec) -> usize {
    if column.columns.is_empty() { 1 } else { column.columns.iter().map(|inner| width(inner)).sum() }
}

/// Writes the heads of a block into `rows`, beginning at row `top`; a head without columns below reaches to the bottom.
pub(super) fn heads(columns: &[Located<ColumnSpec>], top: usize, rows: &mut [TypedRow], context: Context<'_>) {
    let bottom = rows.len();
    for column in columns {
        let text = (context.expand)(&column.head, &[]);
        let down = if column.columns.is_empty() { bottom - top } else { 1 };
        if let Some(row) = rows.get_mut(top) {
            row.cells.push(TypedCell::new(Content::Head(text)).spanning(width(column), down));
        }
        heads(&column.columns, top + 1, rows, context);
    }
}

/// How many columns on the left name the row: codes and names, and 行次 that stands before them.
pub(super) fn naming(leaves: &[Leaf<'_>]) -> usize {
    let named =
        |leaf: &Leaf<'_>| matches!(leaf.show, Show::Name | Show::Code | Show::Class | Show::Section | Show::Item);
    let leading = leaves.iter().take_while(|leaf| named(leaf) || leaf.show == Show::RowNumber).count();
    leaves[..leading].iter().rposition(named).map_or(0, |last| last + 1)
}

/// Empty head rows.
pub(super) fn head_rows(count: usize) -> Vec<TypedRow> {
    (0..count).map(|_| TypedRow { role: RowRole::Head, cells: Vec::new() }).collect()
}

/// Alignment and weight of a leaf.
pub(super) fn layout(leaf: &Leaf<'_>, found: &mut Vec<Diagnostic>) -> Column {
    let (align, weight) = match leaf.show {
        Show::Name => (Align::Left, 3),
        Show::Code => (Align::Left, 1),
        Show::Class | Show::Section | Show::Item | Show::RowNumber | Show::Ordinal => (Align::Centre, 1),
        Show::Amount | Show::Difference | Show::Rate | Show::Share | Show::Completion => (Align::Decimal, 1),
        Show::Field | Show::Text | Show::Blank => (Align::Left, 1),
    };
    let align = leaf.spec.align.as_ref().map_or(align, |word| align_of(word, found));
    Column { align, width: leaf.spec.width.unwrap_or(weight) }
}

/// The alignment a word names.
pub(super) fn align_of(word: &Located<String>, found: &mut Vec<Diagnostic>) -> Align {
    match word.value.as_str() {
        "left" => Align::Left,
        "centre" => Align::Centre,
        "decimal" => Align::Decimal,
        other => {
            found.push(
                Diagnostic::new("T003", format!("没有“{other}”这种对齐"))
                    .at(word.span, "")
                    .help("可以写：left、centre、decimal。"),
            );
            Align::Left
        }
    }
}
