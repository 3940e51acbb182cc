//! Conditions on dimensions, with one canonical spelling each.

use std::{collections::BTreeMap, fmt, sync::Arc};

use crate::{
    account::Code,
    model::{BalanceItem, Dimension, Fund, IncomeSource, Line, LineKind, Origin, ProcurementCategory, Value},
};

/// What a value on a dimension must be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pattern {
    /// The code or any below it.
    Under(Code),
    Is(Value),
}

impl Pattern {
    fn accepts(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Under(code), Value::Code(own)) => code.covers(own),
            (Self::Is(wanted), own) => wanted == own,
            (Self::Under(_), _) => false,
        }
    }

    /// The narrower of two patterns where one implies the other.
    fn narrower(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Under(a), Self::Under(b)) if a.covers(b) => Some(other.clone()),
            (Self::Under(a), Self::Under(b)) if b.covers(a) => Some(self.clone()),
            (a, b) if a == b => Some(a.clone()),
            (Self::Under(_) | Self::Is(_), _) => None,
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Under(code) => code.fmt(out),
            Self::Is(value) => value.fmt(out),
        }
    }
}

/// A conjunction over dimensions; on each, any of the patterns will do. No patterns: nothing matches.
///
/// Every figure of a table narrows one, so that what stays the same is shared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Filter(Arc<BTreeMap<Dimension, Arc<[Pattern]>>>);

/// Whether a line meets a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    Yes,
    No,
    /// It would, but the line does not keep this dimension.
    Lacks(Dimension),
}

impl Filter {
    /// Reads one condition, `fund` = `一般公共预算|政府性基金`.
    ///
    /// # Errors
    /// The words that are no value of the dimension, with what is.
    pub fn condition(dimension: Dimension, text: &str) -> Result<Self, (String, Vec<String>)> {
        let mut patterns = Vec::new();
        for word in text.split('|').map(str::trim) {
            patterns.extend(patterns_of(dimension, word)?);
        }
        patterns.sort();
        patterns.dedup();
        Ok(Self::on(dimension, patterns))
    }

    /// Exactly one value.
    #[must_use]
    pub fn is(dimension: Dimension, value: Value) -> Self {
        let pattern = match value {
            Value::Code(code) => Pattern::Under(code),
            other => Pattern::Is(other),
        };
        Self::on(dimension, vec![pattern])
    }

    fn on(dimension: Dimension, patterns: Vec<Pattern>) -> Self {
        Self(Arc::new(BTreeMap::from([(dimension, patterns.into())])))
    }

    /// Both conditions.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        if self.0.is_empty() || other.0.is_empty() {
            return if self.0.is_empty() { other.clone() } else { self.clone() };
        }
        let mut both = BTreeMap::clone(&self.0);
        for (dimension, theirs) in other.0.iter() {
            let merged = match both.get(dimension) {
                None => Arc::clone(theirs),
                Some(ours) => {
                    let pairs = ours.iter().flat_map(|a| theirs.iter().filter_map(|b| a.narrower(b)));
                    let mut narrowed: Vec<Pattern> = pairs.collect();
                    narrowed.sort();
                    narrowed.dedup();
                    narrowed.into()
                }
            };
            both.insert(*dimension, merged);
        }
        Self(Arc::new(both))
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn dimensions(&self) -> impl Iterator<Item = Dimension> {
        self.0.keys().copied()
    }

    /// Each dimension with the patterns of which one must be met.
    pub(super) fn conditions(&self) -> impl Iterator<Item = (Dimension, &[Pattern])> {
        self.0.iter().map(|(dimension, patterns)| (*dimension, patterns.as_ref()))
    }

    #[must_use]
    pub fn patterns(&self, dimension: Dimension) -> Option<&[Pattern]> {
        self.0.get(&dimension).map(AsRef::as_ref)
    }

    /// Tests a line. A definite no on one dimension outweighs a missing other.
    #[must_use]
    pub fn test(&self, line: &Line) -> Match {
        let mut outcome = Match::Yes;
        for (dimension, patterns) in self.0.iter() {
            match line.value(*dimension) {
                Some(value) if patterns.iter().any(|pattern| pattern.accepts(value)) => {}
                Some(_) => return Match::No,
                None if dimension.may_be_none() => return Match::No,
                None => outcome = Match::Lacks(*dimension),
            }
        }
        outcome
    }
}

