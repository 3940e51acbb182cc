//! Asking back: where a number comes from, what is still due, and how much a rule weighs.

use disclosure::{
    compile::compile,
    diagnostic::Severity,
    document::{Block, figures, tables},
    workspace::{Disk, Workspace as Root},
};

use crate::{
    gallery::base,
    workspace::{Workspace, copy, repository, talk},
};

fn gallery() -> Workspace {
    let workspace = Workspace::empty();
    for name in ["budget", "earlier"] {
        copy(&repository().join("tests/gallery").join(name), &workspace.path().join("data").join(name));
    }
    workspace
}

fn out(workspace: &Workspace, arguments: &[&str]) -> String {
    let output = workspace.run(arguments);
    assert!(output.status.success(), "{}", talk(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn an_address_a_cell_and_a_quotation_lead_to_the_ledger() {
    let workspace = gallery();
    for figure in ["三公经费@本年预算", "three-public:1:7", "1.00万元"] {
        let text = out(&workspace, &["why", figure, "data/budget"]);
        assert!(text.contains("data/budget/ledgers/expenditure.yaml:7  1.00万元"), "{figure}:\n{text}");
    }
    let rate = out(&workspace, &["why", "rate(一般公共预算支出@本年预算; 上年预算)", "data/budget"]);
    assert!(rate.contains("4.12%") && rate.contains("stated.yaml:4"), "{rate}");
    assert_eq!(workspace.run(&["why", "987654.32", "data/budget"]).status.code(), Some(2));
}

#[test]
fn the_tree_as_json_holds_exact_amounts_and_lines() {
    let text = out(&gallery(), &["why", "--json", "公用经费@本年预算", "data/budget"]);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let trace = &value["figures"][0]["trace"];
    assert_eq!(trace["value"], "110000");
    assert_eq!(trace["lines"].as_array().map(Vec::len), Some(2));
    assert_eq!(trace["lines"][0]["line"], 6);
}

#[test]
fn every_printed_figure_of_the_five_leads_to_its_ledger() {
    let slugs = std::fs::read_dir(repository().join("data")).unwrap().map(|entry| entry.unwrap().path());
    for folder in slugs.filter(|folder| folder.join("disclosure.yaml").exists()) {
        let slug = folder.file_name().unwrap().to_str().unwrap();
        let compiled = compile(&Disk::new(&Root { root: repository() }), slug, None);
        let (document, facts) = (compiled.document.unwrap(), compiled.facts.unwrap());
        let texts = figures(&document).into_iter().map(|own| (own.fact.clone(), own.raw.clone(), own.text.clone()));
        let rows = tables(&document).into_iter().flat_map(|table| &table.body).flat_map(|row| &row.cells);
        let cells = rows.map(|cell| (cell.fact.clone(), cell.raw.clone(), cell.text.clone()));
        let points = document.blocks.iter().flat_map(|block| match block {
            Block::Chart(chart) => {
                chart.points.iter().flat_map(|point| std::iter::once(&point.figure).chain(&point.share)).collect()
            }
            _ => Vec::new(),
        });
        let points = points.map(|own| (own.fact.clone(), own.raw.clone(), own.text.clone()));
        let mut asked = 0;
        for (fact, raw, text) in texts.chain(cells).chain(points) {
            let Some(fact) = fact else { continue };
            let trace = facts.question(&fact).and_then(|ask| facts.trace(&ask));
            let trace = trace.unwrap_or_else(|error| panic!("{slug}: {text}: {fact}: {error:?}"));
            assert_eq!(trace.value.is_some(), raw.is_some(), "{slug}: {text}: {fact}");
            asked += 1;
        }
        assert!(asked > 100, "{slug}: {asked}");
    }
}

#[test]
fn a_quotation_tells_how_it_was_rounded_and_where_else_it_stands() {
    let workspace = Workspace::with("yantai-2024-final");
    let text = out(&workspace, &["why", "46.7%", "data/yantai-2024-final"]);
    assert!(text.contains("46.7 由精确值 0.467034220532… 换成百分数，四舍五入"), "{text}");
    assert!(text.contains("“社保基金管理工作经费”的项目资金（全年预算） = 526万元"), "{text}");
    let text = out(&workspace, &["why", "收入决算表:14:3", "data/yantai-2024-final"]);
    assert!(text.contains("99.07 由精确值 990700 元换成万元，没有舍入"), "{text}");
    let output = workspace.run(&["why", "收入决算表:99:1", "data/yantai-2024-final"]);
    assert!(talk(&output).contains("表身只有"), "{}", talk(&output));
}

#[test]
fn what_is_due_can_be_pasted() {
    let workspace = gallery();
    workspace.write("data/budget/reasons.yaml", "reasons: []\n");
    let text = out(&workspace, &["check", "--todo", "data/budget"]);
    assert!(text.contains("比上年预算增加7.00万元，4.12%"), "{text}");
    // The word that marks what is due is itself a finding when it is left.
    workspace.write("data/budget/reasons.yaml", &text);
    let found = workspace.run(&["check", "--format", "short", "data/budget"]);
    let told = String::from_utf8(found.stdout).unwrap();
    assert!(told.contains("X001") && !told.contains("C001"), "{told}");
}

#[test]
fn a_workspace_weighs_rules_itself() {
    let mut world = base("budget");
    world.files.remove("data/budget/glossary.yaml");
    let weights = |text: &str| {
        let mut world = world.clone();
        world.files.insert("gen.yaml".to_owned(), text.to_owned());
        let found = compile(&world, "budget", None).diagnostics;
        found.iter().map(|finding| (finding.code, finding.severity)).collect::<Vec<_>>()
    };
    // The heading of the codes stands over nothing then.
    let (unused, bare) = (("K006", Severity::Advice), ("K016", Severity::Warning));
    assert_eq!(weights(""), [("K005", Severity::Advice), unused, bare]);
    assert_eq!(weights("severity: {K005: 错误}"), [("K005", Severity::Error), unused, bare]);
    assert_eq!(weights("severity: {K005: 关闭}"), [unused, bare]);
    assert!(weights("severity: {K999: 错误}").contains(&("M005", Severity::Error)));
    assert!(weights("severity: {S001: 关闭}").contains(&("S013", Severity::Error)));
    assert!(weights("severty: {K005: 错误}").contains(&("S010", Severity::Error)));
}

/// What is so by the local form is waived once, in the profile.
#[test]
fn a_profile_waives_for_all_its_disclosures() {
    let profile = "templates/profiles/huzhu-budget/profile.yaml";
    let found = |waivers: &str| {
        let mut world = base("budget");
        let chapter = "templates/profiles/huzhu-budget/chapters/statement.md";
        let text = world.text(chapter).unwrap();
        world.files.insert(chapter.to_owned(), format!("{text}\n## 其他说明\n"));
        let text = world.text(profile).unwrap();
        world.files.insert(profile.to_owned(), format!("{text}\n{waivers}"));
        let found = compile(&world, "budget", None).diagnostics;
        found.iter().map(|finding| finding.code).collect::<Vec<_>>()
    };
    assert_eq!(found(""), ["K016"]);
    let waiver = |rule: &str| format!("waivers: [{{rule: {rule}, figure: heading/其他说明, reason: 当地样式}}]\n");
    assert_eq!(found(&waiver("K016")), [""; 0]);
    assert_eq!(found(&waiver("K015")), ["K016"], "another rule's");
    assert_eq!(found(&waiver("K999")), ["K016", "W001"]);
}

#[test]
fn a_draft_lists_its_findings_and_a_publication_is_refused() {
    let workspace = gallery();
    let text = workspace.read("data/budget/ledgers/procurement.yaml").replace("reserved: 1.00", "reserved: 3.00");
    workspace.write("data/budget/ledgers/procurement.yaml", &text);
    let refused = workspace.run(&["build", "--formats", "markdown", "data/budget"]);
    assert_eq!(refused.status.code(), Some(1), "{}", talk(&refused));
    assert!(!workspace.path().join("out/budget").exists());
    workspace.run(&["build", "--draft", "--formats", "markdown", "data/budget"]);
    let printed = workspace.read("out/budget/budget.md");
    assert!(printed.contains("草稿问题清单") && printed.contains("A017"), "{printed}");
}

#[test]
fn several_disclosures_make_one_report() {
    let text = String::from_utf8(gallery().run(&["check", "--format", "sarif"]).stdout).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(value["runs"][0]["results"].as_array().is_some_and(|results| !results.is_empty()), "{text}");
}
