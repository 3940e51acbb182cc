//! K003, K004: an empty table has its statement, and only an empty one.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    document::{self, CellKind, Table, text_of},
};

pub(in crate::check) static SILENT: Rule = Rule {
    entry: Entry {
        code: "K003",
        severity: Severity::Warning,
        title: "空表没有说明",
        meaning: "没有数据的表格列空表，并说明没有这项收支。",
        remedy: "没填的台账先填上（stages 写明阶段）；确实没有的，在表样的 empty.statement 里写明说明文字。",
        basis: basis::GRASSROOTS,
    },
    run: silent,
};

pub(in crate::check) static WRONG: Rule = Rule {
    entry: Entry {
        code: "K004",
        severity: Severity::Error,
        title: "表中有数却说明无数据",
        meaning: "表格里有金额，表下却写着“无数据”“空表列示”。",
        remedy: "删去说明，或核对表格取数的条件。",
        basis: basis::GRASSROOTS,
    },
    run: wrong,
};

fn filled(table: &Table) -> bool {
    let number = |kind: CellKind| matches!(kind, CellKind::Amount | CellKind::Percent | CellKind::Count);
    table.body.iter().flat_map(|row| &row.cells).any(|cell| number(cell.kind) && cell.fact.is_some())
}

fn worded(table: &Table) -> bool {
    table.body.iter().flat_map(|row| &row.cells).any(|cell| cell.kind == CellKind::Text && !cell.text.is_empty())
}

fn stated(table: &Table) -> bool {
    let words = ["无数据", "空表", "没有", "未安排", "不涉及", "无政府", "无国有"];
    table.notes.iter().map(|note| text_of(&note.inlines)).any(|note| words.iter().any(|word| note.contains(word)))
}

fn silent(subject: &Subject<'_>) -> Vec<Diagnostic> {
    document::tables(subject.document)
        .into_iter()
        .filter(|table| !filled(table) && !worded(table) && !stated(table) && !table.title.is_empty())
        .map(|table| {
            let finding = SILENT.found(format!("“{}”没有数据，也没有说明", table.title));
            finding
                .at(subject.home(), "这个文种")
                .help("没填的台账先填上；确实没有的，在表样的 empty.statement 里写明说明。")
        })
        .collect()
}

fn wrong(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let claims = |table: &Table| {
        table
            .notes
            .iter()
            .map(|note| text_of(&note.inlines))
            .any(|note| note.contains("无数据") || note.contains("空表列示"))
    };
    document::tables(subject.document)
        .into_iter()
        .filter(|table| filled(table) && claims(table))
        .map(|table| {
            let finding = WRONG.found(format!("“{}”有数据，却说明没有", table.title));
            finding.at(subject.home(), "这个文种").help("删去说明，或核对取数条件。")
        })
        .collect()
}
