//! C004: reasons that say nothing.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "C004",
        severity: Severity::Advice,
        title: "原因过于笼统",
        meaning: "“正常变动”“工作需要”一类的话没有说明原因，历次检查都列为不细化。",
        remedy: "写明是哪项工作、哪项政策或多少人的变化引起的。",
        basis: basis::PRACTICE,
    },
    run,
};

const EMPTY: &[&str] =
    &["正常变动", "工作需要", "业务需要", "据实安排", "正常增减", "实际需要", "政策调整", "预算调整", "无"];

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let bare = |text: &str| text.trim().trim_matches(|c: char| "\"'。，、".contains(c)).to_owned();
    subject
        .disclosure
        .reasons
        .iter()
        .flat_map(|reason| &reason.texts)
        .map(|prose| (bare(subject.sources.excerpt(prose.span)), prose.span))
        .filter(|(text, _)| EMPTY.contains(&text.as_str()) || text.chars().count() < 3)
        .map(|(text, span)| RULE.found(format!("原因只写了“{text}”")).at(span, "").help("写明具体的原因。"))
        .collect()
}
