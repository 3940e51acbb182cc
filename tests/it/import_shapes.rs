//! More shapes of exported tables, and what must not be taken in silently.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use crate::{
    import::{import, saved, split},
    workspace::{Workspace, talk},
};

/// Rows of texts; what reads as a number is written as one, `'` in front keeps it text.
fn fill(sheet: &mut Worksheet, from: u32, rows: &[&[&str]]) {
    for (row, texts) in (from..).zip(rows) {
        for (column, text) in (0_u16..).zip(*texts) {
            match (text.strip_prefix('\''), text.parse::<f64>()) {
                (Some(text), _) => sheet.write(row, column, text).map(drop).unwrap(),
                (None, Ok(number)) => sheet.write(row, column, number).map(drop).unwrap(),
                (None, Err(_)) if text.is_empty() => {}
                (None, Err(_)) => sheet.write(row, column, *text).map(drop).unwrap(),
            }
        }
    }
}

/// 收入总表: sources and funds in a head of three levels.
fn income(sheet: &mut Worksheet) {
    let format = Format::new();
    sheet.set_name("收入总表 ").unwrap();
    sheet.merge_range(0, 0, 0, 7, "部门收入总表", &format).unwrap();
    fill(sheet, 1, &[&["部门/单位：某局", "", "", "", "", "", "", "单位：万元"]]);
    sheet.merge_range(2, 0, 4, 0, "科目编码", &format).unwrap();
    sheet.merge_range(2, 1, 4, 1, "科目名称", &format).unwrap();
    sheet.merge_range(2, 2, 4, 2, "合计", &format).unwrap();
    sheet.merge_range(2, 3, 2, 7, "本年收入", &format).unwrap();
    sheet.merge_range(3, 3, 3, 5, "财政拨款", &format).unwrap();
    fill(sheet, 4, &[&["", "", "", "小计", "一般公共预算\n拨款收入", "政府性基金预算\n拨款收入"]]);
    sheet.merge_range(3, 6, 4, 6, "事业收入", &format).unwrap();
    sheet.merge_range(3, 7, 4, 7, "其他\n收入", &format).unwrap();
    fill(
        sheet,
        5,
        &[
            &["合计", "", "18.5", "15.5", "12.5", "3", "2", "1"],
            &["208", "社会保障和就业支出", "15.5", "12.5", "12.5", "", "2", "1"],
            &["20801", "  人力资源和社会保障管理事务", "15.5", "12.5", "12.5", "", "2", "1"],
            &["2080109", "    社会保险经办机构", "15.5", "12.5", "12.5", "", "2", "1"],
            &["2120899", "其他国有土地使用权出让收入安排的支出", "3", "3", "", "3", "", ""],
        ],
    );
    sheet.merge_range(10, 0, 10, 7, "注：本表按收入来源列示。", &format).unwrap();
}

/// 基本支出表: the economic code split, 类 a number and 款 a text with its zero, each 类 shown once.
fn basic(sheet: &mut Worksheet) {
    let format = Format::new();
    sheet.set_name("一般公共预算基本支出表").unwrap();
    fill(sheet, 0, &[&["", "", "", "", "", "（单位：元）"]]);
    sheet.merge_range(1, 0, 1, 1, "部门预算支出经济分类科目编码", &format).unwrap();
    fill(sheet, 2, &[&["类", "款"]]);
    sheet.merge_range(1, 2, 2, 2, "科目名称", &format).unwrap();
    sheet.merge_range(1, 3, 1, 5, "本年基本支出", &format).unwrap();
    fill(sheet, 2, &[&["类", "款", "科目名称", "合计", "人员经费", "公用经费"], &["栏次", "", "", "1", "2", "3"]]);
    fill(
        sheet,
        4,
        &[
            &["", "", "总  计", "1,300.00", "1,200.00", "100"],
            &["301", "", "工资福利支出", "1200", "1200", ""],
            &["", "'01", "基本工资", "1,000.00", "1,000.00", ""],
            &["", "'02", "津贴补贴", "'200.00", "'200.00", ""],
            &["302", "", "商品和服务支出", "100", "", "100"],
            &["", "'01", "办公费", "100", "", "100"],
            &["…", "…", "……"],
        ],
    );
}

