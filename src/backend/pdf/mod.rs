//! Prints a document as PDF with Typst as a library.
//!
//! In: a document that `validate` has accepted, a theme, fonts, all as bytes. Out: the bytes of a PDF, the same every time.
//! Never knows: files, the clock, the system's fonts, facts.
//!
//! The theme is fixed Typst code; the document reaches it as JSON through a virtual file ([`emit`]) and is never read as
//! markup. Each room has one task: `columns`, `balance`, `squeeze`, `stack` and `heights` plan tables, `sheets` turns pages, `emit` writes the JSON,
//! `world` is what Typst sees, `pack` makes the file smaller, `glyphs` finds characters no font has.

mod balance;
mod columns;
mod emit;
mod emit_table;
mod figures;
mod fonts;
mod glyphs;
mod heights;
mod pack;
mod paper;
mod problem;
mod sheets;
mod squeeze;
mod stack;
mod theme;
mod world;

pub use emit::emit;
pub use fonts::Fonts;
pub use problem::PdfProblem;
pub use theme::{DEFAULT_STANDARDS, Theme};
pub use world::prepare;

use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst::{World as _, WorldExt as _, comemo};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

use crate::document::{Document, tables};
use world::Desk;

/// A finished PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
}

/// Prints a document.
///
/// # Errors
/// Everything that stands in the way: characters without a glyph, a theme that fails, a standard that is not met.
pub fn print(document: &Document, theme: &Theme<'_>, fonts: &Fonts) -> Result<Pdf, Vec<PdfProblem>> {
    if fonts.is_empty() {
        return Err(vec![PdfProblem::NoFont]);
    }
    let mut problems = glyphs::missing(document, fonts);
    problems.extend(too_wide(document));
    if !problems.is_empty() {
        return Err(problems);
    }
    let options = options(document, theme).map_err(|problem| vec![problem])?;
    let Some(desk) = Desk::new(theme, emit(document), fonts) else {
        let message = "theme without its first file".to_owned();
        let file = world::MAIN.to_owned();
        return Err(vec![PdfProblem::Theme { file, line: 0, column: 0, message, hints: Vec::new() }]);
    };
    // The engine remembers every layout; without this each document of a run costs some 90 MB. Before and not after: the
    // last document of a run need not be tidied away.
    comemo::evict(0);
    set(&desk, &options)
}

fn set(desk: &Desk<'_>, options: &PdfOptions) -> Result<Pdf, Vec<PdfProblem>> {
    let report = |found: &[SourceDiagnostic]| found.iter().map(|one| problem(desk, one)).collect::<Vec<_>>();
    let pages = typst::compile::<PagedDocument>(desk).output.map_err(|found| report(&found))?;
    let bytes = typst_pdf::pdf(&pages, options).map_err(|found| report(&found))?;
    let bytes = pack::pack(&bytes).unwrap_or(bytes);
    Ok(Pdf { bytes, pages: pages.pages().len() })
}

fn too_wide(document: &Document) -> impl Iterator<Item = PdfProblem> {
    let wide = tables(document).into_iter().filter(|table| columns::too_wide(table));
    wide.map(|table| PdfProblem::TooWide { table: table.id.0.clone(), title: table.title.clone() })
}

fn options(document: &Document, theme: &Theme<'_>) -> Result<PdfOptions, PdfProblem> {
    let timestamp = match &document.meta.date {
        None => None,
        Some(text) => {
            let day = theme::date(text).and_then(|(year, month, day)| Datetime::from_ymd(year, month, day));
            Some(Timestamp::new_utc(day.ok_or_else(|| PdfProblem::Date { text: text.clone() })?))
        }
    };
    // An archive asks for the date of what it keeps; a draft without one is readable aloud, not archival.
    let dated = timestamp.is_some();
    let standards: Vec<&str> =
        theme.standards.iter().copied().filter(|name| dated || !name.starts_with("a-")).collect();
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{}\n{}", document.meta.author, document.meta.title)),
        creator: Smart::Custom(Some("gen".to_owned())),
        timestamp,
        page_ranges: None,
        standards: theme::standards(&standards)?,
        tagged: true,
        pretty: false,
    })
}

/// A finding of the engine with its place in the theme.
fn problem(desk: &Desk<'_>, found: &SourceDiagnostic) -> PdfProblem {
    let hints = found.hints.iter().map(|hint| hint.v.to_string()).collect();
    let message = found.message.to_string();
    let place = found.span.id().zip(desk.range(found.span));
    let source = place.and_then(|(file, range)| Some((desk.source(file).ok()?, range)));
    match source {
        None => PdfProblem::Theme { file: String::new(), line: 0, column: 0, message, hints },
        Some((source, range)) => {
            let lines = source.lines();
            let line = lines.byte_to_line(range.start).map_or(0, |line| line + 1);
            let column = lines.byte_to_column(range.start).map_or(0, |column| column + 1);
            let file = source.id().vpath().get_without_slash().to_owned();
            PdfProblem::Theme { file, line, column, message, hints }
        }
    }
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
