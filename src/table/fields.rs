//! The things rows are made of (projects, members, indicators …) and their text fields.

use std::sync::Arc;

use crate::{
    facts::{Address, Expression, Filter, Head, Query, Term},
    model::{Dimension, Measure, Member, ProcurementItem, Project, Value},
    profile::{Field, Target},
};

use super::Context;

/// One thing a row or a table is about.
#[derive(Debug, Clone)]
pub struct Entity {
    /// The default name of its row.
    pub label: String,
    /// What its figures are narrowed to.
    pub filter: Filter,
    /// Text fields, `project.name` and the like.
    pub fields: Vec<Field>,
    /// Figures of its own, `procurement.price` and the like.
    pub figures: Vec<(String, Address)>,
}

impl Entity {
    /// A text field; none where the entity has no such field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, text)| text.as_str())
    }
}

/// The things with their number among them as `each.number`.
pub(super) fn numbered(mut things: Vec<Entity>) -> Vec<Entity> {
    for (index, thing) in things.iter_mut().enumerate() {
        thing.fields.push(("each.number".into(), (index + 1).to_string()));
    }
    things
}

/// The things of a kind, in printed order.
pub(super) fn entities(target: Target, context: Context<'_>) -> Vec<Entity> {
    let disclosure = context.disclosure;
    let projects = |goals: bool| disclosure.projects.iter().filter(move |project| !goals || project.goal_form);
    match target {
        Target::Projects => projects(false).map(|project| project_entity(project, context)).collect(),
        Target::GoalProjects => projects(true).map(|project| project_entity(project, context)).collect(),
        Target::Indicators => projects(true).flat_map(|project| indicators(project, context)).collect(),
        Target::Members => disclosure.unit.members.iter().map(member_entity).collect(),
        Target::Procurement => procurement(context),
        Target::Assets => assets(context),
        Target::Classes => classes(context),
        Target::Staff => staff(context),
    }
}

/// The indicators of one project, each with the project's fields.
pub(super) fn indicators(project: &Project, context: Context<'_>) -> Vec<Entity> {
    let own = project_entity(project, context);
    let entries = project.indicators.iter();
    entries
        .map(|entry| {
            let indicator = &entry.value;
            let or = |text: &Option<String>, other: &Option<String>| {
                text.clone().or_else(|| other.clone()).unwrap_or_default()
            };
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let mut fields = own.fields.clone();
            let values = [
                ("indicator.first", indicator.first.clone()),
                ("indicator.second", indicator.second.clone()),
                ("indicator.name", indicator.name.clone()),
                ("indicator.description", text(&indicator.description)),
                ("indicator.nature", text(&indicator.nature)),
                ("indicator.direction", text(&indicator.direction)),
                ("indicator.value", text(&indicator.value)),
                ("indicator.value_this_year", or(&indicator.value_this_year, &indicator.value)),
                ("indicator.measure", text(&indicator.measure)),
                ("indicator.weight", text(&indicator.weight)),
                ("indicator.weight_this_year", or(&indicator.weight_this_year, &indicator.weight)),
                ("indicator.basis", text(&indicator.basis)),
                ("indicator.actual", text(&indicator.actual)),
                ("indicator.score", text(&indicator.score)),
                ("indicator.deviation", text(&indicator.deviation)),
            ];
            fields.extend(values.map(|(name, value)| (name.into(), value)));
            Entity { label: indicator.name.clone(), filter: own.filter.clone(), fields, figures: Vec::new() }
        })
        .collect()
}

pub(super) fn project_entity(project: &Project, context: Context<'_>) -> Entity {
    let member = context.disclosure.unit.members.iter().find(|member| member.id == project.unit);
    let mut fields = member.map(member_fields).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let evaluation = project.evaluation.as_ref();
    let values = [
        ("project.slug", project.slug.clone()),
        ("project.name", project.name.value.clone()),
        ("project.code", text(&project.code)),
        ("project.category", text(&project.category)),
        ("project.superior", text(&project.superior)),
        ("project.goal", text(&project.goal)),
        ("project.execution_weight", text(&project.execution_weight)),
        ("project.score", evaluation.map(|own| text(&own.score)).unwrap_or_default()),
        ("project.execution_score", evaluation.map(|own| text(&own.execution_score)).unwrap_or_default()),
        ("project.grade", evaluation.map(|own| text(&own.grade)).unwrap_or_default()),
        ("project.outcome", evaluation.map(|own| text(&own.outcome)).unwrap_or_default()),
        ("project.summary", evaluation.map(|own| text(&own.summary)).unwrap_or_default()),
        ("project.problems", evaluation.map(|own| text(&own.problems)).unwrap_or_default()),
        ("project.measures", evaluation.map(|own| text(&own.measures)).unwrap_or_default()),
    ];
    fields.extend(values.map(|(name, value)| (name.into(), value)));
    let description = project.description.iter();
    fields.extend(description.map(|(title, text)| (format!("project.description.{title}").into(), text.clone())));
    let filter = Filter::is(Dimension::Project, Value::Name(Arc::from(project.slug.as_str())));
    Entity { label: project.name.value.clone(), filter, fields, figures: Vec::new() }
}

