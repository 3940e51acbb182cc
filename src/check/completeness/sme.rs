//! K011: contracts given to small and medium enterprises.

use crate::{
    check::subject::given,
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, Line, Measure},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "K011",
        severity: Severity::Warning,
        title: "没有写授予中小企业的合同金额",
        meaning: "决算要公开授予中小企业合同金额及其占采购总额的比例。",
        remedy: "给采购项目补上 sme（没有的写 0），其中小微企业写 micro。",
        basis: basis::GRASSROOTS,
    },
    run,
};

/// The item's name, as the ledger has it.
fn name(subject: &Subject<'_>, line: &Line) -> String {
    let id = line.value(Dimension::Item).map(ToString::to_string);
    let item = subject.disclosure.procurement.iter().find(|item| Some(&item.id) == id.as_ref());
    item.map_or_else(|| "这项采购".to_owned(), |item| format!("“{}”", item.name))
}

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if !subject.is_final() {
        return Vec::new();
    }
    let told = |id: Option<&crate::model::Value>| {
        subject.lines(Measure::ProcurementSme).any(|line| line.value(Dimension::Item) == id)
    };
    subject
        .lines(Measure::Procurement)
        .filter(|line| given(line, subject.main()).is_some_and(|(amount, _)| !amount.is_zero()))
        .filter(|line| !told(line.value(Dimension::Item)))
        .map(|line| {
            RULE.found(format!("{}没有写授予中小企业的金额", name(subject, line)))
                .at(line.span, "")
                .help("补上 sme，没有的写 0。")
        })
        .collect()
}
