//! Tables as pipe tables.
//!
//! In: a compiled table. Out: one head line, the line of alignments, one line a row; nothing is padded, so that a changed
//! figure changes one line of a diff.
//! Never knows: titles, captions and notes (the caller prints them), what a cell means.

use crate::document::{Align, Cell, Placed, Row, RowRole, Table, places};

use super::escape;

/// Between the levels of a head that had to be flattened.
const LEVEL: &str = " / ";

/// Texts that span the whole head: they name the table, not a column, and stand above it as lines of their own.
pub(super) fn banners(table: &Table) -> Vec<&str> {
    let all = table.columns.len();
    let full = |cell: &&Cell| all > 1 && cell.colspan == all && !cell.text.is_empty();
    named_rows(table).flat_map(|row| row.cells.iter().filter(full)).map(|cell| cell.text.as_str()).collect()
}

/// The pipe table itself, without a line break at its end.
pub(super) fn pipes(table: &Table) -> String {
    let columns = table.columns.len();
    let heads = head(table);
    let (heads, body) = match table.body.split_first() {
        // A form without a head opens with the row that names its first part.
        Some((first, rest)) if heads.iter().all(String::is_empty) && first.role == RowRole::Subhead => {
            (line_of(&places(std::slice::from_ref(first), columns)[0], columns), rest)
        }
        Some(_) | None => (heads, table.body.as_slice()),
    };
    let rules: Vec<String> = table.columns.iter().map(|column| rule(column.align).to_owned()).collect();
    // 栏次 belongs to the head on paper; here only one line can be the head.
    let numbers = numbers(table);
    let mut lines = vec![row(&heads), format!("|{}|", rules.join("|"))];
    lines.extend(numbers.iter().chain(&texts(body, columns)).map(|cells| row(cells)));
    lines.join("\n")
}

fn named_rows(table: &Table) -> impl Iterator<Item = &Row> {
    table.head.iter().filter(|row| row.role != RowRole::Numbers)
}

/// One text for each column: its head cells from top to bottom.
fn head(table: &Table) -> Vec<String> {
    let columns = table.columns.len();
    let mut heads: Vec<Vec<String>> = vec![Vec::new(); columns];
    for (line, row) in places(&table.head, columns).iter().zip(&table.head) {
        if row.role == RowRole::Numbers {
            continue;
        }
        for placed in line.iter().filter(|placed| columns == 1 || placed.cell.colspan < columns) {
            let text = escape::cell(&placed.cell.text);
            for levels in &mut heads[placed.column..placed.end().min(columns)] {
                if !text.is_empty() && levels.last() != Some(&text) {
                    levels.push(text.clone());
                }
            }
        }
    }
    heads.iter().map(|levels| levels.join(LEVEL)).collect()
}

fn numbers(table: &Table) -> Vec<Vec<String>> {
    let columns = table.columns.len();
    let all = places(&table.head, columns);
    let of_role = all.iter().zip(&table.head).filter(|(_, row)| row.role == RowRole::Numbers);
    of_role.map(|(line, _)| line_of(line, columns)).collect()
}

fn texts(rows: &[Row], columns: usize) -> Vec<Vec<String>> {
    places(rows, columns).iter().map(|line| line_of(line, columns)).collect()
}

