//! Places made tellable.
//!
//! In: spans as passes left them, right or wrong. Out: path, line and column of both ends, and a byte range that may be
//! sliced. Never knows: an output form.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::finding::{Diagnostic, Place, Severity};
use crate::source::{FileId, Position, Source, Sources};

/// Files with their line starts, so that a thousand findings do not read a file a thousand times.
pub(super) struct Locator<'a> {
    files: BTreeMap<FileId, Lines<'a>>,
}

/// A file and the byte at which each of its lines starts.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    source: &'a Source,
    starts: Vec<usize>,
}

/// A place of a finding in a file that exists.
#[derive(Clone, Debug)]
pub(super) struct Located<'a> {
    pub file: FileId,
    pub path: &'a str,
    pub label: &'a str,
    /// The first character; lines and columns count from 1, columns in characters.
    pub start: Position,
    /// Just past the last character.
    pub end: Position,
    /// Within the text and on character boundaries.
    pub range: Range<usize>,
}

/// A finding with its places found.
#[derive(Clone, Debug)]
pub(super) struct Told<'a> {
    pub finding: &'a Diagnostic,
    /// In the finding's own order; a place in an unknown file is left out.
    pub places: Vec<Located<'a>>,
}

impl<'a> Lines<'a> {
    fn new(source: &'a Source) -> Self {
        let breaks = source.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { source, starts: std::iter::once(0).chain(breaks).collect() }
    }

    pub(super) fn text(&self) -> &'a str {
        &self.source.text
    }

    /// The bytes of a line counted from 1, without its line break; empty past the end.
    pub(super) fn line(&self, number: usize) -> Range<usize> {
        let text = self.text();
        let start = self.starts.get(number.saturating_sub(1)).copied().unwrap_or(text.len());
        let end = self.starts.get(number).map_or(text.len(), |next| next - 1).max(start);
        let carriage = usize::from(text[start..end].ends_with('\r'));
        start..end - carriage
    }

    fn position(&self, at: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= at);
        let begin = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        Position { line, column: self.text()[begin..at].chars().count() + 1 }
    }

    fn locate(&self, place: &'a Place) -> Located<'a> {
        let text = self.text();
        let start = text.floor_char_boundary(place.span.start as usize);
        let end = text.ceil_char_boundary(place.span.end as usize).max(start);
        Located {
            file: place.span.file,
            path: &self.source.path,
            label: &place.label,
            start: self.position(start),
            end: self.position(end),
            range: start..end,
        }
    }
}

impl<'a> Locator<'a> {
    /// Reads the files that the findings speak of.
    pub(super) fn new(findings: &[Diagnostic], sources: &'a Sources) -> Self {
        let mut wanted: Vec<FileId> =
            findings.iter().flat_map(|finding| &finding.places).map(|p| p.span.file).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let known = sources.iter().filter(|(id, _)| wanted.binary_search(id).is_ok());
        Self { files: known.map(|(id, source)| (id, Lines::new(source))).collect() }
    }

    pub(super) fn file(&self, id: FileId) -> Option<&Lines<'a>> {
        self.files.get(&id)
    }

    /// The findings in the order in which they are told.
    pub(super) fn tell(&'a self, findings: &'a [Diagnostic]) -> Vec<Told<'a>> {
        let mut told: Vec<Told<'a>> = findings.iter().map(|finding| self.told(finding)).collect();
        told.sort_by(Told::order);
        told
    }

    pub(super) fn told(&'a self, finding: &'a Diagnostic) -> Told<'a> {
        let locate = |place: &'a Place| self.file(place.span.file).map(|file| file.locate(place));
        Told { finding, places: finding.places.iter().filter_map(locate).collect() }
    }
}

impl Told<'_> {
    /// By path, line, column, severity, code, message; findings about no file come last.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }

    fn key(&self) -> (bool, Option<(&str, Position)>, Severity, &str, &str) {
        let place = self.places.first().map(|place| (place.path, place.start));
        (place.is_none(), place, self.finding.severity, self.finding.code, &self.finding.message)
    }
}
