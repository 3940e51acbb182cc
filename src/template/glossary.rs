//! 名词解释: the profile's term bank, as the disclosure uses and rewords it, and the disclosure's own entries.

use tera::{Map, Value as Tera};

use crate::{
    model::{Dimension, GlossaryItem},
    profile::BankEntry,
    source::Located,
};

use super::{Environment, items::named_code, marks};

/// The entries of the bank that apply, as `{term, text}`, optionally of one group.
pub(super) fn bank(environment: &Environment, group: Option<&str>) -> Vec<Tera> {
    let entries = &environment.profile.file.glossary;
    let wanted = |entry: &&Located<BankEntry>| group.is_none() || entry.group.as_deref() == group;
    entries
        .iter()
        .filter(wanted)
        .filter(|entry| applies(entry, environment))
        .filter_map(|entry| reworded(entry, environment))
        .collect()
}

/// Whether the figure an entry is bound to occurs.
fn applies(entry: &BankEntry, environment: &Environment) -> bool {
    let Some(when) = &entry.when else { return true };
    match environment.facts.address(when).and_then(|address| environment.quantity(&address)) {
        Ok(value) => value.is_none_or(|value| !value.is_zero()),
        Err(error) => {
            environment.report(error.diagnostic(when.span));
            false
        }
    }
}

/// An entry of the bank with the disclosure's wording of it; none where the disclosure leaves it out.
fn reworded(entry: &BankEntry, environment: &Environment) -> Option<Tera> {
    let own = environment
        .disclosure
        .glossary
        .iter()
        .find(|item| item.term.as_ref().is_some_and(|term| term.value == entry.term.value));
    if own.is_some_and(|item| item.omit) {
        return None;
    }
    let text = own.and_then(|item| item.text.as_ref()).map(|prose| environment.prose(prose));
    let text = text.unwrap_or_else(|| marks::data(&entry.text.value));
    Some(term(&entry.term.value, &text).into())
}

fn term(name: &str, text: &str) -> Map {
    let mut map = Map::new();
    map.insert("term".into(), Tera::normal_string(&marks::data(name)));
    map.insert("text".into(), Tera::safe_string(text));
    map
}

/// The disclosure's own entries in the order of its file, as `{under, entries}`: neighbours under one subheading together.
pub(super) fn own(environment: &Environment) -> Vec<Tera> {
    let known = |item: &&GlossaryItem| {
        let bank = &environment.profile.file.glossary;
        !item.omit && !item.term.as_ref().is_some_and(|term| bank.iter().any(|entry| entry.term.value == term.value))
    };
    let mut groups: Vec<(Option<String>, Vec<Tera>)> = Vec::new();
    for item in environment.disclosure.glossary.iter().filter(known) {
        let entry: Tera = entry(item, environment).into();
        match groups.last_mut() {
            Some((under, entries)) if under.is_some() && *under == item.under => entries.push(entry),
            _ => groups.push((item.under.clone(), vec![entry])),
        }
    }
    groups
        .into_iter()
        .map(|(under, entries)| {
            let mut map = Map::new();
            map.insert(
                "under".into(),
                under.map_or_else(Tera::none, |under| Tera::normal_string(&marks::data(&under))),
            );
            map.insert("entries".into(), entries.into());
            map.into()
        })
        .collect()
}

/// `{term, text}`; entries on functional items have `class`, `section` and `item` too.
fn entry(item: &GlossaryItem, environment: &Environment) -> Map {
    let text = item.text.as_ref().map(|prose| environment.prose(prose)).unwrap_or_default();
    let mut map = term(item.term.as_ref().map_or("", |term| term.value.as_str()), &text);
    if item.term.is_none() {
        map.insert("term".into(), Tera::none());
    }
    if let Some(code) = &item.function {
        for (key, level) in [("class", 1), ("section", 2), ("item", 3)] {
            if code.level() >= level {
                map.insert(key.into(), named_code(code.at_level(level), Dimension::Function, environment).into());
            }
        }
    }
    map
}
