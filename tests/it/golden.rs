//! The reference disclosures as Markdown, compared with what a person has read.
//!
//! `UPDATE_GOLDEN=1 cargo test --release` writes them anew; the diff is then read before it is committed.

use std::fs;

use crate::workspace::{Workspace, repository, talk};

fn golden(slug: &str) {
    let workspace = Workspace::with(slug);
    let output = workspace.run(&["build", &format!("data/{slug}"), "--formats", "markdown"]);
    assert!(output.status.success(), "{}", talk(&output));
    let printed = workspace.read(&format!("out/{slug}/{slug}.md"));
    compare(&format!("{slug}.md"), &printed);
}

/// Compares a text with its golden file, or writes that anew.
pub(crate) fn compare(name: &str, printed: &str) {
    let path = repository().join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, printed).unwrap();
    }
    let wanted = fs::read_to_string(&path).unwrap();
    let differs = printed.lines().zip(wanted.lines()).position(|(own, other)| own != other);
    if let Some(line) = differs {
        let (own, other) = (printed.lines().nth(line), wanted.lines().nth(line));
        panic!("{name} differs from line {}:\n  now    {own:?}\n  golden {other:?}", line + 1);
    }
    assert_eq!(printed.lines().count(), wanted.lines().count(), "{name} is longer or shorter than the golden file");
}

#[test]
fn huzhu_2024_budget() {
    golden("huzhu-2024-budget");
}

#[test]
fn yantai_2024_final() {
    golden("yantai-2024-final");
}

#[test]
fn wuhai_2024_final() {
    golden("wuhai-2024-final");
}

#[test]
fn qinhuangdao_2023_budget() {
    golden("qinhuangdao-2023-budget");
}

#[test]
fn weihai_2024_budget() {
    golden("weihai-2024-budget");
}
