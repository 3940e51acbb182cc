//! Y004: words that mark secret or internal papers.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "Y004",
        severity: Severity::Warning,
        title: "疑似涉密或内部内容",
        meaning: "文字里有“绝密”“机密”“内部资料”一类的标记，公开前必须经过保密审查。",
        remedy: "送保密审查；不属于秘密的写明豁免理由。",
        basis: basis::SECRETS,
    },
    run,
};

const WORDS: &[&str] = &[
    "绝密",
    "机密★",
    "秘密★",
    "机密级",
    "秘密级",
    "机密文件",
    "内部资料",
    "内部文件",
    "不得外传",
    "不予公开",
    "注意保存",
];

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let told = WORDS.iter().filter(|word| subject.text.contains(**word)).map(|word| {
        RULE.found(format!("文字里有“{word}”"))
            .at(subject.locate(word), "")
            .figure(format!("text/{word}"))
            .help("送保密审查；不属于秘密的写明豁免理由。")
    });
    told.collect()
}
