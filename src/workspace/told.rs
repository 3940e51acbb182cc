//! The findings of one disclosure with the texts they are about, so that a worker can hand them over and a later run
//! can repeat them without compiling.

use serde::{Deserialize, Serialize};

use crate::{
    check,
    diagnostic::{Diagnostic, Place, Severity, Summary, entry},
    source::{FileId, Sources, Span},
};

/// Findings that can cross a process boundary.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Path and text of the files the findings point into.
    files: Vec<(String, String)>,
    findings: Vec<Finding>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Finding {
    code: String,
    /// 0 error, 1 warning, 2 advice.
    severity: u8,
    message: String,
    /// File (by its place in `files`), start, end, label.
    places: Vec<(u32, u32, u32, String)>,
    help: Option<String>,
    figure: Option<String>,
    basis: Option<String>,
}

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Advice];

impl Told {
    #[must_use]
    pub fn new(found: &[Diagnostic], sources: &Sources) -> Self {
        let mut told = Self::default();
        for diagnostic in found {
            let finding = told.finding(diagnostic, sources);
            told.findings.push(finding);
        }
        told
    }

    fn finding(&mut self, diagnostic: &Diagnostic, sources: &Sources) -> Finding {
        let place = |told: &mut Self, place: &Place| {
            let file = told.file(place.span.file, sources);
            (file, place.span.start, place.span.end, place.label.clone())
        };
        Finding {
            code: diagnostic.code.to_owned(),
            severity: match diagnostic.severity {
                Severity::Error => 0,
                Severity::Warning => 1,
                Severity::Advice => 2,
            },
            message: diagnostic.message.clone(),
            places: diagnostic.places.iter().map(|own| place(self, own)).collect(),
            help: diagnostic.help.clone(),
            figure: diagnostic.figure.clone(),
            basis: diagnostic.basis.clone(),
        }
    }

    fn file(&mut self, id: FileId, sources: &Sources) -> u32 {
        let source = sources.get(id);
        let at = self.files.iter().position(|(path, _)| *path == source.path).unwrap_or_else(|| {
            self.files.push((source.path.clone(), source.text.clone()));
            self.files.len() - 1
        });
        u32::try_from(at).unwrap_or(0)
    }

    /// The findings as they were, with sources to show them in. A code this program does not know is left out: it was
    /// written by another one.
    #[must_use]
    pub fn open(&self) -> (Sources, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        for (path, text) in &self.files {
            sources.add(path, text);
        }
        let known = |code: &str| entry(code).or_else(|| check::entry(code)).map(|entry| entry.code);
        let found = self.findings.iter().filter_map(|finding| {
            let places = finding.places.iter().map(|(file, start, end, label)| Place {
                span: Span { file: FileId(*file), start: *start, end: *end },
                label: label.clone(),
            });
            Some(Diagnostic {
                code: known(&finding.code)?,
                severity: SEVERITIES[usize::from(finding.severity).min(2)],
                message: finding.message.clone(),
                places: places.collect(),
                help: finding.help.clone(),
                figure: finding.figure.clone(),
                basis: finding.basis.clone(),
            })
        });
        let found = found.collect();
        (sources, found)
    }

    #[must_use]
    pub fn summary(&self) -> Summary {
        let count = |severity: u8| self.findings.iter().filter(|finding| finding.severity == severity).count();
        Summary { errors: count(0), warnings: count(1), advice: count(2) }
    }
}

/// Whether findings keep a publication from being written.
#[must_use]
pub fn refused(found: &[Diagnostic], deny_warnings: bool) -> bool {
    let limit = if deny_warnings { Severity::Warning } else { Severity::Error };
    found.iter().any(|finding| finding.severity <= limit)
}

#[cfg(test)]
mod tests {
    use super::Told;
    use crate::{
        diagnostic::Diagnostic,
        source::{Sources, Span},
    };

    #[test]
    fn findings_cross_a_process_boundary_unchanged() {
        let mut sources = Sources::default();
        sources.add("data/a/unit.yaml", "name: 甲\n");
        let file = sources.add("data/a/reasons.yaml", "reasons: []\n");
        let span = Span { file, start: 0, end: 7 };
        let found = vec![Diagnostic::new("S010", "不认识的键").at(span, "这里").help("改正。").figure("x@决算")];
        let text = serde_json::to_string(&Told::new(&found, &sources)).unwrap();
        let (opened, again) = serde_json::from_str::<Told>(&text).unwrap().open();
        assert_eq!(opened.place(again[0].places[0].span), "data/a/reasons.yaml:1:1");
        assert_eq!((again[0].code, &again[0].message, &again[0].help), ("S010", &found[0].message, &found[0].help));
    }
}