/// All of one body's tables in a book, with the cover and the narrative.
fn whole(book: &mut Workbook) {
    fill(book.add_worksheet().set_name("封面").unwrap(), 3, &[&["某局2025年部门预算公开"], &["2025年2月5日"]]);
    let said = [&["一、收支预算总体情况"][..], &["某局2025年收入预算18.50万元，比上年增加1.00万元。"]];
    fill(book.add_worksheet().set_name("情况说明").unwrap(), 0, &said);
    let sides: [&[&str]; 4] = [
        &["单位：万元"],
        &["项目", "预算数", "项目", "预算数"],
        &["一、一般公共预算拨款收入", "12.5", "一、社会保障和就业支出", "15.5"],
        &["收入总计", "18.5", "支出总计", "18.5"],
    ];
    fill(book.add_worksheet().set_name("收支总表").unwrap(), 0, &sides);
    income(book.add_worksheet());
    split(book.add_worksheet(), "支出总表  ", "1,234,668.29");
    basic(book.add_worksheet());
}

#[test]
fn a_book_with_all_tables_and_the_narrative_is_taken_sheet_by_sheet() {
    let workspace = Workspace::empty();
    saved(&workspace, whole);
    let (_, told, fine) = import(&workspace, "book.xlsx", &[]);
    assert!(!fine && told.contains("有 3 张表可以导入：收入总表、支出总表、一般公共预算基本支出表"), "{told}");
    let (yaml, told, _) = import(&workspace, "book.xlsx", &["--sheet", "收入总表"]);
    assert_eq!(
        yaml,
        "# 由 gen import 从 book.xlsx 导入\nunit: 万元\nstages: [本年预算]\nlines:\n  \
         - {function: 2080109 社会保险经办机构, fund: 一般公共预算, source: 财政拨款收入, amount: 12.5}\n  \
         - {function: 2080109 社会保险经办机构, source: 事业收入, amount: 2}\n  \
         - {function: 2080109 社会保险经办机构, source: 其他收入, amount: 1}\n  \
         - {function: 2120899 其他国有土地使用权出让收入安排的支出, fund: 政府性基金, source: 财政拨款收入, amount: 3}\n",
        "{told}"
    );
    let (yaml, told, _) = import(&workspace, "book.xlsx", &["--sheet", "一般公共预算基本支出表"]);
    assert_eq!(
        yaml,
        "# 由 gen import 从 book.xlsx 导入\nunit: 元\nstages: [本年预算]\nlines:\n  \
         - {kind: 基本·人员, economic: 30101 基本工资, amount: 1000.00}\n  \
         - {kind: 基本·人员, economic: 30102 津贴补贴, amount: 200.00}\n  \
         - {kind: 基本·公用, economic: 30201 办公费, amount: 100}\n",
        "{told}"
    );
    let (_, told, fine) = import(&workspace, "book.xlsx", &["--sheet", "收支总表"]);
    assert!(!fine && told.contains("没有找到表头"), "two tables side by side are no ledger: {told}");
}

/// Every importable sheet goes to YAML, to CSV and back.
#[test]
fn a_book_survives_the_way_to_csv_and_back() {
    let workspace = Workspace::empty();
    saved(&workspace, whole);
    for sheet in ["收入总表", "支出总表", "一般公共预算基本支出表"] {
        let stage = ["--stage", "本年预算"];
        let run = |arguments: &[&str]| {
            let output = workspace.run(arguments);
            assert!(output.status.success(), "{sheet}: {}", talk(&output));
        };
        run(&[&["import", "book.xlsx", "--sheet", sheet, "--out", "1.yaml"][..], &stage].concat());
        run(&["export", "1.yaml", "--out", "1.csv"]);
        run(&[&["import", "1.csv", "--out", "2.yaml"][..], &stage].concat());
        let lines = |name: &str| workspace.read(name).split_once('\n').map(|(_, rest)| rest.to_owned());
        assert_eq!(lines("1.yaml"), lines("2.yaml"), "{sheet}");
    }
}

