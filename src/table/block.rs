//! One block: rows × leaf columns to cells.

use crate::{
    diagnostic::Diagnostic,
    facts::{Address, Ask, Expression, Filter, Outcome},
    model::Dimension,
    profile::{BlockSpec, Show},
    source::Located,
};

use super::{
    Content, Context, TypedCell,
    columns::{Leaf, filter_of, leaves},
    fields::Entity,
    partition,
    rows::{Band, Ground, Row},
};

/// A compiled block before it is set beside others.
pub(super) struct Block<'a> {
    pub(super) spec: &'a Located<BlockSpec>,
    pub(super) leaves: Vec<Leaf<'a>>,
    pub(super) bands: Vec<Band>,
    pub(super) base: Filter,
}

impl<'a> Block<'a> {
    /// Compiles columns and rows and checks that nothing of the base vanishes.
    pub(super) fn build(
        spec: &'a Located<BlockSpec>,
        entity: Option<&Entity>,
        context: Context<'a>,
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let narrowed = entity.map(|entity| entity.filter.clone()).unwrap_or_default();
        let base = filter_of(&spec.filter, found).and(&narrowed);
        let leaves = leaves(spec, context, found);
        let mut stages: Vec<_> = leaves.iter().flat_map(|leaf| [leaf.stage, leaf.spec.base]).flatten().collect();
        stages.extend(spec.stage);
        stages.sort();
        stages.dedup();
        let ground = Ground { block: spec, base: base.clone(), own: narrowed, stages, context, table_entity: entity };
        let bands = ground.bands(found);
        let block = Self { spec, leaves, bands, base };
        partition::columns(&block, context, found);
        block
    }

    /// The cell of a row under a leaf. `number` is the row's 行次.
    pub(super) fn cell(
        &self,
        row: &Row,
        leaf: &Leaf<'_>,
        number: usize,
        style: &str,
        context: Context<'_>,
        found: &mut Vec<Diagnostic>,
    ) -> TypedCell {
        if leaf.show == Show::RowNumber {
            return TypedCell::new(Content::Number(number));
        }
        if leaf.show == Show::Ordinal {
            return TypedCell::new(row.ordinal.map_or(Content::Blank, Content::Number));
        }
        if row.padding {
            return TypedCell::new(Content::Blank);
        }
        if let Some((_, text)) = row.texts.iter().find(|(column, _)| leaf.is(column)) {
            return TypedCell::new(Content::Text(text.clone()));
        }
        match leaf.show {
            Show::Name => name(row, leaf),
            Show::Code | Show::Class | Show::Section | Show::Item => code(row, leaf),
            Show::Field => field(row, leaf, found),
            Show::Text => {
                let fields = row.entity.as_ref().map(|entity| entity.fields.as_slice()).unwrap_or_default();
                let text = leaf.spec.text.as_ref().map(|text| (context.expand)(text, fields)).unwrap_or_default();
                TypedCell::new(Content::Text(text))
            }
            Show::Blank | Show::RowNumber | Show::Ordinal => TypedCell::new(Content::Blank),
            Show::Amount | Show::Difference | Show::Rate | Show::Share | Show::Completion => {
                self.figure(row, leaf, style, context, found)
            }
        }
    }

    fn figure(
        &self,
        row: &Row,
        leaf: &Leaf<'_>,
        style: &str,
        context: Context<'_>,
        found: &mut Vec<Diagnostic>,
    ) -> TypedCell {
        let blank = TypedCell::new(Content::Blank);
        if let (Some(name), Some(entity)) = (&leaf.spec.field, &row.entity) {
            return own_figure(name, entity, leaf, style, context, found);
        }
        let Some(expression) = leaf.figure.as_ref().or(row.expression.as_ref()) else { return blank };
        let Some(stage) = leaf.stage else {
            found.push(
                Diagnostic::new("T003", "这一栏没有写阶段")
                    .at(leaf.spec.span, "")
                    .help("在栏或块里写 stage: 本年预算 等。"),
            );
            return blank;
        };
        let filter = row.filter.and(&leaf.filter);
        let Some(narrowed) = applicable(expression, &filter, context) else { return blank };
        let of = Address { expression: narrowed, stage };
        let Some(ask) = self.ask(of, leaf, expression, found) else { return blank };
        match context.facts.answer(&ask) {
            Ok(answer) => TypedCell::new(Content::Figure { answer, style: style_of(leaf, style).to_owned() }),
            Err(error) => {
                found.push(error.diagnostic(leaf.spec.span));
                blank
            }
        }
    }

    fn ask(&self, of: Address, leaf: &Leaf<'_>, expression: &Expression, found: &mut Vec<Diagnostic>) -> Option<Ask> {
        let base = leaf.spec.base;
        let ask = match (leaf.show, base) {
            (Show::Difference, Some(base)) => Ask::Difference { of, base },
            (Show::Rate, Some(base)) => Ask::Rate { of, base },
            (Show::Completion, Some(base)) => Ask::Completion { of, base },
            (Show::Share, _) => {
                let whole = expression.narrowed(&self.base.and(&leaf.filter));
                Ask::Share { part: of.clone(), whole: Address { expression: whole, stage: of.stage } }
            }
            (Show::Difference | Show::Rate | Show::Completion, None) => {
                let help = "在这一栏写 base: 上年预算 等。";
                found.push(Diagnostic::new("T003", "比较的栏没有写基期").at(leaf.spec.span, "").help(help));
                return None;
            }
            (
                Show::Amount
                | Show::Name
                | Show::Code
                | Show::Class
                | Show::Section
                | Show::Item
                | Show::RowNumber
                | Show::Ordinal
                | Show::Field
                | Show::Text
                | Show::Blank,
                _,
            ) => Ask::Value(of),
        };
        Some(ask)
    }
}

