//! The functions templates may call. They give marks, cases and lists; never a number.

use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value as Tv};

use crate::{
    facts::{Address, Ask, AskError},
    model::Dimension,
    money::Case,
    period::Stage,
    source::{FileId, Span},
};

use super::{
    Environment, Reference, glossary,
    items::{self, Wanted},
    marks::{self, plain},
    wording::{self, Subject},
};

type Env = Arc<Environment>;

/// Makes the names known, so that templates can be parsed.
pub(super) fn declare(tera: &mut Tera) {
    register(tera, None);
}

/// Gives all of them what they look at.
pub(super) fn bind(tera: &mut Tera, environment: &Env) {
    register(tera, Some(environment));
}

fn register(tera: &mut Tera, environment: Option<&Env>) {
    figures(tera, environment);
    comparisons(tera, environment);
    blocks(tera, environment);
    dates(tera, environment);
    words(tera, environment);
    texts(tera, environment);
}

/// Wraps a function that looks at the environment.
fn add<F, R>(tera: &mut Tera, environment: Option<&Env>, name: &'static str, function: F)
where
    F: Fn(&Environment, &Kwargs) -> TeraResult<R> + Send + Sync + 'static,
    R: Into<Tv> + 'static,
{
    let environment = environment.cloned();
    tera.register_function(name, move |arguments: Kwargs, _: &State<'_>| -> TeraResult<Tv> {
        let environment = environment.as_ref().ok_or_else(|| Error::message(format!("{name} 还没有数据")))?;
        function(environment, &arguments).map(Into::into)
    });
}

fn figures(tera: &mut Tera, environment: Option<&Env>) {
    add(tera, environment, "figure", |env, arguments| {
        let mut of = address(env, arguments, "of")?;
        if arguments.get::<String>("stage")?.is_some() {
            of.stage = stage(arguments, "stage")?;
        }
        figure(env, arguments, &Ask::Value(of), "amount", false)
    });
    add(tera, environment, "difference", |env, arguments| {
        let (of, base) = (address(env, arguments, "of")?, stage(arguments, "base")?);
        figure(env, arguments, &Ask::Difference { of, base }, "amount", true)
    });
    add(tera, environment, "rate", |env, arguments| {
        let (of, base) = (address(env, arguments, "of")?, stage(arguments, "base")?);
        figure(env, arguments, &Ask::Rate { of, base }, "percent", true)
    });
    add(tera, environment, "completion", |env, arguments| {
        let (of, base) = (address(env, arguments, "of")?, stage(arguments, "base")?);
        figure(env, arguments, &Ask::Completion { of, base }, "percent", false)
    });
    add(tera, environment, "share", |env, arguments| {
        let (part, whole) = (address(env, arguments, "of")?, address(env, arguments, "within")?);
        figure(env, arguments, &Ask::Share { part, whole }, "percent", false)
    });
    add(tera, environment, "items", |env, arguments| {
        let wanted = wanted(env, arguments)?;
        items::list(&wanted, env).map_err(|error| failure(&error))
    });
}

fn comparisons(tera: &mut Tera, environment: Option<&Env>) {
    add(tera, environment, "case", |env, arguments| {
        let (of, base) = (address(env, arguments, "of")?, stage(arguments, "base")?);
        let change = env.change(&of, base).map_err(|error| failure(&error))?;
        Ok(change.case.key())
    });
    add(tera, environment, "is_zero", |env, arguments| {
        let of = address(env, arguments, "of")?;
        let value = env.quantity(&of).map_err(|error| failure(&error))?;
        Ok(value.is_some_and(crate::money::Quantity::is_zero))
    });
    add(tera, environment, "is_known", |env, arguments| {
        let of = address(env, arguments, "of")?;
        let value = env.quantity(&of).map_err(|error| failure(&error))?;
        Ok(value.is_some())
    });
    add(tera, environment, "change", change);
    add(tera, environment, "reason", |env, arguments| {
        let (of, base) = (address(env, arguments, "of")?, stage(arguments, "base")?);
        let change = env.change(&of, base).map_err(|error| failure(&error))?;
        let subject = Subject { of, base, case: change.case, style: "amount", rate_style: "percent", about: "" };
        Ok(Tv::safe_string(&wording::reason(&subject, env).unwrap_or_default()))
    });
}

