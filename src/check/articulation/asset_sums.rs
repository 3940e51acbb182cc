//! A019: assets by kind, their counts and values.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    check::subject::given,
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, Line, Measure},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A019",
        severity: Severity::Error,
        title: "资产数量与价值矛盾",
        meaning: "同一类资产数量为零却有价值，或几行重复列了同一类。",
        remedy: "核对 assets.yaml 里这一类的数量、面积和价值。",
        basis: basis::UNITS,
    },
    run,
};

/// 车辆（一般公务用车）.
fn asset(line: &Line) -> String {
    let word = |dimension| line.value(dimension).map(ToString::to_string);
    let kind = word(Dimension::Asset).unwrap_or_default();
    word(Dimension::Item).map_or_else(|| kind.clone(), |item| format!("{kind}（{item}）"))
}

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let stage = subject.main();
    let key = |line: &Line| {
        let word = |dimension| line.value(dimension).map(ToString::to_string).unwrap_or_default();
        (word(Dimension::Unit), word(Dimension::Asset), word(Dimension::Item))
    };
    let mut found = Vec::new();
    let mut counts: BTreeMap<_, Decimal> = BTreeMap::new();
    for measure in [Measure::AssetCount, Measure::AssetArea] {
        let mut seen = BTreeMap::new();
        for line in subject.lines(measure) {
            let Some((count, span)) = given(line, stage) else { continue };
            *counts.entry(key(line)).or_insert(Decimal::ZERO) += count;
            if let Some(first) = seen.insert(key(line), span) {
                let finding = RULE.found(format!("{}列了两行", asset(line))).at(span, "第二次").at(first, "第一次");
                found.push(finding.help("合并成一行。"));
            }
        }
    }
    for line in subject.lines(Measure::AssetValue) {
        let Some((value, span)) = given(line, stage) else { continue };
        if !value.is_zero() && counts.get(&key(line)).is_some_and(Decimal::is_zero) {
            let message = format!("{}数量是零，价值却是 {}", asset(line), subject.show(value));
            found.push(RULE.found(message).at(span, "").help("核对数量和价值。"));
        }
    }
    found
}
