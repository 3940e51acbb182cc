//! Where a figure of the page comes from.
//!
//! In: the address a page carries, the compilation behind the page. Out: the question in words, its exact value and the
//! ledger lines it rests on, with their places. Never knows: requests.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    compile::Compiled,
    facts::{Answer, Ask, Facts, Outcome},
    model::{Disclosure, LineId},
    money::Quantity,
    period::Stage,
    source::{Sources, Span},
};

use super::findings::line_of;

/// More lines than anyone reads in a panel; the count is told.
const MOST_LINES: usize = 200;

/// The origin of one figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Origin {
    /// Canonical.
    pub(super) address: String,
    /// How it is computed, in words.
    pub(super) rule: String,
    /// Exact, before rounding.
    pub(super) value: String,
    pub(super) lines: Vec<OriginLine>,
    /// How many lines there are, shown or not.
    pub(super) total: usize,
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
    let ask = ask(facts, address).ok_or_else(|| format!("“{address}”不是台账算出的数。"))?;
    let answer = facts.answer(&ask).map_err(|_| format!("“{address}”现在取不出数。"))?;
    let lines = lines(disclosure, &compiled.sources, &answer.atoms, &stages(&ask));
    let total = lines.len();
    let value = value(&answer);
    let shown = lines.into_iter().take(MOST_LINES).collect();
    Ok(Origin { address: answer.address, rule: rule(&ask), value, lines: shown, total })
}

/// The question behind an address as pages carry it.
fn ask(facts: &Facts, text: &str) -> Option<Ask> {
    let inner = |word: &str| text.strip_prefix(word)?.strip_prefix('(')?.strip_suffix(')')?.rsplit_once("; ");
    let address = |text: &str| facts.address(text).ok();
    if let Some((part, whole)) = inner("share") {
        return Some(Ask::Share { part: address(part)?, whole: address(whole)? });
    }
    if let Some((of, base)) = inner("difference") {
        return Some(Ask::Difference { of: address(of)?, base: Stage::from_term(base)? });
    }
    if let Some((of, base)) = inner("rate") {
        return Some(Ask::Rate { of: address(of)?, base: Stage::from_term(base)? });
    }
    if let Some((of, base)) = inner("completion") {
        return Some(Ask::Completion { of: address(of)?, base: Stage::from_term(base)? });
    }
    Some(Ask::Value(address(text)?))
}

fn stages(ask: &Ask) -> BTreeSet<Stage> {
    match ask {
        Ask::Value(of) => BTreeSet::from([of.stage]),
        Ask::Difference { of, base } | Ask::Rate { of, base } | Ask::Completion { of, base } => {
            BTreeSet::from([of.stage, *base])
        }
        Ask::Share { part, whole } => BTreeSet::from([part.stage, whole.stage]),
    }
}

fn rule(ask: &Ask) -> String {
    match ask {
        Ask::Value(of) => format!("{}：下列各行之和", of.stage.term()),
        Ask::Difference { of, base } => format!("{} 减 {}", of.stage.term(), base.term()),
        Ask::Rate { of, base } => {
            format!("（{} 减 {}）÷ {}", of.stage.term(), base.term(), base.term())
        }
        Ask::Share { part, whole } => format!("{part} ÷ {whole}"),
        Ask::Completion { of, base } => format!("{} ÷ {}", of.stage.term(), base.term()),
    }
}

fn value(answer: &Answer) -> String {
    match answer.outcome {
        Outcome::Quantity(quantity) => spoken(quantity),
        Outcome::Ratio(ratio) => format!("{}%", ratio.percent().round_dp(6).normalize()),
        Outcome::Unknown => "没有数".to_owned(),
    }
}

fn spoken(quantity: Quantity) -> String {
    let unit = if quantity.is_money() { " 元" } else { "" };
    format!("{}{unit}", quantity.decimal().normalize())
}

/// The atoms in the order of their places.
fn lines(
    disclosure: &Disclosure,
    sources: &Sources,
    atoms: &BTreeSet<LineId>,
    stages: &BTreeSet<Stage>,
) -> Vec<OriginLine> {
    let mut seen = BTreeSet::new();
    let mut found: Vec<(Span, Vec<String>)> = Vec::new();
    // Views of one atom under several measures share its number: once is enough.
    for line in disclosure.lines.iter().filter(|line| atoms.contains(&line.id)) {
        if seen.insert(line.id) {
            let amount = |stage: &Stage| Some(format!("{} {}", stage.term(), spoken(line.known(*stage)?)));
            found.push((line.span, stages.iter().filter_map(amount).collect()));
        }
    }
    for stated in disclosure.stated.iter().filter(|stated| atoms.contains(&stated.id)) {
        found.push((stated.span, vec!["引定数".to_owned()]));
    }
    found.sort_by_key(|(span, _)| (span.file, span.start));
    let line = |(span, amounts): (Span, Vec<String>)| OriginLine {
        place: sources.place(span),
        text: line_of(sources, span),
        amounts,
    };
    found.into_iter().map(line).collect()
}
