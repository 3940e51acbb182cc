//! K016: what a heading, or a sentence with a colon, announces stands below it.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    document::{Block, text_of},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "K016",
        severity: Severity::Warning,
        title: "标题或冒号后面没有内容",
        meaning: "标题后面紧接着另一个同级或上级的标题，或者一段以冒号结束、后面就是标题，多半是这一部分的文字没有写。",
        remedy: "补上这一部分的文字（gen check --todo 列出缺哪些），没有的也写明没有。",
        basis: basis::PRACTICE,
    },
    run,
};

/// A heading, or a paragraph that ends in a colon, until something stands below it.
struct Waiting {
    number: String,
    words: String,
}

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut waiting: Option<Waiting> = None;
    // What waits, waits for something above the next heading of this level.
    let mut level = 0;
    let mut bare = Vec::new();
    for block in &subject.document.blocks {
        waiting = match block {
            Block::Heading(next) => {
                bare.extend(waiting.filter(|_| next.level <= level));
                level = next.level;
                Some(Waiting { number: next.number.clone(), words: text_of(&next.text) })
            }
            Block::Paragraph(paragraph) => announcement(&text_of(&paragraph.inlines)),
            Block::Contents(_) | Block::List(_) | Block::Table(_) | Block::Chart(_) => None,
            Block::PageBreak => waiting,
        };
    }
    bare.extend(waiting);
    bare.into_iter()
        .map(|Waiting { number, words }| {
            RULE.found(format!("“{number}{words}”下面没有内容"))
                .at(subject.home(), "这个文种")
                .help("补上文字（gen check --todo 列出缺哪些）；没有的也写明没有。")
                .figure(format!("heading/{words}"))
        })
        .collect()
}

/// The last clause of a paragraph that ends in a colon.
fn announcement(text: &str) -> Option<Waiting> {
    let open = text.trim_end().strip_suffix(['：', ':'])?;
    let clause = open.rsplit(['。', '；', ';', '，', ',']).next().unwrap_or(open);
    Some(Waiting { number: String::new(), words: clause.trim().to_owned() })
}
