//! The unit's own words, with their references and declared numbers told apart.
//!
//! A digit in prose is part of a date or document number, stands in `[[=…]]`, or is a reference `[[address]]` or
//! `[[address|style]]`. Anything else is a finding: the figure would not follow the ledger.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    diagnostic::Diagnostic,
    source::{Located, Sources, Span},
};

/// A stretch of prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    Words(String),
    /// Part of a date, a year or a document number.
    Date(String),
    /// A number its author declares as a quotation.
    Literal(String),
    /// A figure by its address, in a number style of the profile or the default.
    Reference {
        address: String,
        style: Option<String>,
        span: Span,
    },
}

/// Parsed prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    pub stretches: Vec<Stretch>,
    pub span: Span,
}

impl Prose {
    /// How many numbers are declared as quotations.
    #[must_use]
    pub fn literals(&self) -> usize {
        self.stretches.iter().filter(|stretch| matches!(stretch, Stretch::Literal(_))).count()
    }
}

/// Whether the digits of a text must be accounted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    Accounted,
    /// The text carries the unit's own statistics and says so.
    Own,
}

// `\d` would be the digits of all scripts.
const YEAR: &str = r"[12][0-9０-９]{3}\s*(?:年度?|[-—至]\s*[12][0-9０-９]{3}\s*年度?)";
const DAY: &str = r"[0-9０-９]{1,2}\s*月\s*(?:份|底|末|初|中旬|上旬|下旬)?(?:\s*[0-9０-９]{1,2}\s*日)?";
const DOCUMENT: &str = r"[〔\[【（(][12][0-9０-９]{3}[〕\]】）)]\s*(?:第?\s*[0-9０-９]+\s*号?)?";
const ISO: &str = r"[12][0-9０-９]{3}-[0-9０-９]{1,2}-[0-9０-９]{1,2}";

/// Dates and document numbers (文号), whose digits need no declaration.
static DATE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"{ISO}|{YEAR}(?:\s*{DAY})?|{DAY}|{DOCUMENT}")).ok());

/// Parses one text. `sources` serves to find the place of a stretch inside the scalar.
#[must_use]
pub fn parse(text: &Located<String>, digits: Digits, sources: &Sources) -> (Prose, Vec<Diagnostic>) {
    let mut parser = Parser { sources, span: text.span, digits, stretches: Vec::new(), found: Vec::new() };
    let mut rest = text.value.as_str();
    while let Some(open) = rest.find("[[") {
        parser.plain(&rest[..open]);
        let Some(length) = rest[open..].find("]]") else {
            parser.broken(&rest[open..], "“[[”没有对应的“]]”");
            rest = "";
            break;
        };
        parser.bracket(&rest[open..open + length + 2]);
        rest = &rest[open + length + 2..];
    }
    parser.plain(rest);
    (Prose { stretches: parser.stretches, span: text.span }, parser.found)
}

struct Parser<'a> {
    sources: &'a Sources,
    span: Span,
    digits: Digits,
    stretches: Vec<Stretch>,
    found: Vec<Diagnostic>,
}

