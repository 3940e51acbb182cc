//! K007, K008: what unit.yaml must say, and assets.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::Measure,
};

pub(in crate::check) static UNIT: Rule = Rule {
    entry: Entry {
        code: "K007",
        severity: Severity::Warning,
        title: "没有写职责或机构设置",
        meaning: "单位的主要职责和机构设置是必须公开的基本情况。",
        remedy: "在 unit.yaml 里补上 duties，以及 divisions、members、rank 或 establishment。",
        basis: basis::UNITS,
    },
    run: unit,
};

pub(in crate::check) static ASSETS: Rule = Rule {
    entry: Entry {
        code: "K008",
        severity: Severity::Warning,
        title: "没有写国有资产占用情况",
        meaning: "车辆、大型设备等国有资产占用情况应公开，没有的也要写零。",
        remedy: "补上 ledgers/assets.yaml：列全后写明 as_of，没有的留空 items。",
        basis: basis::UNITS,
    },
    run: assets,
};

fn unit(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let unit = &subject.disclosure.unit;
    let mut lacking = Vec::new();
    if unit.duties.is_empty() && unit.duties_lead.is_none() {
        lacking.push("主要职责（duties）");
    }
    let sole = unit.members.len() <= 1 && unit.members.iter().all(|member| member.id == subject.disclosure.slug);
    // Some forms describe the body in a table of its nature, rank and funding.
    let described = unit.establishment.is_some() || unit.rank.is_some() || unit.funding.is_some();
    if unit.divisions.is_empty() && !described && sole {
        lacking.push("机构设置（divisions）");
    }
    lacking
        .into_iter()
        .map(|what| {
            UNIT.found(format!("没有写{what}")).at(unit.name.span, "").figure("unit").help("在 unit.yaml 里补上。")
        })
        .collect()
}

fn assets(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let listed = subject.facts.covers(Measure::AssetCount, subject.main());
    if listed || !subject.disclosure.assets.is_empty() {
        return Vec::new();
    }
    let help = "补上 ledgers/assets.yaml：列全后写明 as_of，没有的留空 items。";
    vec![ASSETS.found("没有国有资产的数据").at(subject.home(), "").help(help)]
}
