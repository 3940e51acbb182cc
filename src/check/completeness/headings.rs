//! K016: what a heading announces stands below it.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    document::{Block, Heading, text_of},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "K016",
        severity: Severity::Warning,
        title: "标题下面没有内容",
        meaning: "标题后面紧接着另一个同级或上级的标题，多半是这一部分的文字没有写。",
        remedy: "补上这一部分的文字（gen check --todo 列出缺哪些），没有的也写明没有。",
        basis: basis::PRACTICE,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut waiting: Option<&Heading> = None;
    let mut bare = Vec::new();
    for block in &subject.document.blocks {
        match block {
            Block::Heading(next) => {
                bare.extend(waiting.filter(|heading| next.level <= heading.level));
                waiting = Some(next);
            }
            Block::Contents(_) | Block::Paragraph(_) | Block::List(_) | Block::Table(_) | Block::Chart(_) => {
                waiting = None;
            }
            Block::PageBreak => {}
        }
    }
    bare.extend(waiting);
    bare.into_iter()
        .map(|heading| {
            let words = text_of(&heading.text);
            RULE.found(format!("“{}{words}”下面没有内容", heading.number))
                .at(subject.home(), "这个文种")
                .help("补上文字（gen check --todo 列出缺哪些）；没有的也写明没有。")
                .figure(format!("heading/{words}"))
        })
        .collect()
}