/// The sentence of a profile for the case at hand.
fn change(env: &Environment, arguments: &Kwargs) -> TeraResult<Tv> {
    let (of, base) = (address(env, arguments, "of")?, stage(arguments, "base")?);
    let words = text(arguments, "words")?;
    let style = optional(arguments, "style")?.unwrap_or_else(|| "amount".to_owned());
    let rate_style = optional(arguments, "rate_style")?.unwrap_or_else(|| "percent".to_owned());
    let change = env.change(&of, base).map_err(|error| failure(&error))?;
    let pattern = pattern(env, &words, change.case)?;
    let about = optional(arguments, "subject")?.unwrap_or_default();
    let subject = Subject { of, base, case: change.case, style: &style, rate_style: &rate_style, about: &about };
    wording::fill(&pattern, &subject, env).map(|text| Tv::safe_string(&text)).map_err(Error::message)
}

fn pattern(env: &Environment, words: &str, case: Case) -> TeraResult<String> {
    let sentences = env.profile.file.changes.iter().find(|(name, _)| name.value == words);
    let (_, cases) = sentences.ok_or_else(|| {
        let known: Vec<&str> = env.profile.file.changes.iter().map(|(name, _)| name.value.as_str()).collect();
        Error::message(format!("profile.yaml 的 changes 里没有“{words}”，可以写：{}", known.join("、")))
    })?;
    let found = cases.iter().find(|(key, _)| key.value == case.key());
    found
        .map(|(_, text)| text.value.clone())
        .ok_or_else(|| Error::message(format!("profile.yaml 的 changes.{words} 没有写 {} 这种情形的说法", case.key())))
}

fn blocks(tera: &mut Tera, environment: Option<&Env>) {
    add(tera, environment, "table", |env, arguments| {
        let name = text(arguments, "name")?;
        known(&name, "表样", env.profile.tables.keys())?;
        Ok(Tv::safe_string(&format!("\n\n{}\n\n", env.refer(Reference::Table(name)))))
    });
    add(tera, environment, "chart", |env, arguments| {
        let name = text(arguments, "name")?;
        known(&name, "图样", env.profile.charts.keys())?;
        Ok(Tv::safe_string(&format!("\n\n{}\n\n", env.refer(Reference::Chart(name)))))
    });
}

fn known<'a>(name: &str, what: &str, names: impl Iterator<Item = &'a String>) -> TeraResult<()> {
    let all: Vec<&str> = names.map(String::as_str).collect();
    if all.contains(&name) {
        return Ok(());
    }
    let near = crate::source::nearest(name, all.iter().copied())
        .map(|near| format!("，是不是想写“{near}”？"))
        .unwrap_or_default();
    Err(Error::message(format!("没有{what}“{name}”{near}")))
}

fn dates(tera: &mut Tera, environment: Option<&Env>) {
    add(tera, environment, "year", |env, arguments| {
        let offset: i64 = arguments.get("offset")?.unwrap_or(0);
        let year = i64::from(env.disclosure.year.0) + offset;
        Ok(Tv::safe_string(&env.refer(Reference::Date(year.to_string()))))
    });
    add(tera, environment, "date", |env, arguments| {
        let pattern = optional(arguments, "format")?.unwrap_or_else(|| "%Y年%-m月%-d日".to_owned());
        let day = match text(arguments, "of")?.as_str() {
            "approved" => env.disclosure.approved.as_ref().map(|day| day.value),
            "released" => env.disclosure.released.as_ref().map(|day| day.value),
            "assets" => env.disclosure.assets_as_of,
            other => return Err(Error::message(format!("没有“{other}”这个日期，可以写：approved、released、assets"))),
        };
        Ok(day.map_or_else(Tv::none, |day| {
            Tv::safe_string(&env.refer(Reference::Date(day.format(&pattern).to_string())))
        }))
    });
}

fn words(tera: &mut Tera, environment: Option<&Env>) {
    add(tera, environment, "literal", |env, arguments| {
        Ok(Tv::safe_string(&env.refer(Reference::Literal(text(arguments, "text")?))))
    });
    add(tera, environment, "code", |env, arguments| {
        Ok(Tv::safe_string(&env.refer(Reference::Code(text(arguments, "of")?))))
    });
    add(tera, environment, "count", |env, arguments| {
        let number: usize = arguments.must_get("of")?;
        Ok(Tv::safe_string(&env.refer(Reference::Count(number))))
    });
    add(tera, environment, "number", |_, arguments| {
        let (number, pattern): (usize, String) = (arguments.must_get("of")?, text(arguments, "pattern")?);
        Ok(Tv::safe_string(&marks::data(&crate::document::numbered(&pattern, number))))
    });
}

