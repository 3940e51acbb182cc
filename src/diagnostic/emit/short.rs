//! One finding a line, for editors and `grep`.
//!
//! In: findings and files. Out: `path:line:column: 错误[S010] message`. Never knows: excerpts, colours.

use super::locate::{Locator, Told};
use super::one_line;
use crate::diagnostic::finding::Diagnostic;
use crate::source::Sources;

/// One line a finding; a finding about no file has no place before it.
#[must_use]
pub fn short(findings: &[Diagnostic], sources: &Sources) -> String {
    Locator::new(findings, sources).tell(findings).iter().map(line).collect()
}

fn line(told: &Told) -> String {
    let finding = told.finding;
    let place = told.places.first().map_or_else(String::new, |place| {
        format!("{}:{}:{}: ", one_line(place.path), place.start.line, place.start.column)
    });
    format!("{place}{}[{}] {}\n", finding.severity.term(), finding.code, one_line(&finding.message))
}

#[cfg(test)]
mod tests {
    use super::super::sample::sample;
    use super::*;

    #[test]
    fn a_line_each() {
        let (mut findings, sources) = sample();
        findings.push(Diagnostic::new("S014", "“1\n2”不是金额"));
        let expected = "\
ledger/台账 2024.yaml:1:1: 建议[M002] 科目表里没有 2019999
ledger/台账 2024.yaml:3:19: 错误[S010] 不认识的键“fnud”
ledger/台账 2024.yaml:4:35: 错误[S009] 键“amount”写了两次
项目.yaml:2:9: 警告[K001] 收入总计 18 与支出总计 20 不等
错误[S014] “1 2”不是金额
错误[W001] 豁免“K001”不再对应任何问题
";
        assert_eq!(short(&findings, &sources), expected);
    }

    #[test]
    fn a_quoted_paragraph_is_shortened() {
        let text = short(&[Diagnostic::new("S014", "字".repeat(5000))], &Sources::default());
        assert_eq!(text, format!("错误[S014] {}…{}\n", "字".repeat(200), "字".repeat(60)));
    }
}
