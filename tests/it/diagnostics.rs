//! Reports for machines parse, exit codes say what happened, and the terminal's wishes are heard.

use std::{
    io::Read as _,
    process::{Command, Stdio},
};

use crate::workspace::{Workspace, talk};

const EXPENDITURE: &str = "data/archives-2024-budget/ledgers/expenditure.yaml";

/// The small workspace with one bad amount.
fn bad() -> Workspace {
    let workspace = Workspace::small();
    let text = workspace.read(EXPENDITURE);
    workspace.write(EXPENDITURE, &text.replacen("80.00", "1e3", 1));
    workspace
}

#[test]
fn json_names_code_place_and_help() {
    let output = bad().run(&["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let all = report["findings"].as_array().expect("findings");
    let finding = all.iter().find(|finding| finding["code"] == "S015").expect("the bad amount");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["places"][0]["path"], EXPENDITURE);
    assert_eq!(finding["places"][0]["line"], 5);
    assert_eq!(finding["places"][0]["column"], 73);
    assert!(report["version"].as_u64().is_some(), "the form has a version");
}

#[test]
fn sarif_is_one_run_with_a_rule_for_each_result() {
    let output = bad().run(&["check", "--format", "sarif"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["version"], "2.1.0");
    let run = &report["runs"][0];
    let rules: Vec<&str> = run["tool"]["driver"]["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .filter_map(|rule| rule["id"].as_str())
        .collect();
    let results = run["results"].as_array().expect("results");
    assert!(results.iter().any(|result| result["ruleId"] == "S015"));
    for result in results {
        assert!(rules.contains(&result["ruleId"].as_str().expect("a rule")), "{result}");
    }
}

#[test]
fn short_and_github_are_one_line_a_finding() {
    let workspace = bad();
    let short = workspace.run(&["check", "--format", "short"]);
    let text = String::from_utf8(short.stdout).expect("UTF-8");
    assert!(text.lines().any(|line| line == format!("{EXPENDITURE}:5:73: 错误[S015] 金额“1e3”写法不对")), "{text}");
    let github = workspace.run(&["check", "--format", "github"]);
    let text = String::from_utf8(github.stdout).expect("UTF-8");
    let start = format!("::error file={EXPENDITURE},line=5,col=73,");
    assert!(text.lines().any(|line| line.starts_with(&start)), "{text}");
    assert!(text.lines().all(|line| line.starts_with("::")), "{text}");
}

#[test]
fn github_gets_ten_of_a_kind_and_the_whole_list_on_the_step_page() {
    let workspace = bad();
    let text = workspace.read(EXPENDITURE);
    let lines: String =
        (0..14).map(|n| format!("  - {{function: 2010201, amunt: {n}.00, kind: 基本·公用}}\n")).collect();
    workspace.write(EXPENDITURE, &format!("{}\n{lines}", text.trim_end()));
    let summary = workspace.path().join("summary.md");
    let run = |form: &str| {
        let arguments = ["check", "--format", form];
        let mut command = Command::new(env!("CARGO_BIN_EXE_gen"));
        let command = command.args(arguments).env("GITHUB_STEP_SUMMARY", &summary).current_dir(workspace.path());
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let annotations = run("github");
    let told = run("short");
    for (kind, word) in [("::error ", "错误["), ("::warning ", "警告["), ("::notice ", "建议[")] {
        let all = told.lines().filter(|line| line.contains(word)).count();
        let shown = annotations.lines().filter(|line| line.starts_with(kind)).count();
        assert_eq!(shown, all.min(10), "{kind}\n{annotations}");
    }
    assert!(told.lines().filter(|line| line.contains("错误[")).count() > 10, "{told}");
    let page = std::fs::read_to_string(&summary).unwrap();
    let rows =
        page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| 程度") && !line.starts_with("| ---"));
    assert_eq!(rows.count(), told.lines().count(), "{page}");
}

#[test]
fn a_person_sees_the_line_with_carets() {
    let output = bad().run(&["check"]);
    let text = talk(&output);
    assert!(text.contains(&format!("--> {EXPENDITURE}:5:73")), "{text}");
    assert!(text.contains("^^^ 不能用科学计数法"), "{text}");
}

#[test]
fn exit_codes_tell_findings_from_usage() {
    assert_eq!(Workspace::small().run(&["build", "--formats", "markdown"]).status.code(), Some(0));
    let workspace = bad();
    assert_eq!(workspace.run(&["build"]).status.code(), Some(1));
    assert_eq!(workspace.run(&["check"]).status.code(), Some(1));
    for usage in [
        &["biuld"][..],
        &["build", "--formats", "papyrus"],
        &["build", "data/nobody"],
        &["explain", "Q999"],
        &["build", "../../elsewhere"],
        &[],
    ] {
        assert_eq!(workspace.run(usage).status.code(), Some(2), "{usage:?}");
    }
}

#[test]
fn warnings_can_be_denied() {
    let workspace = Workspace::small();
    assert_eq!(workspace.run(&["check"]).status.code(), Some(0), "the fixture has warnings only");
    assert_eq!(workspace.run(&["check", "--deny", "warnings"]).status.code(), Some(1));
}

#[test]
fn no_colour_where_none_is_wanted() {
    for variables in [&[][..], &[("NO_COLOR", "1")], &[("CLICOLOR_FORCE", "1")]] {
        let output = Command::new(env!("CARGO_BIN_EXE_gen"))
            .arg("check")
            .envs(variables.iter().copied())
            .current_dir(bad().path())
            .output()
            .unwrap();
        assert!(!output.stderr.contains(&0x1b) && !output.stdout.contains(&0x1b), "a pipe is no terminal");
    }
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gen"))
        .arg("explain")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The reader goes away after the first bytes, as `head -1` does.
    let mut first = [0; 4];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.code().is_some_and(|code| code < 100), "{:?}", output.status);
    assert!(!talk(&output).contains("panicked"), "{}", talk(&output));
}
