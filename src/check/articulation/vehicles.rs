//! A013: vehicles of “三公” among the vehicles of the assets.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A013",
        severity: Severity::Warning,
        title: "公务用车数对不上",
        meaning: "公务用车保有量不会多于资产里的车辆合计，当年购置数也不会多于保有量。",
        remedy: "核对 three-public.yaml 与 assets.yaml 的车辆数。",
        basis: basis::OPENNESS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let stage = subject.main().term();
    let count = |name: &str| subject.three_public_count(name);
    let vehicles = subject.value(&format!("asset_count{{asset=车辆}}@{stage}"));
    let pairs = [
        ("公务用车保有量", count("公务用车保有量"), "车辆合计", vehicles),
        ("公务用车购置数", count("公务用车购置数"), "公务用车保有量", count("公务用车保有量")),
    ];
    pairs
        .into_iter()
        .filter_map(|(name, less, whole, more)| Some((name, less?, whole, more?)))
        .filter(|(_, less, _, more)| less > more)
        .map(|(name, less, whole, more)| {
            let figure = format!("three_public_count{{item={name}}}@{stage}");
            let finding = RULE.found(format!("{name} {less} 辆，{whole} {more} 辆")).figure(subject.canonical(&figure));
            subject.at_first(finding, &figure, "").help("核对两处的车辆数。")
        })
        .collect()
}
