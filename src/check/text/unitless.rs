//! X005: an amount without its unit.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    document::{Block, Figure, FigureKind, Inline},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "X005",
        severity: Severity::Warning,
        title: "金额没有单位",
        meaning: "正文里的金额后面没有写元、万元。",
        remedy: "换一种带单位的数字样式，或在后面写上单位。",
        basis: basis::NUMERALS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    walk(&subject.document.blocks, subject, &mut found);
    found
}

fn walk(blocks: &[Block], subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => look(&paragraph.inlines, subject, found),
            Block::List(list) => list.items.iter().for_each(|item| walk(&item.blocks, subject, found)),
            Block::Heading(_) | Block::Table(_) | Block::Contents(_) | Block::Chart(_) | Block::PageBreak => {}
        }
    }
}

fn look(inlines: &[Inline], subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for (index, inline) in inlines.iter().enumerate() {
        match inline {
            Inline::Figure(figure) if bare(figure) => {
                let next = match inlines.get(index + 1) {
                    Some(Inline::Text(text)) => text.trim_start(),
                    _ => "",
                };
                if !["元", "万元", "亿元", "千元"].iter().any(|unit| next.starts_with(unit)) {
                    let finding =
                        RULE.found(format!("金额“{}”后面没有单位", figure.text)).at(subject.home(), "这个文种");
                    let address = figure.fact.clone().unwrap_or_default();
                    found.push(finding.figure(address).help("写上单位，或换一种数字样式。"));
                }
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) => look(inner, subject, found),
            Inline::Figure(_) | Inline::Text(_) | Inline::LineBreak => {}
        }
    }
}

fn bare(figure: &Figure) -> bool {
    figure.kind == FigureKind::Amount && figure.text.ends_with(|c: char| c.is_ascii_digit())
}
