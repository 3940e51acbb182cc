//! Spreadsheets in the shape in which budget systems export them.

use rust_xlsxwriter::{Format, FormatBorder, Workbook, Worksheet};

use crate::workspace::{Workspace, repository, talk};

/// Title, 编制单位, unit line, a head of two levels with merged cells and line breaks, blanks 250 columns wide.
fn furniture(sheet: &mut Worksheet, name: &str) {
    let format = Format::new();
    sheet.set_name(name).unwrap();
    sheet.merge_range(0, 0, 0, 7, "一般公共预算支出表", &format).unwrap();
    sheet.write(1, 0, "编制单位：某某中心").unwrap();
    sheet.write(1, 7, "单位：元").unwrap();
    sheet.merge_range(2, 0, 2, 2, "功能分类\n科目编码", &format).unwrap();
    for (column, text) in ["类", "款", "项"].iter().enumerate() {
        sheet.write(3, u16::try_from(column).unwrap(), *text).unwrap();
    }
    sheet.merge_range(2, 3, 3, 3, "科目\n名称", &format).unwrap();
    sheet.merge_range(2, 4, 3, 4, "合  计", &format).unwrap();
    sheet.merge_range(2, 5, 2, 6, "基本支出", &format).unwrap();
    sheet.write(3, 5, "人员\n经费").unwrap();
    sheet.write(3, 6, "公用\n经费").unwrap();
    sheet.merge_range(2, 7, 3, 7, "项目\n支出", &format).unwrap();
    // Blanks without a format would not be written at all.
    let border = Format::new().set_border(FormatBorder::Thin);
    for row in 0..60 {
        for column in 8..250 {
            sheet.write_blank(row, column, &border).unwrap();
        }
    }
}

/// 类 a number, 款 and 项 texts with their zero; sums by level; amounts as text and as numbers; placeholder rows.
pub(crate) fn split(sheet: &mut Worksheet, name: &str, total: &str) {
    furniture(sheet, name);
    let rows: &[(&str, &str, &str, [&str; 4])] = &[
        ("", "", "合计", [total, "1,234,567.89", "100.1", "0.3"]),
        ("", "", "社会保障和就业支出", ["1234568.19", "1,234,567.89", "", "0.3"]),
        ("01", "", "人力资源", ["1234568.19", "1,234,567.89", "", "0.3"]),
        ("01", "09", "社会保险经办机构", ["1234568.19", "1,234,567.89", "", "0.3"]),
        ("05", "05", "基本养老保险", ["100.1", "", "100.1", ""]),
    ];
    for (at, (section, item, title, amounts)) in rows.iter().enumerate() {
        let row = u32::try_from(at).unwrap() + 4;
        if at > 0 {
            sheet.write(row, 0, if at == 4 { 210 } else { 208 }).unwrap();
        }
        sheet.write(row, 1, *section).unwrap();
        sheet.write(row, 2, *item).unwrap();
        sheet.write(row, 3, *title).unwrap();
        for (column, amount) in amounts.iter().enumerate() {
            let column = u16::try_from(column).unwrap() + 4;
            match amount.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).map(drop).unwrap(),
                Err(_) => sheet.write(row, column, *amount).map(drop).unwrap(),
            }
        }
    }
    sheet.write(9, 0, "…").unwrap();
    sheet.write(10, 3, "……").unwrap();
}

pub(crate) fn saved(workspace: &Workspace, fill: impl FnOnce(&mut Workbook)) {
    let mut book = Workbook::new();
    fill(&mut book);
    book.save(workspace.path().join("book.xlsx")).unwrap();
}

pub(crate) fn import(workspace: &Workspace, file: &str, more: &[&str]) -> (String, String, bool) {
    let output = workspace.run(&[&["import", file, "--stage", "本年预算"], more].concat());
    (String::from_utf8(output.stdout.clone()).unwrap(), talk(&output), output.status.success())
}

#[test]
fn split_codes_and_sums() {
    let workspace = Workspace::empty();
    saved(&workspace, |book| {
        book.add_worksheet().set_name("封面").unwrap().write(0, 0, "二〇二五年预算公开说明").unwrap();
        split(book.add_worksheet(), "一般公共预算支出表  ", "1,234,668.29");
    });
    let (yaml, told, fine) = import(&workspace, "book.xlsx", &["--sheet", "一般公共预算支出表"]);
    assert!(fine, "{told}");
    assert_eq!(
        yaml,
        "# 由 gen import 从 book.xlsx 导入\nunit: 元\nstages: [本年预算]\nlines:\n  \
         - {function: 2080109 社会保险经办机构, kind: 基本·人员, amount: 1234567.89}\n  \
         - {function: 2080109 社会保险经办机构, kind: 项目, amount: 0.3}\n  \
         - {function: 2100505 基本养老保险, kind: 基本·公用, amount: 100.1}\n"
    );
}

#[test]
fn a_wrong_sum_is_told_with_its_cell() {
    let workspace = Workspace::empty();
    saved(&workspace, |book| split(book.add_worksheet(), "支出", "1,234,668.30"));
    let (yaml, told, fine) = import(&workspace, "book.xlsx", &[]);
    assert!(!fine && yaml.is_empty(), "nothing is imported from a table that does not add up");
    assert!(told.contains("book.xlsx 表“支出” E5：合计 1234668.3 与各栏之和 1234668.29 不等"), "{told}");
}

