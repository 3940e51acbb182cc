//! A theme: Typst sources and the PDF standards to hold to.
//!
//! Never knows: where the sources were read from.

use std::str::FromStr as _;

use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, StrDeserializer};
use typst_pdf::{PdfStandard, PdfStandards};

use super::problem::PdfProblem;

/// The standards a disclosure holds to unless told otherwise: archival with text and structure, and readable aloud.
pub const DEFAULT_STANDARDS: [&str; 2] = ["a-2a", "ua-1"];

/// The look of a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme<'a> {
    /// Path inside the theme (`main.typ`, `table.typ`) and source. `main.typ` must be among them.
    pub files: Vec<(&'a str, &'a str)>,
    /// Names of PDF standards: `a-2a`, `ua-1`, `1.7` …
    pub standards: Vec<&'a str>,
}

impl<'a> Theme<'a> {
    /// A theme that holds to [`DEFAULT_STANDARDS`].
    pub fn new(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self { files: files.into_iter().collect(), standards: DEFAULT_STANDARDS.to_vec() }
    }
}

/// The standards behind their names.
pub(super) fn standards(names: &[&str]) -> Result<PdfStandards, PdfProblem> {
    let mut list = Vec::with_capacity(names.len());
    for name in names {
        list.push(standard(name)?);
    }
    PdfStandards::new(&list)
        .map_err(|refused| PdfProblem::Standard { name: names.join("、"), message: refused.message().to_string() })
}

fn standard(name: &str) -> Result<PdfStandard, PdfProblem> {
    let named: StrDeserializer<'_, Error> = name.into_deserializer();
    PdfStandard::deserialize(named)
        .map_err(|unknown| PdfProblem::Standard { name: name.to_owned(), message: unknown.to_string() })
}

/// An ISO date as its three numbers.
pub(super) fn date(text: &str) -> Option<(i32, u8, u8)> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
        return None;
    }
    Some((i32::from_str(year).ok()?, u8::from_str(month).ok()?, u8::from_str(day).ok()?))
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT_STANDARDS, date, standards};
    use crate::backend::pdf::PdfProblem;

    #[test]
    fn the_default_standards_go_together() {
        assert!(standards(&DEFAULT_STANDARDS).is_ok());
        assert!(standards(&[]).is_ok());
    }

    #[test]
    fn an_unknown_standard_is_named_and_two_that_exclude_each_other_are_refused() {
        let unknown = standards(&["a-9z"]).err();
        assert!(matches!(unknown, Some(PdfProblem::Standard { name, .. }) if name == "a-9z"));
        assert!(matches!(standards(&["a-2a", "a-3a"]).err(), Some(PdfProblem::Standard { .. })));
    }

    #[test]
    fn dates_are_read_digit_by_digit() {
        assert_eq!(date("2024-02-05"), Some((2024, 2, 5)));
        for bad in ["2024-2-5", "2024/02/05", "2024-02", "二〇二四-02-05", "2024-02-05T00:00", ""] {
            assert_eq!(date(bad), None, "{bad}");
        }
    }
}
