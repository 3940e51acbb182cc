//! Sheets as texts with places.
//!
//! In: the bytes of a CSV file or a workbook. Out: grids in which merged cells are filled and every cell is the text a
//! person would type. Never knows: ledgers.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
};

use calamine::{Data, Reader as _, Xlsx};
use rust_decimal::Decimal;

use crate::source::{FileId, decode};

/// One sheet.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    pub file: String,
    /// Trimmed: exported names end in blanks. Empty for CSV.
    pub sheet: String,
    /// Trimmed texts that are not blank, by row and column from 0.
    cells: BTreeMap<(u32, u32), String>,
    /// Cells that have their text from the first of a merged area.
    filled: BTreeSet<(u32, u32)>,
}

/// Why there are no sheets.
#[derive(Debug)]
pub enum GridError {
    /// Neither UTF-8 nor a workbook.
    Encoding,
    /// The format before xlsx.
    OldWorkbook,
    Csv,
    /// Broken, or another thing that is zipped.
    Workbook,
    TooLarge,
}

impl std::fmt::Display for GridError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Encoding => out.write_str("不是 UTF-8 编码的 CSV；用表格软件另存为“CSV UTF-8”，或直接用 xlsx"),
            Self::OldWorkbook => out.write_str("是旧格式的工作簿（xls），或加了密码；用表格软件另存为不加密码的 xlsx"),
            Self::Csv => out.write_str("不是 CSV；用表格软件另存为 xlsx"),
            Self::Workbook => out.write_str("不是完整的 xlsx 工作簿；用表格软件打开，另存为 xlsx"),
            Self::TooLarge => write!(out, "有内容的单元格超过 {MOST_CELLS} 个"),
        }
    }
}

/// A ledger has some ten thousand rows of twenty columns at most.
const MOST_CELLS: usize = 2_000_000;

/// Reads a file by its name's ending.
///
/// # Errors
/// [`GridError`].
pub fn grids(file: &str, bytes: Vec<u8>) -> Result<Vec<Grid>, GridError> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(GridError::OldWorkbook);
    }
    if bytes.starts_with(b"PK") { workbook(file, bytes) } else { csv(file, &bytes).map(|grid| vec![grid]) }
}

fn csv(file: &str, bytes: &[u8]) -> Result<Grid, GridError> {
    let (text, problems) = decode(FileId(0), bytes);
    let broken = |problem: &crate::source::Problem| {
        matches!(
            problem.kind,
            crate::source::ProblemKind::Encoding { .. } | crate::source::ProblemKind::TooLarge { .. }
        )
    };
    if problems.iter().any(broken) {
        return Err(GridError::Encoding);
    }
    let mut grid = Grid { file: file.to_owned(), ..Grid::default() };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for (row, record) in (0_u32..).zip(reader.records()) {
        for (column, text) in (0_u32..).zip(record.map_err(|_| GridError::Csv)?.iter()) {
            grid.set((row, column), text);
        }
    }
    Ok(grid)
}

fn workbook(file: &str, bytes: Vec<u8>) -> Result<Vec<Grid>, GridError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| GridError::Workbook)?;
    let mut grids = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|_| GridError::Workbook)?;
        let merged = book.merge_cells_by_sheet_name(&name).map_err(|_| GridError::Workbook)?;
        let mut grid = Grid { file: file.to_owned(), sheet: name.trim().to_owned(), ..Grid::default() };
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, cell) in range.used_cells() {
            let (row, column) = (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
            grid.set((top.saturating_add(row), left.saturating_add(column)), &text(cell));
            if grid.cells.len() > MOST_CELLS {
                return Err(GridError::TooLarge);
            }
        }
        let (height, width) = (grid.height(), grid.width());
        for area in merged {
            grid.fill(area.start, area.end, (height, width));
        }
        grids.push(grid);
    }
    Ok(grids)
}

/// What a person would have typed or sees. A workbook holds numbers as binary floats; the shortest decimal text that
/// stands for the same float is what was typed, and from here on only the text counts.
fn text(cell: &Data) -> String {
    match cell {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => shown(&number.to_string()),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(moment) => moment.to_string(),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// A number's text without the dust of binary calculation: a number of more than 15 digits was calculated, not typed,
/// and 15 is what spreadsheets show.
fn shown(text: &str) -> String {
    let digits = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    let rounded = text.parse::<Decimal>().ok().filter(|_| digits > 15).and_then(|number| number.round_sf(15));
    rounded.map_or_else(|| text.to_owned(), |number| number.normalize().to_string())
}

impl Grid {
    fn set(&mut self, place: (u32, u32), text: &str) {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if !text.is_empty() {
            self.cells.insert(place, text.to_owned());
        }
    }

    /// Gives every cell of a merged area within the content's size the text of its first. Empty areas are formatting,
    /// some of them very wide.
    fn fill(&mut self, start: (u32, u32), end: (u32, u32), (height, width): (u32, u32)) {
        let Some(text) = self.cells.get(&start).cloned() else { return };
        for row in start.0..=end.0.min(height.max(1) - 1) {
            for column in start.1..=end.1.min(width.max(1) - 1) {
                if (row, column) != start {
                    self.cells.insert((row, column), text.clone());
                    self.filled.insert((row, column));
                }
            }
        }
    }

    /// Whether a cell has its text from another of a merged area.
    #[must_use]
    pub fn is_filled(&self, row: u32, column: u32) -> bool {
        self.filled.contains(&(row, column))
    }

    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> &str {
        self.cells.get(&(row, column)).map_or("", String::as_str)
    }

    /// Number of rows up to the last with content.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.cells.keys().next_back().map_or(0, |(row, _)| row + 1)
    }

    /// Number of columns up to the last with content.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.cells.keys().map(|(_, column)| column + 1).max().unwrap_or(0)
    }

    /// The texts of one row with their columns.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (u32, &str)> {
        self.cells.range((row, 0)..(row + 1, 0)).map(|((_, column), text)| (*column, text.as_str()))
    }

    /// `文件 表“表名” B7`.
    #[must_use]
    pub fn place(&self, row: u32, column: u32) -> String {
        let sheet = if self.sheet.is_empty() { String::new() } else { format!(" 表“{}”", self.sheet) };
        format!("{}{sheet} {}{}", self.file, letters(column), row + 1)
    }
}

/// Column letters as spreadsheets count them.
fn letters(column: u32) -> String {
    let mut number = column + 1;
    let mut text = String::new();
    while number > 0 {
        let digit = (number - 1) % 26;
        text.insert(0, char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        number = (number - 1) / 26;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{letters, shown};

    #[test]
    fn typed_numbers_stay_and_calculated_ones_lose_their_binary_dust() {
        for typed in ["1234567.89", "0.3", "208", "1000000000000000", "-0.000001", "123456789.123456"] {
            assert_eq!(shown(typed), typed);
        }
        let dust = ["0.30000000000000004", "1234.5600000000002", "-99.999999999999986"];
        assert_eq!(dust.map(shown), ["0.3", "1234.56", "-100"]);
    }

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
