//! Addresses in words: what a figure is called where a person reads it.
//!
//! In: an address. Out: Chinese words, codes with their names. Never knows: amounts.

use crate::{
    facts::{Address, Ask, Facts, Pattern, Query},
    model::{Dimension, Disclosure, Fund, LineKind, Measure, Value},
    profile::Profile,
};

/// The figure behind an address or a question, in words; the address itself where there are none.
#[must_use]
pub fn spoken(facts: &Facts, disclosure: &Disclosure, profile: &Profile, text: &str) -> String {
    let words = |address: &Address| value(facts, disclosure, profile, address);
    match facts.question(text) {
        Err(_) => text.to_owned(),
        Ok(Ask::Value(of)) => words(&of),
        Ok(Ask::Difference { of, base }) => format!("{}比{}的增减额", words(&of), base.term()),
        Ok(Ask::Rate { of, base }) => format!("{}比{}的增减率", words(&of), base.term()),
        Ok(Ask::Share { part, whole }) => format!("{}占{}的比例", words(&part), words(&whole)),
        Ok(Ask::Completion { of, base }) => format!("{}占{}的比例（完成率）", words(&of), base.term()),
    }
}

fn value(facts: &Facts, disclosure: &Disclosure, profile: &Profile, address: &Address) -> String {
    let stage = address.stage.term();
    if let Some(name) = named(facts, profile, address) {
        return format!("{name}（{stage}）");
    }
    match facts.queries(&address.expression).as_slice() {
        [query] if address.expression.0.len() == 1 => query_words(disclosure, query, stage),
        _ => format!("{}（{stage}）", address.expression),
    }
}

/// The name under which the profile keeps this very figure.
fn named(facts: &Facts, profile: &Profile, address: &Address) -> Option<String> {
    let own = facts.canonical(address);
    let same = |name: &str| {
        let expression = facts.expression(name).ok()?;
        (facts.canonical(&Address { expression, stage: address.stage }) == own).then(|| name.to_owned())
    };
    profile.figures.iter().find_map(|(name, _)| same(&name.value))
}

/// “2080505 机关事业单位基本养老保险缴费支出”的支出（一般公共预算，本年预算）.
fn query_words(disclosure: &Disclosure, query: &Query, stage: &str) -> String {
    let dimensions: Vec<Dimension> = query.filter.dimensions().collect();
    let words = |dimension: &Dimension| {
        let patterns = query.filter.patterns(*dimension).unwrap_or_default();
        // Both kinds of basic expenditure, all fiscal funds: a group has one word.
        if let Some(word) = group(patterns) {
            return word.to_owned();
        }
        let each: Vec<String> = patterns.iter().map(|pattern| pattern_words(disclosure, *dimension, pattern)).collect();
        each.join("、")
    };
    let (mut subjects, mut conditions, mut head) = (Vec::new(), Vec::new(), measure_word(query.measure).to_owned());
    for dimension in &dimensions {
        if is_head(query.measure, *dimension) {
            head = words(dimension);
        } else if *dimension == Dimension::Kind && query.measure == Measure::Expenditure {
            head = format!("{}支出", words(dimension).trim_end_matches("支出"));
        } else if dimension.classification().is_some() || *dimension == Dimension::Project {
            subjects.push(words(dimension));
        } else {
            conditions.push(words(dimension));
        }
    }
    conditions.push(stage.to_owned());
    let subject = if subjects.is_empty() { String::new() } else { format!("“{}”的", subjects.join("，")) };
    format!("{subject}{head}（{}）", conditions.join("，"))
}

/// Whether a dimension says what is measured, so that its value stands for the measure.
fn is_head(measure: Measure, dimension: Dimension) -> bool {
    matches!(
        (measure, dimension),
        (Measure::Balance, Dimension::Balance)
            | (Measure::Income, Dimension::Source)
            | (Measure::ThreePublicCount, Dimension::Item)
            | (Measure::ThreePublicPart, Dimension::Part)
    )
}

fn group(patterns: &[Pattern]) -> Option<&'static str> {
    let all = |values: &[Value]| {
        let has = |value: &Value| patterns.iter().any(|own| matches!(own, Pattern::Is(own) if own == value));
        values.len() == patterns.len() && values.iter().all(has)
    };
    if all(&[LineKind::Personnel, LineKind::Operating].map(Value::Kind)) {
        Some("基本支出")
    } else if all(&Fund::APPROPRIATION.iter().copied().map(Value::Fund).collect::<Vec<_>>()) {
        Some("财政拨款")
    } else {
        None
    }
}

fn pattern_words(disclosure: &Disclosure, dimension: Dimension, pattern: &Pattern) -> String {
    match pattern {
        Pattern::Under(code) => {
            let name = dimension.classification().and_then(|own| disclosure.chart.name(own, code));
            name.map_or_else(|| code.to_string(), |name| format!("{code} {name}"))
        }
        Pattern::Is(Value::Name(name)) if dimension == Dimension::Project => {
            let project = disclosure.projects.iter().find(|project| *project.slug == **name);
            project.map_or_else(|| name.to_string(), |project| project.name.value.clone())
        }
        Pattern::Is(Value::Name(name)) if dimension == Dimension::Item => {
            let item = disclosure.procurement.iter().find(|item| *item.id == **name);
            item.map_or_else(|| name.to_string(), |item| item.name.clone())
        }
        Pattern::Is(value) => value.to_string(),
    }
}

const fn measure_word(measure: Measure) -> &'static str {
    match measure {
        Measure::Expenditure => "支出",
        Measure::Income => "收入",
        Measure::Balance => "结转结余",
        Measure::Project => "项目资金",
        Measure::Procurement => "政府采购金额",
        Measure::ProcurementReserved => "预留份额",
        Measure::ProcurementSme => "授予中小企业的金额",
        Measure::ProcurementMicro => "授予小微企业的金额",
        Measure::ProcurementQuantity => "采购数量",
        Measure::ProcurementPrice => "采购单价",
        Measure::AssetCount => "资产数量",
        Measure::AssetValue => "资产价值",
        Measure::AssetArea => "资产面积",
        Measure::Staff => "人员数",
        Measure::ThreePublicCount => "“三公”数量",
        Measure::ThreePublicPart => "“三公”细分金额",
        Measure::Score => "自评总分",
        Measure::Weight => "权重",
    }
}
