//! The same sources give the same bytes: twice, from another place, under another clock, language and core count.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::workspace::{Workspace, copy, repository, talk};

const SLUG: &str = "huzhu-2024-budget";

/// The published files below `out`, by their path in it.
fn published(root: &Path, folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        // What begins with a dot (.review, .cache, the lock) is not published.
        if entry.file_name().to_string_lossy().starts_with('.') {
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

/// Sources, profile and theme saved by an editor on Windows: marks and line ends of its own leave no trace.
#[test]
fn files_from_windows_change_nothing() {
    let read = |workspace: &Workspace| {
        let built = workspace.run(&["build"]);
        assert!(built.status.success(), "{}", talk(&built));
        let (out, mut found) = (workspace.path().join("out"), BTreeMap::new());
        published(&out, &out, &mut found);
        found
    };
    let workspace = Workspace::small();
    copy(&repository().join("templates/theme"), &workspace.path().join("templates/theme"));
    let first = read(&workspace);
    foreign(&workspace.path().join("data"));
    foreign(&workspace.path().join("templates"));
    for (name, bytes) in read(&workspace) {
        assert!(first[&name] == bytes, "{} differs", name.display());
    }
}

/// Gives every text below a folder a byte order mark and line ends of two characters.
fn foreign(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            foreign(&path);
        } else if let Ok(text) = fs::read_to_string(&path) {
            fs::write(&path, format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
        }
    }
}
