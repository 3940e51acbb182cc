//! Findings as SARIF 2.1.0, for code scanning and editors.
//!
//! In: findings, files, the pages of their codes. Out: one SARIF log with one run. Never knows: where the workspace
//! lies; paths stay relative to `%SRCROOT%`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::json::document;
use super::locate::{Located, Locator, Told};
use super::{Lookup, entry_of};
use crate::diagnostic::catalogue::Entry;
use crate::diagnostic::finding::{Diagnostic, Severity};
use crate::source::Sources;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    language: &'static str,
    column_kind: &'static str,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    language: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    #[serde(flatten)]
    page: Option<Page>,
}

/// What the entry of a code says.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    short_description: Text,
    full_description: Text,
    help: Text,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

/// A SARIF result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties<'a>>,
}

#[derive(Serialize)]
struct Properties<'a> {
    figure: &'a str,
}

#[derive(Serialize)]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(rename = "physicalLocation")]
    physical: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// The whole run as an indented SARIF log. Rules are those the findings name, by code; `lookup` finds the pages of
/// codes outside the compiler's own catalogue, and a code without a page stands with its name alone.
#[must_use]
pub fn sarif(findings: &[Diagnostic], sources: &Sources, lookup: Lookup) -> String {
    let locator = Locator::new(findings, sources);
    let codes: BTreeMap<&str, usize> = findings.iter().map(|finding| (finding.code, 0)).collect();
    let codes: BTreeMap<&str, usize> = codes.into_keys().zip(0..).collect();
    let rules = codes.keys().map(|code| Rule { id: code, page: entry_of(code, lookup).map(page) }).collect();
    let told = locator.tell(findings);
    let results = told.iter().map(|told| outcome(told, &codes)).collect();
    let driver = Driver { name: "gen", version: env!("CARGO_PKG_VERSION"), language: "zh-CN", rules };
    let tool = Tool { driver };
    let run = Run { tool, language: "zh-CN", column_kind: "unicodeCodePoints", results };
    document(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn page(entry: &Entry) -> Page {
    let mut help = entry.remedy.to_owned();
    if !entry.basis.is_empty() {
        let _ = write!(help, "\n依据：{}", entry.basis);
    }
    Page {
        short_description: Text { text: entry.title.to_owned() },
        full_description: Text { text: entry.meaning.to_owned() },
        help: Text { text: help },
        default_configuration: Configuration { level: level(entry.severity) },
    }
}

fn outcome<'a>(told: &Told<'a>, codes: &BTreeMap<&str, usize>) -> Outcome<'a> {
    let finding = told.finding;
    let mut message = finding.message.clone();
    for (word, text) in [("帮助", &finding.help), ("依据", &finding.basis)] {
        message.extend(text.iter().map(|text| format!("\n{word}：{text}")));
    }
    let (first, others) = told.places.split_at(told.places.len().min(1));
    Outcome {
        rule_id: finding.code,
        rule_index: codes.get(finding.code).copied().unwrap_or_default(),
        level: level(finding.severity),
        message: Text { text: message },
        locations: first.iter().map(|place| location(place, None)).collect(),
        related_locations: others.iter().zip(1..).map(|(place, id)| location(place, Some(id))).collect(),
        properties: finding.figure.as_deref().map(|figure| Properties { figure }),
    }
}

fn location(place: &Located, id: Option<usize>) -> Location {
    let artifact_location = Artifact { uri: uri(place.path), uri_base_id: "%SRCROOT%" };
    let region = Region {
        start_line: place.start.line,
        start_column: place.start.column,
        end_line: place.end.line,
        end_column: place.end.column,
    };
    let message = (!place.label.is_empty()).then(|| Text { text: place.label.to_owned() });
    Location { id, physical: Physical { artifact_location, region }, message }
}

/// A path as a relative URI reference: everything but unreserved ASCII and slashes is percent-encoded as UTF-8.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::super::sample::{lookup, sample};
    use super::*;

    #[test]
    fn the_whole_log() {
        let (mut findings, sources) = sample();
        findings.truncate(2);
        findings[0].code = "X999";
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        assert_eq!(sarif(&findings, &sources, &lookup), LOG.replace("\"version\": \"\"", &version));
    }

    #[test]
    fn every_result_points_at_its_rule() {
        let (findings, sources) = sample();
        let log: serde_json::Value = serde_json::from_str(&sarif(&findings, &sources, &lookup)).unwrap();
        let run = &log["runs"][0];
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), findings.len());
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        }
    }

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("a-b/表 1:100%.yaml"), "a-b/%E8%A1%A8%201%3A100%25.yaml");
    }

    const LOG: &str = r#"{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "gen",
          "version": "",
          "language": "zh-CN",
          "rules": [
            {
              "id": "K001",
              "shortDescription": {
                "text": "收支不平"
              },
              "fullDescription": {
                "text": "收入总计与支出总计不等。"
              },
              "help": {
                "text": "核对台账。\n依据：《预算法》第三十二条"
              },
              "defaultConfiguration": {
                "level": "warning"
              }
            },
            {
              "id": "X999"
            }
          ]
        }
      },
      "language": "zh-CN",
      "columnKind": "unicodeCodePoints",
      "results": [
        {
          "ruleId": "K001",
          "ruleIndex": 0,
          "level": "warning",
          "message": {
            "text": "收入总计 18 与支出总计 20 不等\n依据：《预算法》第三十二条"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "%E9%A1%B9%E7%9B%AE.yaml",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "startLine": 2,
                  "startColumn": 9,
                  "endLine": 2,
                  "endColumn": 11
                }
              },
              "message": {
                "text": "项目金额"
              }
            }
          ],
          "relatedLocations": [
            {
              "id": 1,
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "ledger/%E5%8F%B0%E8%B4%A6%202024.yaml",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "startLine": 4,
                  "startColumn": 13,
                  "endLine": 4,
                  "endColumn": 17
                }
              },
              "message": {
                "text": "台账合计"
              }
            }
          ],
          "properties": {
            "figure": "支出.总计@本年"
          }
        },
        {
          "ruleId": "X999",
          "ruleIndex": 1,
          "level": "error",
          "message": {
            "text": "豁免“K001”不再对应任何问题\n帮助：删去这条豁免。"
          }
        }
      ]
    }
  ]
}
"#;
}
