//! Final accounts: what the Markdown does not show of a table, rates out of exact amounts, tails, tables against prose.
//!
//! `UPDATE_GOLDEN=1 cargo test --release` writes the golden tables anew; the diff is then read before it is committed.

use disclosure::{
    compile::{Compiled, compile},
    document::{Block, Cell, Document, Row, RowRole, Table, tables, text_of},
    facts::Ask,
    money::Case,
    period::Stage,
    workspace::{Disk, Workspace as Folder},
};
use rust_decimal::Decimal;

use crate::workspace::Workspace;

/// Compiles a disclosure of the repository, with an option switched on or none.
fn compiled(slug: &str, option: Option<&str>) -> Compiled {
    let workspace = Workspace::with(slug);
    if let Some(option) = option {
        append(&workspace, &format!("data/{slug}/disclosure.yaml"), &format!("options: [{option}]\n"));
    }
    let compiled = compile_in(&workspace, slug);
    assert!(compiled.is_sound(), "{:#?}", compiled.diagnostics);
    compiled
}

fn append(workspace: &Workspace, path: &str, text: &str) {
    let own = workspace.read(path);
    workspace.write(path, &format!("{own}{text}"));
}

fn compile_in(workspace: &Workspace, slug: &str) -> Compiled {
    let folder = Folder { root: workspace.path().to_owned() };
    compile(&Disk::new(&folder), slug, None)
}

/// A table one can read: a line for each row, `=` before heads, `#` before 栏次, `*` before totals; a cell over several
/// columns or rows says so.
fn readable(table: &Table) -> String {
    let lines = table.head.iter().chain(&table.body).map(row);
    let above = format!("【{}】{}｜{}｜{}", table.title, table.caption_left, table.label, table.caption_right);
    let notes = table.notes.iter().map(|note| text_of(&note.inlines));
    std::iter::once(above).chain(lines).chain(notes).collect::<Vec<_>>().join("\n")
}

fn row(row: &Row) -> String {
    let mark = match row.role {
        RowRole::Head => "=",
        RowRole::Numbers => "#",
        RowRole::Total => "*",
        RowRole::Subhead => "-",
        RowRole::Body => " ",
    };
    format!("{mark} {}", row.cells.iter().map(cell).collect::<Vec<_>>().join(" | "))
}

fn cell(cell: &Cell) -> String {
    let span = match (cell.colspan, cell.rowspan) {
        (1, 1) => String::new(),
        (across, 1) => format!("→{across}"),
        (1, down) => format!("↓{down}"),
        (across, down) => format!("→{across}↓{down}"),
    };
    let text = if cell.text.is_empty() { "·" } else { &cell.text };
    format!("{}{text}{span}", "　".repeat(usize::from(cell.indent)))
}

fn golden_tables(compiled: &Compiled, name: &str) {
    let document = compiled.document.as_ref().unwrap();
    let printed = tables(document).into_iter().map(readable).collect::<Vec<_>>().join("\n\n") + "\n";
    crate::golden::compare(name, &printed);
}

#[test]
fn tables_of_yantai() {
    golden_tables(&compiled("yantai-2024-final", None), "yantai-2024-final.tables.txt");
}

#[test]
fn annex_tables_of_wuhai() {
    golden_tables(&compiled("wuhai-2024-final", Some("决算表")), "wuhai-2024-final.tables.txt");
}

#[test]
fn without_the_option_the_tables_stay_away() {
    let compiled = compiled("wuhai-2024-final", None);
    let document = compiled.document.as_ref().unwrap();
    assert!(!tables(document).iter().any(|table| table.title == "收入支出决算总表"));
    assert!(prose(document).contains("见附件。"));
}

/// All paragraphs, one a line.
fn prose(document: &Document) -> String {
    let paragraphs = document.blocks.iter().filter_map(|block| {
        if let Block::Paragraph(paragraph) = block { Some(text_of(&paragraph.inlines)) } else { None }
    });
    paragraphs.collect::<Vec<_>>().join("\n")
}

fn number(text: &str) -> Decimal {
    text.replace(',', "").parse().unwrap_or_else(|_| panic!("“{text}” is no number"))
}

/// The number that follows a phrase of the prose, where the phrase first has one.
fn after(prose: &str, phrase: &str) -> Decimal {
    let tails = prose.match_indices(phrase).map(|(at, _)| &prose[at + phrase.len()..]);
    let digits = tails.map(|tail| {
        let end = tail.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(tail.len());
        tail[..end].trim_end_matches([',', '.'])
    });
    let found = digits.into_iter().find(|digits| !digits.is_empty());
    number(found.unwrap_or_else(|| panic!("no number follows “{phrase}” in the prose")))
}

