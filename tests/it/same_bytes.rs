//! The same sources give the same bytes: twice, from another place, under another clock, language and core count.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::workspace::{Workspace, talk};

const SLUG: &str = "huzhu-2024-budget";

/// The published files below `out`, by their path in it.
fn published(root: &Path, folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if entry.file_name().to_str().is_some_and(|name| name.starts_with('.')) {
            continue;
        }
        if path.is_dir() {
            published(root, &path, found);
        } else {
            found.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
        }
    }
}

fn build(variables: &[(&str, &str)]) -> BTreeMap<PathBuf, Vec<u8>> {
    let workspace = Workspace::with(SLUG);
    let output = Command::new(env!("CARGO_BIN_EXE_gen"))
        .arg("build")
        .envs(variables.iter().copied())
        .current_dir(workspace.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", talk(&output));
    let out = workspace.path().join("out");
    let mut found = BTreeMap::new();
    published(&out, &out, &mut found);
    found
}

#[test]
fn surroundings_do_not_matter() {
    let first = build(&[]);
    assert!(first.contains_key(Path::new("huzhu-2024-budget/huzhu-2024-budget.pdf")), "{:?}", first.keys());
    let surroundings: [&[(&str, &str)]; 5] = [
        // Every build has a temporary folder of its own, so this one differs in time and path.
        &[],
        &[("TZ", "Pacific/Kiritimati")],
        &[("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")],
        &[("RAYON_NUM_THREADS", "1")],
        &[("RAYON_NUM_THREADS", "7"), ("TZ", "America/Caracas"), ("LC_ALL", "C"), ("HOME", "/nonexistent")],
    ];
    for variables in surroundings {
        let again = build(variables);
        let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&first), names(&again), "{variables:?}");
        for (name, bytes) in &first {
            assert!(again[name] == *bytes, "{} differs under {variables:?}", name.display());
        }
    }
}

#[test]
fn a_second_build_over_the_first_changes_nothing() {
    let workspace = Workspace::small();
    let out = workspace.path().join("out");
    let read = || {
        let mut found = BTreeMap::new();
        published(&out, &out, &mut found);
        found
    };
    assert!(workspace.run(&["build"]).status.success());
    let first = read();
    assert!(workspace.run(&["build"]).status.success());
    assert!(first == read(), "the same files with the same bytes");
    assert!(first.len() > 3);
}
