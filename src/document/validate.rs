//! The one check of a tree before it is printed: spans cover the grid, ids are unique, contents point somewhere.

use std::collections::BTreeSet;

use super::tree::{Block, Document, Id, Row, Table};

/// What makes a tree unprintable. Every one is a mistake of the program or of a table specification, never of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Defect {
    /// Row `row` (head and body counted through, from 0) of the table covers `covered` of `columns` columns.
    Grid { table: Id, row: usize, covered: usize, columns: usize },
    /// Two anchors share an id.
    DuplicateId(Id),
    /// A contents entry points at nothing.
    DanglingTarget(Id),
    /// A heading follows one more than one level above it.
    HeadingSkip { id: Id, from: u8, to: u8 },
    /// A chart without a text alternative.
    SilentChart(Id),
}

/// Lists all defects; an empty list means that every backend can print the document.
#[must_use]
pub fn validate(document: &Document) -> Vec<Defect> {
    let mut found = Vec::new();
    let mut ids = BTreeSet::new();
    let mut level = 0;
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => {
                register(&heading.id, &mut ids, &mut found);
                step(&heading.id, heading.level, &mut level, &mut found);
            }
            Block::Table(table) => {
                register(&table.id, &mut ids, &mut found);
                if let Some(own) = table.title_level {
                    step(&table.id, own, &mut level, &mut found);
                }
                grid(table, &mut found);
            }
            Block::Chart(chart) => {
                register(&chart.id, &mut ids, &mut found);
                if chart.alt.is_empty() {
                    found.push(Defect::SilentChart(chart.id.clone()));
                }
            }
            Block::Contents(_) | Block::Paragraph(_) | Block::List(_) | Block::PageBreak => {}
        }
    }
    for block in &document.blocks {
        if let Block::Contents(contents) = block {
            let dangling = contents.entries.iter().filter(|entry| !ids.contains(&entry.target));
            found.extend(dangling.map(|entry| Defect::DanglingTarget(entry.target.clone())));
        }
    }
    found
}

fn register(id: &Id, ids: &mut BTreeSet<Id>, found: &mut Vec<Defect>) {
    if !ids.insert(id.clone()) {
        found.push(Defect::DuplicateId(id.clone()));
    }
}

fn step(id: &Id, to: u8, level: &mut u8, found: &mut Vec<Defect>) {
    if to > *level + 1 {
        found.push(Defect::HeadingSkip { id: id.clone(), from: *level, to });
    }
    *level = to;
}

fn grid(table: &Table, found: &mut Vec<Defect>) {
    let columns = table.columns.len();
    cover(&table.id, columns, &table.head, 0, found);
    cover(&table.id, columns, &table.body, table.head.len(), found);
}

/// Lays the cells of one section (head or body) on its grid; a cell that leaves it, meets another or leaves a hole is a defect.
fn cover(id: &Id, columns: usize, rows: &[Row], first: usize, found: &mut Vec<Defect>) {
    let mut taken = vec![vec![false; columns]; rows.len()];
    for (number, row) in rows.iter().enumerate() {
        let mut fits = true;
        for cell in &row.cells {
            let start = taken[number].iter().position(|busy| !busy).unwrap_or(columns);
            let (right, below) = (start + cell.colspan, number + cell.rowspan);
            if right > columns || below > rows.len() {
                fits = false;
                break;
            }
            for line in &mut taken[number..below] {
                fits &= line[start..right].iter().all(|busy| !busy);
                line[start..right].fill(true);
            }
        }
        let covered = taken[number].iter().filter(|busy| **busy).count();
        if !fits || covered != columns {
            found.push(Defect::Grid { table: id.clone(), row: first + number, covered, columns });
        }
    }
}