#[test]
fn unknown_heads_come_with_suggestions() {
    let workspace = Workspace::empty();
    let csv =
        "单位：万元,,,\n功能科目编码,功能科目名称,资金性志,金额\n2080109,社会保险经办机构,一般公共预算,\"1,006.20\"\n";
    workspace.write("a.csv", csv);
    let (_, told, fine) = import(&workspace, "a.csv", &[]);
    assert!(!fine && told.contains("a.csv C2：不认识表头“资金性志”") && told.contains("是不是“资金性质”"), "{told}");
    workspace.write("b.csv", "单位：元\n科目编码,基本支出,项目支出\n2080109,1,2\n");
    let (_, told, fine) = import(&workspace, "b.csv", &[]);
    let wanted = "B2：不认识表头“基本支出”\n  帮助：它只认作多级表头的一级，如“基本支出/人员经费”";
    assert!(!fine && told.contains(wanted), "{told}");
    let (yaml, told, fine) = import(&workspace, "a.csv", &["--ignore", "资金性志"]);
    assert!(fine && yaml.contains("{function: 2080109 社会保险经办机构, amount: 1006.20}"), "{yaml}{told}");
}

#[test]
fn bad_cells_are_all_named() {
    let workspace = Workspace::empty();
    let csv = "单位：元\n功能科目编码,金额\n208010,1\n2080109,1e3\n2080505,１２\n2080506,\"12,34.5\"\n,7\n";
    workspace.write("a.csv", csv);
    let (_, told, fine) = import(&workspace, "a.csv", &[]);
    assert!(!fine);
    for wanted in ["A3：“208010”不是", "B4：“1e3”不是金额", "B5：“１２”", "B6：“12,34.5”", "B7：这一行有金额"]
    {
        assert!(told.contains(wanted), "{wanted} is missing in {told}");
    }
}

#[test]
fn merged_code_cells_are_filled_down() {
    let workspace = Workspace::empty();
    saved(&workspace, |book| {
        let sheet = book.add_worksheet();
        let format = Format::new();
        for (column, head) in ["功能科目编码", "部门经济分类编码", "支出性质", "金额"].iter().enumerate()
        {
            sheet.write(1, u16::try_from(column).unwrap(), *head).unwrap();
        }
        sheet.write(0, 3, "金额单位：万元").unwrap();
        sheet.merge_range(2, 0, 3, 0, "2080109", &format).unwrap();
        for (row, code) in [(2, 30101), (3, 30102)] {
            sheet.write(row, 1, code).unwrap();
            sheet.write(row, 2, "基本·人员").unwrap();
            sheet.write(row, 3, 0.1).unwrap();
        }
    });
    let (yaml, told, fine) = import(&workspace, "book.xlsx", &[]);
    assert!(fine, "{told}");
    assert!(yaml.contains("{function: 2080109, kind: 基本·人员, economic: 30102, amount: 0.1}"), "{yaml}");
}

#[test]
fn several_tables_in_a_book_must_be_chosen_from() {
    let workspace = Workspace::empty();
    saved(&workspace, |book| {
        split(book.add_worksheet(), "甲 ", "1,234,668.29");
        split(book.add_worksheet(), "乙", "1,234,668.29");
    });
    let (_, told, fine) = import(&workspace, "book.xlsx", &[]);
    assert!(!fine && told.contains("有 2 张表可以导入：甲、乙") && told.contains("--sheet"), "{told}");
}

/// Every expenditure, income and balance ledger of the reference disclosures survives the way to CSV and back.
#[test]
fn import_export_import_gives_the_same() {
    let workspace = Workspace::empty();
    let mut ledgers = 0;
    for disclosure in std::fs::read_dir(repository().join("data")).unwrap() {
        let folder = disclosure.unwrap().path().join("ledgers");
        for name in ["expenditure", "expenditure-initial", "income", "balances"] {
            let file = folder.join(format!("{name}.yaml"));
            let Ok(text) = std::fs::read_to_string(&file) else { continue };
            if text.contains("lines: []") {
                continue;
            }
            ledgers += 1;
            let from = file.to_str().unwrap();
            let told = |output: &std::process::Output| format!("{from}: {}", talk(output));
            let out = workspace.run(&["export", from, "--out", "1.csv"]);
            assert!(out.status.success(), "{}", told(&out));
            let back = workspace.run(&["import", "1.csv", "--stage", "决算", "--out", "1.yaml"]);
            assert!(back.status.success(), "{}", told(&back));
            let again = workspace.run(&["export", "1.yaml", "--out", "2.csv"]);
            assert!(again.status.success(), "{}", told(&again));
            assert_eq!(workspace.read("1.csv"), workspace.read("2.csv"), "{from}");
            std::fs::rename(workspace.path().join("2.csv"), workspace.path().join("1.csv")).unwrap();
            assert!(workspace.run(&["import", "1.csv", "--stage", "决算", "--out", "2.yaml"]).status.success());
            assert_eq!(workspace.read("1.yaml"), workspace.read("2.yaml"), "{from}");
        }
    }
    assert!(ledgers >= 10, "the repository's ledgers were found");
}