/// Texts of the unit, of the profile and of its glossary.
fn texts(tera: &mut Tera, environment: Option<&Env>) {
    add(tera, environment, "text", |env, arguments| {
        let name = text(arguments, "name")?;
        let shift: usize = arguments.get("shift")?.unwrap_or(0);
        let inline: bool = arguments.get("inline")?.unwrap_or(false);
        let found = env.disclosure.texts.get(&name);
        if found.is_none() {
            env.missing_text(name);
        }
        Ok(found.map_or_else(
            || Tv::safe_string(""),
            |text| {
                let words = env.prose(&text.body);
                // Inside a paragraph of the template the text goes on in the same line.
                let words =
                    if inline { words.trim().to_owned() } else { format!("\n\n{}\n\n", own_headings(&words, shift)) };
                Tv::safe_string(&words)
            },
        ))
    });
    add(tera, environment, "glossary", |env, arguments| {
        let group = optional(arguments, "group")?;
        Ok(glossary::bank(env, group.as_deref()))
    });
    add(tera, environment, "own_glossary", |env, _| Ok(glossary::own(env)));
    add(tera, environment, "word", |env, arguments| {
        let name = text(arguments, "name")?;
        let word = env.profile.word(&name).map(|word| word.value.clone());
        let word = word.or(optional(arguments, "otherwise")?);
        word.ok_or_else(|| Error::message(format!("profile.yaml 的 words 里没有“{name}”")))
    });
}

fn wanted(env: &Environment, arguments: &Kwargs) -> TeraResult<Wanted> {
    let by = text(arguments, "by")?;
    let by = Dimension::from_term(&by).ok_or_else(|| Error::message(format!("没有“{by}”这个维度")))?;
    let stages: Vec<String> = arguments.get::<Vec<String>>("stages")?.unwrap_or_default();
    let stages: Option<Vec<Stage>> = stages.iter().map(|word| Stage::from_term(word)).collect();
    Ok(Wanted {
        of: address(env, arguments, "of")?,
        by,
        level: arguments.get("level")?.unwrap_or(3),
        stages: stages.ok_or_else(|| Error::message("stages 里有不认识的阶段"))?,
        all: arguments.get("all")?.unwrap_or(false),
        nonzero: arguments.get("nonzero")?.unwrap_or(false),
    })
}

fn figure(env: &Environment, arguments: &Kwargs, ask: &Ask, default: &str, absolute: bool) -> TeraResult<Tv> {
    let style = optional(arguments, "style")?.unwrap_or_else(|| default.to_owned());
    if env.profile.style(&style).is_none() {
        let known = env.profile.style_names().join("、");
        return Err(Error::message(format!("没有“{style}”这种数字样式，可以写：{known}")));
    }
    let absolute = arguments.get("absolute")?.unwrap_or(absolute);
    let answer = env.answer(ask).map_err(|error| failure(&error))?;
    Ok(Tv::safe_string(&env.refer(Reference::Figure { answer, style, absolute })))
}

fn address(env: &Environment, arguments: &Kwargs, key: &str) -> TeraResult<Address> {
    env.facts.address(&text(arguments, key)?).map_err(|error| failure(&error))
}

fn stage(arguments: &Kwargs, key: &str) -> TeraResult<Stage> {
    let word = text(arguments, key)?;
    Stage::from_term(&word).ok_or_else(|| Error::message(format!("没有“{word}”这个阶段")))
}

/// Headings of a unit's own text bear the numbers their author gave them: they are not counted. `shift` puts them that
/// many levels below the place where they stand.
fn own_headings(text: &str, shift: usize) -> String {
    let line = |line: &str| {
        let hashes = line.len() - line.trim_start_matches('#').len();
        if hashes == 0 || !line[hashes..].starts_with(' ') {
            return line.to_owned();
        }
        format!("{}{} {{.plain}}", "#".repeat((hashes + shift).min(6)), &line[hashes..])
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// A text argument with digits of data moved back.
fn text(arguments: &Kwargs, key: &str) -> TeraResult<String> {
    arguments.must_get::<String>(key).map(|text| plain(&text))
}

fn optional(arguments: &Kwargs, key: &str) -> TeraResult<Option<String>> {
    Ok(arguments.get::<String>(key)?.map(|text| plain(&text)))
}

/// A question that no lines can answer: the template asks wrongly.
fn failure(error: &AskError) -> Error {
    let finding = error.diagnostic(Span::start_of(FileId(0)));
    Error::message(format!("{}。{}", finding.message, finding.help.unwrap_or_default()))
}
