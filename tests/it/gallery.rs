//! Every rule has a good and a bad case, and the table of rules in the documentation is made from both.

use std::{collections::BTreeSet, fs};

use disclosure::{check::RULES, compile::compile};

use crate::{memory::Memory, workspace::repository};

/// A line of `tests/gallery/cases.txt`.
pub(crate) struct Case {
    pub(crate) code: String,
    pub(crate) base: String,
    edits: Vec<(String, String, String)>,
}

pub(crate) fn cases() -> Vec<Case> {
    let text = fs::read_to_string(repository().join("tests/gallery/cases.txt")).unwrap();
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(case).collect()
}

fn case(line: &str) -> Case {
    let (head, rest) = line.split_once(" | ").unwrap_or_else(|| panic!("{line}"));
    let (code, base) = head.split_once(' ').unwrap();
    let edits = rest.split(" ;; ").map(|edit| {
        let (file, change) = edit.split_once(" | ").unwrap_or_else(|| panic!("{line}"));
        let (from, to) = change.split_once(" =>").unwrap_or_else(|| panic!("{line}"));
        (file.to_owned(), from.to_owned(), to.strip_prefix(' ').unwrap_or(to).replace('%', "\n"))
    });
    Case { code: code.to_owned(), base: base.to_owned(), edits: edits.collect() }
}

/// A base of the gallery.
pub(crate) fn base(name: &str) -> Memory {
    let own = format!("tests/gallery/{name}");
    Memory::with(&[(own.as_str(), name), ("tests/gallery/earlier", "earlier")])
}

pub(crate) fn spoilt(case: &Case) -> Memory {
    let mut world = base(&case.base);
    for (file, from, to) in &case.edits {
        let path = if file.starts_with("templates/") { file.clone() } else { format!("data/{}/{file}", case.base) };
        let text = world.text(&path);
        match from.as_str() {
            "-" => drop(world.files.remove(&path)),
            "+" => drop(world.files.insert(path, format!("{}{to}\n", text.unwrap_or_default()))),
            from => {
                let text = text.unwrap_or_else(|| panic!("{}: no {path}", case.code));
                assert!(text.contains(from), "{}: {path} has no “{from}”", case.code);
                drop(world.files.insert(path, text.replacen(from, to, 1)));
            }
        }
    }
    world
}

fn codes(world: &Memory, slug: &str) -> BTreeSet<&'static str> {
    compile(world, slug, None).diagnostics.iter().map(|finding| finding.code).collect()
}

#[test]
fn the_bases_are_clean() {
    for name in ["budget", "final"] {
        let found: Vec<String> = compile(&base(name), name, None)
            .diagnostics
            .iter()
            .map(|finding| format!("{} {}", finding.code, finding.message))
            .collect();
        assert!(found.is_empty(), "{name}: {found:#?}");
    }
}

#[test]
fn every_rule_finds_its_bad_case() {
    let cases = cases();
    let known: BTreeSet<&str> = cases.iter().map(|case| case.code.as_str()).collect();
    let missing: Vec<&str> = RULES.iter().map(|rule| rule.entry.code).filter(|code| !known.contains(code)).collect();
    assert!(missing.is_empty(), "rules without a case: {missing:?}");
    let silent: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let found = codes(&spoilt(case), &case.base);
            (!found.contains(case.code.as_str())).then(|| format!("{}: only {found:?}", case.code))
        })
        .collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

/// The table of all rules.
fn table() -> String {
    let cell = |text: &str| text.trim().replace('|', "\\|").replace('\n', " ");
    let mut text = String::from(
        "# 核对规则一览\n\n由规则登记表和 `tests/gallery/cases.txt` 生成（`UPDATE_GOLDEN=1 cargo test --release`），不要手改。\
         每条规则的详细说明用 `gen explain 编码` 查看。\n\n| 编码 | 轻重 | 规则 | 依据 | 对的写法 | 错的写法 |\n|---|---|---|---|---|---|\n",
    );
    let cases = cases();
    for rule in RULES {
        let entry = &rule.entry;
        let Some(case) = cases.iter().find(|case| case.code == entry.code) else { continue };
        let (_, from, to) = &case.edits[0];
        let (good, bad) = match from.as_str() {
            "-" => (format!("有 {}", case.edits[0].0), format!("没有 {}", case.edits[0].0)),
            "+" => ("（不写）".to_owned(), format!("`{}`", cell(to))),
            from if to.trim().is_empty() => (format!("`{}`", cell(from)), "（删去）".to_owned()),
            from => (format!("`{}`", cell(from)), format!("`{}`", cell(to))),
        };
        let basis = if entry.basis.is_empty() { "—" } else { entry.basis };
        text.push_str(&format!(
            "| {} | {} | {} | {basis} | {good} | {bad} |\n",
            entry.code,
            entry.severity.term(),
            entry.title
        ));
    }
    text
}

#[test]
fn the_table_of_rules_is_current() {
    let path = repository().join("docs/rules.zh-CN.md");
    let now = table();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &now).unwrap();
    }
    assert!(fs::read_to_string(&path).is_ok_and(|text| text == now), "UPDATE_GOLDEN=1 writes docs/rules.zh-CN.md anew");
}
