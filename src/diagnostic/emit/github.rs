//! Findings for GitHub Actions: annotations in the run's log, and a table for the step's page.
//!
//! In: findings and files. Out: workflow commands, Markdown. Never knows: where the workspace lies in the repository.

use std::fmt::Write as _;

use super::locate::{Located, Locator, Told};
use super::{Lookup, Summary, entry_of, one_line};
use crate::diagnostic::finding::{Diagnostic, Severity};
use crate::source::Sources;

/// GitHub shows no more annotations of one kind from one step.
const PER_KIND: usize = 10;
/// GitHub refuses a step summary over 1 MiB; what is left is for the last line.
const SUMMARY_BYTES: usize = 1_000_000;

/// Workflow commands, at most ten each of `error`, `warning` and `notice`. The rest is for [`github_summary`].
#[must_use]
pub fn github(findings: &[Diagnostic], sources: &Sources, lookup: Lookup) -> String {
    let locator = Locator::new(findings, sources);
    let told = locator.tell(findings);
    let mut text = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Advice] {
        let of_kind = told.iter().filter(|told| told.finding.severity == severity);
        text.extend(of_kind.take(PER_KIND).map(|told| command(told, lookup)));
    }
    text
}

fn command(told: &Told, lookup: Lookup) -> String {
    let finding = told.finding;
    let title = entry_of(finding.code, lookup).map_or("", |entry| entry.title);
    let title = format!("{} {title}", finding.code);
    let mut properties = told.places.first().map(place).unwrap_or_default();
    properties.push(("title", title.trim_end().to_owned()));
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    let mut message = message(told);
    for (word, text) in [("帮助", &finding.help), ("依据", &finding.basis)] {
        message.extend(text.iter().map(|text| format!("\n{word}：{text}")));
    }
    format!("::{} {}::{}\n", kind(finding.severity), properties.join(","), data(&message))
}

/// The message with what is to be seen at its first place, where no excerpt shows it.
fn message(told: &Told) -> String {
    let label = told.places.first().map_or("", |place| place.label);
    let message = &told.finding.message;
    if label.is_empty() { message.clone() } else { format!("{message}（{label}）") }
}

const fn kind(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    }
}

/// GitHub takes columns only where a place stays on one line; the end column is the last one marked.
fn place(place: &Located) -> Vec<(&'static str, String)> {
    let mut properties = vec![("file", place.path.to_owned()), ("line", place.start.line.to_string())];
    if place.start.line == place.end.line {
        let last = place.end.column.saturating_sub(1).max(place.start.column);
        properties.push(("col", place.start.column.to_string()));
        properties.push(("endColumn", last.to_string()));
    } else {
        properties.push(("endLine", place.end.line.to_string()));
    }
    properties
}

/// The escapes of a command's message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The escapes of a command's properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// All findings as a Markdown table under a line that counts them.
#[must_use]
pub fn github_summary(findings: &[Diagnostic], sources: &Sources) -> String {
    let locator = Locator::new(findings, sources);
    let told = locator.tell(findings);
    let mut text = format!("### 检查结果\n\n{}。\n", Summary::of(findings));
    if told.is_empty() {
        return text;
    }
    text.push_str("\n| 程度 | 代码 | 位置 | 问题 | 办法 |\n| --- | --- | --- | --- | --- |\n");
    for (at, told) in told.iter().enumerate() {
        let row = row(told);
        if text.len() + row.len() > SUMMARY_BYTES {
            let _ = writeln!(text, "\n另有 {} 条未列出，完整清单用 `--format json` 输出。", findings.len() - at);
            break;
        }
        text.push_str(&row);
    }
    text
}

