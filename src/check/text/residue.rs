//! X001: what a form leaves behind when nobody fills it in.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "X001",
        severity: Severity::Error,
        title: "模板残留",
        meaning: "文字里留着“增加（减少）”“XX”“待填写”一类没有填好的模板字样。",
        remedy: "填上实际内容，或删去。",
        basis: basis::PRACTICE,
    },
    run,
};

static RESIDUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:增加[（(/]减少|减少[（(/]增加|增长[（(/]下降|下降[（(/]增长|上升[（(/]下降|下降[（(/]上升)[）)]?|某某|[XxＸ×](?:年|月|日|万元|个|人次|辆)|[XxＸ×]{2,}|待填写|待补充|待定稿|此处填|请填写|TODO|□|＿{2,}|_{3,}").ok()
});

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(pattern) = RESIDUE.as_ref() else { return Vec::new() };
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut look = |text: &str| {
        for residue in pattern.find_iter(text) {
            let span = subject.locate(residue.as_str());
            let finding = RULE
                .found(format!("文字里有“{}”", residue.as_str()))
                .at(span, "")
                .figure(format!("text/{}", residue.as_str()))
                .help("填上实际内容，或删去。");
            if !found.contains(&finding) {
                found.push(finding);
            }
        }
    };
    look(&subject.text);
    for table in crate::document::tables(subject.document) {
        let cells = table.body.iter().flat_map(|row| &row.cells).map(|cell| cell.text.as_str());
        look(&cells.collect::<Vec<_>>().join("\n"));
    }
    found
}
