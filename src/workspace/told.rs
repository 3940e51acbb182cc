//! The findings of one disclosure in all forms of telling, so that a worker can hand them over and a later run can
//! repeat them without compiling.

use serde::{Deserialize, Serialize};

use crate::{
    check,
    diagnostic::{self, Diagnostic, Entry, Severity, Summary},
    source::Sources,
};

/// Finished texts; empty ones have nothing to tell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub errors: usize,
    pub warnings: usize,
    pub advice: usize,
    pub human: String,
    pub coloured: String,
    pub short: String,
    pub json: String,
    pub sarif: String,
    pub github: String,
}

impl Told {
    #[must_use]
    pub fn new(found: &[Diagnostic], sources: &Sources) -> Self {
        let lookup = |code: &str| -> Option<&'static Entry> { check::entry(code) };
        let Summary { errors, warnings, advice } = Summary::of(found);
        let some = |text: String| if found.is_empty() { String::new() } else { text };
        Self {
            errors,
            warnings,
            advice,
            human: some(diagnostic::human(found, sources, false)),
            coloured: some(diagnostic::human(found, sources, true)),
            short: some(diagnostic::short(found, sources)),
            json: diagnostic::json(found, sources),
            sarif: diagnostic::sarif(found, sources, &lookup),
            github: diagnostic::github(found, sources, &lookup),
        }
    }

    #[must_use]
    pub const fn summary(&self) -> Summary {
        Summary { errors: self.errors, warnings: self.warnings, advice: self.advice }
    }
}

/// Whether findings keep a publication from being written.
#[must_use]
pub fn refused(found: &[Diagnostic], deny_warnings: bool) -> bool {
    let limit = if deny_warnings { Severity::Warning } else { Severity::Error };
    found.iter().any(|finding| finding.severity <= limit)
}