fn row(told: &Told) -> String {
    let finding = told.finding;
    let place = told
        .places
        .first()
        .map_or_else(String::new, |place| format!("{}:{}:{}", place.path, place.start.line, place.start.column));
    let message = message(told);
    let cells = [finding.severity.term(), finding.code, &place, &message, finding.help.as_deref().unwrap_or("")];
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// Plain text for a table cell: nothing in it is Markdown, HTML, or a line break.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for character in one_line(text).chars() {
        match character {
            '&' => cell.push_str("&amp;"),
            '<' => cell.push_str("&lt;"),
            '>' => cell.push_str("&gt;"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '~' | '$' | '#' => cell.extend(['\\', character]),
            other => cell.push(other),
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::super::sample::{lookup, one_file, sample, span};
    use super::*;

    #[test]
    fn commands_of_every_kind() {
        let (findings, sources) = sample();
        assert_eq!(github(&findings, &sources, &lookup), COMMANDS);
    }

    #[test]
    fn commands_are_escaped() {
        let mut sources = Sources::default();
        let file = sources.add("a,b:50%.yaml", "甲\n乙\n");
        let finding = Diagnostic::new("X999", "占 50%, 共: 2\r\n行").at(span(&sources, file, "甲\n乙"), "");
        let expected = "::error file=a%2Cb%3A50%25.yaml,line=1,endLine=2,title=X999::占 50%25, 共: 2%0D%0A行\n";
        assert_eq!(github(&[finding], &sources, &lookup), expected);
    }

    #[test]
    fn ten_of_a_kind_and_the_rest_in_the_table() {
        let (sources, file) = one_file(&"甲\n".repeat(30));
        let finding = |code, n: u32| {
            Diagnostic::new(code, n.to_string()).at(crate::source::Span { file, start: n * 4, end: n * 4 + 3 }, "")
        };
        let findings: Vec<Diagnostic> = (0..15).flat_map(|n| [finding("S010", n), finding("M002", n)]).collect();
        let commands = github(&findings, &sources, &lookup);
        assert_eq!(commands.lines().filter(|line| line.starts_with("::error ")).count(), 10);
        assert_eq!(commands.lines().filter(|line| line.starts_with("::notice ")).count(), 10);
        assert_eq!(commands.lines().count(), 20);
        assert_eq!(github_summary(&findings, &sources).matches("台账.yaml").count(), 30);
    }

    #[test]
    fn the_summary_is_a_table() {
        let (findings, sources) = sample();
        assert_eq!(github_summary(&findings, &sources), TABLE);
        assert_eq!(github_summary(&[], &sources), "### 检查结果\n\n没有发现问题。\n");
    }

    #[test]
    fn cells_hold_plain_text() {
        assert_eq!(cell("a|b\n<c> & `d` [[e]]"), "a\\|b &lt;c&gt; &amp; \\`d\\` \\[\\[e\\]\\]");
    }

    #[test]
    fn the_summary_keeps_within_its_size() {
        let findings = vec![Diagnostic::new("S001", "很".repeat(250)); 2000];
        let summary = github_summary(&findings, &Sources::default());
        assert!(summary.len() < 1_048_576);
        let rows = summary.lines().filter(|line| line.starts_with("| 错误")).count();
        assert!(summary.ends_with(&format!("\n\n另有 {} 条未列出，完整清单用 `--format json` 输出。\n", 2000 - rows)));
    }

    const COMMANDS: &str = r"::error file=ledger/台账 2024.yaml,line=3,col=19,endColumn=22,title=S010 不认识的键::不认识的键“fnud”%0A帮助：是不是想写“fund”？
::error file=ledger/台账 2024.yaml,line=4,col=35,endColumn=40,title=S009 键重复::键“amount”写了两次（第二次）%0A帮助：删去其中一个。
::error title=W001 失效的豁免::豁免“K001”不再对应任何问题%0A帮助：删去这条豁免。
::warning file=项目.yaml,line=2,col=9,endColumn=10,title=K001 收支不平::收入总计 18 与支出总计 20 不等（项目金额）%0A依据：《预算法》第三十二条
::notice file=ledger/台账 2024.yaml,line=1,col=1,endColumn=1,title=M002 科目表里没有的编码::科目表里没有 2019999（100%25, 确认: 一次）
";
    const TABLE: &str = r"### 检查结果

错误 3 个，警告 1 个，建议 1 条。

| 程度 | 代码 | 位置 | 问题 | 办法 |
| --- | --- | --- | --- | --- |
| 建议 | M002 | ledger/台账 2024.yaml:1:1 | 科目表里没有 2019999（100%, 确认: 一次） |  |
| 错误 | S010 | ledger/台账 2024.yaml:3:19 | 不认识的键“fnud” | 是不是想写“fund”？ |
| 错误 | S009 | ledger/台账 2024.yaml:4:35 | 键“amount”写了两次（第二次） | 删去其中一个。 |
| 警告 | K001 | 项目.yaml:2:9 | 收入总计 18 与支出总计 20 不等（项目金额） |  |
| 错误 | W001 |  | 豁免“K001”不再对应任何问题 | 删去这条豁免。 |
";
}
