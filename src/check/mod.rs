//! Rules: what a finance officer, an auditor or a reader would object to.
//!
//! In: a finished model with its facts, profile and document. Out: findings, each under the entry of its rule.
//! Never knows: how to repair data, files on a disk, output languages.
//!
//! A rule is one small file and one row of [`RULES`]; its [`Entry`] is the page `gen explain` prints. Errors are kept
//! for what contradicts itself and must not be published; a probable slip is a warning, a soft pair is advice.

mod articulation;
mod basis;
mod comparison;
mod completeness;
mod performance;
mod privacy;
mod registry;
mod sources;
mod spoken;
mod subject;
mod text;
mod time;

use crate::diagnostic::{Diagnostic, Entry};

pub use registry::RULES;
pub use spoken::spoken;
pub use subject::{Previous, Subject, running_text};

/// One rule: its page and what looks for it.
pub struct Rule {
    pub entry: Entry,
    pub run: fn(&Subject<'_>) -> Vec<Diagnostic>,
}

impl Rule {
    /// A finding of this rule.
    fn found(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::under(&self.entry, message)
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Rule({})", self.entry.code)
    }
}

/// Runs all rules in the order of the registry.
#[must_use]
pub fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let found = RULES.iter().flat_map(|rule| (rule.run)(subject));
    found.map(|finding| addressed(finding, subject)).collect()
}

/// By this word a waiver names a finding about the disclosure as a whole.
const WHOLE: &str = "disclosure";

/// A finding about the disclosure as a whole has it for its figure, so that it can be waived.
fn addressed(finding: Diagnostic, subject: &Subject<'_>) -> Diagnostic {
    let whole = finding.places.first().is_none_or(|place| place.span == subject.home());
    if finding.figure.is_none() && whole { finding.figure(WHOLE) } else { finding }
}

/// The page of a rule.
#[must_use]
pub fn entry(code: &str) -> Option<&'static Entry> {
    RULES.iter().map(|rule| &rule.entry).find(|entry| entry.code == code)
}
