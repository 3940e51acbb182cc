//! K001: sections every disclosure has.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "K001",
        severity: Severity::Warning,
        title: "缺少应公开的内容",
        meaning: "职责、机构、收支情况、“三公”经费、机关运行经费、政府采购、国有资产、预算绩效和名词解释都应说明，没有的也要写明没有。",
        remedy: "在文种里补上这一部分，或补上所需的数据。",
        basis: basis::PRACTICE,
    },
    run,
};

/// A section and the words by which it is found.
const SECTIONS: &[(&str, &[&str])] = &[
    ("单位职责", &["职责", "职能"]),
    ("机构设置", &["机构设置", "内设机构", "单位构成", "机构情况", "机构"]),
    ("“三公”经费", &["三公"]),
    ("机关运行经费", &["运行经费"]),
    ("政府采购", &["采购"]),
    ("国有资产占用", &["资产"]),
    ("预算绩效", &["绩效"]),
    ("名词解释", &["名词解释"]),
];

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    SECTIONS
        .iter()
        .filter(|(_, words)| !words.iter().any(|word| subject.text.contains(word)))
        .map(|(name, _)| {
            RULE.found(format!("没有“{name}”的内容")).at(subject.home(), "这个文种").help("补上；没有的也写明没有。")
        })
        .collect()
}
