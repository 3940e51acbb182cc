//! What `gen check --todo` prints can be pasted where it says, and is no longer due once it is filled in.

use regex::Regex;

use crate::workspace::{Workspace, copy, repository, talk};

fn due(workspace: &Workspace, slug: &str) -> String {
    let output = workspace.run(&["check", "--todo", &format!("data/{slug}")]);
    assert!(output.status.success(), "{}", talk(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// Blocks as path, instruction, text.
fn blocks(text: &str) -> Vec<(String, String, String)> {
    let mut found: Vec<(String, String, String)> = Vec::new();
    for line in text.lines() {
        if let Some((path, how)) = line.strip_prefix("# data/").and_then(|head| head.split_once('：')) {
            found.push((format!("data/{path}"), how.to_owned(), String::new()));
        } else {
            let block = &mut found.last_mut().unwrap_or_else(|| panic!("no place for {line}")).2;
            block.push_str(line);
            block.push('\n');
        }
    }
    found
}

/// Fills in what is due as a person would: full points, words elsewhere.
fn filled(text: &str) -> String {
    let weight = Regex::new(r#"weight: "([^"]+)""#).unwrap();
    let line = |line: &str| {
        let points = weight.captures(line).map_or("98", |own| own.get(1).unwrap().as_str());
        line.replace("score: 待填写", &format!("score: \"{points}\"")).replace("待填写", "业务量有变化")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

fn paste(workspace: &Workspace, text: &str) {
    // Lines are counted in the file as it was.
    let (replaced, other): (Vec<_>, Vec<_>) = blocks(text).into_iter().partition(|(_, how, _)| how.starts_with("换掉"));
    for (path, how, block) in replaced.into_iter().chain(other) {
        let block = filled(block.trim_end());
        let now = if workspace.path().join(&path).exists() { workspace.read(&path) } else { String::new() };
        let mut lines: Vec<&str> = now.lines().collect();
        if how.starts_with("整个文件") {
            std::fs::create_dir_all(workspace.path().join(&path).parent().unwrap()).unwrap();
            workspace.write(&path, &block);
            continue;
        } else if how == "接在末尾" {
            lines.push(block.trim_end());
        } else if let Some(rest) = how.strip_prefix("换掉从第 ") {
            let line: usize = rest.split(' ').next().unwrap().parse().unwrap();
            lines[line - 1] = block.trim_end();
        } else {
            assert_eq!(how, "接在 evaluation: 下面");
            let at = lines.iter().position(|line| *line == "evaluation:").unwrap();
            lines.insert(at + 1, block.trim_end());
        }
        workspace.write(&path, &format!("{}\n", lines.join("\n")));
    }
}

/// After one round of pasting nothing is due, and nothing pasted is a finding of the reader.
fn pastes(workspace: &Workspace, slug: &str, least: usize) {
    let text = due(workspace, slug);
    assert!(blocks(&text).len() >= least, "{text}");
    paste(workspace, &text);
    assert_eq!(due(workspace, slug), "", "after pasting\n{text}");
    let output = workspace.run(&["check", "--format", "short", &format!("data/{slug}")]);
    let told = String::from_utf8(output.stdout).unwrap();
    for code in ["[S0", "[M0", "[F0", "C001", "P006", "P011", "X001"] {
        assert!(!told.contains(code), "{code} in\n{told}\nafter pasting\n{text}");
    }
}

fn with(folder: &str, slug: &str) -> Workspace {
    let workspace = Workspace::empty();
    copy(&repository().join(folder), &workspace.path().join("data").join(slug));
    workspace
}

#[test]
fn reasons_of_an_empty_file_and_of_a_begun_one() {
    let workspace = with("tests/gallery/budget", "budget");
    copy(&repository().join("tests/gallery/earlier"), &workspace.path().join("data/earlier"));
    workspace.write("data/budget/reasons.yaml", "reasons: []\n");
    pastes(&workspace, "budget", 1);
    let begun = "reasons:\n- {figure: 财政拨款支出总计@本年预算, base: 上年预算, text: 稽核户数增加}\n";
    workspace.write("data/budget/reasons.yaml", begun);
    pastes(&workspace, "budget", 1);
}

#[test]
fn scores_deviations_and_evaluations() {
    let workspace = with("tests/gallery/final", "final");
    let path = "data/final/projects/audit.yaml";
    let text = workspace.read(path);
    let spoilt = text
        .replace(", actual: 24万元, weight: \"20\", score: \"20\"", ", weight: \"20\"")
        .replace("weight: \"40\", score: \"40\"", "weight: \"40\", score: \"38\"");
    workspace.write(path, &spoilt.replace("  score: \"98\"\n  execution_score: \"8\"\n", ""));
    pastes(&workspace, "final", 3);
    workspace.write(path, &spoilt[..spoilt.find("evaluation:").unwrap()]);
    pastes(&workspace, "final", 3);
}

#[test]
fn a_published_disclosure_without_its_reasons_and_texts() {
    let workspace = Workspace::with("yantai-2024-final");
    workspace.write("data/yantai-2024-final/reasons.yaml", "reasons: []\n");
    std::fs::remove_dir_all(workspace.path().join("data/yantai-2024-final/texts")).unwrap();
    pastes(&workspace, "yantai-2024-final", 5);
}