/// A merged cell is printed in its first column and first row; the rest of it is blank.
fn line_of(line: &[Placed<'_>], columns: usize) -> Vec<String> {
    let mut cells = vec![String::new(); columns];
    for placed in line {
        let text = escape::cell(&placed.cell.text);
        cells[placed.column] = match placed.cell.indent {
            // An ideographic space is the one blank that a forge keeps at the start of a cell.
            indent @ 1.. if !text.is_empty() => "\u{3000}".repeat(usize::from(indent)) + &text,
            _ => text,
        };
    }
    cells
}

fn row(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

fn rule(align: Align) -> &'static str {
    match align {
        Align::Left => ":---",
        Align::Centre => ":---:",
        Align::Decimal => "---:",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{CellKind, Column, Id, Orientation};

    fn cell(text: &str, colspan: usize, rowspan: usize) -> Cell {
        Cell { colspan, rowspan, ..Cell::plain(CellKind::Text, text) }
    }

    fn line(role: RowRole, cells: &[(&str, usize, usize)]) -> Row {
        Row { role, cells: cells.iter().map(|(text, colspan, rowspan)| cell(text, *colspan, *rowspan)).collect() }
    }

    fn table(columns: usize, head: Vec<Row>, body: Vec<Row>) -> Table {
        let columns = vec![Column { align: Align::Left, width: 1 }; columns];
        let none = String::new;
        Table {
            id: Id("t".into()),
            title: none(),
            title_level: None,
            label: none(),
            caption_left: none(),
            caption_right: none(),
            continued: String::new(),
            columns,
            head,
            body,
            notes: Vec::new(),
            orientation: Orientation::Auto,
            head_columns: 1,
        }
    }

    #[test]
    fn deep_heads_are_joined_and_simple_ones_kept() {
        let head = vec![
            line(RowRole::Head, &[("项目", 1, 2), ("基本支出", 2, 1)]),
            line(RowRole::Head, &[("小计", 1, 1), ("人员|公用", 1, 1)]),
            line(RowRole::Numbers, &[("栏次", 1, 1), ("1", 1, 1), ("2", 1, 1)]),
        ];
        let body = vec![line(RowRole::Total, &[("合计", 1, 1), ("1,234.50", 1, 1), ("", 1, 1)])];
        assert_eq!(
            pipes(&table(3, head, body)),
            "| 项目 | 基本支出 / 小计 | 基本支出 / 人员\\|公用 |\n|:---|:---|:---|\n| 栏次 | 1 | 2 |\n| 合计 | 1,234.50 |  |"
        );
    }

    #[test]
    fn merged_cells_are_printed_once() {
        let head = vec![line(RowRole::Head, &[("甲", 1, 1), ("乙", 1, 1), ("丙", 1, 1)])];
        let body = vec![
            line(RowRole::Body, &[("项", 1, 2), ("目", 2, 1)]),
            line(RowRole::Body, &[("1.00", 1, 1), ("2.00", 1, 1)]),
        ];
        let printed = pipes(&table(3, head, body));
        assert!(printed.ends_with("| 项 | 目 |  |\n|  | 1.00 | 2.00 |"), "{printed}");
    }

    #[test]
    fn a_form_without_head_opens_with_its_first_subhead() {
        let body = vec![
            line(RowRole::Subhead, &[("一级指标", 1, 1), ("分值", 1, 1)]),
            line(RowRole::Body, &[("产出", 1, 1), ("50", 1, 1)]),
        ];
        assert_eq!(pipes(&table(2, Vec::new(), body)), "| 一级指标 | 分值 |\n|:---|:---|\n| 产出 | 50 |");
        let plain = vec![line(RowRole::Body, &[("产出", 1, 1), ("50", 1, 1)])];
        assert_eq!(pipes(&table(2, Vec::new(), plain)), "|  |  |\n|:---|:---|\n| 产出 | 50 |");
    }

    #[test]
    fn a_head_cell_over_all_columns_stands_above() {
        let head = vec![
            line(RowRole::Head, &[("项目支出绩效自评表", 2, 1)]),
            line(RowRole::Head, &[("甲", 1, 1), ("乙", 1, 1)]),
        ];
        let table = table(2, head, Vec::new());
        assert_eq!(banners(&table), ["项目支出绩效自评表"]);
        assert_eq!(pipes(&table), "| 甲 | 乙 |\n|:---|:---|");
    }

    #[test]
    fn names_keep_their_indentation() {
        let mut body = line(RowRole::Body, &[("社会保险经办机构", 1, 1)]);
        body.cells[0].indent = 2;
        let printed = pipes(&table(1, vec![line(RowRole::Head, &[("科目", 1, 1)])], vec![body]));
        assert!(printed.ends_with("| \u{3000}\u{3000}社会保险经办机构 |"));
    }
}
