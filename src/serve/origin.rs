//! Where a figure of the page comes from.
//!
//! In: the address a page carries, the compilation behind the page. Out: how the figure is worked out, its exact value and
//! the ledger lines it rests on, with their places. Never knows: requests.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::{
    compile::Compiled,
    facts::{Step, Trace},
    link::grouped,
    model::{Disclosure, LineId},
    money::Quantity,
    period::Stage,
    source::{Sources, Span},
};

use super::findings::line_of;

/// More lines than anyone reads in a panel; the count is told.
const MOST_LINES: usize = 200;
/// Decimals of a ratio, in percent: enough to see why it was rounded as it was.
const DECIMALS: u32 = 6;

/// The origin of one figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Origin {
    /// Canonical.
    pub(super) address: String,
    /// How it is worked out, in words.
    pub(super) rule: &'static str,
    /// Exact, before rounding.
    pub(super) value: String,
    /// What it is worked out from, where it is more than a sum of lines.
    pub(super) parts: Vec<OriginPart>,
    pub(super) lines: Vec<OriginLine>,
    /// How many lines there are, shown or not.
    pub(super) total: usize,
}

/// A figure that goes into another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct OriginPart {
    pub(super) address: String,
    pub(super) value: String,
}

/// One ledger line or stated figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct OriginLine {
    /// `data/…/expenditure.yaml:12:5`.
    pub(super) place: String,
    pub(super) text: String,
    /// Amounts at the stages asked for: `本年预算 1200 元`.
    pub(super) amounts: Vec<String>,
}

/// Looks a figure up; the words say why there is nothing.
pub(super) fn origin(compiled: &Compiled, address: &str) -> Result<Origin, String> {
    let (Some(facts), Some(disclosure)) = (&compiled.facts, &compiled.disclosure) else {
        return Err("源文件有错误，暂时查不出来历。".to_owned());
    };
    let ask = facts.question(address).map_err(|_| format!("“{address}”不是台账算出的数。"))?;
    let trace = facts.trace(&ask).map_err(|_| format!("“{address}”现在取不出数。"))?;
    let part = |part: &Trace| OriginPart { address: part.address.clone(), value: value(part) };
    let lines = lines(disclosure, &compiled.sources, &trace);
    let total = lines.len();
    Ok(Origin {
        rule: rule(trace.step),
        value: value(&trace),
        parts: trace.parts.iter().map(part).collect(),
        lines: lines.into_iter().take(MOST_LINES).collect(),
        total,
        address: trace.address,
    })
}

const fn rule(step: Step) -> &'static str {
    match step {
        Step::Lines => "台账中符合条件的各行之和",
        Step::Stated => "引定数：只知道总数，直接给出",
        Step::Sum => "下列各数相加减",
        Step::Difference => "前数减后数",
        Step::Rate => "（前数减后数）除以后数",
        Step::Share => "前数除以后数",
    }
}

fn value(trace: &Trace) -> String {
    let Some(exact) = trace.value else { return "没有数".to_owned() };
    match trace.step {
        Step::Rate | Step::Share => {
            format!("{}%", (exact * Decimal::ONE_HUNDRED).round_dp(DECIMALS).normalize())
        }
        Step::Lines | Step::Stated | Step::Sum | Step::Difference => spoken(exact, trace.money),
    }
}

fn spoken(exact: Decimal, money: bool) -> String {
    let unit = if money { " 元" } else { "" };
    let text = exact.abs().normalize().to_string();
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let sign = if exact.is_sign_negative() && !exact.is_zero() { "-" } else { "" };
    format!("{sign}{}{fraction}{unit}", grouped(whole))
}

/// The ends of the tree with the stages at which they count.
fn ends(trace: &Trace, into: &mut BTreeMap<LineId, Vec<Stage>>) {
    for (id, stage) in &trace.atoms {
        let stages = into.entry(*id).or_default();
        if !stages.contains(stage) {
            stages.push(*stage);
        }
    }
    for part in &trace.parts {
        ends(part, into);
    }
}

/// The lines in the order of their places.
fn lines(disclosure: &Disclosure, sources: &Sources, trace: &Trace) -> Vec<OriginLine> {
    let mut wanted = BTreeMap::new();
    ends(trace, &mut wanted);
    let mut found: Vec<(Span, Vec<String>)> = Vec::new();
    for stated in &disclosure.stated {
        if wanted.remove(&stated.id).is_some() {
            found.push((stated.span, vec!["引定数".to_owned()]));
        }
    }
    // Views of one atom under several measures share its number: the first is enough.
    for line in &disclosure.lines {
        if let Some(stages) = wanted.remove(&line.id) {
            let amount = |stage: &Stage| {
                let quantity: Quantity = line.known(*stage)?;
                Some(format!("{} {}", stage.term(), spoken(quantity.decimal(), quantity.is_money())))
            };
            found.push((line.span, stages.iter().filter_map(amount).collect()));
        }
    }
    found.sort_by_key(|(span, _)| (span.file, span.start));
    let line = |(span, amounts): (Span, Vec<String>)| OriginLine {
        place: sources.place(span),
        text: line_of(sources, span),
        amounts,
    };
    found.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_exactly_and_in_groups() {
        let told = |text: &str, money| spoken(text.parse().expect("number"), money);
        assert_eq!(told("75610600.00", true), "75,610,600 元");
        assert_eq!(told("-1234.50", true), "-1,234.5 元");
        assert_eq!(told("0.00", true), "0 元");
        assert_eq!(told("12", false), "12");
    }
}
