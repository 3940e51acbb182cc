//! Form tables (绩效目标表, 绩效自评表): explicit cells row by row, with indicator rows in between.

use std::collections::BTreeMap;

use crate::{
    diagnostic::Diagnostic,
    document::{Align, Column, Orientation, RowRole},
    facts::Ask,
    profile::{FormCell, TableSpec, Target},
    source::Located,
};

use super::{
    Content, Context, TypedCell, TypedRow, TypedTable,
    block::{has_amount, unknown_field},
    columns::align_of,
    fields::{Entity, entities, indicators},
};

/// Compiles a form for one entity (a project, mostly).
pub(super) fn compile(
    spec: &Located<TableSpec>,
    entity: Option<&Entity>,
    context: Context<'_>,
    found: &mut Vec<Diagnostic>,
) -> TypedTable {
    let style = spec.style.as_ref().map_or("table", |style| style.value.as_str());
    let things = things(spec, entity, context);
    let mut form = Form { entity, context, style, things: &things, found };
    let body: Vec<TypedRow> = spec.form.iter().flat_map(|row| form.rows(row)).collect();
    let empty = !body.iter().flat_map(|row| &row.cells).any(has_amount);
    TypedTable {
        name: String::new(),
        title: String::new(),
        listed: String::new(),
        label: String::new(),
        left: String::new(),
        right: String::new(),
        notes: Vec::new(),
        heading: false,
        orientation: Orientation::Auto,
        head_columns: 1,
        unit: None,
        columns: columns(spec),
        head: Vec::new(),
        body,
        empty,
        span: spec.span,
    }
}

/// What the repeated row runs over.
fn things(spec: &TableSpec, entity: Option<&Entity>, context: Context<'_>) -> Vec<Entity> {
    let target = spec.form.iter().flatten().find_map(|cell| cell.each);
    match (target, entity.and_then(|entity| entity.field("project.slug"))) {
        (Some(Target::Indicators), Some(slug)) => {
            let project = context.disclosure.projects.iter().find(|project| project.slug == slug);
            project.map(|project| indicators(project, context)).unwrap_or_default()
        }
        (Some(target), _) => entities(target, context),
        (None, _) => Vec::new(),
    }
}

/// The grid is as wide as the first row; its cells say how wide the columns are.
fn columns(spec: &TableSpec) -> Vec<Column> {
    let first = spec.form.first().map(Vec::as_slice).unwrap_or_default();
    let cells = first.iter().flat_map(|cell| std::iter::repeat_n(cell, cell.span.unwrap_or(1)));
    cells.map(|cell| Column { align: Align::Left, width: cell.width.unwrap_or(1) }).collect()
}

struct Form<'a, 'f> {
    entity: Option<&'a Entity>,
    context: Context<'a>,
    style: &'a str,
    things: &'a [Entity],
    found: &'f mut Vec<Diagnostic>,
}

impl Form<'_, '_> {
    fn rows(&mut self, row: &[FormCell]) -> Vec<TypedRow> {
        if row.iter().any(|cell| cell.each.is_some()) {
            return self.repeated(row);
        }
        let cells: Vec<TypedCell> = row.iter().map(|cell| self.cell(cell, self.entity)).collect();
        let heads = row.iter().all(|cell| cell.head.unwrap_or(false));
        vec![TypedRow { role: if heads { RowRole::Subhead } else { RowRole::Body }, cells }]
    }

    /// One row for each thing; cells of one merge key that agree are drawn together.
    fn repeated(&mut self, row: &[FormCell]) -> Vec<TypedRow> {
        let things = self.things;
        let runs: BTreeMap<usize, Vec<usize>> = row
            .iter()
            .enumerate()
            .filter_map(|(at, cell)| cell.merge.as_ref().map(|key| (at, runs(things, key))))
            .collect();
        let mut rows = Vec::new();
        for (number, thing) in things.iter().enumerate() {
            let mut cells = Vec::new();
            for (at, spec) in row.iter().enumerate() {
                let run = runs.get(&at).map_or(1, |runs| runs[number]);
                if run > 0 {
                    let mut cell = self.cell(spec, Some(thing));
                    cell.rowspan = run;
                    cells.push(cell);
                }
            }
            rows.push(TypedRow { role: RowRole::Body, cells });
        }
        rows
    }

    fn cell(&mut self, spec: &FormCell, entity: Option<&Entity>) -> TypedCell {
        let content = self.content(spec, entity);
        let down = match spec.down.as_ref().map(|down| down.value.as_str()) {
            Some("indicators") => self.things.len() + 1,
            Some(number) => number.parse().unwrap_or(1),
            None => 1,
        };
        let mut cell = TypedCell::new(content).spanning(spec.span.unwrap_or(1), down);
        cell.align = spec.align.as_ref().map(|word| align_of(word, self.found));
        cell
    }

    fn content(&mut self, spec: &FormCell, entity: Option<&Entity>) -> Content {
        if let Some(text) = &spec.text {
            let fields = entity.map(|entity| entity.fields.as_slice()).unwrap_or_default();
            let text = (self.context.expand)(text, fields);
            return if spec.head.unwrap_or(false) { Content::Head(text) } else { Content::Text(text) };
        }
        if let (Some(name), Some(entity)) = (&spec.field, entity) {
            return match entity.field(name) {
                Some("") => Content::Blank,
                Some(text) => Content::Text(text.to_owned()),
                None => {
                    unknown_field(name, entity, self.found);
                    Content::Blank
                }
            };
        }
        spec.figure.as_ref().map_or(Content::Blank, |text| self.figure(text, spec, entity))
    }

    /// A figure of the entity: the address is narrowed to it.
    fn figure(&mut self, text: &Located<String>, spec: &FormCell, entity: Option<&Entity>) -> Content {
        let answer = self.context.facts.address(text).and_then(|mut address| {
            if let Some(entity) = entity {
                address.expression = address.expression.narrowed(&entity.filter);
            }
            let ask = match spec.base {
                Some(base) => Ask::Completion { of: address, base },
                None => Ask::Value(address),
            };
            self.context.facts.answer(&ask)
        });
        match answer {
            Ok(answer) => {
                let default = if spec.base.is_some() { "percent" } else { self.style };
                let style = spec.style.as_ref().map_or(default, |style| style.value.as_str());
                Content::Figure { answer, style: style.to_owned() }
            }
            Err(error) => {
                self.found.push(error.diagnostic(text.span));
                Content::Blank
            }
        }
    }
}

/// For each thing, how many rows its cell spans: 0 where the one above covers it.
fn runs(things: &[Entity], key: &Located<String>) -> Vec<usize> {
    let fields: &[&str] =
        if key.value == "second" { &["indicator.first", "indicator.second"] } else { &["indicator.first"] };
    let value = |thing: &Entity| -> Vec<String> {
        fields.iter().map(|field| thing.field(field).unwrap_or("").to_owned()).collect()
    };
    let mut runs = vec![0; things.len()];
    let mut first = 0;
    while first < things.len() {
        let own = value(&things[first]);
        let run = things[first..].iter().take_while(|thing| value(thing) == own).count();
        runs[first] = run;
        first += run;
    }
    runs
}
