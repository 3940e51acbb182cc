//! Regions are data: any profile prints any unit's ledgers, and the program knows no region.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::workspace::{Workspace, copy, repository};

/// Budget disclosures of the repository with what only their own pages may say.
const BUDGETS: &[(&str, &str, &[&str])] = &[
    ("huzhu-2024-budget", "huzhu-budget", &["互助", "青海"]),
    ("weihai-2024-budget", "weihai-budget", &["威海", "山东"]),
    ("qinhuangdao-2023-budget", "qinhuangdao-budget", &["秦皇岛", "海港区", "河北"]),
];

const FINALS: &[(&str, &str, &[&str])] = &[
    ("yantai-2024-final", "yantai-final", &["烟台", "山东"]),
    ("wuhai-2024-final", "wuhai-final", &["乌海", "内蒙古"]),
];

/// A disclosure printed by another region's profile as a draft: the page and the codes of the errors.
fn printed_by(slug: &str, profile: &str) -> (String, BTreeSet<String>) {
    let workspace = Workspace::with(slug);
    let head = format!("data/{slug}/disclosure.yaml");
    let text: Vec<String> = workspace
        .read(&head)
        .lines()
        .map(|line| if line.starts_with("profile:") { format!("profile: {profile}") } else { line.to_owned() })
        .collect();
    workspace.write(&head, &(text.join("\n") + "\n"));
    let output = workspace.run(&["build", "--draft", "--formats", "markdown", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let codes = codes(&report);
    (workspace.read(&format!("out/{slug}/{slug}.md")), codes)
}

/// Codes of all errors in a report, wherever they stand in it.
fn codes(report: &Value) -> BTreeSet<String> {
    match report {
        Value::Object(keys) => {
            let error = keys.get("severity").and_then(Value::as_str) == Some("error");
            let own = keys.get("code").and_then(Value::as_str).filter(|_| error).map(str::to_owned);
            own.into_iter().chain(keys.values().flat_map(codes)).collect()
        }
        Value::Array(items) => items.iter().flat_map(codes).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => BTreeSet::new(),
    }
}

/// The years a page names.
fn years(text: &str) -> BTreeSet<String> {
    text.match_indices("年")
        .filter_map(|(at, _)| {
            let year: String = text[..at].chars().rev().take_while(char::is_ascii_digit).collect();
            (year.len() == 4).then(|| year.chars().rev().collect())
        })
        .collect()
}

/// Everything a user wrote for a disclosure.
fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for path in files(folder) {
        text.push_str(&fs::read_to_string(path).unwrap());
    }
    text
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn cross(disclosures: &[(&str, &str, &[&str])], total: &str) {
    for (slug, own_profile, _) in disclosures {
        let (own, _) = printed_by(slug, own_profile);
        let sum = total_of(&own, total);
        let written = sources(&repository().join("data").join(slug));
        for (_, profile, names) in disclosures.iter().filter(|(_, profile, _)| profile != own_profile) {
            let (page, codes) = printed_by(slug, profile);
            // Rules judge the sources; the profile itself may only miss dimensions.
            let of_profile: Vec<&String> =
                codes.iter().filter(|code| code.starts_with(['F', 'T', 'E', 'D', 'M'])).collect();
            assert!(of_profile.iter().all(|code| *code == "F003"), "{slug} by {profile}: {of_profile:?}");
            for name in *names {
                let foreign = page.matches(name).count();
                assert!(foreign == 0 || written.contains(name), "{slug} by {profile} says {name}");
            }
            let year: u16 = slug.split('-').nth(1).unwrap().parse().unwrap();
            for foreign in years(&page).iter().filter(|other| !written.contains(*other)) {
                assert!(
                    [year, year - 1].iter().any(|known| known.to_string() == *foreign),
                    "{slug} by {profile} says {foreign}年"
                );
            }
            let bare = page.replace(',', "");
            assert!(bare.contains(&sum), "{slug} by {profile} does not print the total {sum}");
        }
    }
}

/// The amount in the row of a label, without separators.
fn total_of(page: &str, label: &str) -> String {
    let row = page.lines().find(|line| line.starts_with('|') && line.contains(label)).unwrap();
    let cell =
        row.split('|').map(str::trim).find(|cell| cell.ends_with(|c: char| c.is_ascii_digit()) && cell.contains('.'));
    cell.unwrap().replace(',', "")
}

#[test]
fn every_budget_profile_prints_every_budget() {
    cross(BUDGETS, "支出总计");
}

#[test]
fn every_final_accounts_profile_prints_all_final_accounts() {
    // One of them publishes no tables, so the total is looked for in prose.
    for (slug, own_profile, _) in FINALS {
        for (_, profile, names) in FINALS.iter().filter(|(_, profile, _)| profile != own_profile) {
            let (page, codes) = printed_by(slug, profile);
            let of_profile: Vec<&String> = codes.iter().filter(|code| code.starts_with(['F', 'T', 'E', 'D'])).collect();
            assert!(of_profile.iter().all(|code| *code == "F003"), "{slug} by {profile}: {of_profile:?}");
            let own = fs::read_to_string(repository().join(format!("tests/golden/{slug}.md"))).unwrap();
            assert_eq!(grand_total(&page), grand_total(&own), "{slug} by {profile}");
            let written = sources(&repository().join("data").join(slug));
            for name in *names {
                assert!(!page.contains(name) || written.contains(name), "{slug} by {profile} says {name}");
            }
        }
    }
}

/// 收、支总计 as the prose of final accounts says it first.
fn grand_total(page: &str) -> rust_decimal::Decimal {
    let said = regex::Regex::new("总计均为 ?([0-9,]+(?:[.][0-9]+)?)").unwrap();
    said.captures(page).expect("a grand total")[1].replace(',', "").parse().unwrap()
}

/// The sixth profile and its made-up department, in a workspace of their own.
fn sixth() -> String {
    let workspace = Workspace::empty();
    copy(&repository().join("tests/fixtures/sixth"), workspace.path());
    let output = workspace.run(&["build", "--formats", "markdown"]);
    assert!(output.status.success(), "{}", crate::workspace::talk(&output));
    workspace.read("out/qinglan-2026-budget/qinglan-2026-budget.md")
}

#[test]
fn a_profile_nobody_has_seen_needs_no_rust() {
    let page = sixth();
    let at = |text: &str| page.rfind(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(!page.contains("第一部分"));
    assert!(at("## 二、名词解释") < at("## 三、收支预算及说明"), "the glossary stands before the figures");
    assert!(at("### 支出预算表（按单位）") < at("按单位：") && at("按单位：") < at("### 支出预算表（按功能分类）"));
    for row in [
        // Only classes that occur, numbered anew; 元 in tables.
        "|  |  | 二、农林水支出 | 11,740,000.50 |",
        "| 合计 | 14,020,000.50 | 合计 | 14,020,000.50 |",
        // By member unit and by function, compared with last year.
        "| 青岚市水文站 | 2,050,000.00 | 3,350,000.00 | 1,300,000.00 | 63.41% |",
        "| 合计 | 12,945,000.00 | 14,020,000.50 | 1,075,000.50 | 8.30% |",
        "| 2240602 | 地质灾害防治 |  | 1,200,000.00 | 1,200,000.00 | --（基数为0，不可比） |",
        "|  | 合计 | 12,945,000.00 | 14,020,000.50 | 1,075,000.50 | 8.30% |",
        "| 培训费 | 50,000.00 | 60,000.00 | 10,000.00 | 20.00% |",
        "| 合计 | 32 | 33 | 61 | 14 |",
    ] {
        assert!(page.contains(row), "{row}");
    }
    assert!(page.contains("2026年收支预算1,402.00万元"), "prose is in 万元");
    assert_eq!(page.matches("#### 7. 绩效目标").count(), 2, "seven fixed sub-headings for each project");
    assert!(page.contains("没有政府性基金预算支出，故本表无数据。") && page.contains("本表不予公开。"));
    assert!(!page.contains("765,432.10"), "a withheld table publishes nothing");
}

#[test]
fn no_region_is_named_in_the_program() {
    let mut words: BTreeSet<String> = ["互助", "威海", "秦皇岛", "海港区", "烟台", "乌海"].map(str::to_owned).into();
    for (slug, _, _) in BUDGETS.iter().chain(FINALS) {
        let unit = fs::read_to_string(repository().join("data").join(slug).join("unit.yaml")).unwrap();
        for key in ["name: ", "region: ", "superior: "] {
            words.extend(unit.lines().filter_map(|line| line.strip_prefix(key)).map(str::to_owned));
        }
        words.extend(slug.split('-').next().map(str::to_owned));
    }
    for path in files(&repository().join("src")).iter().filter(|path| path.extension().is_some_and(|end| end == "rs")) {
        let text = fs::read_to_string(path).unwrap();
        for word in &words {
            assert!(!text.contains(word), "{} names {word}", path.display());
        }
        let program = text.split("#[cfg(test)]").next().unwrap();
        let code: Vec<&str> = program.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let tests = path.ends_with("tests.rs") || path.ends_with("sample.rs");
        assert!(tests || years(&code.join("\n")).is_empty(), "{} names a year", path.display());
    }
}

#[test]
fn a_table_that_differs_in_its_title_writes_only_that() {
    let lines = |name: &str| -> usize {
        let folder = repository().join("templates/profiles").join(name);
        files(&folder).iter().map(|path| fs::read_to_string(path).unwrap().lines().count()).sum()
    };
    let shared = lines("base") + lines("base-budget");
    let mut report = format!("shared by the budget profiles: {shared} lines\n");
    for (_, profile, _) in BUDGETS {
        writeln!(report, "{profile}: {} lines of its own", lines(profile)).unwrap();
    }
    println!("{report}");
    let table = fs::read_to_string(repository().join("templates/profiles/weihai-budget/tables/general.yaml")).unwrap();
    assert!(table.lines().count() <= 3, "a table that only has another title writes only that");
}

/// One record of the schema as a section.
fn section(name: &str, record: &Value, out: &mut String) {
    writeln!(out, "## {name}\n\n{}\n", record["description"].as_str().unwrap_or_default()).unwrap();
    if let Some(terms) = record["enum"].as_array() {
        writeln!(out, "| 写法 | 含义 |\n|---|---|").unwrap();
        for (index, term) in terms.iter().enumerate() {
            let about = record["enumDescriptions"][index].as_str().unwrap_or_default();
            writeln!(out, "| `{}` | {about} |", term.as_str().unwrap()).unwrap();
        }
        out.push('\n');
        return;
    }
    let required: Vec<&str> = record["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    writeln!(out, "| 键 | 值 | 含义 |\n|---|---|---|").unwrap();
    for (key, value) in record["properties"].as_object().unwrap() {
        let must = if required.contains(&key.as_str()) { "（必写）" } else { "" };
        let about = value["description"].as_str().unwrap_or_default();
        writeln!(out, "| `{key}`{must} | {} | {about} |", kind(value).replace('|', "\\|")).unwrap();
    }
    out.push('\n');
}

/// What a key takes, in words.
fn kind(value: &Value) -> String {
    if let Some(reference) = value["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(options) = value["anyOf"].as_array() {
        let named: Vec<String> = options.iter().filter(|own| own["type"] != "null").map(kind).collect();
        return named.join("或");
    }
    if value["properties"]["use"].is_object() {
        return "`{use: 组件}`".to_owned();
    }
    let word = value["type"].as_str().or_else(|| value["type"][0].as_str());
    match word {
        Some("array") => format!("列表：{}", kind(&value["items"])),
        Some("object") => "名称和值".to_owned(),
        Some("integer") => "整数".to_owned(),
        Some("boolean") => "`true` / `false`".to_owned(),
        _ => "文字".to_owned(),
    }
}

#[test]
fn the_table_reference_is_current() {
    let schemas = disclosure::compile::schemas();
    let mut now = "# 表样和文种：逐键参考\n\n由程序的 JSON Schema 生成（`UPDATE_GOLDEN=1 cargo test --release`），不要手改。写法和例子见 [文种编写指南](profile-guide.zh-CN.md)。\n\n".to_owned();
    for (file, lead) in [("table", "tables/*.yaml"), ("chart", "charts/*.yaml"), ("profile", "profile.yaml")] {
        let (_, text) = schemas.iter().find(|(name, _)| *name == file).unwrap();
        let schema: Value = serde_json::from_str(text).unwrap();
        section(lead, &schema, &mut now);
        for (name, record) in schema["$defs"].as_object().unwrap() {
            if !now.contains(&format!("\n## {name}\n")) {
                section(name, record, &mut now);
            }
        }
    }
    let path = repository().join("docs/table-reference.zh-CN.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &now).unwrap();
    }
    assert!(fs::read_to_string(&path).is_ok_and(|text| text == now), "UPDATE_GOLDEN=1 writes {} anew", path.display());
}

#[test]
fn the_guide_quotes_the_sixth_profile() {
    let guide = fs::read_to_string(repository().join("docs/profile-guide.zh-CN.md")).unwrap();
    let folder = repository().join("tests/fixtures/sixth/templates/profiles/qinglan-budget");
    let mut quoted = 0;
    for block in guide.split("\n```").skip(1).step_by(2) {
        let Some((_, body)) = block.split_once('\n') else { continue };
        let Some((mark, text)) = body.split_once('\n') else { continue };
        let path = mark.trim_start_matches("{# ").trim_start_matches("# ").trim_end_matches(" #}");
        if path.ends_with(".yaml") || path.ends_with(".md") {
            let file = fs::read_to_string(folder.join(path)).unwrap();
            assert!(file.contains(text.trim_end()), "the guide quotes {path} as it no longer is:\n{text}");
            quoted += 1;
        }
    }
    assert_eq!(quoted, 12, "quotations found");
}
