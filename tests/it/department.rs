//! A department is the sum of its members, without the money that only changes hands inside.

use crate::workspace::{Workspace, copy, repository, talk};

const PROFILE: &str = "huzhu-budget";

fn disclosure(scope: &str) -> String {
    format!("kind: 预算\nscope: {scope}\nyear: 2024\nprofile: {PROFILE}\nreleased: 2024-02-05\n")
}

fn unit(workspace: &Workspace, slug: &str, expenditure: &str, income: &str) {
    let folder = workspace.path().join("data").join(slug);
    std::fs::create_dir_all(folder.join("ledgers")).unwrap();
    let put = |name: &str, text: &str| workspace.write(&format!("data/{slug}/{name}"), text);
    put("disclosure.yaml", &disclosure("单位"));
    put("unit.yaml", &format!("name: {slug}单位\n"));
    let head = "unit: 元\nstages: [本年预算]\n";
    put("ledgers/expenditure.yaml", &format!("{head}lines:\n{expenditure}"));
    put("ledgers/income.yaml", &format!("{head}lines:\n{income}"));
}

/// Two units; the first passes 300 元 on to the second, which spends them.
fn department(received: &str, stated: &str) -> Workspace {
    let workspace = Workspace::empty();
    copy(&repository().join("data/accounts"), &workspace.path().join("data/accounts"));
    let fund = "fund: 一般公共预算";
    unit(
        &workspace,
        "first",
        &format!(
            "  - {{function: 2080109 社会保险经办机构, kind: 基本·人员, economic: 30101 基本工资, {fund}, amount: 700}}\n  \
             - {{function: 2080109, kind: 对附属单位补助, {fund}, counterparty: second单位, amount: 300}}\n"
        ),
        &format!("  - {{source: 财政拨款收入, function: 2080109 社会保险经办机构, {fund}, amount: 1000}}\n"),
    );
    unit(
        &workspace,
        "second",
        "  - {function: 2080109 社会保险经办机构, kind: 基本·人员, economic: 30101 基本工资, fund: 单位资金, amount: 300}\n",
        &format!(
            "  - {{source: 上级补助收入, function: 2080109 社会保险经办机构, fund: 单位资金, counterparty: one, amount: {received}}}\n"
        ),
    );
    // In the second unit's own disclosure the payer is known by its name only.
    let income =
        workspace.read("data/second/ledgers/income.yaml").replace("counterparty: one", "counterparty: first单位");
    workspace.write("data/second/ledgers/income.yaml", &income);
    std::fs::create_dir_all(workspace.path().join("data/whole/ledgers")).unwrap();
    workspace.write("data/whole/disclosure.yaml", &disclosure("部门"));
    workspace.write(
        "data/whole/unit.yaml",
        "name: 某局\nmembers:\n  - {id: one, name: 甲, disclosure: first}\n  - {id: two, name: 乙, disclosure: second}\n",
    );
    workspace.write("data/whole/ledgers/stated.yaml", stated);
    workspace
}

fn told(workspace: &Workspace) -> String {
    let output = workspace.run(&["check", "data/whole", "--format", "short"]);
    format!("{}{}", String::from_utf8_lossy(&output.stdout), talk(&output))
}

fn stated(expenditure: &str, income: &str) -> String {
    format!(
        "unit: 元\nfigures:\n  - {{figure: expenditure@本年预算, amount: {expenditure}}}\n  - {{figure: income@本年预算, amount: {income}}}\n"
    )
}

#[test]
fn transfers_inside_are_taken_out() {
    let told = told(&department("300", &stated("1000", "1000")));
    assert!(!told.contains("F004") && !told.contains("M010"), "700 + 300 + 300 − 300 = 1000: {told}");
}

#[test]
fn a_difference_to_a_stated_total_is_told() {
    let told = told(&department("300", &stated("1300", "1000")));
    assert_eq!(told.matches("F004").count(), 1, "{told}");
    assert!(told.contains("各所属单位汇总为 1000 元，另外给出的是 1300 元"), "{told}");
}

/// 1,000 元 are printed as 0.10 万元, and so are 1,049; 1,050 are 0.11.
#[test]
fn a_stated_total_agrees_where_it_is_printed_alike_and_the_sum_stands() {
    let near = department("300", &stated("1049", "1000"));
    assert!(!told(&near).contains("F004"), "{}", told(&near));
    let why = near.run(&["why", "expenditure@本年预算", "data/whole"]);
    let why = String::from_utf8_lossy(&why.stdout).into_owned();
    assert!(why.contains("精确值 1000 元") && !why.contains("1049"), "{why}");
    assert!(told(&department("300", &stated("1050", "1000"))).contains("另外给出的是 1050 元"));
}

#[test]
fn transfers_must_agree_on_both_sides() {
    let told = told(&department("200", &stated("1000", "1000")));
    assert!(told.contains("M010") && told.contains("甲 付给 乙 300 元，乙 收到 200 元"), "{told}");
}

#[test]
fn a_member_that_cannot_be_read_is_named() {
    let workspace = department("300", &stated("1000", "1000"));
    workspace.write("data/second/unit.yaml", "nam: 写错\n");
    let told = told(&workspace);
    assert!(told.contains("M005") && told.contains("读不了所属单位的公开“second”"), "{told}");
}

