//! X004: half-width and full-width punctuation in one text.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "X004",
        severity: Severity::Advice,
        title: "全角、半角标点混用",
        meaning: "同一份材料里，汉字之间有的用全角标点，有的用半角标点。",
        remedy: "统一用全角标点。",
        basis: basis::PUNCTUATION,
    },
    run,
};

static HALF: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\p{Han}[,;:?!]\p{Han}").ok());
static FULL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\p{Han}[，；：？！]\p{Han}").ok());

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let (Some(half), Some(full)) = (HALF.as_ref(), FULL.as_ref()) else { return Vec::new() };
    let own = subject.own_prose();
    let count = |pattern: &Regex| own.iter().map(|(text, _)| pattern.find_iter(text).count()).sum::<usize>();
    let (narrow, wide) = (count(half), count(full));
    if narrow == 0 || wide == 0 {
        return Vec::new();
    }
    let rare = if narrow <= wide { half } else { full };
    let place = own.iter().find_map(|(text, _)| rare.find(text)).map(|hit| subject.locate(hit.as_str()));
    let message = format!("自写的文字里全角标点 {wide} 处，半角标点 {narrow} 处");
    vec![RULE.found(message).at(place.unwrap_or_else(|| subject.home()), "少用的一种").help("统一用全角标点。")]
}
