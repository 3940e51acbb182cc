//! Finding the head of a table, whose levels may be merged and broken over lines, and the unit line above it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{money::AmountUnit, period::Stage, source::nearest};

use super::{
    Problem,
    grid::Grid,
    mapping::{AmountHeads, Field, Mapping, Role},
};

/// Where a table's head stands and what its columns are.
#[derive(Debug, Clone)]
pub struct Head {
    /// First row of data.
    pub body: u32,
    pub columns: BTreeMap<u32, Column>,
    pub unit: Option<AmountUnit>,
    unknown: Vec<(u32, u32, String)>,
    /// Levels of heads that aliases name.
    known: usize,
}

/// One column.
#[derive(Debug, Clone)]
pub struct Column {
    pub role: Role,
    /// Levels of its head from the top.
    pub levels: Vec<String>,
}

impl Column {
    /// The year its head names, in the lowest level that does: `2025年预算数`.
    fn year(&self) -> Option<u16> {
        self.levels.iter().rev().find_map(|level| year(level).0)
    }
}

/// The head begins within so many rows and has at most so many levels.
const LAST_START: u32 = 40;
const MOST_LEVELS: u32 = 4;

impl Head {
    /// Finds the head: the rows whose columns are known best, with the most of their levels; of equal ones the lowest, for
    /// titles stand above it.
    #[must_use]
    pub fn find(grid: &Grid, mapping: &Mapping) -> Option<Self> {
        let width = grid.width();
        let mut best: Option<((usize, usize, u32), Self)> = None;
        for start in 0..grid.height().min(LAST_START) {
            for levels in 1..=MOST_LEVELS.min(grid.height() - start) {
                let head = Self::at(grid, mapping, (start, start + levels), width);
                let known = (head.columns.len(), head.known, start);
                if head.is_usable() && best.as_ref().is_none_or(|(most, _)| known > *most) {
                    best = Some((known, head));
                }
            }
        }
        best.map(|(_, head)| Self { unit: unit(grid, head.body), ..head })
    }

    fn at(grid: &Grid, mapping: &Mapping, (start, body): (u32, u32), width: u32) -> Self {
        let mut head = Self { body, columns: BTreeMap::new(), unit: None, unknown: Vec::new(), known: 0 };
        for column in 0..width {
            let levels = levels(grid, start, body, column);
            let Some(last) = levels.last() else { continue };
            let undated: Vec<String> = levels.iter().map(|level| year(level).1.to_owned()).collect();
            match mapping.role(&undated) {
                Some((role, known)) => {
                    head.known += known;
                    head.columns.insert(column, Column { role, levels });
                }
                None => head.unknown.push((body - 1, column, last.clone())),
            }
        }
        head
    }

    /// A key and an amount make a table. A key that stands twice makes two tables side by side: a summary, no ledger.
    fn is_usable(&self) -> bool {
        let fields: Vec<Field> = self
            .columns
            .values()
            .filter_map(|column| if let Role::Field(field) = column.role { Some(field) } else { None })
            .collect();
        let once = fields.iter().collect::<BTreeSet<_>>().len() == fields.len();
        once && !fields.is_empty() && self.columns.values().any(|column| matches!(column.role, Role::Amount(_)))
    }

    /// Amount columns that say the same as one before them; one of the two would be lost.
    fn doubled(&self, grid: &Grid) -> Vec<Problem> {
        let mut seen: Vec<(u32, &AmountHeads)> = Vec::new();
        let mut problems = Vec::new();
        for (at, column) in &self.columns {
            let Role::Amount(own) = &column.role else { continue };
            match seen.iter().find(|(_, other)| other.stage == own.stage && other.same_line(own)) {
                Some((first, _)) => problems.push(Problem::new(
                    grid.place(self.body - 1, *at),
                    format!("“{}”与 {} 是同一种金额", column.levels.join("/"), grid.place(self.body - 1, *first)),
                    "在自己的对照文件里写明两列的区别（阶段、支出性质、收入来源、资金性质），或用 --ignore 去掉一列。",
                )),
                None => seen.push((*at, own)),
            }
        }
        problems
    }

    /// The column of a field.
    #[must_use]
    pub fn field(&self, field: Field) -> Option<u32> {
        self.columns.iter().find(|(_, column)| column.role == Role::Field(field)).map(|(at, _)| *at)
    }

    /// Of amount columns whose heads name a year the latest has its own stage, else `stage`, and the one before it that
    /// of the year before.
    #[must_use]
    pub fn dated(mut self, stage: Stage) -> Self {
        let is_amount = |column: &&Column| matches!(column.role, Role::Amount(_));
        let latest = self.columns.values().filter(is_amount).filter_map(Column::year).max();
        for column in self.columns.values_mut() {
            let before = column.year().and_then(|year| year.checked_add(1));
            if let Role::Amount(own) = &mut column.role
                && before.is_some()
                && before == latest
            {
                own.stage = own.stage.unwrap_or(stage).year_before().or(own.stage);
            }
        }
        self
    }

    /// Leaves columns out by the last level of their heads.
    pub fn leave_out(&mut self, ignored: &[String]) {
        let named = |column: &Column| column.levels.last().is_some_and(|last| ignored.contains(last));
        for column in self.columns.values_mut().filter(|column| named(column)) {
            column.role = Role::Ignored;
        }
    }

    /// Columns with content below that no alias names, with suggestions, and columns that say the same.
    #[must_use]
    pub fn problems(&self, grid: &Grid, mapping: &Mapping, ignored: &[String]) -> Vec<Problem> {
        let height = grid.height();
        let used = |column: u32| (self.body..height).any(|row| !grid.cell(row, column).is_empty());
        let unknown = self.unknown.iter().filter(|(_, column, head)| used(*column) && !ignored.contains(head)).map(
            |(row, column, head)| {
                let near = hint(head, mapping);
                Problem::new(
                    grid.place(*row, *column),
                    format!("不认识表头“{head}”"),
                    format!("{near}把这个表头写进自己的对照文件（templates/import/ 下，用 --mapping 指定），或用 --ignore {head} 不导入这一列。"),
                )
            },
        );
        unknown.chain(self.doubled(grid)).collect()
    }
}

/// What may have been meant by an unknown head.
fn hint(head: &str, mapping: &Mapping) -> String {
    let whole = mapping.heads().find(|whole| whole.split('/').any(|level| level == head));
    match (whole, nearest(head, mapping.heads().flat_map(|head| head.split('/')))) {
        (Some(whole), _) => format!("它只认作多级表头的一级，如“{whole}”。"),
        (None, Some(near)) => format!("是不是“{near}”？"),
        (None, None) => String::new(),
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

/// The year a level begins with, and the rest: `2025年度预算数` is 2025 and 预算数.
fn year(level: &str) -> (Option<u16>, &str) {
    let Some((digits, rest)) = level.split_once('年') else { return (None, level) };
    let year = digits.parse().ok().filter(|year| digits.len() == 4 && (1900..2200).contains(year));
    year.map_or((None, level), |year| (Some(year), rest.strip_prefix('度').unwrap_or(rest)))
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
