//! What keeps a document from becoming a PDF.
//!
//! Never knows: severities, codes, YAML. Whoever knows where a text came from adds the place.

use std::fmt;

/// One reason, complete enough to act upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PdfProblem {
    /// No loaded font has this character; `around` is the text it stands in.
    MissingGlyph { character: char, around: String },
    /// The columns of a table find no room side by side, even in the smallest type on a lying sheet. `table` is its id.
    TooWide { table: String, title: String },
    /// The theme failed, in layout or in a demand of the PDF standard. Line and column count from 1; an empty file name and
    /// zeros mean that the engine gave no place.
    Theme { file: String, line: usize, column: usize, message: String, hints: Vec<String> },
    /// A standard of that name is not known, or the named ones exclude each other.
    Standard { name: String, message: String },
    /// The release date is no ISO date of the calendar.
    Date { text: String },
    /// No font was loaded.
    NoFont,
}

impl fmt::Display for PdfProblem {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PdfProblem::MissingGlyph { character, around } => {
                write!(to, "字体中没有字符“{character}”（U+{:04X}）：{around}", u32::from(*character))
            }
            PdfProblem::TooWide { table, title } => write!(to, "表格“{title}”（{table}）横排、小五号仍排不下"),
            PdfProblem::Theme { file, line, column, message, hints } => {
                let place = if file.is_empty() { String::new() } else { format!("{file}:{line}:{column}: ") };
                write!(to, "{place}{message}")?;
                hints.iter().try_for_each(|hint| write!(to, "；{hint}"))
            }
            PdfProblem::Standard { name, message } => write!(to, "PDF标准“{name}”：{message}"),
            PdfProblem::Date { text } => write!(to, "日期“{text}”不是有效的年-月-日"),
            PdfProblem::NoFont => write!(to, "没有可用的字体"),
        }
    }
}

impl std::error::Error for PdfProblem {}
