//! Lists for templates: the values that occur on a dimension, as names and handles.

use tera::{Map, Value as Tera};

use crate::{
    account::Code,
    facts::{Address, AskError, Filter, Query},
    model::{BalanceItem, Dimension, Fund, IncomeSource, LineKind, Origin, ProcurementCategory, Value},
    period::Stage,
};

use super::{Environment, marks};

/// What a template may ask for.
pub(super) struct Wanted {
    pub(super) of: Address,
    pub(super) by: Dimension,
    /// For codes: 1 类, 2 款, 3 项.
    pub(super) level: usize,
    /// Further stages whose lines count as occurring.
    pub(super) stages: Vec<Stage>,
    /// Every term of a closed list, occurring or not.
    pub(super) all: bool,
    /// Only items whose figure is not zero.
    pub(super) nonzero: bool,
}

/// The list, in the order of codes or of the law.
pub(super) fn list(wanted: &Wanted, environment: &Environment) -> Result<Vec<Tera>, AskError> {
    let mut stages = wanted.stages.clone();
    stages.push(wanted.of.stage);
    let queries = environment.facts.queries(&wanted.of.expression);
    let mut values: Vec<Value> = if wanted.all { closed(wanted.by) } else { Vec::new() };
    for query in &queries {
        for value in occurring(query, wanted, &stages, environment) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    if !wanted.all {
        values.sort_by_key(|value| (place(value, wanted.by, environment), value.clone()));
    }
    let mut items = Vec::new();
    for value in values {
        let filter = Filter::is(wanted.by, value.clone());
        let address = Address { expression: wanted.of.expression.narrowed(&filter), stage: wanted.of.stage };
        if wanted.nonzero {
            let answer = environment.answer(&crate::facts::Ask::Value(address.clone()))?;
            if answer.outcome.decimal().is_none_or(|value| value.is_zero()) {
                continue;
            }
        }
        items.push(item(&value, wanted.by, &address, environment));
    }
    Ok(items)
}

fn occurring(query: &Query, wanted: &Wanted, stages: &[Stage], environment: &Environment) -> Vec<Value> {
    let values = environment.facts.values(query, wanted.by, stages);
    let mut found: Vec<Value> = values
        .into_iter()
        .map(|value| match value {
            Value::Code(code) => Value::Code(code.at_level(wanted.level)),
            other => other,
        })
        .collect();
    found.dedup();
    found
}

/// Members and projects come in the order of the sources, everything else in its own order.
fn place(value: &Value, by: Dimension, environment: &Environment) -> Option<usize> {
    let word = value.to_string();
    let disclosure = &environment.disclosure;
    if by == Dimension::Unit {
        disclosure.unit.members.iter().position(|member| member.id == word)
    } else if by == Dimension::Project {
        disclosure.projects.iter().position(|project| project.slug == word)
    } else {
        None
    }
}

/// All terms of a closed list.
fn closed(dimension: Dimension) -> Vec<Value> {
    match dimension {
        Dimension::Kind => LineKind::ALL.iter().copied().map(Value::Kind).collect(),
        Dimension::Fund => Fund::ALL.iter().copied().map(Value::Fund).collect(),
        Dimension::Origin => Origin::ALL.iter().copied().map(Value::Origin).collect(),
        Dimension::Source => IncomeSource::ALL.iter().copied().map(Value::Source).collect(),
        Dimension::Balance => BalanceItem::ALL.iter().copied().map(Value::Balance).collect(),
        Dimension::Category => ProcurementCategory::ALL.iter().copied().map(Value::Category).collect(),
        Dimension::Unit
        | Dimension::Function
        | Dimension::Economic
        | Dimension::Government
        | Dimension::Project
        | Dimension::Counterparty
        | Dimension::Asset
        | Dimension::Item
        | Dimension::Part
        | Dimension::Form => Vec::new(),
    }
}

/// `{address, name, code, own, class: {…}, section: {…}}`; digits are those of data.
fn item(value: &Value, by: Dimension, address: &Address, environment: &Environment) -> Tera {
    let mut map = Map::new();
    let text = |words: &str| Tera::normal_string(&marks::data(words));
    map.insert("address".into(), text(&environment.facts.canonical(address)));
    match value {
        Value::Code(code) => {
            for (key, level) in [("class", 1), ("section", 2), ("item", 3)] {
                if code.level() >= level {
                    map.insert(key.into(), named_code(code.at_level(level), by, environment).into());
                }
            }
            map.extend(named_code(*code, by, environment));
        }
        other => {
            map.insert("name".into(), text(&name_of(other, by, environment)));
        }
    }
    map.into()
}

/// `{code, own, name, short}` of one code.
pub(super) fn named_code(code: Code, by: Dimension, environment: &Environment) -> Map {
    let mut map = Map::new();
    let text = |words: &str| Tera::normal_string(&marks::data(words));
    let name = by.classification().and_then(|list| environment.disclosure.chart.name(list, &code)).unwrap_or("");
    let name = environment.profile.code_name(code.as_str()).unwrap_or(name);
    map.insert("code".into(), text(code.as_str()));
    map.insert("own".into(), text(code.own_part()));
    map.insert("name".into(), text(name));
    // 社会保障和就业支出 is named 社会保障和就业（类） in running text.
    map.insert("short".into(), text(name.strip_suffix("支出").unwrap_or(name)));
    map
}

/// The name of a project or member by its slug, the term itself for others.
fn name_of(value: &Value, by: Dimension, environment: &Environment) -> String {
    let word = value.to_string();
    let disclosure = &environment.disclosure;
    match by {
        Dimension::Project => disclosure
            .projects
            .iter()
            .find(|project| project.slug == word)
            .map_or(word, |project| project.name.value.clone()),
        Dimension::Unit => {
            disclosure.unit.members.iter().find(|member| member.id == word).map_or(word, |member| member.name.clone())
        }
        Dimension::Function
        | Dimension::Kind
        | Dimension::Economic
        | Dimension::Government
        | Dimension::Fund
        | Dimension::Origin
        | Dimension::Counterparty
        | Dimension::Source
        | Dimension::Balance
        | Dimension::Category
        | Dimension::Asset
        | Dimension::Item
        | Dimension::Part
        | Dimension::Form => word,
    }
}
