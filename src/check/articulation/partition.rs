//! A007, A008: stated parts against their stated whole.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    facts::{Address, Filter, Query},
    model::{Dimension, Fund, IncomeSource, LineKind, Measure},
    period::Stage,
};

pub(in crate::check) static PARTS: Rule = Rule {
    entry: Entry {
        code: "A007",
        severity: Severity::Error,
        title: "分项之和与总数矛盾",
        meaning: "同一阶段给出的分项相加超过了总数，或各分项已经列全而合计不等于总数。",
        remedy: "核对总数与各分项，常见的是分项口径不同或某一项抄错。",
        basis: basis::REPORTS,
    },
    run: parts,
};

pub(in crate::check) static SHORT: Rule = Rule {
    entry: Entry {
        code: "A008",
        severity: Severity::Advice,
        title: "分项之和小于总数",
        meaning: "按科目给出的分项加起来不到总数，可能漏列了科目，也可能本来就没有列全。",
        remedy: "核对是否漏列科目；没有列全的不必理会。",
        basis: basis::REPORTS,
    },
    run: short,
};

/// A stated whole with the stated parts of it along one dimension.
struct Split {
    whole: (String, Decimal),
    dimension: Dimension,
    values: Vec<String>,
    sum: Decimal,
}

/// Stated amounts that are one query each, with their value.
fn stated(subject: &Subject<'_>) -> Vec<(Stage, Query, String, Decimal)> {
    let own = subject.disclosure.stated.iter().filter(|stated| stated.difference_from.is_none());
    own.filter_map(|stated| {
        let address = subject.address(&stated.figure)?;
        let queries = subject.facts.queries(&address.expression);
        let [query] = queries.as_slice() else { return None };
        let value = subject.value(&stated.figure)?;
        Some((address.stage, query.clone(), subject.facts.canonical(&address), value))
    })
    .collect()
}

/// The one dimension by which `part` is narrower than `whole`, with its single value.
fn narrower(part: &Filter, whole: &Filter) -> Option<(Dimension, String)> {
    let extra: Vec<Dimension> = part.dimensions().filter(|dimension| whole.patterns(*dimension).is_none()).collect();
    let same = whole.dimensions().all(|dimension| part.patterns(dimension) == whole.patterns(dimension));
    match extra.as_slice() {
        [dimension] if same => {
            let patterns = part.patterns(*dimension)?;
            Some((*dimension, patterns.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")))
        }
        _ => None,
    }
}

fn splits(subject: &Subject<'_>) -> Vec<Split> {
    let all = stated(subject);
    let mut found = Vec::new();
    for (stage, query, figure, value) in wholes(subject, &all) {
        let mut by: BTreeMap<Dimension, Vec<(String, Decimal)>> = BTreeMap::new();
        for (other_stage, other, _, amount) in &all {
            if *other_stage == stage
                && other.measure == query.measure
                && let Some((dimension, words)) = narrower(&other.filter, &query.filter)
            {
                by.entry(dimension).or_default().push((words, *amount));
            }
        }
        for (dimension, parts) in by {
            let parts = disjoint(parts);
            let sum = parts.iter().map(|(_, amount)| *amount).sum();
            let values = parts.into_iter().map(|(words, _)| words).collect();
            found.push(Split { whole: (figure.clone(), value), dimension, values, sum });
        }
    }
    found
}

/// Stated figures, and the two grand totals where they can be worked out from stated ones.
fn wholes(subject: &Subject<'_>, all: &[(Stage, Query, String, Decimal)]) -> Vec<(Stage, Query, String, Decimal)> {
    let mut wholes = all.to_vec();
    for (measure, total) in [(Measure::Expenditure, "支出总计"), (Measure::Income, "收入总计")] {
        for stage in subject.stages() {
            let query = Query { measure, filter: Filter::default() };
            let address = Address {
                expression: match subject.facts.expression(measure.term()) {
                    Ok(expression) => expression,
                    Err(_) => continue,
                },
                stage: *stage,
            };
            let figure = subject.facts.canonical(&address);
            let known = wholes.iter().any(|(own, _, text, _)| own == stage && *text == figure);
            let covered = subject.facts.covers(measure, *stage);
            // A grand total bounds the sum where neither the plain total nor lines are there.
            if let (false, false, Some(value)) = (known, covered, subject.figure(total, *stage)) {
                let figure = format!("{total}@{}", stage.term());
                wholes.push((*stage, query, subject.canonical(&figure), value));
            }
        }
    }
    wholes
}

/// Codes under another code of the list, and groups beside their members, would count twice.
fn disjoint(mut parts: Vec<(String, Decimal)>) -> Vec<(String, Decimal)> {
    parts.sort();
    let mut kept: Vec<(String, Decimal)> = Vec::new();
    for (words, amount) in parts {
        let inside = kept.iter().any(|(other, _)| {
            let digits = other.chars().all(|c| c.is_ascii_digit());
            digits && words.starts_with(other.as_str())
                || words.split('|').any(|word| other.split('|').any(|own| own == word))
        });
        if !inside {
            kept.push((words, amount));
        }
    }
    kept
}

/// Whether the parts are all there can be.
fn complete(split: &Split) -> bool {
    let mut named: Vec<&str> = split.values.iter().flat_map(|value| value.split('|')).collect();
    named.sort_unstable();
    let all = |terms: Vec<&'static str>| terms.iter().all(|term| named.contains(term));
    match split.dimension {
        Dimension::Kind => all(LineKind::ALL.iter().map(|kind| kind.term()).collect()),
        Dimension::Fund => all(Fund::ALL.iter().map(|fund| fund.term()).collect()),
        Dimension::Source => all(IncomeSource::ALL
            .iter()
            .filter(|source| **source != IncomeSource::SpecialAccount)
            .map(|source| source.term())
            .collect()),
        _ => false,
    }
}

fn parts(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let wrong = |split: &Split| {
        let over = split.sum > split.whole.1 + subject.envelope(split.values.len());
        over || complete(split) && subject.differ(split.whole.1, split.sum, split.values.len())
    };
    splits(subject).iter().filter(|split| wrong(split)).map(|split| tell(subject, &PARTS, split)).collect()
}

fn short(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let lacking = |split: &Split| {
        split.dimension == Dimension::Function
            && split.values.len() > 3
            && split.sum + subject.envelope(split.values.len()) < split.whole.1
    };
    splits(subject).iter().filter(|split| lacking(split)).map(|split| tell(subject, &SHORT, split)).collect()
}

fn tell(subject: &Subject<'_>, rule: &Rule, split: &Split) -> Diagnostic {
    let (figure, whole) = &split.whole;
    let message = format!(
        "{}是 {}，按{}给出的 {} 个分项合计 {}，相差 {}",
        subject.spoken(figure),
        subject.show(*whole),
        split.dimension.label(),
        split.values.len(),
        subject.show(split.sum),
        subject.show((split.sum - whole).abs())
    );
    let finding = rule.found(message).figure(figure.clone());
    let finding = subject.at_first(finding, figure, "总数");
    finding.help("核对总数与各分项。")
}