/// The words of a row, or the name of its code on one dimension.
fn name(row: &Row, leaf: &Leaf<'_>) -> TypedCell {
    let label = match leaf.of {
        Some(dimension) => row.names.get(&dimension).cloned().unwrap_or_default(),
        None => row.label.clone(),
    };
    let mut cell = TypedCell::new(if row.total { Content::Head(label) } else { Content::Text(label) });
    cell.indent = row.indent;
    cell
}

fn style_of<'s>(leaf: &'s Leaf<'_>, style: &'s str) -> &'s str {
    leaf.spec.style.as_ref().map_or_else(|| default_style(leaf.show, style), |own| own.value.as_str())
}

/// A figure the row's object has by name; blank where it has none, as an item bought from no named budget.
fn own_figure(
    name: &Located<String>,
    entity: &Entity,
    leaf: &Leaf<'_>,
    style: &str,
    context: Context<'_>,
    found: &mut Vec<Diagnostic>,
) -> TypedCell {
    let Some((_, address)) = entity.figures.iter().find(|(known, _)| *known == name.value) else {
        return TypedCell::new(Content::Blank);
    };
    match context.facts.answer(&Ask::Value(address.clone())) {
        Ok(answer) => TypedCell::new(Content::Figure { answer, style: style_of(leaf, style).to_owned() }),
        Err(error) => {
            found.push(error.diagnostic(leaf.spec.span));
            TypedCell::new(Content::Blank)
        }
    }
}

const fn default_style(show: Show, style: &str) -> &str {
    match show {
        Show::Rate | Show::Share | Show::Completion => "percent",
        _ => style,
    }
}

/// The expression over fewer lines, or none where a dimension means nothing to one of its measures (a balance has no
/// economic code): such a cell stays blank.
fn applicable(expression: &Expression, filter: &Filter, context: Context<'_>) -> Option<Expression> {
    let measures = context.facts.measures(expression);
    let fits = |dimension: Dimension| measures.iter().all(|measure| measure.dimensions().contains(&dimension));
    filter.dimensions().all(fits).then(|| expression.narrowed(filter))
}

fn code(row: &Row, leaf: &Leaf<'_>) -> TypedCell {
    let dimension = leaf.of.or_else(|| row.codes.keys().next().copied());
    let Some(code) = dimension.and_then(|dimension| row.codes.get(&dimension)) else {
        return TypedCell::new(Content::Blank);
    };
    let repeat = leaf.spec.repeat.unwrap_or(false);
    let at = |level: usize| {
        let shown = if repeat { code.level() >= level } else { code.level() == level };
        if shown { Content::Code(code.at_level(level).own_part().to_owned()) } else { Content::Blank }
    };
    TypedCell::new(match leaf.show {
        Show::Class => at(1),
        Show::Section => at(2),
        Show::Item => at(3),
        _ => Content::Code(code.as_str().to_owned()),
    })
}

fn field(row: &Row, leaf: &Leaf<'_>, found: &mut Vec<Diagnostic>) -> TypedCell {
    let Some(name) = leaf.spec.field.as_ref() else {
        found.push(
            Diagnostic::new("T003", "这一栏没有写 field")
                .at(leaf.spec.span, "")
                .help("写上字段，如 field: project.name。"),
        );
        return TypedCell::new(Content::Blank);
    };
    let Some(entity) = &row.entity else { return TypedCell::new(Content::Blank) };
    match entity.field(name) {
        Some("") => TypedCell::new(Content::Blank),
        Some(text) => TypedCell::new(Content::Text(text.to_owned())),
        None => {
            unknown_field(name, entity, found);
            TypedCell::new(Content::Blank)
        }
    }
}

/// A field the entity does not have: told once for each column.
pub(super) fn unknown_field(name: &Located<String>, entity: &Entity, found: &mut Vec<Diagnostic>) {
    let known: Vec<&str> = entity.fields.iter().map(|(key, _)| &**key).collect();
    let finding = Diagnostic::new("T003", format!("没有“{}”这个字段", name.value)).at(name.span, "");
    let finding = finding.help(format!("可以写：{}。", known.join("、")));
    if !found.contains(&finding) {
        found.push(finding);
    }
}

/// Whether a cell holds an amount other than zero.
pub(super) fn has_amount(cell: &TypedCell) -> bool {
    match &cell.content {
        Content::Figure { answer, .. } => match answer.outcome {
            Outcome::Quantity(quantity) => !quantity.is_zero(),
            Outcome::Ratio(_) | Outcome::Unknown => false,
        },
        Content::Blank | Content::Text(_) | Content::Head(_) | Content::Code(_) | Content::Number(_) => false,
    }
}
