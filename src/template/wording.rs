//! Sentences about a change: one pattern of the profile for each case, filled from one comparison.
//!
//! `{difference}` `{rate}` `{figure}` `{base}` `{completion}` `{reason}` `{year}` `{last_year}`, `{subject}` as the template
//! gives it, `{=…}` for a number declared as such; a stretch in square brackets is left out where one of its places has
//! nothing to say.

use crate::{
    facts::{Address, Ask},
    money::Case,
    period::Stage,
};

use super::{Environment, MissingReason, Reference, marks};

/// What a sentence is about.
pub(super) struct Subject<'a> {
    pub(super) of: Address,
    pub(super) base: Stage,
    pub(super) case: Case,
    /// Number styles of the amounts and the rate.
    pub(super) style: &'a str,
    pub(super) rate_style: &'a str,
    /// Words of the template for `{subject}`.
    pub(super) about: &'a str,
}

/// Fills a pattern.
pub(super) fn fill(pattern: &str, subject: &Subject<'_>, environment: &Environment) -> Result<String, String> {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('[') {
        let close =
            rest[open..].find(']').map(|end| open + end).ok_or_else(|| format!("说法“{pattern}”的方括号不成对"))?;
        text.push_str(&stretch(&rest[..open], subject, environment)?.unwrap_or_default());
        text.push_str(&stretch(&rest[open + 1..close], subject, environment)?.unwrap_or_default());
        rest = &rest[close + 1..];
    }
    let tail = stretch(rest, subject, environment)?;
    Ok(text + &tail.unwrap_or_default())
}

/// A stretch with its places filled; none where one of them has nothing to say.
fn stretch(text: &str, subject: &Subject<'_>, environment: &Environment) -> Result<Option<String>, String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        let close =
            rest[open..].find('}').map(|end| open + end).ok_or_else(|| format!("说法“{text}”的花括号不成对"))?;
        match place(&rest[open + 1..close], subject, environment)? {
            Some(value) => filled.push_str(&value),
            None => return Ok(None),
        }
        rest = &rest[close + 1..];
    }
    filled.push_str(rest);
    Ok(Some(filled))
}

fn place(name: &str, subject: &Subject<'_>, environment: &Environment) -> Result<Option<String>, String> {
    let Subject { of, base, .. } = subject;
    let year = environment.disclosure.year;
    let figure = |ask: Ask, style: &str, absolute: bool| {
        let answer = environment
            .answer(&ask)
            .map_err(|error| super::plain(&error.diagnostic(environment.profile.span).message))?;
        let known = answer.outcome.decimal().is_some();
        Ok(known.then(|| environment.refer(Reference::Figure { answer, style: style.to_owned(), absolute })))
    };
    if let Some(literal) = name.strip_prefix('=') {
        return Ok(Some(environment.refer(Reference::Literal(literal.to_owned()))));
    }
    match name {
        "difference" => figure(Ask::Difference { of: of.clone(), base: *base }, subject.style, true),
        "rate" => figure(Ask::Rate { of: of.clone(), base: *base }, subject.rate_style, true),
        "completion" => figure(Ask::Completion { of: of.clone(), base: *base }, subject.rate_style, false),
        "figure" => figure(Ask::Value(of.clone()), subject.style, false),
        "base" => figure(Ask::Value(Address { expression: of.expression.clone(), stage: *base }), subject.style, false),
        "reason" => Ok(reason(subject, environment)),
        "subject" => Ok(Some(marks::data(subject.about))),
        "year" => Ok(Some(environment.refer(Reference::Date(year.0.to_string())))),
        "last_year" => Ok(Some(environment.refer(Reference::Date(year.previous().0.to_string())))),
        other => Err(format!("说法里没有“{{{other}}}”这个空位")),
    }
}

/// The reason given for a change, or a note that one is wanted.
pub(super) fn reason(subject: &Subject<'_>, environment: &Environment) -> Option<String> {
    let wanted = environment.facts.canonical(&subject.of);
    let found = environment.disclosure.reasons.iter().find(|reason| {
        reason.base == subject.base
            && environment
                .facts
                .address(&reason.figure)
                .is_ok_and(|address| environment.facts.canonical(&address) == wanted)
    });
    let Some(reason) = found else {
        environment.missing_reason(MissingReason { figure: wanted, base: subject.base, case: subject.case });
        return None;
    };
    Some(match reason.texts.as_slice() {
        [only] => environment.prose(only),
        several => several
            .iter()
            .enumerate()
            .map(|(index, text)| format!("{}是{}", crate::document::chinese(index + 1), environment.prose(text)))
            .collect::<Vec<_>>()
            .join("。"),
    })
}