#[test]
fn a_wrong_class_is_told_with_its_cell() {
    let workspace = Workspace::empty();
    saved(&workspace, |book| {
        let sheet = book.add_worksheet();
        basic(sheet);
        sheet.write(5, 3, 1201).unwrap().write(5, 4, 1201).unwrap();
    });
    let (_, told, fine) = import(&workspace, "book.xlsx", &[]);
    let wanted = "book.xlsx 表“一般公共预算基本支出表” E6：合计 1201 与所列各行之和 1200 不等";
    assert!(!fine && told.contains(wanted), "{told}");
}

#[test]
fn heads_of_ones_own_come_from_a_mapping_file() {
    let workspace = Workspace::empty();
    let folder = workspace.path().join("templates/import");
    std::fs::create_dir_all(&folder).unwrap();
    let own = "fields: [{field: kind, heads: [经费类别]}, {field: function_name, heads: [<功能分类>/说明, 备注]}]\n\
               amounts: [{heads: [安排数]}]\ntotal_rows: [全局合计]\n";
    std::fs::write(folder.join("local.yaml"), own).unwrap();
    let table = "单位：元,,\n科目编码,经费类别,安排数\n全局合计,,7\n2080109,项目,7\n";
    workspace.write("a.csv", table);
    let (_, told, fine) = import(&workspace, "a.csv", &[]);
    assert!(!fine, "the heads are not known by default: {told}");
    let (yaml, told, fine) = import(&workspace, "a.csv", &["--mapping", "local"]);
    assert!(fine && yaml.ends_with("lines:\n  - {function: 2080109, kind: 项目, amount: 7}\n"), "{yaml}{told}");
    workspace.write("b.csv", "单位：元,,\n科目编码,备注,安排数\n2080109,经办机构,7\n");
    let (yaml, told, fine) = import(&workspace, "b.csv", &["--mapping", "local"]);
    assert!(fine && yaml.contains("{function: 2080109 经办机构, amount: 7}"), "its own word stands: {yaml}{told}");
    for (text, place, word) in
        [("feilds: []\n", "1:1", "feilds"), ("totals: [<功能科目>/合计]\n", "1:10", "<功能科目>")]
    {
        std::fs::write(folder.join("bad.yaml"), text).unwrap();
        let (_, told, fine) = import(&workspace, "a.csv", &["--mapping", "bad"]);
        assert!(!fine && told.contains(&format!("templates/import/bad.yaml:{place}")) && told.contains(word), "{told}");
    }
    workspace.write("a.csv", &table.replace("合计,,7", "合计,,8"));
    let (_, told, fine) = import(&workspace, "a.csv", &["--mapping", "local"]);
    assert!(!fine && told.contains("a.csv C3：合计 8 与所列各行之和 7 不等"), "{told}");
}

/// Budget systems print a code and its name in one cell, and heads with their year.
#[test]
fn codes_with_names_and_heads_with_years_are_understood() {
    let workspace = Workspace::empty();
    workspace.write(
        "a.csv",
        "单位：万元\n支出功能分类科目,部门预算支出经济分类,资金性质,支出类型,2024年预算数,2025年度预算数,增减额\n\
         2080109-社会保险经办机构,[30101]基本工资,111-一般公共预算资金,人员经费,90,100,10\n",
    );
    let (yaml, told, fine) = import(&workspace, "a.csv", &[]);
    let line = "{function: 2080109 社会保险经办机构, kind: 基本·人员, economic: 30101 基本工资, fund: 一般公共预算, \
                amounts: {本年预算: 100, 上年预算: 90}}";
    assert!(fine && yaml.contains(line), "{yaml}{told}");
    workspace.write("b.csv", "单位：元\n科目编码,2025年预算数,2023年预算数\n2080109,1,2\n");
    let (_, told, fine) = import(&workspace, "b.csv", &[]);
    assert!(!fine && told.contains("b.csv C2：“2023年预算数”与 b.csv B2 是同一种金额"), "{told}");
    let two =
        "单位：元\n功能分类科目,,部门预算支出经济分类,,金额\n编码,名称,编码,名称,\n2080109,经办机构,30101,基本工资,5\n";
    workspace.write("c.csv", two);
    let (yaml, told, fine) = import(&workspace, "c.csv", &[]);
    assert!(fine && yaml.contains("{function: 2080109 经办机构, economic: 30101 基本工资, amount: 5}"), "{yaml}{told}");
}

