//! The context of the templates: names, lists, texts. No amount is in it.

use tera::{Context, Map, Value as Tera};

use crate::{
    model::{Project, Prose},
    profile::Field,
};

use super::{Environment, marks};

/// Everything a template may name without calling a function.
pub(super) fn context(environment: &Environment) -> Context {
    let disclosure = &environment.disclosure;
    let mut context = Context::new();
    context.insert_value("unit", unit(environment).into());
    context.insert_value("kind", text(disclosure.kind.term()));
    context.insert_value("scope", text(disclosure.scope.term()));
    context.insert_value(
        "projects",
        disclosure.projects.iter().map(|project| Tera::from(project_map(project))).collect::<Vec<_>>().into(),
    );
    let forms = disclosure.projects.iter().filter(|project| project.goal_form);
    context.insert_value(
        "goal_projects",
        forms.map(|project| Tera::from(project_map(project))).collect::<Vec<_>>().into(),
    );
    let options = disclosure.options.iter().map(|option| text(option)).collect::<Vec<_>>();
    context.insert_value("options", options.into());
    let mut purposes = Map::new();
    for (item, prose) in &disclosure.purposes {
        purposes.insert(item.clone().into(), safe(prose, environment));
    }
    context.insert_value("purposes", purposes.into());
    let assets = disclosure.assets.iter().map(|asset| {
        let mut map = Map::new();
        map.insert("asset".into(), text(&asset.asset));
        map.insert("item".into(), optional(asset.item.as_deref()));
        map.insert("purpose".into(), optional(asset.purpose.as_deref()));
        Tera::from(map)
    });
    context.insert_value("assets", assets.collect::<Vec<_>>().into());
    context
}

/// The context of a text that may name `project.name` and the like; only groups it speaks of are put in.
pub(super) fn with_fields(context: &Context, fields: &[Field], words: &str) -> Context {
    let mut context = context.clone();
    let mut groups: std::collections::BTreeMap<&str, Map> = std::collections::BTreeMap::new();
    for (path, value) in fields {
        if let Some((group, name)) = path.split_once('.')
            && words.contains(group)
        {
            groups.entry(group).or_default().insert(name.to_owned().into(), text(value));
        }
    }
    for (group, map) in groups {
        context.insert_value(group.to_owned(), map.into());
    }
    context
}

fn unit(environment: &Environment) -> Map {
    let unit = &environment.disclosure.unit;
    let mut map = Map::new();
    map.insert("name".into(), text(&unit.name));
    map.insert("short_name".into(), text(unit.short_names.first().unwrap_or(&unit.name.value)));
    map.insert("code".into(), optional(unit.code.as_deref()));
    map.insert("region".into(), optional(unit.region.as_deref()));
    map.insert("superior".into(), optional(unit.superior.as_deref()));
    map.insert("nature".into(), optional(unit.nature.map(crate::model::Nature::term)));
    map.insert("rank".into(), optional(unit.rank.as_deref()));
    map.insert("funding".into(), optional(unit.funding.as_deref()));
    map.insert("standing".into(), optional(unit.standing.as_deref()));
    map.insert("contact_office".into(), optional(unit.contact_office.as_deref()));
    map.insert("contact_channel".into(), optional(unit.contact_channel.as_deref()));
    let prose = |prose: &Option<Prose>| prose.as_ref().map_or_else(Tera::none, |prose| safe(prose, environment));
    map.insert("duties_lead".into(), prose(&unit.duties_lead));
    map.insert("establishment".into(), prose(&unit.establishment));
    map.insert("duties".into(), unit.duties.iter().map(|duty| safe(duty, environment)).collect::<Vec<_>>().into());
    map.insert("divisions".into(), unit.divisions.iter().map(|name| text(name)).collect::<Vec<_>>().into());
    let members = unit.members.iter().map(|member| {
        let mut map = Map::new();
        map.insert("id".into(), text(&member.id));
        map.insert("name".into(), text(&member.name));
        map.insert("code".into(), optional(member.code.as_deref()));
        map.insert("nature".into(), optional(member.nature.map(crate::model::Nature::term)));
        Tera::from(map)
    });
    map.insert("members".into(), members.collect::<Vec<_>>().into());
    map
}

fn project_map(project: &Project) -> Map {
    let mut map = Map::new();
    let evaluation = project.evaluation.as_ref();
    map.insert("slug".into(), text(&project.slug));
    map.insert("name".into(), text(&project.name));
    map.insert("code".into(), optional(project.code.as_deref()));
    map.insert("category".into(), optional(project.category.as_deref()));
    map.insert("superior".into(), optional(project.superior.as_deref()));
    map.insert("goal_form".into(), project.goal_form.into());
    map.insert("goal".into(), optional(project.goal.as_deref()));
    map.insert("score".into(), optional(evaluation.and_then(|own| own.score.as_deref())));
    map.insert("grade".into(), optional(evaluation.and_then(|own| own.grade.as_deref())));
    map.insert("outcome".into(), optional(evaluation.and_then(|own| own.outcome.as_deref())));
    map.insert("summary".into(), optional(evaluation.and_then(|own| own.summary.as_deref())));
    map.insert("problems".into(), optional(evaluation.and_then(|own| own.problems.as_deref())));
    map.insert("measures".into(), optional(evaluation.and_then(|own| own.measures.as_deref())));
    let description = project.description.iter().map(|(title, words)| {
        let mut map = Map::new();
        map.insert("title".into(), text(title));
        map.insert("text".into(), text(words));
        Tera::from(map)
    });
    map.insert("description".into(), description.collect::<Vec<_>>().into());
    map
}

fn text(words: &str) -> Tera {
    Tera::normal_string(&marks::data(words))
}

fn optional(words: Option<&str>) -> Tera {
    words.map_or_else(Tera::none, text)
}

fn safe(prose: &Prose, environment: &Environment) -> Tera {
    Tera::safe_string(&environment.prose(prose))
}
