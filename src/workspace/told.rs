//! The findings of one disclosure as plain data, so that a worker can hand them over and a later run can repeat them
//! without compiling.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    check,
    diagnostic::{Diagnostic, Place, Severity, Summary, entry},
    source::{Sources, Span, World, decode},
};

/// All findings of a disclosure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    findings: Vec<Finding>,
}

/// A [`Diagnostic`] whose places name files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Finding {
    code: String,
    severity: String,
    message: String,
    places: Vec<(String, u32, u32, String)>,
    help: Option<String>,
    figure: Option<String>,
    basis: Option<String>,
}

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Advice];

impl Told {
    #[must_use]
    pub fn new(found: &[Diagnostic], sources: &Sources) -> Self {
        let place = |place: &Place| {
            let path = sources.get(place.span.file).path.clone();
            (path, place.span.start, place.span.end, place.label.clone())
        };
        let finding = |own: &Diagnostic| Finding {
            code: own.code.to_owned(),
            severity: own.severity.term().to_owned(),
            message: own.message.clone(),
            places: own.places.iter().map(place).collect(),
            help: own.help.clone(),
            figure: own.figure.clone(),
            basis: own.basis.clone(),
        };
        Self { findings: found.iter().map(finding).collect() }
    }

    #[must_use]
    pub fn summary(&self) -> Summary {
        let count = |severity: Severity| self.findings.iter().filter(|own| own.severity == severity.term()).count();
        Summary { errors: count(Severity::Error), warnings: count(Severity::Warning), advice: count(Severity::Advice) }
    }

    /// The findings again, with the files they point into.
    #[must_use]
    pub fn restore(&self, world: &dyn World) -> (Sources, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        let mut known = BTreeMap::new();
        let mut found = Vec::new();
        for own in &self.findings {
            // Records of another program are not used, so that every code has its entry.
            let Some(entry) = entry(&own.code).or_else(|| check::entry(&own.code)) else { continue };
            let severity = SEVERITIES.into_iter().find(|severity| severity.term() == own.severity);
            let places = own.places.iter().map(|(path, start, end, label)| {
                let file = *known.entry(path.clone()).or_insert_with(|| {
                    let id = sources.add(path, "");
                    let text = world.read(path).map(|bytes| decode(id, &bytes).0).unwrap_or_default();
                    sources.set(id, text);
                    id
                });
                Place { span: Span { file, start: *start, end: *end }, label: label.clone() }
            });
            found.push(Diagnostic {
                code: entry.code,
                severity: severity.unwrap_or(entry.severity),
                message: own.message.clone(),
                places: places.collect(),
                help: own.help.clone(),
                figure: own.figure.clone(),
                basis: own.basis.clone(),
            });
        }
        (sources, found)
    }
}

/// Whether findings keep a publication from being written.
#[must_use]
pub fn refused(found: &[Diagnostic], deny_warnings: bool) -> bool {
    let limit = if deny_warnings { Severity::Warning } else { Severity::Error };
    found.iter().any(|finding| finding.severity <= limit)
}