impl Parser<'_> {
    fn bracket(&mut self, whole: &str) {
        let inner = whole.trim_start_matches("[[").trim_end_matches("]]").trim();
        let span = self.locate(whole);
        if let Some(literal) = inner.strip_prefix('=') {
            self.stretches.push(Stretch::Literal(literal.trim().to_owned()));
        } else if inner.is_empty() {
            self.broken(whole, "“[[ ]]”里没有内容");
        } else {
            let (address, style) =
                inner.rsplit_once('|').filter(|(left, _)| balanced(left)).map_or((inner, None), |(a, s)| (a, Some(s)));
            let style = style.map(|style| style.trim().to_owned());
            self.stretches.push(Stretch::Reference { address: address.trim().to_owned(), style, span });
        }
    }

    fn plain(&mut self, text: &str) {
        let mut at = 0;
        if let Some(pattern) = DATE.as_ref() {
            for date in pattern.find_iter(text) {
                self.words(&text[at..date.start()]);
                self.stretches.push(Stretch::Date(date.as_str().to_owned()));
                at = date.end();
            }
        }
        self.words(&text[at..]);
    }

    fn words(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.digits == Digits::Accounted
            && let Some(number) = first_number(text)
        {
            let span = self.locate(number);
            let finding = Diagnostic::new("M006", format!("文字里的“{number}”没有声明"))
                .at(span, "未声明的数字")
                .help(format!("能由台账算出的写成 [[数字地址]]；确属原文数字的写成 [[={number}]]。"));
            self.found.push(finding);
        }
        self.stretches.push(Stretch::Words(text.to_owned()));
    }

    fn broken(&mut self, text: &str, message: &str) {
        let span = self.locate(text);
        self.found
            .push(Diagnostic::new("M007", message).at(span, "").help("引用写 [[数字地址]]，原文数字写 [[=数字]]。"));
    }

    /// The place of a piece of the text: its first occurrence in the scalar as it stands in the file.
    fn locate(&self, piece: &str) -> Span {
        let raw = self.sources.excerpt(self.span);
        let bound = |offset: usize| u32::try_from(offset).unwrap_or(0);
        raw.find(piece).map_or(self.span, |at| {
            let start = self.span.start + bound(at);
            Span { file: self.span.file, start, end: start + bound(piece.len()) }
        })
    }
}

/// A `|` inside braces separates values of a dimension, not the style.
fn balanced(text: &str) -> bool {
    text.matches('{').count() == text.matches('}').count()
}

/// The first run of digits, ASCII or full-width, with the point, separators and percent sign that belong to it.
#[must_use]
pub fn first_number(text: &str) -> Option<&str> {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    // The first bytes of either; most texts have none.
    let from = text.bytes().position(|byte| matches!(byte, b'0'..=b'9' | 0xef))?;
    let start = from + text[from..].find(digit)?;
    let length =
        text[start..].find(|c: char| !(digit(c) || matches!(c, '.' | ',' | '%' | '％'))).unwrap_or(text.len() - start);
    Some(text[start..start + length].trim_end_matches(['.', ',']))
}

#[cfg(test)]
mod tests {
    use super::{Digits, Stretch, parse};
    use crate::source::{Located, Sources, Span};

    fn read(text: &str) -> (Vec<Stretch>, Vec<String>) {
        let mut sources = Sources::default();
        let file = sources.add("x.yaml", text);
        let span = Span { file, start: 0, end: u32::try_from(text.len()).expect("short") };
        let (prose, found) = parse(&Located { value: text.to_owned(), span }, Digits::Accounted, &sources);
        (
            prose.stretches,
            found
                .into_iter()
                .map(|finding| format!("{} {}", sources.place(finding.places[0].span), finding.message))
                .collect(),
        )
    }

    #[test]
    fn dates_and_document_numbers_need_nothing() {
        for text in ["2023年10月份追加", "根据鲁财社〔2022〕44号", "截至2024年12月31日", "2023—2024年度", "2022-12-31"]
        {
            assert!(read(text).1.is_empty(), "{text}");
        }
    }

    #[test]
    fn an_undeclared_number_is_found_at_its_place() {
        assert_eq!(read("追加了292万元").1, ["x.yaml:1:4 文字里的“292”没有声明"]);
        assert_eq!(read("追加了２９２万元").1.len(), 1);
        assert!(read("追加了[[=292]]万元").1.is_empty());
    }

    #[test]
    fn references_keep_address_and_style() {
        let (stretches, found) = read("共[[支出合计{function=208|210}@决算|plain]]万元");
        assert!(found.is_empty());
        assert!(matches!(&stretches[1], Stretch::Reference { address, style, .. }
            if address == "支出合计{function=208|210}@决算" && style.as_deref() == Some("plain")));
    }

    #[test]
    fn an_open_bracket_is_found() {
        assert_eq!(read("共[[支出合计").1.len(), 1);
    }
}
