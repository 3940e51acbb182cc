//! Findings for programs.
//!
//! In: findings and files. Out: one JSON document whose shape only grows while [`JSON_VERSION`] stays. Never knows:
//! other formats' words.

use serde::Serialize;

use super::Summary;
use super::locate::{Located, Locator, Told};
use crate::diagnostic::finding::{Diagnostic, Severity};
use crate::source::Sources;

/// Raised when a member is renamed, removed, or changes its meaning.
pub const JSON_VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    findings: Vec<Finding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    basis: Option<&'a str>,
    figure: Option<&'a str>,
    places: Vec<Place<'a>>,
}

/// Lines and columns count from 1, columns in characters; the end is just past the last character.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    label: &'a str,
}

/// The whole report as an indented JSON document. A member without a value is `null`; a severity is `error`,
/// `warning` or `advice`.
#[must_use]
pub fn json(findings: &[Diagnostic], sources: &Sources) -> String {
    let locator = Locator::new(findings, sources);
    let told = locator.tell(findings);
    let findings_told = told.iter().map(finding).collect();
    document(&Report { version: JSON_VERSION, findings: findings_told, summary: Summary::of(findings) })
}

/// Indented, with a line break at the end. Values of text and whole numbers cannot fail to be written.
pub(super) fn document(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

fn finding<'a>(told: &Told<'a>) -> Finding<'a> {
    let Diagnostic { code, severity, message, help, figure, basis, places: _ } = told.finding;
    Finding {
        code,
        severity: word(*severity),
        message,
        help: help.as_deref(),
        basis: basis.as_deref(),
        figure: figure.as_deref(),
        places: told.places.iter().map(place).collect(),
    }
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    }
}

const fn place<'a>(located: &Located<'a>) -> Place<'a> {
    Place {
        path: located.path,
        line: located.start.line,
        column: located.start.column,
        end_line: located.end.line,
        end_column: located.end.column,
        label: located.label,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::sample;
    use super::*;

    #[test]
    fn the_whole_document() {
        let (mut findings, sources) = sample();
        findings.truncate(2);
        assert_eq!(json(&findings, &sources), DOCUMENT);
    }

    #[test]
    fn the_order_of_the_passes_does_not_show() {
        let (mut findings, sources) = sample();
        let text = json(&findings, &sources);
        findings.reverse();
        assert_eq!(json(&findings, &sources), text);
    }

    #[test]
    fn no_findings() {
        let expected = "{\n  \"version\": 1,\n  \"findings\": [],\n  \"summary\": {\n    \"errors\": 0,\n    \"warnings\": 0,\n    \"advice\": 0\n  }\n}\n";
        assert_eq!(json(&[], &Sources::default()), expected);
    }

    const DOCUMENT: &str = r#"{
  "version": 1,
  "findings": [
    {
      "code": "K001",
      "severity": "warning",
      "message": "收入总计 18 与支出总计 20 不等",
      "help": null,
      "basis": "《预算法》第三十二条",
      "figure": "支出.总计@本年",
      "places": [
        {
          "path": "项目.yaml",
          "line": 2,
          "column": 9,
          "endLine": 2,
          "endColumn": 11,
          "label": "项目金额"
        },
        {
          "path": "ledger/台账 2024.yaml",
          "line": 4,
          "column": 13,
          "endLine": 4,
          "endColumn": 17,
          "label": "台账合计"
        }
      ]
    },
    {
      "code": "W001",
      "severity": "error",
      "message": "豁免“K001”不再对应任何问题",
      "help": "删去这条豁免。",
      "basis": null,
      "figure": null,
      "places": []
    }
  ],
  "summary": {
    "errors": 1,
    "warnings": 1,
    "advice": 0
  }
}
"#;
}