impl fmt::Display for Filter {
    /// `{fund=一般公共预算,function=208}` in the order of the dimensions; groups of terms by their name. Empty for no condition.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (dimension, patterns)) in self.0.iter().enumerate() {
            out.write_str(if index == 0 { "{" } else { "," })?;
            out.write_str(dimension.term())?;
            out.write_str("=")?;
            if let Some(group) = group_name(patterns) {
                out.write_str(group)?;
                continue;
            }
            for (index, pattern) in patterns.iter().enumerate() {
                out.write_str(if index == 0 { "" } else { "|" })?;
                pattern.fmt(out)?;
            }
        }
        out.write_str(if self.0.is_empty() { "" } else { "}" })
    }
}

/// 基本 and 财政拨款 stand for several terms.
fn group_name(patterns: &[Pattern]) -> Option<&'static str> {
    let kind = |pattern: &Pattern| if let Pattern::Is(Value::Kind(kind)) = pattern { Some(*kind) } else { None };
    let fund = |pattern: &Pattern| if let Pattern::Is(Value::Fund(fund)) = pattern { Some(*fund) } else { None };
    match patterns {
        [] | [_] => None,
        [..] if patterns.iter().map(kind).eq(LineKind::BASIC.iter().copied().map(Some)) => Some("基本"),
        [..] if patterns.iter().map(fund).eq(Fund::APPROPRIATION.iter().copied().map(Some)) => Some("财政拨款"),
        [..] => None,
    }
}

fn patterns_of(dimension: Dimension, word: &str) -> Result<Vec<Pattern>, (String, Vec<String>)> {
    if let Some(classification) = dimension.classification() {
        let code = Code::parse(classification, word).map_err(|_| (word.to_owned(), Vec::new()))?;
        return Ok(vec![Pattern::Under(code)]);
    }
    let one = |value: Value| vec![Pattern::Is(value)];
    match dimension {
        Dimension::Kind if word == "基本" => {
            Ok(LineKind::BASIC.iter().map(|kind| Pattern::Is(Value::Kind(*kind))).collect())
        }
        Dimension::Fund if word == "财政拨款" => {
            Ok(Fund::APPROPRIATION.iter().map(|fund| Pattern::Is(Value::Fund(*fund))).collect())
        }
        Dimension::Kind => term(word, LineKind::ALL, LineKind::term, Value::Kind, &["基本"]).map(one),
        Dimension::Fund => term(word, Fund::ALL, Fund::term, Value::Fund, &["财政拨款"]).map(one),
        Dimension::Origin => term(word, Origin::ALL, Origin::term, Value::Origin, &[]).map(one),
        Dimension::Source => term(word, IncomeSource::ALL, IncomeSource::term, Value::Source, &[]).map(one),
        Dimension::Balance => term(word, BalanceItem::ALL, BalanceItem::term, Value::Balance, &[]).map(one),
        Dimension::Category => {
            term(word, ProcurementCategory::ALL, ProcurementCategory::term, Value::Category, &[]).map(one)
        }
        Dimension::Unit
        | Dimension::Project
        | Dimension::Counterparty
        | Dimension::Asset
        | Dimension::Item
        | Dimension::Part
        | Dimension::Form
        | Dimension::Function
        | Dimension::Economic
        | Dimension::Government => Ok(one(Value::Name(word.into()))),
    }
}

fn term<T: Copy>(
    word: &str,
    all: &[T],
    spell: impl Fn(T) -> &'static str,
    wrap: impl Fn(T) -> Value,
    groups: &[&str],
) -> Result<Value, (String, Vec<String>)> {
    let found = all.iter().copied().find(|value| spell(*value) == word);
    found.map(wrap).ok_or_else(|| {
        let known = all.iter().map(|value| spell(*value)).chain(groups.iter().copied()).map(str::to_owned).collect();
        (word.to_owned(), known)
    })
}
