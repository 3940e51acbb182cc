//! One finding.

use crate::source::Span;

use super::catalogue::{Entry, entry};

/// How much a finding weighs. An error keeps a publication from being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Advice,
}

impl Severity {
    /// The word in messages and in the workspace file.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "警告",
            Self::Advice => "建议",
        }
    }
}

/// A finding with everything needed to tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable, documented, never reused: `S001`.
    pub code: &'static str,
    pub severity: Severity,
    /// Chinese, without the places.
    pub message: String,
    /// The first place is where to look; others are concerned too.
    pub places: Vec<Place>,
    /// The way out, Chinese.
    pub help: Option<String>,
    /// Address of the figure concerned, by which a waiver names it.
    pub figure: Option<String>,
    /// 法规或规则出处.
    pub basis: Option<String>,
}

/// A place with what is to be seen there (may be empty).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub span: Span,
    pub label: String,
}

impl Diagnostic {
    /// A finding of the catalogue, at its catalogued severity.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        let severity = entry(code).map_or(Severity::Error, |entry| entry.severity);
        let message = nested(message.into());
        Self { code, severity, message, places: Vec::new(), help: None, figure: None, basis: None }
    }

    /// A finding under an entry that stands elsewhere (a rule's own).
    #[must_use]
    pub fn under(entry: &Entry, message: impl Into<String>) -> Self {
        let basis = (!entry.basis.is_empty()).then(|| entry.basis.to_owned());
        let (code, severity) = (entry.code, entry.severity);
        let message = nested(message.into());
        Self { code, severity, message, places: Vec::new(), help: None, figure: None, basis }
    }

    #[must_use]
    pub fn at(mut self, span: Span, label: impl Into<String>) -> Self {
        self.places.push(Place { span, label: label.into() });
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub fn figure(mut self, address: impl Into<String>) -> Self {
        self.figure = Some(address.into());
        self
    }
}

/// Quotation marks within quotation marks become single ones (GB/T 15834—2011): a quoted title may hold “三公”.
/// A text whose marks do not pair stays as it is: it quotes a piece of something.
fn nested(message: String) -> String {
    let mut depth = 0_usize;
    let mut text = String::with_capacity(message.len());
    for character in message.chars() {
        match character {
            '“' => {
                depth += 1;
                text.push(if depth.is_multiple_of(2) { '‘' } else { '“' });
            }
            '”' => {
                text.push(if depth.is_multiple_of(2) { '’' } else { '”' });
                let Some(outer) = depth.checked_sub(1) else { return message };
                depth = outer;
            }
            _ => text.push(character),
        }
    }
    if depth == 0 { text } else { message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_within_quotes_are_single() {
        for (said, told) in [
            ("“一般公共预算“三公”经费支出表”没有数据", "“一般公共预算‘三公’经费支出表”没有数据"),
            ("“甲”和“乙”", "“甲”和“乙”"),
            ("“甲“乙“丙”丁”戊”", "“甲‘乙“丙”丁’戊”"),
            ("“三公”经费”里“三公”", "“三公”经费”里“三公”"),
            ("“费与“会议”重复", "“费与“会议”重复"),
        ] {
            assert_eq!(nested(said.to_owned()), told);
        }
    }
}
