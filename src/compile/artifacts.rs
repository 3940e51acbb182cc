//! The last pass: a document to the bytes of its files.

use crate::{
    backend::{html, markdown, pdf},
    diagnostic::Diagnostic,
    document::Document,
    source::{Sources, Span},
};

/// A form of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    Markdown,
    Html,
    Pdf,
}

impl Format {
    pub const ALL: &[Self] = &[Self::Markdown, Self::Html, Self::Pdf];

    /// The word on the command line.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Pdf => "pdf",
        }
    }

    /// The file a disclosure gets.
    #[must_use]
    pub fn file_name(self, slug: &str) -> String {
        match self {
            Self::Markdown => format!("{slug}.md"),
            Self::Html => "index.html".to_owned(),
            Self::Pdf => format!("{slug}.pdf"),
        }
    }
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What the backends look like and are set with.
#[derive(Debug)]
pub struct Theme<'a> {
    pub html: html::Theme<'a>,
    pub pdf: pdf::Theme<'a>,
    pub fonts: &'a pdf::Fonts,
}

/// Prints a document in the wanted formats. `place` is where findings without a better place point.
///
/// # Errors
/// What keeps the PDF from being set; nothing is returned then, so that nothing half is written.
pub fn artifacts(
    document: &Document,
    slug: &str,
    formats: &[Format],
    theme: &Theme<'_>,
    sources: &Sources,
    place: Span,
) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let mut files = Vec::new();
    for format in formats {
        let bytes = match format {
            Format::Markdown => markdown::print(document).into_bytes(),
            Format::Html => html::print(document, &theme.html).into_bytes(),
            Format::Pdf => match pdf::print(document, &theme.pdf, theme.fonts) {
                Ok(printed) => printed.bytes,
                Err(problems) => return Err(problems.iter().map(|problem| explain(problem, sources, place)).collect()),
            },
        };
        files.push(Artifact { name: format.file_name(slug), bytes });
    }
    Ok(files)
}

/// A problem of typesetting as a finding; a missing character is shown where it stands in the sources.
fn explain(problem: &pdf::PdfProblem, sources: &Sources, place: Span) -> Diagnostic {
    match problem {
        pdf::PdfProblem::MissingGlyph { character, .. } => {
            let message = format!("字体里没有“{character}”（U+{:04X}）", u32::from(*character));
            let help = "核对这个字；确需使用的，用 --font-path 提供含有它的字体。";
            let places = occurrences(*character, sources);
            let finding = Diagnostic::new("D002", message).help(help);
            if places.is_empty() {
                finding.at(place, "")
            } else {
                places.into_iter().fold(finding, |finding, span| finding.at(span, ""))
            }
        }
        other => Diagnostic::new("D003", format!("PDF 排版没有成功：{other}"))
            .at(place, "")
            .help("按提示改正；若与数据无关，请报告此问题。"),
    }
}

/// Where a character stands in the loaded files, the first few places.
fn occurrences(character: char, sources: &Sources) -> Vec<Span> {
    let in_file = |(id, source): (crate::source::FileId, &crate::source::Source)| {
        let bound = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let places: Vec<Span> = source
            .text
            .match_indices(character)
            .map(|(at, text)| Span { file: id, start: bound(at), end: bound(at + text.len()) })
            .take(3)
            .collect();
        places
    };
    sources.iter().flat_map(in_file).take(5).collect()
}
