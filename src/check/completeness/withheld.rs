//! K012: what is not published has a basis in law.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "K012",
        severity: Severity::Warning,
        title: "不公开的内容没有法律依据",
        meaning: "除国家秘密外不得少公开，不公开的内容要写明依据的法律条款。",
        remedy: "在 withheld 的 basis 里写明法律名称和条款。",
        basis: basis::PRACTICE,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject
        .disclosure
        .withheld
        .iter()
        .filter(|withheld| !withheld.basis.contains('《') && !withheld.basis.contains("秘密"))
        .map(|withheld| {
            let message = format!("“{}”不公开，依据写的是“{}”", withheld.table.value, withheld.basis);
            RULE.found(message).at(withheld.table.span, "").help("写明法律名称和条款。")
        })
        .collect()
}
