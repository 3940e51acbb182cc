//! Finding the head of a table, whose levels may be merged and broken over lines, and the unit line above it.

use std::collections::BTreeMap;

use crate::{money::AmountUnit, source::nearest};

use super::{
    Problem,
    grid::Grid,
    mapping::{Field, Mapping, Role},
};

/// Where a table's head stands and what its columns are.
#[derive(Debug, Clone)]
pub struct Head {
    /// First row of data.
    pub body: u32,
    pub columns: BTreeMap<u32, Column>,
    pub unit: Option<AmountUnit>,
    unknown: Vec<(u32, u32, String)>,
}

/// One column.
#[derive(Debug, Clone)]
pub struct Column {
    pub role: Role,
    /// Levels of its head from the top.
    pub levels: Vec<String>,
}

/// The head begins within so many rows and has at most so many levels.
const LAST_START: u32 = 40;
const MOST_LEVELS: u32 = 4;

impl Head {
    /// Finds the head: the rows whose columns are known best; of equal ones the lowest, for titles stand above it.
    #[must_use]
    pub fn find(grid: &Grid, mapping: &Mapping) -> Option<Self> {
        let width = grid.width();
        let mut best: Option<((usize, u32), Self)> = None;
        for start in 0..grid.height().min(LAST_START) {
            for levels in 1..=MOST_LEVELS.min(grid.height() - start) {
                let head = Self::at(grid, mapping, (start, start + levels), width);
                let known = (head.columns.len(), start);
                if head.is_usable() && best.as_ref().is_none_or(|(most, _)| known > *most) {
                    best = Some((known, head));
                }
            }
        }
        best.map(|(_, head)| Self { unit: unit(grid, head.body), ..head })
    }

    fn at(grid: &Grid, mapping: &Mapping, (start, body): (u32, u32), width: u32) -> Self {
        let mut head = Self { body, columns: BTreeMap::new(), unit: None, unknown: Vec::new() };
        for column in 0..width {
            let levels = levels(grid, start, body, column);
            let Some(last) = levels.last() else { continue };
            match mapping.role(&levels) {
                Some(role) => {
                    head.columns.insert(column, Column { role, levels });
                }
                None => head.unknown.push((body - 1, column, last.clone())),
            }
        }
        head
    }

    /// A key and an amount make a table.
    fn is_usable(&self) -> bool {
        let has = |wanted: fn(&Role) -> bool| self.columns.values().any(|column| wanted(&column.role));
        has(|role| matches!(role, Role::Field(_))) && has(|role| matches!(role, Role::Amount(_)))
    }

    /// The column of a field.
    #[must_use]
    pub fn field(&self, field: Field) -> Option<u32> {
        self.columns.iter().find(|(_, column)| column.role == Role::Field(field)).map(|(at, _)| *at)
    }

    /// Columns with content below that no alias names, with suggestions.
    #[must_use]
    pub fn problems(&self, grid: &Grid, mapping: &Mapping, ignored: &[String]) -> Vec<Problem> {
        let used = |column: u32| (self.body..grid.height()).any(|row| !grid.cell(row, column).is_empty());
        self.unknown
            .iter()
            .filter(|(_, column, head)| used(*column) && !ignored.contains(head))
            .map(|(row, column, head)| {
                let near = nearest(head, mapping.heads().flat_map(|head| head.split('/')));
                let near = near.map_or_else(String::new, |near| format!("是不是“{near}”？"));
                Problem::new(
                    grid.place(*row, *column),
                    format!("不认识表头“{head}”"),
                    format!("{near}在对照文件里加上这个表头，或用 --ignore {head} 不导入这一列。"),
                )
            })
            .collect()
    }
}

/// The texts of a head from the top, without line breaks and blanks; a level repeated by a merged cell counts once.
fn levels(grid: &Grid, start: u32, body: u32, column: u32) -> Vec<String> {
    let mut levels: Vec<String> = Vec::new();
    for row in start..body {
        let own = plain(grid.cell(row, column));
        // In CSV an upper head stands only over the first of its columns.
        let below = row + 1 < body && (row + 1..body).any(|row| !grid.cell(row, column).is_empty());
        let text = if own.is_empty() && below { beside(grid, row, column) } else { own };
        if !text.is_empty() && levels.last() != Some(&text) {
            levels.push(text);
        }
    }
    levels
}

fn beside(grid: &Grid, row: u32, column: u32) -> String {
    (0..column).rev().map(|left| plain(grid.cell(row, left))).find(|text| !text.is_empty()).unwrap_or_default()
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// `单位：元` above the head; `编制单位：` is another line.
fn unit(grid: &Grid, body: u32) -> Option<AmountUnit> {
    (0..body).flat_map(|row| grid.row(row)).find_map(|(_, text)| {
        let text = plain(text);
        text.match_indices("单位").find_map(|(at, word)| {
            let rest = text[at + word.len()..].strip_prefix(['：', ':'])?;
            let longest = AmountUnit::ALL.iter().rev();
            longest.copied().find(|unit| rest == unit.term() || rest.strip_suffix('）') == Some(unit.term()))
        })
    })
}