fn member_fields(member: &Member) -> Vec<Field> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        ("member.id".into(), member.id.clone()),
        ("member.name".into(), member.name.clone()),
        ("member.code".into(), text(&member.code)),
        ("member.nature".into(), member.nature.map(|nature| nature.term().to_owned()).unwrap_or_default()),
        ("member.rank".into(), text(&member.rank)),
        ("member.funding".into(), text(&member.funding)),
    ]
}

fn member_entity(member: &Member) -> Entity {
    let filter = Filter::is(Dimension::Unit, Value::Name(Arc::from(member.id.as_str())));
    Entity { label: member.name.clone(), filter, fields: member_fields(member), figures: Vec::new() }
}

fn procurement(context: Context<'_>) -> Vec<Entity> {
    let disclosure = context.disclosure;
    let entry = |item: &ProcurementItem| {
        let project =
            item.project.as_ref().and_then(|slug| disclosure.projects.iter().find(|project| &project.slug == slug));
        let source = project.map(|project| project.name.value.clone()).or_else(|| item.budget_item.clone());
        let values = [
            ("procurement.name", item.name.clone()),
            ("procurement.catalogue", item.catalogue.clone().unwrap_or_default()),
            ("procurement.measure", item.measure.clone().unwrap_or_default()),
            ("procurement.source", source.unwrap_or_default()),
        ];
        let fields = values.map(|(name, value)| (name.into(), value)).to_vec();
        let filter = Filter::is(Dimension::Item, Value::Name(Arc::from(item.id.as_str())));
        let figures = procurement_figures(item, &filter, context);
        Entity { label: item.name.clone(), filter, fields, figures }
    };
    disclosure.procurement.iter().map(entry).collect()
}

/// Quantity and price of an item, and the money of the project or budget item it is bought from.
fn procurement_figures(item: &ProcurementItem, filter: &Filter, context: Context<'_>) -> Vec<(String, Address)> {
    let Some(stage) = context.disclosure.kind.stages().first().copied() else { return Vec::new() };
    let measured = |measure: Measure, filter: &Filter| {
        let term = Term { head: Head::Measure(measure), filter: filter.clone() };
        Address { expression: Expression::single(term), stage }
    };
    let mut figures = vec![
        ("procurement.quantity".to_owned(), measured(Measure::ProcurementQuantity, filter)),
        ("procurement.price".to_owned(), measured(Measure::ProcurementPrice, filter)),
    ];
    let of_project = item.project.as_ref().map(|slug| {
        let project = Filter::is(Dimension::Project, Value::Name(Arc::from(slug.as_str())));
        measured(Measure::Project, &project)
    });
    let of_item = || item.budget_figure.as_ref().and_then(|text| context.facts.address(text).ok());
    figures.extend(of_project.or_else(of_item).map(|address| ("procurement.budget".to_owned(), address)));
    figures
}

fn assets(context: Context<'_>) -> Vec<Entity> {
    let entry = |asset: &crate::model::Asset| {
        let mut filter = Filter::is(Dimension::Asset, Value::Name(Arc::from(asset.asset.as_str())));
        if let Some(item) = &asset.item {
            filter = filter.and(&Filter::is(Dimension::Item, Value::Name(Arc::from(item.as_str()))));
        }
        let item = asset.item.clone().unwrap_or_else(|| asset.asset.clone());
        let fields = vec![("asset.asset".into(), asset.asset.clone()), ("asset.item".into(), item.clone())];
        Entity { label: item, filter, fields, figures: Vec::new() }
    };
    context.disclosure.assets.iter().map(entry).collect()
}

/// The kinds of staff, in the order of the sources.
fn staff(context: Context<'_>) -> Vec<Entity> {
    let query = Query { measure: Measure::Staff, filter: Filter::default() };
    let mut names: Vec<String> = Vec::new();
    for line in context.facts.matching(&query, context.disclosure.kind.stages()) {
        if let Some(Value::Name(name)) = line.value(Dimension::Item)
            && !names.iter().any(|known| **known == **name)
        {
            names.push(name.to_string());
        }
    }
    let entry = |name: String| {
        let filter = Filter::is(Dimension::Item, Value::Name(Arc::from(name.as_str())));
        let fields = vec![("staff.item".into(), name.clone())];
        Entity { label: name, filter, fields, figures: Vec::new() }
    };
    names.into_iter().map(entry).collect()
}

fn classes(context: Context<'_>) -> Vec<Entity> {
    let entry = |(code, name, _): (&str, &str, crate::source::Span)| {
        let filter = Filter::condition(Dimension::Function, code).ok()?;
        let fields = vec![("class.code".into(), code.to_owned()), ("class.name".into(), name.to_owned())];
        Some(Entity { label: name.to_owned(), filter, fields, figures: Vec::new() })
    };
    context.profile.classes().filter_map(entry).collect()
}

/// The fields of a project by its slug, for templates.
#[must_use]
pub fn fields_of(project: &Project, context: Context<'_>) -> Vec<Field> {
    project_entity(project, context).fields
}
