//! What can be wrong with a file before anybody asks what it means.

use super::file::Span;

/// One problem at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub span: Span,
    pub kind: ProblemKind,
}

/// All kinds. The wording, the code and the help are the business of the diagnostic catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// Not UTF-8; `gbk` says that it reads as GBK.
    Encoding {
        gbk: bool,
    },
    /// More bytes than a source may have.
    TooLarge {
        bytes: u64,
        limit: u64,
    },
    /// A line is indented with a tab.
    Tab,
    /// A full-width colon stands where YAML wants `: `.
    FullWidthColon,
    /// A no-break or other odd blank stands in the indentation.
    OddBlank {
        character: char,
    },
    /// YAML anchors, aliases, merge keys or tags, which sources do not use.
    Alias,
    /// The YAML is too deep or has too many nodes.
    Budget,
    /// Any other syntax error, in the parser's words.
    Syntax {
        message: String,
    },
    /// The key stands twice in one mapping; the other place.
    DuplicateKey {
        key: String,
        first: Span,
    },
    UnknownKey {
        key: String,
        near: Option<String>,
        known: Vec<&'static str>,
    },
    MissingKey {
        key: &'static str,
    },
    /// A mapping, list or scalar was wanted and another found.
    Shape {
        wanted: &'static str,
    },
    /// The words are none of a closed list.
    UnknownTerm {
        what: &'static str,
        found: String,
        near: Option<String>,
        known: Vec<&'static str>,
    },
    /// The text is no value of the type: what was wanted, and what would be right.
    Value {
        what: &'static str,
        found: String,
        help: String,
    },
    /// An amount that is not written as amounts are; the reason in Chinese.
    Amount {
        found: String,
        reason: String,
    },
}
