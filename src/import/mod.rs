//! Spreadsheets to ledgers and back.
//!
//! In: the bytes of a CSV file or workbook and a mapping of heads. Out: a ledger file's text, or problems with the
//! place (file, sheet, cell) of each. Never knows: the disk, what the figures are for.

mod coded;
mod grid;
mod head;
mod ledger;
mod mapping;
mod rows;

use crate::{money::AmountUnit, period::Stage};

pub use grid::{Grid, GridError, grids};
pub use head::{Column, Head};
pub use ledger::{Entry, Given, Ledger};
pub use mapping::{AmountHeads, Field, FieldHeads, Mapping, Role};

/// What stands in the way, with its place as `文件 表“表名” B7`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub place: String,
    pub message: String,
    pub help: String,
}

impl Problem {
    #[must_use]
    pub fn new(place: String, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { place, message: message.into(), help: help.into() }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}：{}\n  帮助：{}", self.place, self.message, self.help)
    }
}

/// What the caller knows beside the file.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// Name of the sheet; needed where several could be meant.
    pub sheet: Option<String>,
    /// Unit of amounts where the sheet does not say it.
    pub unit: Option<AmountUnit>,
    /// Heads of columns to leave out.
    pub ignore: Vec<String>,
}

/// Turns a file into a ledger. `stage` is the stage of amount columns that name none.
///
/// # Errors
/// Everything that is wrong with it; a ledger with a problem is not given.
pub fn import(
    file: &str,
    bytes: Vec<u8>,
    mapping: &Mapping,
    stage: Stage,
    wishes: &Wishes,
) -> Result<Ledger, Vec<Problem>> {
    let whole = |message: String, help: &str| vec![Problem::new(file.to_owned(), message, help)];
    let grids = grids(file, bytes).map_err(|error| whole(error.to_string(), "核对文件。"))?;
    let (grid, head) = choose(&grids, mapping, wishes).map_err(|(message, help)| whole(message, &help))?;
    let mut head = head.dated(stage);
    head.leave_out(&wishes.ignore);
    let mut problems = head.problems(grid, mapping, &wishes.ignore);
    let Some(unit) = head.unit.or(wishes.unit) else {
        let place = grid.place(0, 0);
        problems.push(Problem::new(place, "表头上方没有“单位：元”或“单位：万元”", "补上，或用 --unit 指定。"));
        return Err(problems);
    };
    let mut rows = rows::Rows { grid, head: &head, mapping, unit, stage, whole: problems.is_empty(), problems };
    let entries = rows.entries();
    if !rows.problems.is_empty() {
        return Err(rows.problems);
    }
    Ok(Ledger { unit, stages: stages(&head, stage), entries })
}

/// The stages of the amount columns, from the left: the table reflects them all, even where it is empty.
fn stages(head: &Head, own: Stage) -> Vec<Stage> {
    let mut stages = Vec::new();
    for column in head.columns.values() {
        if let Role::Amount(amount) = &column.role {
            let stage = amount.stage.unwrap_or(own);
            if !stages.contains(&stage) {
                stages.push(stage);
            }
        }
    }
    stages
}

type Chosen<'g> = (&'g Grid, Head);

/// The sheet that is meant: the named one, or the only one with a head.
fn choose<'g>(grids: &'g [Grid], mapping: &Mapping, wishes: &Wishes) -> Result<Chosen<'g>, (String, String)> {
    let names: Vec<&str> = grids.iter().map(|grid| grid.sheet.as_str()).collect();
    let mut fitting: Vec<Chosen<'g>> = grids
        .iter()
        .filter(|grid| wishes.sheet.as_ref().is_none_or(|sheet| grid.sheet == sheet.trim()))
        .filter_map(|grid| Some((grid, Head::find(grid, mapping)?)))
        .collect();
    if fitting.len() > 1 {
        let found: Vec<&str> = fitting.iter().map(|(grid, _)| grid.sheet.as_str()).collect();
        return Err((
            format!("有 {} 张表可以导入：{}", found.len(), found.join("、")),
            "用 --sheet 指定一张。".to_owned(),
        ));
    }
    fitting.pop().ok_or_else(|| match &wishes.sheet {
        Some(sheet) if !names.contains(&sheet.trim()) => {
            (format!("没有名为“{sheet}”的表"), format!("可以写：{}。", names.join("、")))
        }
        _ => (
            "没有找到表头：至少要有一个科目（或项目）列和一个金额列".to_owned(),
            "核对表头；用别的名称的，写进自己的对照文件（templates/import/ 下，用 --mapping 指定）。".to_owned(),
        ),
    })
}
