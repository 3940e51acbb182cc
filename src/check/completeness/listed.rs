//! K014: counts in prose against the lists they count.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "K014",
        severity: Severity::Warning,
        title: "文中的个数与清单不符",
        meaning: "文字里写的内设机构、所属单位或项目的个数，与 unit.yaml、projects 里列出的不是一个数。",
        remedy: "核对个数与清单，改正其中一个。",
        basis: basis::PRACTICE,
    },
    run,
};

/// A number as prose may write it: digits, declared digits, or Chinese numerals up to 99.
const NUMBER: &str = r"(?:\[\[=)?([0-9]{1,3}|[一二两三四五六七八九十]{1,3})(?:\]\])?";

/// 内设机构8个, 设8个内设机构, 下设 [[=8个]]科室.
static DIVISIONS: LazyLock<Option<Regex>> = LazyLock::new(|| counted("(?:内设机构|内设科室|职能科室|科室)"));
/// 所属预算单位3个, 3个所属单位.
static MEMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| counted("(?:所属|下属)(?:预算|决算|二级|事业)*单位"));
/// 涉及项目3个, 共有3个项目.
static PROJECTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?:涉及|涵盖|共有?)(?:预算|支出)*项目(?:支出)?共?\s*{NUMBER}\s*个|(?:涉及|涵盖|共有?)\s*{NUMBER}\s*个(?:\]\])?(?:预算|支出)*项目"
    ))
    .ok()
});

fn counted(what: &str) -> Option<Regex> {
    Regex::new(&format!(
        r"{what}(?:共|有|为|共有)?\s*{NUMBER}\s*个|(?:设有?|共有?|有)\s*{NUMBER}\s*个(?:\]\])?\s*{what}"
    ))
    .ok()
}

/// 十二 and 12 alike.
fn number(text: &str) -> Option<usize> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|own| own == c).map(|at| at + 1);
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let text = text.replace('两', "二");
    match text.split_once('十') {
        Some((tens, ones)) => {
            let one = |part: &str, none: usize| part.chars().next().map_or(Some(none), digit);
            Some(one(tens, 1)? * 10 + one(ones, 0)?)
        }
        None => text.chars().next().and_then(digit),
    }
}

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let unit = &subject.disclosure.unit;
    // The body itself is a member of a department, and not one of 所属单位.
    let below = unit.members.iter().filter(|member| !member.name.contains("本级") && member.name != unit.name.value);
    let lists = [
        ("内设机构", &DIVISIONS, unit.divisions.len()),
        ("所属单位", &MEMBERS, below.count()),
        ("项目", &PROJECTS, subject.disclosure.projects.len()),
    ];
    let mut found = Vec::new();
    for (text, span) in subject.own_prose() {
        for (what, pattern, listed) in &lists {
            let Some(pattern) = pattern.as_ref().filter(|_| *listed > 0) else { continue };
            for captures in pattern.captures_iter(&text) {
                let told = captures.iter().skip(1).flatten().next().and_then(|own| number(own.as_str()));
                if let Some(told) = told.filter(|told| told != listed) {
                    let finding = RULE.found(format!("文字里说{what}有 {told} 个，清单里列了 {listed} 个"));
                    found.push(
                        finding.at(span, "").figure(format!("text/{what}")).help("核对个数与清单，改正其中一个。"),
                    );
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{DIVISIONS, PROJECTS, number};

    #[test]
    fn numerals_are_read() {
        let read: Vec<Option<usize>> = ["3", "两", "十", "十二", "二十", "二十一"].into_iter().map(number).collect();
        assert_eq!(read, [3, 2, 10, 12, 20, 21].map(Some));
    }

    #[test]
    fn counts_are_told_from_other_words() {
        let counts = |text: &str| DIVISIONS.as_ref().is_some_and(|pattern| pattern.is_match(text));
        assert!(counts("设8个内设机构") && counts("内设机构[[=8]]个") && counts("设有 [[=8个]]科室"));
        assert!(!counts("8个工作日内") && !counts("内设机构包括综合科"));
        let projects = |text: &str| PROJECTS.as_ref().is_some_and(|pattern| pattern.is_match(text));
        assert!(projects("涉及预算项目支出10个") && projects("共有三个项目"));
        assert!(!projects("拟对补助资金[[=1个]]项目开展评价"));
    }
}
