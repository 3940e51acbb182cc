//! The tree behind a figure: what each step is called, how it is shown, the lines at its ends.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::{
    check::spoken,
    compile::Compiled,
    facts::{Outcome, Step, Trace},
    link::print,
    model::{Disclosure, Given, LineId},
    money::{Quantity, Yuan, round},
    period::Stage,
};

use super::super::talk::line_out;

/// One step. Amounts are exact decimals in 元 as text.
#[derive(Serialize)]
pub(super) struct Node {
    /// The figure in words.
    name: String,
    address: String,
    step: &'static str,
    pub(super) value: Option<String>,
    pub(super) shown: String,
    #[serde(skip)]
    unit: &'static str,
    parts: Vec<Self>,
    lines: Vec<Leaf>,
}

#[derive(Serialize)]
struct Leaf {
    path: String,
    line: usize,
    stage: &'static str,
    value: Option<String>,
    shown: String,
    text: String,
}

/// Characters of an exact value, and of a ledger line, that a person is shown.
const DIGITS: usize = 14;
const LINE: usize = 110;

pub(super) fn node(trace: &Trace, compiled: &Compiled, disclosure: &Disclosure) -> Node {
    let step = match trace.step {
        Step::Lines if trace.value.is_none() => "没有给出",
        Step::Lines if trace.atoms.is_empty() => "没有符合条件的台账行",
        Step::Lines => "台账合计",
        Step::Stated => "引定数：只知道总数，直接给出",
        Step::Sum => "各部分之和",
        Step::Difference if !trace.atoms.is_empty() => "增减额，直接给出",
        Step::Difference => "增减额 = 本数 − 基数",
        Step::Rate => "增减率 =（本数 − 基数）÷ 基数",
        Step::Share if trace.address.starts_with("completion") => "完成率 = 本数 ÷ 基数",
        Step::Share => "比例 = 部分 ÷ 整体",
    };
    let (facts, profile) = (compiled.facts.as_ref(), compiled.profile.as_ref());
    let name = facts.zip(profile).map(|(facts, profile)| spoken(facts, disclosure, profile, &trace.address));
    Node {
        name: name.unwrap_or_else(|| trace.address.clone()),
        address: trace.address.clone(),
        step,
        value: trace.value.map(|value| value.normalize().to_string()),
        shown: shown(trace.value, trace.money, trace.step, compiled),
        unit: if trace.money { " 元" } else { "" },
        parts: trace.parts.iter().map(|part| node(part, compiled, disclosure)).collect(),
        lines: trace.atoms.iter().filter_map(|(id, stage)| leaf(*id, *stage, compiled, disclosure)).collect(),
    }
}

impl Node {
    pub(super) fn draw(&self, depth: usize) {
        let indent = "  ".repeat(depth);
        let exact = self.value.as_ref().map(|value| format!("，精确值 {}{}", head(value, DIGITS), self.unit));
        let address = if self.name == self.address { String::new() } else { format!("〔{}〕", self.address) };
        line_out(&format!(
            "{indent}{} = {}（{}{}）{address}",
            self.name,
            self.shown,
            self.step,
            exact.unwrap_or_default()
        ));
        for leaf in &self.lines {
            line_out(&format!("{indent}  {}:{}  {}  {}", leaf.path, leaf.line, leaf.shown, head(&leaf.text, LINE)));
        }
        self.parts.iter().for_each(|part| part.draw(depth + 1));
    }
}

/// The first characters of a text, with a sign where it goes on.
fn head(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most).chain(['…']).collect() }
}

/// From the exact value to the printed number: the unit and whether anything was rounded away.
pub(super) fn rounding(printed: &str, trace: &Trace) -> String {
    let Some(value) = trace.value else { return String::new() };
    let digits: String = printed.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let Ok(number) = Decimal::from_str_exact(digits.trim_end_matches('.')) else { return String::new() };
    let units: &[(&str, Decimal)] = if trace.money {
        &[
            ("万元", Decimal::from_parts(10_000, 0, 0, false, 0)),
            ("元", Decimal::ONE),
            ("亿元", Decimal::from_parts(100_000_000, 0, 0, false, 0)),
        ]
    } else if printed.contains('%') {
        &[("百分数", Decimal::from_parts(1, 0, 0, false, 2))]
    } else {
        return String::new();
    };
    let inside = |unit: Decimal| value.abs().checked_div(unit).filter(|own| round(*own, number.scale()) == number);
    let Some((unit, own)) = units.iter().find_map(|(word, unit)| Some((*word, inside(*unit)?))) else {
        return String::new();
    };
    let exact = head(&value.normalize().to_string(), DIGITS);
    let from = match (trace.money, unit) {
        (true, "元") => format!("{exact} 元"),
        (true, unit) => format!("{exact} 元换成{unit}"),
        (false, unit) => format!("{exact} 换成{unit}"),
    };
    let lost = if own == number { "没有舍入" } else { "四舍五入" };
    let sign = if value.is_sign_negative() && !printed.contains('-') { "，只印绝对值" } else { "" };
    format!("{digits} 由精确值 {from}，{lost}{sign}")
}

/// A value as the prose of the profile prints it.
fn shown(value: Option<Decimal>, money: bool, step: Step, compiled: &Compiled) -> String {
    let Some(value) = value else { return "未知".to_owned() };
    if matches!(step, Step::Rate | Step::Share) {
        return format!("{}%", round(value * Decimal::ONE_HUNDRED, 2));
    }
    let style = compiled.profile.as_ref().and_then(|profile| profile.style("amount").cloned());
    match style.filter(|_| money) {
        Some(style) => print(Outcome::Quantity(Quantity::Money(Yuan::new(value))), &style, false).text,
        None => value.normalize().to_string(),
    }
}

/// The line or stated figure at an end of the tree.
fn leaf(id: LineId, stage: Stage, compiled: &Compiled, disclosure: &Disclosure) -> Option<Leaf> {
    let line = disclosure.lines.iter().find(|line| line.id == id);
    let stated = disclosure.stated.iter().find(|stated| stated.id == id);
    let (span, quantity) = match (line, stated) {
        (Some(line), _) => {
            let place = match line.amounts.get(&stage)? {
                Given::Known(_, span) | Given::Unknown(span) => *span,
            };
            (place, line.known(stage))
        }
        (None, Some(stated)) => (stated.span, Some(stated.value.money)),
        (None, None) => return None,
    };
    let at = compiled.sources.position(span);
    let source = compiled.sources.get(span.file);
    // The line of the file shows what the amount belongs to.
    let text = source.text.lines().nth(at.line.saturating_sub(1)).unwrap_or("").trim().trim_start_matches("- ");
    Some(Leaf {
        path: source.path.clone(),
        line: at.line,
        stage: stage.term(),
        value: quantity.map(|quantity| quantity.decimal().normalize().to_string()),
        shown: shown(quantity.map(Quantity::decimal), quantity.is_none_or(Quantity::is_money), Step::Lines, compiled),
        text: text.to_owned(),
    })
}
