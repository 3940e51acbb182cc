//! The command line as a user meets it: folders named in any way, refusals in words that need no English.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use crate::workspace::{Workspace, copy, talk};

/// Two disclosures.
fn two() -> Workspace {
    let workspace = Workspace::small();
    let data = workspace.path().join("data");
    copy(&data.join("archives-2024-budget"), &data.join("library-2024-budget"));
    workspace
}

fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gen")).args(arguments).current_dir(folder).output().unwrap()
}

/// The disclosures that a run built, by their folders.
fn built(workspace: &Workspace) -> Vec<String> {
    let out = workspace.path().join("out");
    let entries = fs::read_dir(&out).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().join("manifest.json").is_file())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_disclosure_is_found_from_within_and_by_any_path_to_it() {
    let both = ["archives-2024-budget", "library-2024-budget"];
    let cases: &[(&str, &str, &[&str])] = &[
        ("data/library-2024-budget", ".", &both[1..]),
        ("data/library-2024-budget/ledgers", ".", &both[1..]),
        ("data/library-2024-budget", "../archives-2024-budget", &both[..1]),
        ("data/library-2024-budget", "unit.yaml", &both[1..]),
        ("data", "archives-2024-budget/", &both[..1]),
        (".", "library-2024-budget", &both[1..]),
        ("data", ".", &both),
        (".", "data", &both),
        ("data/library-2024-budget", "../..", &both),
    ];
    for (folder, path, wanted) in cases {
        let workspace = two();
        let output = run_in(&workspace.path().join(folder), &["build", path, "--formats", "markdown"]);
        assert!(output.status.success(), "{folder} {path}: {}", talk(&output));
        assert_eq!(built(&workspace), *wanted, "in {folder}: gen build {path}");
    }
    let workspace = two();
    let output = run_in(workspace.path(), &["build", "nowhere"]);
    assert_eq!(output.status.code(), Some(2), "{}", talk(&output));
}

/// On Windows the system refuses some of these for other reasons.
#[cfg(unix)]
#[test]
fn refusals_of_the_system_are_told_in_chinese() {
    let workspace = two();
    workspace.write("file", "");
    let long = "a".repeat(300);
    let cases: &[(&[&str], i32, &str)] = &[
        (&["import", "nowhere.csv", "--stage", "决算"], 2, "读不了 nowhere.csv：没有这个文件或文件夹"),
        (&["import", "data", "--stage", "决算"], 2, "读不了 data：是文件夹，不是文件"),
        (&["export", "data/nowhere.yaml"], 2, "读不了 data/nowhere.yaml：没有这个文件或文件夹"),
        (&["build", "--out", "file/out"], 3, "路径中间有一段是文件，不是文件夹"),
        (&["new", &long, "--profile", "huzhu-budget", "--year", "2025"], 3, "文件名太长"),
    ];
    for (arguments, code, wanted) in cases {
        let output = workspace.run(arguments);
        let told = talk(&output);
        assert!(output.status.code() == Some(*code) && told.contains(wanted), "{arguments:?}: {told}");
        assert!(!told.contains("os error"), "{told}");
    }
    let mut left: Vec<String> = fs::read_dir(workspace.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.retain(|name| !["file", "data", "templates"].contains(&name.as_str()));
    assert!(left.is_empty(), "a folder that could not be made left {left:?}");
}