#[test]
fn a_rate_that_displayed_figures_cannot_give_comes_out_of_exact_amounts() {
    let compiled = compiled("wuhai-2024-final", None);
    let prose = prose(compiled.document.as_ref().unwrap());
    let sentence = "使用非财政拨款结余(含专用结余)2.07万元。与上年决算相比,增加2.01万元,增长3570.44%";
    assert!(prose.contains(sentence));
    // From what is displayed: 2.01 over 2.07 - 2.01.
    let (now, more) = (Decimal::new(207, 2), Decimal::new(201, 2));
    assert_eq!((more / (now - more) * Decimal::ONE_HUNDRED).round_dp(2), Decimal::new(3350, 0));
    let facts = compiled.facts.as_ref().unwrap();
    let of = facts.address("使用非财政拨款结余@决算").unwrap();
    let rate = facts.answer(&Ask::Rate { of, base: Stage::LastFinal }).unwrap();
    assert_eq!((rate.outcome.decimal().unwrap() * Decimal::ONE_HUNDRED).round_dp(2), Decimal::new(357_044, 2));
}

/// Figures of the printed rows whose code cell (always followed by name and amount) is `class` or just below it.
fn class_and_parts(table: &Table, class: &str) -> (Decimal, Decimal) {
    let cells = table.body.iter().flat_map(|row| row.cells.windows(3));
    let coded: Vec<(String, Decimal)> = cells
        .filter(|cells| cells[0].text.starts_with(class) && !cells[2].text.is_empty())
        .map(|cells| (cells[0].text.clone(), number(&cells[2].text)))
        .collect();
    let own = coded.iter().find(|(code, _)| code == class).unwrap().1;
    let parts = coded.iter().filter(|(code, _)| code.len() == class.len() + 2).map(|(_, amount)| amount).sum();
    (own, parts)
}

#[test]
fn tails_are_where_they_were_published() {
    let yantai = compiled("yantai-2024-final", None);
    let document = yantai.document.as_ref().unwrap();
    let basic = tables(document).into_iter().find(|table| table.label == "公开06表").unwrap();
    assert_eq!(class_and_parts(basic, "301"), (number("2,291.75"), number("2,291.74")));
    assert_eq!(class_and_parts(basic, "302"), (number("106.05"), number("106.04")));
    assert_eq!(class_and_parts(basic, "303"), (number("234.60"), number("234.60")));
    let wuhai = compiled("wuhai-2024-final", None);
    let prose = prose(wuhai.document.as_ref().unwrap());
    let (all, basic, projects) =
        (after(&prose, "本年支出决算合计"), after(&prose, "本年基本支出"), after(&prose, "本年项目支出"));
    assert_eq!((all, basic + projects), (number("1958.13"), number("1958.12")));
}

/// The cell of a table in the row that bears a name, by its column counted from 0.
fn at(document: &Document, title: &str, name: &str, column: usize) -> Decimal {
    let table = tables(document).into_iter().find(|table| table.title == title).unwrap();
    let row = table.body.iter().find(|row| row.cells.iter().any(|cell| cell.text == name)).unwrap();
    let mut reached = 0;
    for cell in &row.cells {
        if reached == column {
            return if cell.text.is_empty() { Decimal::ZERO } else { number(&cell.text) };
        }
        reached += cell.colspan;
    }
    panic!("“{title}” has no column {column} in the row “{name}”");
}

