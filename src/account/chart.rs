//! Names of codes, by classification and fiscal year. Known to be incomplete: the official book has over a thousand 项.

use std::{collections::BTreeMap, sync::Arc};

use crate::period::FiscalYear;

use super::code::{Classification, Code};

/// The chart of accounts for one fiscal year, as its files give it.
#[derive(Debug, Clone, Default)]
pub struct Book {
    names: BTreeMap<(Classification, Code), String>,
}

/// The book as one disclosure uses it: with the names its ledgers add.
#[derive(Debug, Clone, Default)]
pub struct Chart {
    book: Arc<Book>,
    own: BTreeMap<(Classification, Code), String>,
}

/// What the chart says about a code under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known<'a> {
    /// The name agrees, or none was given.
    Yes(&'a str),
    /// The chart has another name.
    Otherwise(&'a str),
    No,
}

/// A row of a chart file that cannot be read; the line counts from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartError {
    pub line: u64,
    pub message: String,
}

impl Book {
    /// Takes in a CSV `code,name,level[,from,to]`; later files override earlier ones. Rows outside the year are left out.
    pub fn extend(&mut self, classification: Classification, csv: &str, year: FiscalYear) -> Vec<ChartError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).comment(Some(b'#')).from_reader(csv.as_bytes());
        let mut errors = Vec::new();
        for row in reader.records() {
            let row = match row {
                Ok(row) => row,
                Err(error) => {
                    let line = error.position().map_or(1, csv::Position::line);
                    errors.push(ChartError { line, message: "这一行不是 CSV".to_owned() });
                    continue;
                }
            };
            let line = row.position().map_or(1, csv::Position::line);
            let text = row.get(0).unwrap_or("").trim();
            let name = row.get(1).unwrap_or("").trim();
            match Code::parse(classification, text) {
                Ok(code) if !name.is_empty() => {
                    if valid(&row, year) {
                        self.names.insert((classification, code), name.to_owned());
                    }
                }
                Ok(_) => errors.push(ChartError { line, message: format!("编码 {text} 没有名称") }),
                Err(_) => errors
                    .push(ChartError { line, message: format!("“{text}”不是{}编码", classification.term()) }),
            }
        }
        errors
    }
}

impl Chart {
    #[must_use]
    pub const fn new(book: Arc<Book>) -> Self {
        Self { book, own: BTreeMap::new() }
    }

    /// Adds a name that a ledger gives for a code the chart lacks; a name already there stays.
    pub fn adopt(&mut self, classification: Classification, code: Code, name: &str) {
        if self.name(classification, &code).is_none() {
            self.own.insert((classification, code), name.to_owned());
        }
    }

    #[must_use]
    pub fn name(&self, classification: Classification, code: &Code) -> Option<&str> {
        let key = (classification, *code);
        self.book.names.get(&key).or_else(|| self.own.get(&key)).map(String::as_str)
    }

    #[must_use]
    pub fn check(&self, classification: Classification, code: &Code, name: Option<&str>) -> Known<'_> {
        match self.name(classification, code) {
            None => Known::No,
            Some(known) if name.is_none_or(|given| same(given, known)) => Known::Yes(known),
            Some(known) => Known::Otherwise(known),
        }
    }

    /// All codes of a classification, in order.
    #[must_use]
    pub fn codes(&self, classification: Classification) -> BTreeMap<&Code, &str> {
        let all = self.book.names.iter().chain(&self.own);
        all.filter(|((own, _), _)| *own == classification).map(|((_, code), name)| (code, name.as_str())).collect()
    }
}

/// Names are compared without regard to full-width brackets.
fn same(given: &str, known: &str) -> bool {
    let plain = |text: &str| text.replace('（', "(").replace('）', ")").replace(' ', "");
    given == known || plain(given) == plain(known)
}

/// Columns `from` and `to`, both optional and inclusive.
fn valid(row: &csv::StringRecord, year: FiscalYear) -> bool {
    let bound = |column| row.get(column).and_then(|text: &str| text.trim().parse::<u16>().ok());
    bound(3).is_none_or(|from| from <= year.0) && bound(4).is_none_or(|to| year.0 <= to)
}
