//! `gen new` and `gen schema`: what they write builds, completes and is current.

use std::fs;

use regex::Regex;

use crate::workspace::{Workspace, repository, talk};

#[test]
fn a_skeleton_builds_as_a_draft() {
    let workspace = Workspace::empty();
    let made = workspace.run(&[
        "new",
        "demo-2025-budget",
        "--profile",
        "huzhu-budget",
        "--year",
        "2025",
        "--unit",
        "示例单位",
    ]);
    assert!(made.status.success(), "{}", talk(&made));
    let built = workspace.run(&["build", "--draft"]);
    assert!(built.status.success(), "{}", talk(&built));
    let text = workspace.read("out/demo-2025-budget/demo-2025-budget.md");
    assert!(text.contains("示例单位2025年收支总预算未知"), "an amount nobody gave is unknown, not zero");
}

/// Whatever nobody gave yet, a sentence of a profile does not break off at it, and no finding points at a comment.
#[test]
fn every_profiles_skeleton_builds_as_a_draft() {
    for profile in ["huzhu-budget", "qinhuangdao-budget", "weihai-budget", "wuhai-final", "yantai-final"] {
        let workspace = Workspace::empty();
        let made = workspace.run(&["new", "demo", "--profile", profile, "--year", "2025", "--unit", "示例单位"]);
        assert!(made.status.success(), "{}", talk(&made));
        let built = workspace.run(&["build", "--draft", "--formats", "markdown", "--format", "short"]);
        assert!(built.status.success(), "{profile}: {}", talk(&built));
        let told = format!("{}{}", String::from_utf8_lossy(&built.stdout), talk(&built));
        assert!(!told.contains("X002"), "{profile}: {told}");
        assert!(told.contains("错误[K015]"), "{profile}: {told}");
        if profile == "qinhuangdao-budget" {
            // The total in the text and five cells of the table below it.
            assert!(told.contains("assets.yaml 没有本年预算的数，有 6 处印成“未知”"), "{told}");
        }
        for line in told.lines().filter(|line| line.starts_with("data/demo/")) {
            let mut place = line.split(':');
            let (file, number) = (place.next().unwrap(), place.next().unwrap().parse::<usize>().unwrap());
            let text = workspace.read(file);
            assert!(!text.lines().nth(number - 1).unwrap().trim_start().starts_with('#'), "{profile}: {line}");
        }
    }
}

/// What next year's folder still lacks is told; that it was written badly is not.
#[test]
fn every_reference_moves_on_a_year_into_sound_sources() {
    let found = Regex::new(r"错误\[(\w+)\]").unwrap();
    for slug in
        ["huzhu-2024-budget", "qinhuangdao-2023-budget", "weihai-2024-budget", "wuhai-2024-final", "yantai-2024-final"]
    {
        let workspace = Workspace::with(slug);
        let made = workspace.run(&["new", "next", "--from", slug]);
        assert!(made.status.success(), "{}", talk(&made));
        let told = workspace.run(&["check", "next", "--format", "short"]);
        let told = String::from_utf8(told.stdout).unwrap();
        let codes: Vec<&str> = found.captures_iter(&told).map(|code| code.extract::<1>().1[0]).collect();
        assert!(codes.contains(&"K015"), "{slug}: {told}");
        // Goals keep the weights and targets of the year before; texts are to be written.
        let due = ["K015", "X001", "P001", "P008"];
        assert!(codes.iter().all(|code| due.contains(code)), "{slug}: {told}");
    }
}

#[test]
fn next_year_begins_with_this_years_amounts() {
    let workspace = Workspace::with("huzhu-2024-budget");
    let made = workspace.run(&["new", "huzhu-2025-budget", "--from", "data/huzhu-2024-budget"]);
    assert!(made.status.success(), "{}", talk(&made));
    let head = workspace.read("data/huzhu-2025-budget/disclosure.yaml");
    assert!(head.contains("year: 2025") && head.contains("previous: huzhu-2024-budget"), "{head}");
    let path = "data/huzhu-2025-budget/ledgers/expenditure.yaml";
    // This year's amounts are the officer's to give; here every one is last year's doubled by hand in one place.
    let text = workspace
        .read(path)
        .replace("amount: ~, amounts: {上年预算: 81.91}", "amount: 163.82, amounts: {上年预算: 81.91}");
    workspace.write(path, &text);
    let built = workspace.run(&["build", "data/huzhu-2025-budget", "--draft"]);
    assert!(built.status.success(), "{}", talk(&built));
    let printed = workspace.read("out/huzhu-2025-budget/huzhu-2025-budget.md");
    assert!(printed.contains("05（项）2025年预算数为163.82万元，比上年增加81.91万元，增长100.00%"), "{printed}");
}

#[test]
fn a_bad_name_or_a_missing_profile_is_a_usage_error() {
    let workspace = Workspace::empty();
    for arguments in
        [&["new", "示例"][..], &["new", "x", "--profile", "nowhere", "--year", "2025"], &["new", "x", "--year", "2025"]]
    {
        let output = workspace.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{}", talk(&output));
        assert!(fs::read_dir(workspace.path().join("data")).unwrap().next().is_none(), "nothing may be left behind");
    }
}

#[test]
fn the_committed_schemas_are_current() {
    for (name, text) in disclosure::compile::schemas() {
        let path = repository().join(format!("schema/{name}.json"));
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(committed, text, "run `gen schema --out schema` and read the diff of {name}.json");
    }
}
