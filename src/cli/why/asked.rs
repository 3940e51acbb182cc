//! What a user asks about: an address, a cell of a table, or a number as it is printed.

use crate::{
    compile::Compiled,
    document::{self, Block, Document},
    facts::Facts,
    link::print,
    table::{Content, TypedTable},
};

/// A printed number and the question it answers.
#[derive(Debug)]
pub(super) struct Asked {
    /// Empty where only an address is known.
    pub(super) printed: String,
    pub(super) place: String,
    pub(super) others: Vec<String>,
    pub(super) address: String,
}

/// Most figures shown for a number that a document prints many times.
const MOST: usize = 8;

/// The figures meant; an error tells why a cell that was named holds none.
pub(super) fn asked(compiled: &Compiled, figure: &str) -> Result<Vec<Asked>, String> {
    let (Some(facts), Some(document)) = (&compiled.facts, &compiled.document) else {
        return Err("这份公开编译不成，先用 gen check 看问题".to_owned());
    };
    if let Some(found) = cell(compiled, figure) {
        return found.map(|asked| vec![asked]);
    }
    Ok(address(facts, figure).map_or_else(|| quoted(document, figure), |asked| vec![asked]))
}

/// `income-expenditure:3:2`: a table by its specification or title, a row of its body, a column; both from 1.
fn cell(compiled: &Compiled, figure: &str) -> Option<Result<Asked, String>> {
    let mut parts = figure.rsplitn(3, [':', '：']);
    let (column, row, name) = (parts.next()?, parts.next()?, parts.next()?.trim());
    let (column, row): (usize, usize) = (column.trim().parse().ok()?, row.trim().parse().ok()?);
    let find = |fits: fn(&TypedTable, &str) -> bool| compiled.tables.values().flatten().find(|table| fits(table, name));
    let table = find(|table, name| table.name == name || table.title == name)
        .or_else(|| find(|table, name| !name.is_empty() && table.title.contains(name)));
    Some(table.ok_or_else(|| format!("没有表格“{name}”")).and_then(|table| figure_at(compiled, table, row, column)))
}

fn figure_at(compiled: &Compiled, table: &TypedTable, row: usize, column: usize) -> Result<Asked, String> {
    let place = format!("表样 {} 第 {row} 行第 {column} 栏", table.name);
    let body = row.checked_sub(1).and_then(|row| table.body.get(row));
    let body = body.ok_or_else(|| format!("“{}”表身只有 {} 行", table.title, table.body.len()))?;
    let mut at = 0;
    let cell = body.cells.iter().find(|cell| {
        at += cell.colspan;
        column <= at
    });
    let cell = cell.ok_or_else(|| format!("“{}”这一行只有 {at} 栏", table.title))?;
    let Content::Figure { answer, style } = &cell.content else {
        return Err(format!("{place}不是算出的数"));
    };
    let style = compiled.profile.as_ref().and_then(|profile| profile.style(style));
    let printed = style.map(|style| print(answer.outcome, style, false).text).unwrap_or_default();
    Ok(Asked { printed, place, others: Vec::new(), address: answer.address.clone() })
}

fn address(facts: &Facts, figure: &str) -> Option<Asked> {
    facts.question(figure).ok()?;
    let place = "数字地址".to_owned();
    Some(Asked { printed: String::new(), place, others: Vec::new(), address: figure.to_owned() })
}

/// Every different figure that prints as this number, in running text, tables and charts.
fn quoted(document: &Document, figure: &str) -> Vec<Asked> {
    let wanted = bare(figure);
    if !wanted.contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let mut found: Vec<Asked> = Vec::new();
    let mut take = |printed: &str, fact: Option<&String>, place: String| {
        let Some(address) = fact.filter(|_| bare(printed) == wanted) else { return };
        if let Some(own) = found.iter_mut().find(|own| own.address == *address) {
            own.others.push(place);
        } else if found.len() < MOST {
            found.push(Asked { printed: printed.to_owned(), place, others: Vec::new(), address: address.clone() });
        }
    };
    for own in document::figures(document) {
        take(&own.text, own.fact.as_ref(), "正文".to_owned());
    }
    for table in document::tables(document) {
        for (row, cells) in table.body.iter().enumerate() {
            for (column, cell) in cells.cells.iter().enumerate() {
                let place = format!("表“{}”第 {} 行第 {} 格", table.title, row + 1, column + 1);
                take(&cell.text, cell.fact.as_ref(), place);
            }
        }
    }
    for block in &document.blocks {
        let Block::Chart(chart) = block else { continue };
        for point in &chart.points {
            for figure in std::iter::once(&point.figure).chain(&point.share) {
                take(&figure.text, figure.fact.as_ref(), format!("图“{}”的“{}”", chart.caption, point.label));
            }
        }
    }
    found
}

/// The number alone: digits, point, sign, percent.
fn bare(text: &str) -> String {
    text.replace('％', "%").chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '%')).collect()
}
