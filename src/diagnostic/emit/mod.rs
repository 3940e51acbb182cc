//! Findings in the forms in which they leave the compiler.
//!
//! In: findings and the files they point into. Out: one text a form, in one order whatever order the passes found
//! them in. Never knows: the terminal, files, the environment, which form the user asked for.

mod github;
mod human;
mod json;
mod locate;
#[cfg(test)]
mod sample;
mod sarif;
mod short;

use std::fmt;

use annotate_snippets::normalize_untrusted_str;

use super::catalogue::{Entry, entry};
use super::finding::{Diagnostic, Severity};
use crate::source::Sources;
use locate::Locator;

pub use github::{github, github_summary};
pub use human::human;
pub use json::{JSON_VERSION, json};
pub use sarif::sarif;
pub use short::short;

/// Finds the page of a code that is not in the compiler's own catalogue (a rule's).
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<&'static Entry>;

/// Characters of a message shown to people; a quoted value may be a whole paragraph.
const MESSAGE_HEAD: usize = 200;
const MESSAGE_TAIL: usize = 60;

/// How many findings of each weight a run has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    pub errors: usize,
    pub warnings: usize,
    pub advice: usize,
}

impl Summary {
    #[must_use]
    pub fn of(findings: &[Diagnostic]) -> Self {
        findings.iter().fold(Self::default(), |mut sum, finding| {
            match finding.severity {
                Severity::Error => sum.errors += 1,
                Severity::Warning => sum.warnings += 1,
                Severity::Advice => sum.advice += 1,
            }
            sum
        })
    }

    #[must_use]
    pub const fn total(self) -> usize {
        self.errors + self.warnings + self.advice
    }
}

impl fmt::Display for Summary {
    /// `错误 2 个，建议 1 条`, or `没有发现问题`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [("错误", self.errors, "个"), ("警告", self.warnings, "个"), ("建议", self.advice, "条")];
        let parts: Vec<String> =
            counts.iter().filter(|(_, n, _)| *n > 0).map(|(word, n, unit)| format!("{word} {n} {unit}")).collect();
        out.write_str(if parts.is_empty() { "没有发现问题" } else { "" })?;
        out.write_str(&parts.join("，"))
    }
}

/// The findings by path, line, column, severity and code; those about no file come last.
#[must_use]
pub fn sorted(findings: &[Diagnostic], sources: &Sources) -> Vec<Diagnostic> {
    Locator::new(findings, sources).tell(findings).into_iter().map(|told| told.finding.clone()).collect()
}

fn entry_of(code: &str, lookup: Lookup) -> Option<&'static Entry> {
    entry(code).or_else(|| lookup(code))
}

/// A message for one line of a terminal: no line breaks, nothing a terminal would obey, of readable length.
fn one_line(text: &str) -> String {
    elided(&visible(text).replace('\n', " "))
}

/// Control characters made visible; line breaks stay.
fn visible(text: &str) -> String {
    normalize_untrusted_str(text).replace(is_c1, "·")
}

/// Terminals may obey these, and `annotate-snippets` lets them pass.
const fn is_c1(character: char) -> bool {
    matches!(character, '\u{80}'..='\u{9f}')
}

/// The middle of a very long text gives way.
fn elided(text: &str) -> String {
    let length = text.chars().count();
    if length <= MESSAGE_HEAD + MESSAGE_TAIL + 1 {
        return text.to_owned();
    }
    let head = text.chars().take(MESSAGE_HEAD);
    head.chain(['…']).chain(text.chars().skip(length - MESSAGE_TAIL)).collect()
}

#[cfg(test)]
mod tests {
    use super::sample::{lookup, sample};
    use super::*;

    #[test]
    fn findings_are_sorted_and_counted() {
        let (findings, sources) = sample();
        let codes: Vec<&str> = sorted(&findings, &sources).iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["M002", "S010", "S009", "K001", "W001"]);
        let summary = Summary::of(&findings);
        assert_eq!(summary, Summary { errors: 3, warnings: 1, advice: 1 });
        assert_eq!((summary.total(), summary.to_string().as_str()), (5, "错误 3 个，警告 1 个，建议 1 条"));
        assert_eq!(Summary::default().to_string(), "没有发现问题");
    }

    #[test]
    fn the_catalogue_comes_before_the_rules() {
        assert_eq!(entry_of("S010", &lookup).map(|entry| entry.title), Some("不认识的键"));
        assert_eq!(entry_of("K001", &lookup).map(|entry| entry.title), Some("收支不平"));
        assert_eq!(entry_of("X999", &lookup), None);
    }
}
