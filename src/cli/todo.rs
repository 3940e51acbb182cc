//! `gen check --todo`: what is still to be written, as YAML to paste.

use std::fmt::Write as _;

use crate::{
    compile::Compiled,
    facts::Ask,
    facts::Outcome,
    link::print,
    money::{Case, Quantity, Yuan},
    period::Kind,
};

/// The word that stands where something is to be written; the check finds it if it is left.
const DUE: &str = "待填写";

/// Everything due in one disclosure, or nothing.
pub(super) fn todo(compiled: &Compiled) -> String {
    let mut text = String::new();
    for (file, due) in [("reasons.yaml", reasons(compiled)), ("", texts(compiled)), ("", scores(compiled))] {
        if due.is_empty() {
            continue;
        }
        if !file.is_empty() {
            let _infallible = write!(text, "# data/{}/{file}\nreasons:\n", compiled.slug);
        }
        text.push_str(&due);
    }
    text
}

/// Reasons that the profile asks for, with the change they explain.
fn reasons(compiled: &Compiled) -> String {
    let Some(facts) = &compiled.facts else { return String::new() };
    let mut text = String::new();
    for missing in &compiled.missing_reasons {
        let word = match missing.case {
            Case::Up | Case::FromZero => "增加",
            Case::Down | Case::ToZero => "减少",
            Case::Equal | Case::BothZero | Case::NotComparable => continue,
        };
        let Ok(of) = facts.address(&missing.figure) else { continue };
        let ask = |ask: Ask| facts.answer(&ask).ok().map(|answer| answer.outcome);
        let difference = ask(Ask::Difference { of: of.clone(), base: missing.base });
        let amount = difference.and_then(Outcome::quantity).map(|quantity| {
            let style = compiled.profile.as_ref().and_then(|profile| profile.style("amount"));
            let absolute = Outcome::Quantity(quantity.with(quantity.decimal().abs()));
            match (style, quantity) {
                (Some(style), Quantity::Money(_)) => print(absolute, style, true).text,
                (_, Quantity::Money(amount)) => Yuan::new(amount.decimal().abs()).decimal().to_string(),
                (_, Quantity::Count(count)) => count.decimal().abs().to_string(),
            }
        });
        let rate = ask(Ask::Rate { of, base: missing.base }).and_then(Outcome::decimal);
        let rate =
            rate.map(|rate| format!("，{}%", crate::money::round(rate.abs() * rust_decimal::Decimal::ONE_HUNDRED, 2)));
        let _infallible = write!(
            text,
            "  # 比{}{word}{}{}\n  - {{figure: \"{}\", base: {}, text: {DUE}}}\n",
            missing.base.term(),
            amount.unwrap_or_default(),
            rate.unwrap_or_default(),
            missing.figure,
            missing.base.term()
        );
    }
    text
}

/// Texts that chapters ask for by name and that are not there.
fn texts(compiled: &Compiled) -> String {
    let (Some(profile), Some(disclosure)) = (&compiled.profile, &compiled.disclosure) else { return String::new() };
    let mut text = String::new();
    let mut seen = Vec::new();
    for template in profile.templates.values() {
        for (at, lead) in template.text.match_indices("text(name=\"") {
            let rest = &template.text[at + lead.len()..];
            let Some(name) =
                rest.split_once('"').filter(|(_, after)| after.starts_with([')', ','])).map(|(name, _)| name)
            else {
                continue;
            };
            if !disclosure.texts.contains_key(name) && !seen.contains(&name) {
                seen.push(name);
                let _infallible = writeln!(text, "# data/{}/texts/{name}.md：{DUE}", compiled.slug);
            }
        }
    }
    text
}

/// Scores and deviations of the evaluation of a final account.
fn scores(compiled: &Compiled) -> String {
    let Some(disclosure) = compiled.disclosure.as_ref().filter(|own| own.kind == Kind::Final) else {
        return String::new();
    };
    let mut text = String::new();
    for project in disclosure.projects.iter().filter(|project| project.goal_form) {
        let mut due = String::new();
        for one in &project.indicators {
            let blank = |value: &Option<String>| value.as_deref().is_none_or(|value| value.trim().is_empty());
            let mut keys = Vec::new();
            if blank(&one.actual) {
                keys.push("actual");
            }
            if !blank(&one.weight) && blank(&one.score) {
                keys.push("score");
            }
            if !keys.is_empty() {
                let _infallible = writeln!(due, "  # 指标“{}”：补上 {}", one.name, keys.join("、"));
            }
        }
        if project.evaluation.is_none() {
            let _infallible = write!(
                due,
                "evaluation:\n  score: {DUE}\n  execution_score: {DUE}\n  grade: {DUE}\n  outcome: {DUE}\n"
            );
        }
        if !due.is_empty() {
            let _infallible = write!(text, "# data/{}/projects/{}.yaml\n{due}", compiled.slug, project.slug);
        }
    }
    text
}