/// 本级 passes 200 元 on to the second unit, which knows it by the department's name, as a unit does.
#[test]
fn the_department_itself_is_known_by_its_name() {
    let workspace = department("300", &stated("1200", "1200"));
    let told = |paid: &str| {
        workspace.write(
            "data/whole/unit.yaml",
            "name: 某局\nmembers:\n  - {id: own, name: 某局（本级）}\n  - {id: one, name: 甲, disclosure: first}\n  \
             - {id: two, name: 乙, disclosure: second}\n",
        );
        let head = "unit: 元\nstages: [本年预算]\nlines:\n";
        let fund = "function: 2080109 社会保险经办机构, fund: 单位资金";
        let line = format!("  - {{unit: own, kind: 对附属单位补助, {fund}, counterparty: two, amount: {paid}}}\n");
        workspace.write("data/whole/ledgers/expenditure.yaml", &format!("{head}{line}"));
        let line = format!("  - {{unit: own, source: 其他收入, {fund}, amount: 200}}\n");
        workspace.write("data/whole/ledgers/income.yaml", &format!("{head}{line}"));
        told(&workspace)
    };
    for (name, rest) in [("income", "source: 上级补助收入, counterparty: 某局"), ("expenditure", "kind: 项目")]
    {
        let path = format!("data/second/ledgers/{name}.yaml");
        let line = format!("  - {{function: 2080109, fund: 单位资金, {rest}, amount: 200}}\n");
        workspace.write(&path, &(workspace.read(&path) + &line));
    }
    let even = told("200");
    assert!(!even.contains("M010") && !even.contains("F004"), "1000 + 200 spent once: {even}");
    let uneven = told("150");
    assert!(uneven.contains("某局（本级） 付给 乙 150 元，乙 收到 200 元"), "{uneven}");
}

/// What a member has waived of its project is waived in the department, under the project's name there.
#[test]
fn waivers_of_a_members_projects_come_along() {
    let workspace = Workspace::with("huzhu-2024-budget");
    std::fs::create_dir_all(workspace.path().join("data/whole")).unwrap();
    workspace.write("data/whole/disclosure.yaml", &disclosure("部门"));
    workspace.write(
        "data/whole/unit.yaml",
        "name: 某局\nmembers:\n  - {id: one, name: 甲, disclosure: huzhu-2024-budget}\n",
    );
    let told = |workspace: &Workspace| {
        let told = told(workspace);
        ["P001", "P008", "W001"].map(|code| told.matches(&format!("错误[{code}]")).count())
    };
    assert_eq!(told(&workspace), [0, 0, 0]);
    let head = workspace.read("data/huzhu-2024-budget/disclosure.yaml");
    workspace.write("data/huzhu-2024-budget/disclosure.yaml", head.split("waivers:").next().unwrap());
    assert_eq!(told(&workspace), [1, 1, 0]);
}

/// What one member has a ledger of, another must have too, or say that there is none: unknown is not zero.
#[test]
fn a_ledger_that_only_one_member_keeps_is_told() {
    let workspace = department("300", &stated("1000", "1000"));
    let item = "items:\n  - {name: 复印纸, category: 货物, fund: 一般公共预算, amount: 5}\n";
    workspace.write("data/first/ledgers/procurement.yaml", &format!("unit: 元\nstages: [本年预算]\n{item}"));
    let told_bad = told(&workspace);
    let line = told_bad.lines().find(|line| line.contains("M009")).unwrap_or_else(|| panic!("{told_bad}"));
    assert!(line.starts_with("data/whole/unit.yaml:4:") && line.contains("“second”没有政府采购的台账"), "{line}");
    assert_eq!(told_bad.matches("M009").count(), 1, "one file, one finding: {told_bad}");
    let why = workspace.run(&["why", "procurement@本年预算", "data/whole"]);
    assert!(String::from_utf8_lossy(&why.stdout).contains("未知"), "{}", String::from_utf8_lossy(&why.stdout));

    workspace.write("data/second/ledgers/procurement.yaml", "unit: 元\nstages: [本年预算]\nitems: []\n");
    let good = told(&workspace);
    assert!(!good.contains("M009"), "{good}");
    let why = workspace.run(&["why", "procurement@本年预算", "data/whole"]);
    assert!(String::from_utf8_lossy(&why.stdout).contains('5'), "{}", String::from_utf8_lossy(&why.stdout));
}

/// 本级 keeps its ledgers in the department's folder: what they lack is as unknown as what a member's lack.
#[test]
fn the_departments_own_ledgers_must_be_whole_too() {
    let workspace = department("300", &stated("1000", "1000"));
    workspace.write(
        "data/whole/unit.yaml",
        "name: 某局\nmembers:\n  - {id: own, name: 某局（本级）}\n  - {id: one, name: 甲, disclosure: first}\n  \
         - {id: two, name: 乙, disclosure: second}\n",
    );
    let empty = "unit: 元\nstages: [本年预算]\nlines: []\n";
    workspace.write("data/whole/ledgers/expenditure.yaml", empty);
    let bad = told(&workspace);
    assert!(bad.contains("M009") && bad.contains("“某局”没有收入的台账"), "{bad}");
    workspace.write("data/whole/ledgers/income.yaml", empty);
    let good = told(&workspace);
    assert!(!good.contains("M009"), "{good}");
}
