//! `gen check --todo`: what is still to be written, as YAML to paste.
//!
//! In: a finished compilation. Out: blocks of text, each under a comment that says into which file it goes and how. A
//! block pasted there is sound YAML; with its [`DUE`] filled in, the item is no longer due.
//! Never knows: how to write files.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use crate::{
    compile::Compiled,
    facts::{Ask, Facts, Outcome},
    link::print,
    model::{Disclosure, Project, files::IndicatorEntry},
    money::{Case, Quantity},
    period::Kind,
    source::Located,
    template::MissingReason,
};

/// The word that stands where something is to be written; the check finds it if it is left.
const DUE: &str = "待填写";

/// Everything due in one disclosure, or nothing.
pub(super) fn todo(compiled: &Compiled) -> String {
    [reasons(compiled), texts(compiled), scores(compiled)].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// Reasons that the profile asks for, with the change they explain.
fn reasons(compiled: &Compiled) -> Vec<String> {
    let (Some(facts), Some(disclosure)) = (&compiled.facts, &compiled.disclosure) else { return Vec::new() };
    let items: String =
        compiled.missing_reasons.iter().filter_map(|missing| reason(compiled, facts, disclosure, missing)).collect();
    if items.is_empty() {
        return Vec::new();
    }
    let path = format!("data/{}/reasons.yaml", compiled.slug);
    if disclosure.reasons.is_empty() {
        return vec![format!("# {path}：整个文件\nreasons:\n{items}")];
    }
    vec![format!("# {path}：接在末尾\n{}", indented(&items, indent(compiled, &path)))]
}

/// How far the entries of a file's last list stand from the margin.
fn indent(compiled: &Compiled, path: &str) -> usize {
    let source = compiled.sources.iter().find(|(_, source)| source.path == path);
    let entry = source.and_then(|(_, source)| source.text.lines().rfind(|line| line.trim_start().starts_with("- ")));
    entry.map_or(2, |line| line.len() - line.trim_start().len())
}

/// Entries written two spaces from the margin, moved to another one.
fn indented(items: &str, spaces: usize) -> String {
    items.lines().fold(String::new(), |mut text, line| {
        let _infallible = writeln!(text, "{}{}", " ".repeat(spaces), line.strip_prefix("  ").unwrap_or(line));
        text
    })
}

fn reason(compiled: &Compiled, facts: &Facts, disclosure: &Disclosure, missing: &MissingReason) -> Option<String> {
    let word = match missing.case {
        Case::Up | Case::FromZero => "增加",
        Case::Down | Case::ToZero => "减少",
        Case::Equal | Case::BothZero | Case::NotComparable => return None,
    };
    let profile = compiled.profile.as_ref()?;
    let of = facts.address(&missing.figure).ok()?;
    let ask = |ask: Ask| facts.answer(&ask).ok().map(|answer| answer.outcome);
    let difference = ask(Ask::Difference { of: of.clone(), base: missing.base }).and_then(Outcome::quantity);
    let amount = difference.map(|quantity| {
        let absolute = Outcome::Quantity(quantity.with(quantity.decimal().abs()));
        match (profile.style("amount"), quantity) {
            (Some(style), Quantity::Money(_)) => print(absolute, style, true).text,
            (_, quantity) => quantity.decimal().abs().to_string(),
        }
    });
    let rate = ask(Ask::Rate { of, base: missing.base }).and_then(Outcome::decimal);
    let rate = rate.map(|rate| format!("，{}%", crate::money::round(rate.abs() * Decimal::ONE_HUNDRED, 2)));
    Some(format!(
        "  # {}比{}{word}{}{}\n  - {{figure: \"{}\", base: {}, text: {DUE}}}\n",
        crate::check::spoken(facts, disclosure, profile, &missing.figure),
        missing.base.term(),
        amount.unwrap_or_default(),
        rate.unwrap_or_default(),
        missing.figure,
        missing.base.term()
    ))
}

/// Texts that chapters ask for by name and that are not there.
fn texts(compiled: &Compiled) -> Vec<String> {
    let block =
        |name: &String| format!("# data/{}/texts/{name}.md：整个文件；没有可说的不必建\n{DUE}\n", compiled.slug);
    compiled.missing_texts.iter().map(block).collect()
}

/// Scores and deviations of the evaluation of a final account.
fn scores(compiled: &Compiled) -> Vec<String> {
    let Some(disclosure) = compiled.disclosure.as_ref().filter(|own| own.kind == Kind::Final) else {
        return Vec::new();
    };
    let mut blocks = Vec::new();
    for project in disclosure.projects.iter().filter(|project| project.goal_form) {
        let path = format!("data/{}/projects/{}.yaml", compiled.slug, project.slug);
        for one in &project.indicators {
            if let Some(entry) = indicator(one) {
                let line = compiled.sources.position(one.span).line;
                let spaces = " ".repeat(indent(compiled, &path));
                blocks.push(format!("# {path}：换掉从第 {line} 行起的指标“{}”\n{spaces}- {{{entry}}}\n", one.name));
            }
        }
        blocks.extend(evaluation(project).map(|keys| format!("# {path}：{keys}")));
    }
    blocks
}

/// What the evaluation as a whole still lacks.
fn evaluation(project: &Project) -> Option<String> {
    let keys = |keys: &[&str]| {
        keys.iter().fold(String::new(), |mut text, key| {
            let _infallible = writeln!(text, "  {key}: {DUE}");
            text
        })
    };
    let weighed = !blank(project.execution_weight.as_ref());
    match &project.evaluation {
        None => {
            let all: Vec<&str> = ["score", "execution_score", "grade", "outcome"]
                .into_iter()
                .filter(|key| weighed || *key != "execution_score")
                .collect();
            Some(format!("接在末尾\nevaluation:\n{}", keys(&all)))
        }
        Some(own) => {
            let due = [
                ("score", blank(own.score.as_ref())),
                ("execution_score", weighed && blank(own.execution_score.as_ref())),
            ];
            let due: Vec<&str> = due.into_iter().filter_map(|(key, due)| due.then_some(key)).collect();
            (!due.is_empty()).then(|| format!("接在 evaluation: 下面\n{}", keys(&due)))
        }
    }
}

fn blank(text: Option<&String>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

/// An indicator that lacks something, written out whole with what is due.
fn indicator(one: &Located<IndicatorEntry>) -> Option<String> {
    let number = |text: Option<&String>| text.and_then(|text| text.trim().parse::<Decimal>().ok());
    let weighed = !blank(one.weight.as_ref());
    let lost =
        number(one.score.as_ref()).zip(number(one.weight.as_ref())).is_some_and(|(score, weight)| score < weight);
    let due = [
        ("actual", blank(one.actual.as_ref())),
        ("score", weighed && blank(one.score.as_ref())),
        ("deviation", lost && blank(one.deviation.as_ref())),
    ];
    due.iter().any(|(_, due)| *due).then_some(())?;
    let given = [
        ("first", Some(&one.first)),
        ("second", Some(&one.second)),
        ("name", Some(&one.name)),
        ("description", one.description.as_ref()),
        ("nature", one.nature.as_ref()),
        ("direction", one.direction.as_ref()),
        ("value", one.value.value.as_ref()),
        ("value_this_year", one.value_this_year.as_ref()),
        ("measure", one.measure.as_ref()),
        ("weight", one.weight.as_ref()),
        ("weight_this_year", one.weight_this_year.as_ref()),
        ("basis", one.basis.as_ref()),
        ("actual", one.actual.as_ref()),
        ("score", one.score.as_ref()),
        ("deviation", one.deviation.as_ref()),
    ];
    let entry = given.into_iter().filter_map(|(key, text)| {
        if due.contains(&(key, true)) {
            return Some(format!("{key}: {DUE}"));
        }
        text.filter(|text| !text.is_empty()).map(|text| format!("{key}: {}", quoted(text)))
    });
    Some(entry.collect::<Vec<_>>().join(", "))
}

/// A text as a YAML scalar inside braces.
fn quoted(text: &str) -> String {
    let plain = text.starts_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && !text.contains([':', '#', ',', '[', ']', '{', '}', '\n', '"', '\'', '\\']);
    if plain {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
    }
}