#[test]
fn the_annex_ties_to_the_narrative() {
    let compiled = compiled("wuhai-2024-final", Some("决算表"));
    let document = compiled.document.as_ref().unwrap();
    let prose = prose(document);
    let pairs = [
        ("收入支出决算总表", "总计", 2, "收入、支出决算总计均为"),
        ("收入支出决算总表", "使用非财政拨款结余（含专用结余）", 2, "使用非财政拨款结余(含专用结余)"),
        ("收入决算表", "合计", 2, "本年收入决算合计"),
        ("收入决算表", "合计", 3, "本年一般公共预算财政拨款收入"),
        ("支出决算表", "合计", 2, "本年支出决算合计"),
        ("支出决算表", "合计", 3, "本年基本支出"),
        ("支出决算表", "合计", 4, "本年项目支出"),
        ("财政拨款收入支出决算总表", "总计", 2, "财政拨款收入、支出决算总计均为"),
        ("一般公共预算财政拨款支出决算表", "合计", 2, "一般公共预算财政拨款支出决算"),
        ("一般公共预算财政拨款支出决算表", "社会保障和就业支出", 2, "社会保障和就业支出(类)决算数为"),
        ("一般公共预算财政拨款支出决算表", "合计", 3, "一般公共预算财政拨款基本支出决算"),
        ("一般公共预算财政拨款基本支出决算明细表", "人员经费合计", 2, "人员经费"),
        ("一般公共预算财政拨款基本支出决算明细表", "人员经费合计", 8, "公用经费"),
        ("一般公共预算财政拨款项目支出决算明细表", "合计", 2, "一般公共预算财政拨款项目支出决算"),
        ("一般公共预算财政拨款项目支出决算明细表", "合计", 4, "(二)商品和服务支出"),
        ("财政拨款“三公”经费支出决算表", "", 6, "财政拨款\"三公\"经费支出"),
        (
            "机关运行经费支出、国有资产占用情况及政府采购支出信息表",
            "一、机关运行经费支出",
            2,
            "其中,机关运行经费支出决算",
        ),
        ("机关运行经费支出、国有资产占用情况及政府采购支出信息表", "二、政府采购支出", 2, "政府采购支出总额"),
    ];
    for (title, name, column, phrase) in pairs {
        assert_eq!(at(document, title, name, column), after(&prose, phrase), "{title}, {name}: {phrase}");
    }
}

#[test]
fn every_wording_of_a_change_knows_every_case() {
    for slug in ["yantai-2024-final", "wuhai-2024-final"] {
        let compiled = compiled(slug, None);
        for (words, cases) in compiled.profile.as_ref().unwrap().file.changes.iter() {
            for case in Case::ALL {
                let known = cases.iter().any(|(key, _)| key.value == case.key());
                assert!(known, "{slug}: changes.{} has no {}", words.value, case.key());
            }
        }
    }
}

/// One item for each case of a comparison with the initial budget; the amounts of three are made up here.
#[test]
fn completion_is_worded_case_by_case() {
    let slug = "yantai-2024-final";
    let workspace = Workspace::with(slug);
    let invented = "  - {function: 2080502 事业单位离退休, amount: 3.00}\n  - {function: 2080599 其他行政事业单位养老支出, amount: 0}\n";
    append(&workspace, &format!("data/{slug}/ledgers/expenditure-initial.yaml"), invented);
    let compiled = compile_in(&workspace, slug);
    let prose = prose(compiled.document.as_ref().unwrap());
    let said = [
        ("社会保险经办机构（项）", "支出决算为2,473万元，完成年初预算的107.11%。决算数大于年初预算数的主要原因是"),
        ("职业年金缴费支出（项）", "支出决算为9.84万元，完成年初预算的83.11%。决算数小于年初预算数的主要原因是"),
        ("其他社会保障和就业支出（项）", "支出决算为4,203万元，完成年初预算的100%。与年初预算持平。"),
        ("死亡抚恤（项）", "年初预算为0万元，支出决算为8.07万元，年初无预算。决算数大于年初预算数的主要原因是"),
        ("事业单位离退休（项）", "年初预算为3万元，支出决算为0万元，完成年初预算的0%。"),
        ("其他行政事业单位养老支出（项）", "支出决算为0万元，年初无预算。与年初预算持平。"),
    ];
    for (item, words) in said {
        let line = prose.lines().find(|line| line.contains(item) && line.contains("支出决算为")).unwrap();
        assert!(line.contains(words), "{line}");
    }
    let missing = compiled.missing_reasons.iter().map(|missing| missing.figure.as_str());
    let wanted = "expenditure{function=2080502,fund=一般公共预算}@决算";
    assert_eq!(missing.collect::<Vec<_>>(), [wanted]);
}

/// Headings of the unit's own reports keep the numbers their author gave them and are not counted.
#[test]
fn own_headings_keep_their_numbers() {
    let compiled = compiled("yantai-2024-final", None);
    let headings = compiled.document.as_ref().unwrap().blocks.iter().filter_map(|block| {
        if let Block::Heading(heading) = block {
            Some((heading.level, &heading.number, text_of(&heading.text)))
        } else {
            None
        }
    });
    let own: Vec<_> = headings.skip_while(|(_, _, text)| text != "附件").skip(1).take(3).collect();
    assert!(own.iter().all(|(_, number, _)| number.is_empty()), "{own:?}");
    let levels: Vec<u8> = own.iter().map(|(level, _, _)| *level).collect();
    assert_eq!(levels, [2, 3, 4]);
    assert_eq!(own[1].2, "一、项目基本情况");
}
