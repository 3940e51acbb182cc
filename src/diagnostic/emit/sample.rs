//! A small workspace and findings for the tests of the forms.

use crate::diagnostic::catalogue::Entry;
use crate::diagnostic::finding::{Diagnostic, Severity};
use crate::source::{FileId, Sources, Span};

pub(super) const LEDGER: &str = "unit: 万元\nlines:\n  - { kind: 基本支出, fnud: 一般公共预算 }\n  - { kind: 项目支出, amount: 1,20.5, amount: 3 }\n";
pub(super) const PROJECT: &str = "名称：公务用车购置\namount: 18\n";

/// A rule that is not in the compiler's catalogue.
pub(super) const RULE: Entry = Entry {
    code: "K001",
    severity: Severity::Warning,
    title: "收支不平",
    meaning: "收入总计与支出总计不等。",
    remedy: "核对台账。",
    basis: "《预算法》第三十二条",
};

pub(super) fn lookup(code: &str) -> Option<&'static Entry> {
    (code == RULE.code).then_some(&RULE)
}

/// The span of the first occurrence of a text.
pub(super) fn span(sources: &Sources, file: FileId, needle: &str) -> Span {
    let start = sources.get(file).text.find(needle).expect("the needle is in the sample");
    let at = |byte: usize| u32::try_from(byte).expect("samples are small");
    Span { file, start: at(start), end: at(start + needle.len()) }
}

pub(super) fn one_file(text: &str) -> (Sources, FileId) {
    let mut sources = Sources::default();
    let file = sources.add("台账.yaml", text);
    (sources, file)
}

/// Findings of every weight, out of order: in two files, on one line twice, without a place.
pub(super) fn sample() -> (Vec<Diagnostic>, Sources) {
    let mut sources = Sources::default();
    let ledger = sources.add("ledger/台账 2024.yaml", LEDGER);
    let project = sources.add("项目.yaml", PROJECT);
    let second = span(&sources, ledger, "amount: 3");
    let second = Span { end: second.end - 3, ..second };
    let findings = vec![
        Diagnostic::new("W001", "豁免“K001”不再对应任何问题").help("删去这条豁免。"),
        Diagnostic::under(&RULE, "收入总计 18 与支出总计 20 不等")
            .at(span(&sources, project, "18"), "项目金额")
            .at(span(&sources, ledger, "项目支出"), "台账合计")
            .figure("支出.总计@本年"),
        Diagnostic::new("S009", "键“amount”写了两次")
            .at(second, "第二次")
            .at(span(&sources, ledger, "amount"), "第一次")
            .help("删去其中一个。"),
        Diagnostic::new("S010", "不认识的键“fnud”").at(span(&sources, ledger, "fnud"), "").help("是不是想写“fund”？"),
        Diagnostic::new("M002", "科目表里没有 2019999").at(Span::start_of(ledger), "100%, 确认: 一次"),
    ];
    (findings, sources)
}
