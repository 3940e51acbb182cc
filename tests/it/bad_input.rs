//! Every mistake a person can make in the sources: what the program says, where, and that nothing is written.
//!
//! One edit of the small workspace a case. The findings must be exactly these: none missing, none that only follows
//! from another. Each line: place, code, message, what is marked there, the way out.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::workspace::{Workspace, talk};

const HEAD: &str = "data/archives-2024-budget/disclosure.yaml";
const UNIT: &str = "data/archives-2024-budget/unit.yaml";
const REASONS: &str = "data/archives-2024-budget/reasons.yaml";
const EXPENDITURE: &str = "data/archives-2024-budget/ledgers/expenditure.yaml";
const STATED: &str = "data/archives-2024-budget/ledgers/stated.yaml";
const WORK: &str = "data/archives-2024-budget/texts/work.md";
const STATEMENT: &str = "templates/profiles/small/chapters/statement.md";
const BALANCE: &str = "templates/profiles/small/tables/balance.yaml";

/// One change of a file.
#[derive(Clone, Copy)]
enum Edit {
    /// The first occurrence of a text.
    Replace(&'static str, &'static str, &'static str),
    Write(&'static str, &'static str),
    Bytes(&'static str, &'static [u8]),
    Remove(&'static str),
    /// The same text in another encoding.
    Gbk(&'static str),
    /// Five hundred open brackets.
    Nested(&'static str),
    /// Fifty megabytes.
    Huge(&'static str),
    /// A link to a file beside the workspace. On Windows making one takes a right that users do not have.
    #[cfg(unix)]
    Link(&'static str),
}

#[cfg(unix)]
use Edit::Link;
use Edit::{Bytes, Gbk, Huge, Nested, Remove, Replace, Write};

fn apply(root: &Path, edit: Edit) {
    match edit {
        Replace(file, from, to) => {
            let text = fs::read_to_string(root.join(file)).unwrap();
            assert!(text.contains(from), "{file} holds {from}");
            fs::write(root.join(file), text.replacen(from, to, 1)).unwrap();
        }
        Write(file, text) => fs::write(root.join(file), text).unwrap(),
        Bytes(file, bytes) => fs::write(root.join(file), bytes).unwrap(),
        Remove(file) => fs::remove_file(root.join(file)).unwrap(),
        Gbk(file) => {
            let text = fs::read_to_string(root.join(file)).unwrap();
            fs::write(root.join(file), encoding_rs::GBK.encode(&text).0).unwrap();
        }
        Nested(file) => fs::write(root.join(file), "[".repeat(500)).unwrap(),
        Huge(file) => fs::write(root.join(file), vec![b'#'; 50 << 20]).unwrap(),
        #[cfg(unix)]
        Link(file) => {
            fs::remove_file(root.join(file)).unwrap();
            fs::write(root.join("../outside.yaml"), "reasons: []\n").unwrap();
            std::os::unix::fs::symlink("../../../outside.yaml", root.join(file)).unwrap();
        }
    }
}

/// The bytes of all files below a folder, findings for the author left out: those a failed build may well write.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() && entry.file_name() != ".review" {
            found.extend(files(&path));
        } else if path.is_file() {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

/// The compiler's own findings in a JSON report: rules of `check` have tests of their own.
fn findings(report: &[u8]) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_slice(report).expect("the report is JSON");
    let findings = report["findings"].as_array().expect("findings").iter();
    let told = findings.filter(|finding| finding["severity"] == "error" && of_compiler(finding)).map(|finding| {
        let place = &finding["places"][0];
        let (path, line, column) = (place["path"].as_str().unwrap(), &place["line"], &place["column"]);
        let label = place["label"].as_str().filter(|label| !label.is_empty());
        let label = label.map(|label| format!("（{label}）")).unwrap_or_default();
        let (code, message) = (finding["code"].as_str().unwrap(), finding["message"].as_str().unwrap());
        format!("{path}:{line}:{column} {code} {message}{label} → {}", finding["help"].as_str().unwrap())
    });
    told.collect()
}

fn of_compiler(finding: &serde_json::Value) -> bool {
    finding["code"].as_str().is_some_and(|code| code.starts_with(['S', 'M', 'F', 'T', 'E', 'D']))
}

/// A published workspace, then the edits: exit code 1, exactly these findings, the publication untouched.
fn refused(edits: &[Edit], told: &[&str]) {
    let workspace = Workspace::small();
    let good = workspace.run(&["build"]);
    assert!(good.status.success(), "the fixture builds: {}", talk(&good));
    let before = files(&workspace.path().join("out"));
    assert!(before.len() > 3, "the fixture is published");
    for edit in edits {
        apply(workspace.path(), *edit);
    }
    let bad = workspace.run(&["build", "data/archives-2024-budget", "--format", "json"]);
    assert_eq!(findings(&bad.stdout), told, "{}", talk(&bad));
    assert_eq!(bad.status.code(), Some(1));
    assert_eq!(files(&workspace.path().join("out")), before, "what was published is untouched");
}

macro_rules! refused {
    ($($(#[$when:meta])? $name:ident: [$($edit:expr),* $(,)?] => [$($told:expr),* $(,)?];)*) => {
        $($(#[$when])?
        #[test]
        fn $name() {
            refused(&[$($edit),*], &[$($told),*]);
        })*
    };
}

refused! {
    // keys and words
    unknown_key: [Replace(UNIT, "duties:", "dutys:")] => [
        "data/archives-2024-budget/unit.yaml:3:1 S010 不认识的键“dutys” → 是不是想写“duties”？",
    ];
    unknown_key_of_a_line: [Replace(EXPENDITURE, "kind: 项目, economic", "kind: 项目, ecnomic")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:7:35 S010 不认识的键“ecnomic” → 是不是想写“economic”？",
    ];
    duplicate_key: [Replace(UNIT, "duties:", "name: 另一个\nduties:")] => [
        "data/archives-2024-budget/unit.yaml:3:1 S009 键“name”写了两次（第二次） → 删去其中一个。",
    ];
    duplicate_key_of_a_line: [Replace(EXPENDITURE, "kind: 项目,", "kind: 项目, kind: 项目,")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:7:35 S009 键“kind”写了两次（第二次） → 删去其中一个。",
    ];
    misspelt_fund: [Replace(EXPENDITURE, "fund: 一般公共预算", "fund: 一般公公预算")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:3:29 S013 资金性质里没有“一般公公预算” → 是不是想写“一般公共预算”？可以写：一般公共预算、政府性基金、国有资本经营、财政专户、单位资金。",
    ];
    misspelt_project: [Replace(EXPENDITURE, "project: repair", "project: repiar")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:7:68 M005 没有这个项目：“repiar” → 是不是想写“repair”？",
    ];
    misspelt_unit: [Replace(EXPENDITURE, "unit: own", "unit: owm")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:3:18 M005 没有这个单位：“owm” → 是不是想写“own”？",
    ];
    misspelt_profile: [Replace(HEAD, "profile: small", "profile: smal")] => [
        "data/archives-2024-budget/disclosure.yaml:4:10 M005 没有文种“smal” → 是不是想写“small”？",
    ];
    stage_of_final_accounts_in_a_budget: [Replace(EXPENDITURE, "stages: [本年预算]", "stages: [决算]")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:2:10 M008 阶段“决算”不适用 → 这里可以写：本年预算、上年预算、上年执行。",
    ];
    value_where_a_list_belongs: [Replace(UNIT, "short_names: [县档案馆]", "short_names: 县档案馆")] => [
        "data/archives-2024-budget/unit.yaml:2:14 S012 这里应是列表（每项以“- ”开头） → 对照 gen schema 或示例改正写法。",
    ];
    year_in_words: [Replace(HEAD, "2024\n", "二〇二四\n")] => [
        "data/archives-2024-budget/disclosure.yaml:3:7 S014 “二〇二四”不是年度 → 写四位公历年，如 2024。",
    ];
    day_that_does_not_exist: [Replace(HEAD, "2024-02-01", "2024-02-30")] => [
        "data/archives-2024-budget/disclosure.yaml:5:11 S014 “2024-02-30”不是日期 → 写成 2024-02-05 的形式。",
    ];
    // amounts
    amount_with_exponent: [Replace(EXPENDITURE, "80.00", "1e3")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:5:73 S015 金额“1e3”写法不对（不能用科学计数法） → 金额只用半角数字、小数点和正确的千分位逗号，如 1,234.50。",
    ];
    amount_in_full_width_digits: [Replace(EXPENDITURE, "80.00", "１２")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:5:73 S015 金额“１２”写法不对（用了全角数字或符号） → 金额只用半角数字、小数点和正确的千分位逗号，如 1,234.50。",
    ];
    amount_with_misplaced_separator: [Replace(EXPENDITURE, "80.00", "\"12,34.5\"")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:5:73 S015 金额“12,34.5”写法不对（千分位逗号的位置不对） → 金额只用半角数字、小数点和正确的千分位逗号，如 1,234.50。",
    ];
    amount_cut_by_its_separator: [Replace(EXPENDITURE, "80.00", "12,34.5")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:5:76 S015 金额“34.5”写法不对（花括号里逗号是分隔符，带千分位的金额要加引号） → 金额只用半角数字、小数点和正确的千分位逗号，如 1,234.50。",
    ];
    amount_with_too_many_decimals: [Replace(EXPENDITURE, "80.00", "80.1234567")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:5:73 S015 金额“80.1234567”写法不对（小数最多 6 位） → 金额只用半角数字、小数点和正确的千分位逗号，如 1,234.50。",
    ];
    amount_in_yuan_with_too_many_decimals: [Replace(EXPENDITURE, "unit: 万元", "unit: 元"), Replace(EXPENDITURE, "80.00", "80.125")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:5:73 S015 金额“80.125”写法不对（小数最多 2 位） → 金额只用半角数字、小数点和正确的千分位逗号，如 1,234.50。",
    ];
    amount_with_underscore: [Replace(EXPENDITURE, "80.00", "12_000")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:5:73 S015 金额“12_000”写法不对（不能用下划线分隔） → 金额只用半角数字、小数点和正确的千分位逗号，如 1,234.50。",
    ];
    amount_in_hexadecimal: [Replace(EXPENDITURE, "80.00", "0x10")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:5:73 S015 金额“0x10”写法不对（不是数字） → 金额只用半角数字、小数点和正确的千分位逗号，如 1,234.50。",
    ];
    amount_in_words: [Replace(EXPENDITURE, "80.00", "八十")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:5:73 S015 金额“八十”写法不对（不是数字） → 金额只用半角数字、小数点和正确的千分位逗号，如 1,234.50。",
    ];
    empty_amount: [Replace(EXPENDITURE, "80.00", "\"\"")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:5:73 S015 金额“”写法不对（没有写数字；不知道的金额写 ~） → 金额只用半角数字、小数点和正确的千分位逗号，如 1,234.50。",
    ];
    // codes
    unknown_code_without_a_name: [Replace(EXPENDITURE, "function: 2012601, kind: 项目", "function: 2012799, kind: 项目")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:7:16 M003 科目表里没有 2012799，又没有写名称 → 写成“2012799 科目名称”。",
    ];
    known_code_under_another_name: [Replace(EXPENDITURE, "2210201 住房公积金", "2210201 公积金")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:8:16 M001 2210201 是“住房公积金”，不是“公积金” → 核对当年科目表，改正编码或名称。",
    ];
    code_with_a_letter: [Replace(EXPENDITURE, "function: 2012601, kind: 项目", "function: 20126x1, kind: 项目")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:7:16 M004 “20126x1”不是支出功能分类编码 → 功能分类写 3、5、7 位数字，经济分类写 3、5 位数字。",
    ];
    default_that_the_ledger_does_not_keep: [Replace("data/archives-2024-budget/ledgers/income.yaml", "fund: 一般公共预算}", "fund: 一般公共预算, origin: 当年}")] => [
        "data/archives-2024-budget/ledgers/income.yaml:3:11 S010 不认识的键“origin” → 这里可以写的键：unit、source、function、fund、project、counterparty。",
    ];
    // tables
    line_that_falls_into_no_cell: [Replace(EXPENDITURE, "function: 2210201 住房公积金, kind", "function: 2080505, kind")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:8:5 T001 这一行台账没有落进“收支总表”的任何一行（unit=own function=2080505 kind=基本·人员 economic=30113 fund=一般公共预算 origin=当年） → 检查这一行的编码和性质，或在表样里补上对应的行。",
    ];
    empty_table_without_amounts: [Write("templates/profiles/small/tables/expenditure.yaml", "title: 支出总表\nempty: {keep: rows, statement: 没有。}\nblocks:\n  - columns: [{head: 事项, show: name}]\n    bands: [{rows: [{label: 甲}]}]\n")] => [
        "templates/profiles/small/tables/expenditure.yaml:1:1 T003 表样没有金额栏，看不出是不是空表，不能写 empty → 去掉 empty；没有可列的，在章节模板里另写一句。",
    ];
    line_that_falls_into_two_cells: [Replace(BALANCE, "{label: 其他收入, filter: {source: 其他收入}}", "{label: 其他收入, filter: {function: \"221\"}}")] => [
        "data/archives-2024-budget/ledgers/income.yaml:6:5 T002 这一行台账落进了“收支总表”的 2 行（unit=own function=2210201 fund=一般公共预算 source=财政拨款收入） → 检查表样里各行的取数条件，使它们互不重叠。",
    ];
    line_that_lacks_a_dimension: [Replace(EXPENDITURE, ", kind: 项目", "")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:7:5 F003 “合计”各栏要按支出性质取数，这一行台账没有写（没有 kind） → 给这一行补上 kind。",
    ];
    // addresses
    address_of_nothing_in_a_chapter: [Replace(STATEMENT, "figure(of=\"支出合计@本年预算\")", "figure(of=\"支出总和@本年预算\")")] => [
        "templates/profiles/small/chapters/statement.md:3:21 E001 模板有误：数字地址“支出总和@本年预算”无法解析：没有“支出总和”这个数字。是不是想写：支出总计？ → 按提示改正模板；能用的函数见文种编写指南。",
    ];
    address_of_nothing_in_a_reason: [Replace(REASONS, "支出合计@", "支出总和@")] => [
        "data/archives-2024-budget/reasons.yaml:2:14 F001 数字地址“支出总和@本年预算”无法解析：没有“支出总和”这个数字 → 是不是想写：支出总计？",
    ];
    address_of_nothing_in_prose: [Replace(WORK, "支出合计@", "支出合@")] => [
        "data/archives-2024-budget/texts/work.md:1:5 F001 数字地址“支出合@本年预算”无法解析：没有“支出合”这个数字 → 是不是想写：支出合计？",
    ];
    address_of_an_unknown_project: [Replace(WORK, "支出合计@", "expenditure{project=repiar}@")] => [
        "data/archives-2024-budget/texts/work.md:1:5 F001 数字地址“expenditure{project=repiar}@本年预算”无法解析：项目里没有“repiar” → 可以写：repair。",
    ];
    address_at_an_unknown_stage: [Replace(WORK, "@本年预算", "@本年决算")] => [
        "data/archives-2024-budget/texts/work.md:1:5 F001 数字地址“支出合计@本年决算”无法解析：没有“本年决算”这个阶段 → 是不是想写“本年预算”？",
    ];
    figure_stated_twice: [Replace(STATED, "figures:\n", "figures:\n  - {figure: \"expenditure@上年预算\", amount: 90.00}\n")] => [
        "data/archives-2024-budget/ledgers/stated.yaml:4:14 F002 “支出合计@上年预算”给出了两次（第二次） → 删去其中一个。",
    ];
    figure_stated_beside_the_ledger: [Replace(STATED, "@上年预算", "@本年预算")] => [
        "data/archives-2024-budget/ledgers/stated.yaml:3:14 F004 “支出合计@本年预算”台账里已有，又另外给出（另外给出的数） → 删去这个引定数；确需并列公开的，在 disclosure.yaml 的 waivers 里写 rule: F004、figure 和 reason。",
    ];
    reason_given_twice: [Replace(REASONS, "reasons:\n", "reasons:\n  - {figure: \"expenditure@本年预算\", base: 上年预算, text: 另一个原因}\n")] => [
        "data/archives-2024-budget/reasons.yaml:3:14 F002 “支出合计@本年预算”的变动原因给出了两次（第二次） → 删去其中一个。",
    ];
    // templates
    template_with_broken_syntax: [Replace(STATEMENT, "{{ year() }}", "{{ year( }}")] => [
        "templates/profiles/small/chapters/statement.md:3:10 E001 模板有误：写法不对：这里不应是 `}}` → 按提示改正模板；能用的函数见文种编写指南。",
    ];
    template_without_an_end: [Replace(STATEMENT, "{{ year() }}", "{% if true %}{{ year() }}")] => [
        "templates/profiles/small/chapters/statement.md:6:1 E001 模板有误：模板没有写完：少了 {% endif %}、{% endfor %} 或括号 → 按提示改正模板；能用的函数见文种编写指南。",
    ];
    template_with_an_unknown_function: [Replace(STATEMENT, "{{ year() }}", "{{ jahr() }}")] => [
        "templates/profiles/small/chapters/statement.md:3:4 E001 模板有误：没有“jahr”这个函数 → 按提示改正模板；能用的函数见文种编写指南。",
    ];
    template_with_an_unknown_filter: [Replace(STATEMENT, "{{ year() }}", "{{ unit.name | upperr }}")] => [
        "templates/profiles/small/chapters/statement.md:3:16 E001 模板有误：没有“upperr”这个过滤器 → 按提示改正模板；能用的函数见文种编写指南。",
    ];
    template_with_an_unknown_variable: [Replace(STATEMENT, "{{ year() }}", "{{ unti }}")] => [
        "templates/profiles/small/chapters/statement.md:3:4 E001 模板有误：没有“unti”这个名称；可以写：assets、goal_projects、kind、options、projects、purposes、scope、unit → 按提示改正模板；能用的函数见文种编写指南。",
    ];
    template_without_an_argument: [Replace(STATEMENT, "figure(of=\"支出合计@本年预算\")", "figure()")] => [
        "templates/profiles/small/chapters/statement.md:3:21 E001 模板有误：少了参数 of → 按提示改正模板；能用的函数见文种编写指南。",
    ];
    template_with_an_unknown_table: [Replace("templates/profiles/small/chapters/tables.md", "name=\"balance\"", "name=\"balanc\"")] => [
        "templates/profiles/small/chapters/tables.md:1:4 E001 模板有误：没有表样“balanc”，是不是想写“balance”？ → 按提示改正模板；能用的函数见文种编写指南。",
    ];
    template_that_is_missing: [Remove(STATEMENT)] => [
        "templates/profiles/small/profile.yaml:8:26 S001 没有章节模板“statement.md” → 可以写：overview、tables。",
    ];
    raw_html_in_a_template: [Replace(STATEMENT, "## 支出情况", "## 支出情况\n\n<b>重点</b>")] => [
        "templates/profiles/small/chapters/statement.md:1:1 E003 章节里用了不支持的HTML“</b>”（这个模板） → 改用标题、段落、列表、强调、简单表格和引用。",
        "templates/profiles/small/chapters/statement.md:1:1 E003 章节里用了不支持的HTML“<b>”（这个模板） → 改用标题、段落、列表、强调、简单表格和引用。",
    ];
    // undeclared digits
    digits_in_a_template: [Replace(STATEMENT, "年支出预算", "年支出预算约130万元或１４０万元，")] => [
        "templates/profiles/small/chapters/statement.md:3:19 E002 模板里直接写了“130”（未声明的数字） → 由台账算出的用 {{ figure(of=…) }}，年份用 {{ year() }}，固定的数字用 {{ literal(text=…) }}。",
        "templates/profiles/small/chapters/statement.md:3:25 E002 模板里直接写了“１４０”（未声明的数字） → 由台账算出的用 {{ figure(of=…) }}，年份用 {{ year() }}，固定的数字用 {{ literal(text=…) }}。",
    ];
    digit_computed_in_a_template: [Replace(STATEMENT, "年支出预算", "{{ \"a\" | length }}")] => [
        "templates/profiles/small/chapters/statement.md:1:1 E002 展开后的文字里有未声明的“1”（这个模板） → 数字要来自引用、编码、日期，或用 literal() 声明。",
    ];
    digits_in_a_reason: [Replace(REASONS, "增加了库房维修", "增加了3间库房")] => [
        "data/archives-2024-budget/reasons.yaml:2:48 M006 文字里的“3”没有声明（未声明的数字） → 能由台账算出的写成 [[数字地址]]；确属原文数字的写成 [[=3]]。",
    ];
    digits_in_prose: [Replace(WORK, "全年", "全年完成5项，")] => [
        "data/archives-2024-budget/texts/work.md:1:5 M006 文字里的“5”没有声明（未声明的数字） → 能由台账算出的写成 [[数字地址]]；确属原文数字的写成 [[=5]]。",
    ];
    digits_in_a_duty: [Replace(UNIT, "保管档案；", "保管12万卷档案；")] => [
        "data/archives-2024-budget/unit.yaml:4:7 M006 文字里的“12”没有声明（未声明的数字） → 能由台账算出的写成 [[数字地址]]；确属原文数字的写成 [[=12]]。",
    ];
    // files
    unit_that_is_missing: [Remove(UNIT)] => [
        "data/archives-2024-budget/disclosure.yaml:1:1 S001 缺少 data/archives-2024-budget/unit.yaml（这份公开没有单位信息） → 补上 unit.yaml，至少写 name。",
    ];
    disclosure_that_is_missing: [Remove(HEAD)] => [
        "data/archives-2024-budget/disclosure.yaml:1:1 S001 没有文件 data/archives-2024-budget/disclosure.yaml → 每份公开的文件夹都要有 disclosure.yaml；可用 gen new 建一份。",
    ];
    file_with_an_unknown_name: [Write("data/archives-2024-budget/ledgers/expenditures.yaml", "unit: 元\n")] => [
        "data/archives-2024-budget/ledgers/expenditures.yaml:1:1 S001 不认识的文件“ledgers/expenditures.yaml” → 台账文件名以 income、expenditure、balances 开头，或是 stated、procurement、assets、three-public；项目放在 projects/。",
    ];
    aliases_that_explode: [Write(REASONS, "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]\ni: &i [*h,*h,*h,*h,*h,*h,*h,*h,*h]\nreasons: *i\n")] => [
        "data/archives-2024-budget/reasons.yaml:1:4 S006 来源文件不能用锚点、别名、标签或合并键 → 把值直接写出来；确以 & * ! 开头的文字加上引号。",
    ];
    alias_inside_a_line: [Write(REASONS, "reasons: [{figure: &x a, base: *x}]\n")] => [
        "data/archives-2024-budget/reasons.yaml:1:20 S006 来源文件不能用锚点、别名、标签或合并键 → 把值直接写出来；确以 & * ! 开头的文字加上引号。",
    ];
    nesting_without_end: [Nested(REASONS)] => [
        "data/archives-2024-budget/reasons.yaml:1:65 S007 文件结构过深或过大（到这里超过上限） → 检查文件是否损坏，必要时拆分。",
    ];
    file_of_fifty_megabytes: [Huge(EXPENDITURE)] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:1:1 S003 文件有 50 MB，上限是 4 MB → 台账拆成几份，或检查是否放错了文件。",
    ];
    invalid_utf8: [Bytes(REASONS, b"reasons:\n  - {figure: \"\xff\xfe\xfa\", base: x}\n")] => [
        "data/archives-2024-budget/reasons.yaml:2:15 S002 文件不是 UTF-8 编码（这里不是 UTF-8） → 用编辑器另存为 UTF-8 编码；若打不开，文件可能已损坏。",
    ];
    gbk: [Gbk(REASONS)] => [
        "data/archives-2024-budget/reasons.yaml:2:15 S002 文件是 GBK 编码（从这里起不是 UTF-8） → 用编辑器另存为 UTF-8 编码。",
    ];
    tab_indentation: [Replace(EXPENDITURE, "  - {function: 2012601 ", "\t- {function: 2012601 ")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:5:1 S004 缩进用了制表符（Tab）（制表符） → 换成半角空格，每层两个。",
    ];
    full_width_colon: [Replace(UNIT, "name: 示例", "name：示例")] => [
        "data/archives-2024-budget/unit.yaml:1:5 S005 键后面是全角冒号（全角冒号） → 改成半角冒号加一个空格“: ”。",
    ];
    full_width_colon_inside_braces: [Replace(EXPENDITURE, "fund: 一般", "fund：一般")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:3:27 S005 键后面是全角冒号（全角冒号） → 改成半角冒号加一个空格“: ”。",
    ];
    no_break_space_in_the_indentation: [Replace(UNIT, "  - 保管", "\u{a0} - 保管")] => [
        "data/archives-2024-budget/unit.yaml:4:1 S004 用了特殊空格（U+00A0）（特殊空格） → 换成半角空格；缩进每层两个。",
    ];
    no_break_space_after_the_colon: [Replace(UNIT, "name: 示", "name:\u{a0}示")] => [
        "data/archives-2024-budget/unit.yaml:1:6 S004 用了特殊空格（U+00A0）（特殊空格） → 换成半角空格；缩进每层两个。",
    ];
    colon_without_a_blank: [Replace(UNIT, "name: 示例", "name:示例")] => [
        "data/archives-2024-budget/unit.yaml:2:12 S008 YAML 语法错误，文件无法读完（在这里读不下去） → 冒号的位置不对：键后要用“: ”（半角冒号加空格），值里有冒号的要加引号。检查这一处和上一行的缩进、引号、括号和冒号。",
    ];
    quotation_without_an_end: [Replace(UNIT, "code: \"101001\"", "code: \"101001")] => [
        "data/archives-2024-budget/unit.yaml:7:39 S008 YAML 语法错误，文件无法读完（在这里读不下去） → 引号没有成对。检查这一处和上一行的缩进、引号、括号和冒号。",
    ];
    brace_without_an_end: [Replace(EXPENDITURE, "amount: 80.00}", "amount: 80.00")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:7:3 S008 YAML 语法错误，文件无法读完（在这里读不下去） → 上一行的 { 或 [ 没有关上。检查这一处和上一行的缩进、引号、括号和冒号。",
    ];
    indentation_that_does_not_agree: [Replace(EXPENDITURE, "  - {function: 2210201", " - {function: 2210201")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:8:2 S008 YAML 语法错误，文件无法读完（在这里读不下去） → 缩进与上面各行不一致。检查这一处和上一行的缩进、引号、括号和冒号。",
    ];
    #[cfg(unix)]
    link_out_of_the_workspace: [Link(REASONS)] => [
        "data/archives-2024-budget/reasons.yaml:1:1 S016 data/archives-2024-budget/reasons.yaml 指向工作区之外 → 把文件放进工作区，不用链接。",
    ];
    profile_path_out_of_the_workspace: [Replace(HEAD, "profile: small", "profile: ../profiles/small")] => [
        "templates/profiles/../profiles/small/profile.yaml:1:1 S016 templates/profiles/../profiles/small/profile.yaml 指向工作区之外 → 把文件放进工作区，不用链接。",
    ];
    character_without_a_glyph: [Replace(UNIT, "保管档案；", "保管𠀀档案；")] => [
        "data/archives-2024-budget/unit.yaml:4:7 D002 字体里没有“𠀀”（U+20000） → 核对这个字；确需使用的，用 --font-path 提供含有它的字体。",
    ];
    character_without_a_glyph_in_a_text: [Replace(WORK, "全年支出", "全年𠀀支出")] => [
        "data/archives-2024-budget/texts/work.md:1:3 D002 字体里没有“𠀀”（U+20000） → 核对这个字；确需使用的，用 --font-path 提供含有它的字体。",
    ];
    character_without_a_glyph_in_a_table: [Replace(BALANCE, "label: 其他收入", "label: 其他𠀀收入")] => [
        "templates/profiles/small/tables/balance.yaml:15:23 D002 字体里没有“𠀀”（U+20000） → 核对这个字；确需使用的，用 --font-path 提供含有它的字体。",
    ];
    all_mistakes_at_once: [Replace(UNIT, "duties:", "dutys:"), Replace(EXPENDITURE, "80.00", "1e3"), Replace(EXPENDITURE, "10.50", "１２"), Replace(WORK, "支出合计@", "支出合@"), Replace(STATEMENT, "年支出预算", "年支出预算约130万元，")] => [
        "data/archives-2024-budget/ledgers/expenditure.yaml:5:73 S015 金额“1e3”写法不对（不能用科学计数法） → 金额只用半角数字、小数点和正确的千分位逗号，如 1,234.50。",
        "data/archives-2024-budget/ledgers/expenditure.yaml:6:67 S015 金额“１２”写法不对（用了全角数字或符号） → 金额只用半角数字、小数点和正确的千分位逗号，如 1,234.50。",
        "data/archives-2024-budget/texts/work.md:1:5 F001 数字地址“支出合@本年预算”无法解析：没有“支出合”这个数字 → 是不是想写：支出合计？",
        "data/archives-2024-budget/unit.yaml:3:1 S010 不认识的键“dutys” → 是不是想写“duties”？",
        "templates/profiles/small/chapters/statement.md:3:19 E002 模板里直接写了“130”（未声明的数字） → 由台账算出的用 {{ figure(of=…) }}，年份用 {{ year() }}，固定的数字用 {{ literal(text=…) }}。",
    ];
}
