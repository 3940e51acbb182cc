//! What findings say: Chinese a finance officer understands, short, the way out last.

use std::collections::BTreeSet;

use disclosure::{
    compile::{compile, schemas},
    diagnostic::Diagnostic,
};

use crate::{
    gallery::{cases, spoilt},
    workspace::{Workspace, talk},
};

/// Words the user writes or sees: keys and terms of the sources, the command, file kinds.
fn known_words() -> BTreeSet<String> {
    let own = ["gen", "check", "explain", "todo", "yaml", "data", "ledgers", "accounts", "literal", "omit", "true"];
    let mut words: BTreeSet<String> = own.iter().map(|word| (*word).to_owned()).collect();
    for (_, schema) in schemas() {
        for run in latin(&schema) {
            words.insert(run);
        }
    }
    words
}

/// Runs of at least two Latin letters, digits and underscores left out.
fn latin(text: &str) -> Vec<String> {
    let runs = text.split(|c: char| !c.is_ascii_alphabetic());
    runs.filter(|run| run.len() > 1).map(str::to_owned).collect()
}

/// A text without what it quotes from the user, and without the list of what may be written.
fn unquoted(text: &str) -> String {
    let mut depth = 0_u32;
    let own = text.split("可以写：").next().unwrap_or(text);
    own.chars()
        .filter(|c| {
            match c {
                '“' => depth += 1,
                '”' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        })
        .collect()
}

/// What is wrong with the words of a finding.
fn faults(finding: &Diagnostic, known: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    let help = finding.help.as_deref().unwrap_or("");
    if help.is_empty() || !help.ends_with(['。', '？']) {
        found.push("没有出路".to_owned());
    }
    if unquoted(&finding.message).contains('。') {
        found.push("正文是一句，不加句号".to_owned());
    }
    if 1 + help.matches(['。', '？']).count() > 3 {
        found.push("超过三句".to_owned());
    }
    if help.contains("豁免") && finding.figure.is_none() {
        found.push("要写豁免，却没有可写的 figure".to_owned());
    }
    // An address stands on its own line of the report.
    if unquoted(&finding.message).contains(['{', '@']) {
        found.push("正文里有地址".to_owned());
    }
    let foreign = latin(&unquoted(&finding.message)).into_iter().chain(latin(&unquoted(help)));
    found.extend(foreign.filter(|word| !known.contains(word)).map(|word| format!("外文词 {word}")));
    found
}

#[test]
fn messages_are_short_chinese_and_end_with_the_way_out() {
    let known = known_words();
    let mut poor = BTreeSet::new();
    for case in cases() {
        for finding in compile(&spoilt(&case), &case.base, None).diagnostics {
            let faults = faults(&finding, &known);
            if !faults.is_empty() {
                poor.insert(format!("{} {}｜{:?}：{}", finding.code, finding.message, finding.help, faults.join("，")));
            }
        }
    }
    assert!(poor.is_empty(), "{poor:#?}");
}

/// Lines that lack a dimension are told as that; the chapters that ask for it are expanded all the same, so that nothing
/// else is told to be missing.
#[test]
fn a_missing_dimension_spoils_no_chapter() {
    let workspace = Workspace::with("qinhuangdao-2023-budget");
    let path = "data/qinhuangdao-2023-budget/ledgers/expenditure.yaml";
    let whole = workspace.read(path);
    let check = || {
        let output = workspace.run(&["check", "--format", "short"]);
        String::from_utf8_lossy(&output.stdout).into_owned() + &talk(&output)
    };
    let before = check();
    assert!(!before.contains("F003") && !before.contains("K001"), "{before}");
    let spoilt = whole.replace("defaults: {fund: 一般公共预算, ", "defaults: {");
    assert_ne!(spoilt, whole);
    workspace.write(path, &spoilt);
    let told = check();
    assert!(told.contains("错误[F003]") && told.contains("要按资金性质取数"), "{told}");
    for noise in ["E001", "K001", "{{"] {
        assert!(!told.contains(noise), "{noise} in {told}");
    }
}