/// An unknown column may hold the part that a sum lacks.
#[test]
fn sums_over_columns_wait_until_all_are_known() {
    let workspace = Workspace::empty();
    workspace.write("a.csv", "单位：元\n科目编码,合计,人员经费,基本支出\n2080109,3,1,2\n");
    let (_, told, fine) = import(&workspace, "a.csv", &[]);
    assert!(!fine && told.contains("不认识表头“基本支出”") && !told.contains("不等"), "{told}");
}

#[test]
fn money_is_never_doubled_or_lost_silently() {
    let workspace = Workspace::empty();
    saved(&workspace, |book| {
        let sheet = book.add_worksheet();
        fill(sheet, 0, &[&["单位：元"], &["科目编码", "金额"], &["2080109"], &["2080505"]]);
        sheet.merge_range(2, 1, 3, 1, "", &Format::new()).unwrap().write(2, 1, 5).unwrap();
    });
    let (_, told, fine) = import(&workspace, "book.xlsx", &[]);
    assert!(!fine && told.contains("B4：合并的单元格里是金额"), "{told}");
    workspace.write("a.csv", "单位：元\n科目编码,金额,预算数\n2080109,1,2\n");
    let (_, told, fine) = import(&workspace, "a.csv", &[]);
    assert!(!fine && told.contains("a.csv C2：“预算数”与 a.csv B2 是同一种金额"), "{told}");
    let (yaml, told, fine) = import(&workspace, "a.csv", &["--ignore", "金额"]);
    assert!(fine && yaml.contains("{function: 2080109, amount: 2}"), "{yaml}{told}");
    workspace.write("a.csv", "单位：元\n科目编码,金额\n2080109,1\n…,5\n注：以上为年初数,\n");
    let (_, told, fine) = import(&workspace, "a.csv", &[]);
    assert!(!fine && told.contains("a.csv A4：“…”不是") && !told.contains("注"), "{told}");
}

#[test]
fn a_code_of_another_classification_is_told() {
    let workspace = Workspace::empty();
    workspace.write("a.csv", "单位：元\n科目编码,科目名称,金额\n30101,基本工资,1\n");
    let (_, told, fine) = import(&workspace, "a.csv", &[]);
    let wanted = "a.csv A3：“30101”不是支出功能分类的编码\n  帮助：像是部门预算支出经济分类的编码";
    assert!(!fine && told.contains(wanted), "{told}");
}

#[test]
fn calculated_cells_are_what_the_spreadsheet_shows() {
    let workspace = Workspace::empty();
    saved(&workspace, |book| {
        let sheet = book.add_worksheet();
        fill(sheet, 0, &[&["单位：元"], &["科目编码", "金额"], &["合计"], &["2080109"], &["2080505", "1000.1"]]);
        sheet.write_formula(2, 1, Formula::new("B4+B5").set_result("1000.4000000000001")).unwrap();
        sheet.write_formula(3, 1, Formula::new("0.1+0.2").set_result("0.30000000000000004")).unwrap();
    });
    let (yaml, told, fine) = import(&workspace, "book.xlsx", &[]);
    assert!(fine && yaml.contains("{function: 2080109, amount: 0.3}"), "{yaml}{told}");
}

#[test]
fn other_files_are_told_what_they_are() {
    let workspace = Workspace::empty();
    for (name, bytes, wanted) in [
        ("a.xls", &b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], "旧格式的工作簿（xls），或加了密码"),
        ("a.csv", &b"\xB5\xA5\xCE\xBB\xA3\xBA\xD4\xAA\n"[..], "不是 UTF-8 编码的 CSV"),
        ("a.xlsx", &b"PK\x03\x04"[..], "不是完整的 xlsx 工作簿"),
    ] {
        std::fs::write(workspace.path().join(name), bytes).unwrap();
        let (_, told, fine) = import(&workspace, name, &[]);
        assert!(!fine && told.contains(wanted), "{told}");
    }
}
