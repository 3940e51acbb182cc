//! X011: a table of amounts that does not say in what.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    document::{self, CellKind, Table, text_of},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "X011",
        severity: Severity::Warning,
        title: "表格没有写金额单位",
        meaning: "表格里有金额，表上、表头和表下都没有写单位是元还是万元。",
        remedy: "在文种的 table_right 里写“单位：万元”一类的说明，或写进表头。",
        basis: basis::NUMERALS,
    },
    run,
};

/// Whether any words of the table name a unit of money.
fn named(table: &Table) -> bool {
    let cells = table.head.iter().chain(&table.body).flat_map(|row| &row.cells);
    let words = [&table.title, &table.caption_left, &table.caption_right].into_iter().map(String::as_str);
    let words = words.chain(cells.map(|cell| cell.text.as_str()));
    words.into_iter().any(|text| text.contains('元'))
        || table.notes.iter().any(|note| text_of(&note.inlines).contains('元'))
}

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let amounts = |table: &Table| {
        let mut cells = table.body.iter().flat_map(|row| &row.cells);
        cells.any(|cell| cell.kind == CellKind::Amount && !cell.text.is_empty())
    };
    document::tables(subject.document)
        .into_iter()
        .filter(|table| amounts(table) && !named(table))
        .map(|table| {
            let finding = RULE.found(format!("“{}”里有金额，没有写单位", table.title)).at(subject.home(), "这个文种");
            finding.help("在文种的 table_right 里写明单位，或写进表头。")
        })
        .collect()
}
