//! Expanded text to inlines: references closed, typed digits refused.

use crate::{
    diagnostic::Diagnostic,
    document::{Figure, FigureKind, Inline},
    facts::Outcome,
    template::{Piece, Reference, pieces},
};

use super::{Linker, format::print_answer};

impl Linker<'_> {
    /// Text without Markdown (titles, labels, cells).
    pub(super) fn inlines_of(&mut self, text: &str) -> Vec<Inline> {
        let mut inlines = Vec::new();
        for piece in pieces(text) {
            match piece {
                Piece::Text { words, typed } => {
                    if let Some(number) = typed {
                        self.undeclared(&number);
                    }
                    push_text(&mut inlines, &words);
                }
                Piece::Reference(index) => inlines.extend(self.close(index)),
            }
        }
        inlines
    }

    /// The same as plain words.
    pub(super) fn words(&mut self, text: &str) -> String {
        crate::document::text_of(&self.inlines_of(text)).trim().to_owned()
    }

    fn undeclared(&mut self, number: &str) {
        if self.typed.iter().any(|typed| typed == number) {
            return;
        }
        let finding = Diagnostic::new("E002", format!("展开后的文字里有未声明的“{number}”"))
            .at(self.place, "这个模板")
            .help("数字要来自引用、编码、日期，或用 literal() 声明。");
        if !self.found.contains(&finding) {
            self.found.push(finding);
        }
    }

    /// A reference in running text; tables and charts are blocks and leave nothing here.
    fn close(&mut self, index: usize) -> Option<Inline> {
        let figure = match self.parts.references.get(index)? {
            Reference::Figure { answer, style, absolute } => {
                let style = self.parts.profile.style(style)?;
                let printed = print_answer(answer, style, *absolute);
                self.tally.figures += 1;
                self.used(answer, &printed.text);
                let kind = printed.kind;
                if answer.outcome == Outcome::Unknown && printed.blank {
                    return None;
                }
                Figure { kind, text: printed.text, raw: printed.raw, fact: Some(answer.address.clone()) }
            }
            Reference::Date(text) => plain(FigureKind::Date, text),
            Reference::Code(text) => plain(FigureKind::Code, text),
            Reference::Count(number) => {
                let text = number.to_string();
                Figure { kind: FigureKind::Count, raw: Some(text.clone()), text, fact: None }
            }
            Reference::Literal(text) => {
                self.tally.literals += 1;
                plain(FigureKind::Literal, text)
            }
            Reference::Table(_) | Reference::Chart(_) => return None,
        };
        Some(Inline::Figure(figure))
    }
}

fn plain(kind: FigureKind, text: &str) -> Figure {
    Figure { kind, text: text.to_owned(), raw: None, fact: None }
}

/// Appends words, joined to the words before.
pub(super) fn push_text(inlines: &mut Vec<Inline>, words: &str) {
    if let Some(Inline::Text(last)) = inlines.last_mut() {
        last.push_str(words);
    } else if !words.is_empty() {
        inlines.push(Inline::Text(words.to_owned()));
    }
}
