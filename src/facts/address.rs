//! Addresses: `measure{dimension=value,…}@stage`, and sums of them.

use std::{fmt, sync::Arc};

use crate::{
    model::{Dimension, Measure},
    period::Stage,
    source::nearest,
};

use super::filter::Filter;

/// A measure over the lines that meet a filter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Query {
    pub measure: Measure,
    pub filter: Filter,
}

impl fmt::Display for Query {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.measure.term(), self.filter)
    }
}

/// What stands before the braces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Head {
    Measure(Measure),
    /// A named figure of the profile.
    Named(Arc<str>),
}

/// One figure without its stage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    pub head: Head,
    pub filter: Filter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    Plus,
    Minus,
}

/// Figures added and subtracted: `income + balance{balance=年初结转和结余}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Expression(pub Vec<(Sign, Term)>);

/// One figure at one stage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    pub expression: Expression,
    pub stage: Stage,
}

/// Why a text is no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressError {
    Empty,
    NoStage,
    UnknownStage {
        found: String,
        near: Option<String>,
    },
    UnbalancedBraces,
    /// `dimension=value` was wanted.
    BadCondition(String),
    UnknownDimension {
        found: String,
        near: Option<String>,
    },
    /// The dimension does not belong to the measure.
    ForeignDimension {
        measure: Measure,
        dimension: Dimension,
    },
    UnknownValue {
        dimension: Dimension,
        found: String,
        known: Vec<String>,
    },
    /// Neither a measure nor a named figure.
    UnknownName {
        found: String,
        near: Vec<String>,
    },
}

impl fmt::Display for AddressError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => out.write_str("地址是空的"),
            Self::NoStage => out.write_str("地址没有写阶段"),
            Self::UnknownStage { found, .. } => write!(out, "没有“{found}”这个阶段"),
            Self::UnbalancedBraces => out.write_str("花括号不成对"),
            Self::BadCondition(text) => write!(out, "“{text}”不是“维度=值”"),
            Self::UnknownDimension { found, .. } => write!(out, "没有“{found}”这个维度"),
            Self::ForeignDimension { measure, dimension } => {
                write!(out, "{} 没有“{}”（{}）这个维度", measure.term(), dimension.term(), dimension.label())
            }
            Self::UnknownValue { dimension, found, .. } => write!(out, "{}里没有“{found}”", dimension.label()),
            Self::UnknownName { found, .. } => write!(out, "没有“{found}”这个数字"),
        }
    }
}

impl AddressError {
    /// The way out.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Empty | Self::UnbalancedBraces | Self::BadCondition(_) => {
                "地址写成 计量{维度=值,…}@阶段，或 具名数字@阶段。".to_owned()
            }
            Self::NoStage => "在末尾写上“@阶段”，如 @本年预算、@决算。".to_owned(),
            Self::UnknownStage { near, .. } | Self::UnknownDimension { near, .. } => near.as_ref().map_or_else(
                || "对照 gen explain F001 里的列表改正。".to_owned(),
                |near| format!("是不是想写“{near}”？"),
            ),
            Self::ForeignDimension { measure, .. } => {
                let known: Vec<&str> = measure.dimensions().iter().map(|dimension| dimension.term()).collect();
                format!("可以用的维度：{}。", known.join("、"))
            }
            Self::UnknownValue { known, .. } if known.is_empty() => "编码写 3、5 或 7 位数字。".to_owned(),
            Self::UnknownValue { known, .. } => format!("可以写：{}。", known.join("、")),
            Self::UnknownName { near, .. } if near.is_empty() => "具名数字见文种的 figures.yaml。".to_owned(),
            Self::UnknownName { near, .. } => format!("是不是想写：{}？", near.join("、")),
        }
    }
}

/// The names that may stand before the braces.
pub trait Names {
    fn is_named(&self, name: &str) -> bool;
    fn names(&self) -> Vec<&str>;
}

impl Address {
    /// Takes `…@stage` apart: the text of the expression, and the stage.
    ///
    /// # Errors
    /// [`AddressError`] says what is wrong with the stage.
    pub(super) fn split(text: &str) -> Result<(&str, Stage), AddressError> {
        let (body, stage) = text.trim().rsplit_once('@').ok_or(AddressError::NoStage)?;
        Ok((body, stage_of(stage)?))
    }
}

fn stage_of(text: &str) -> Result<Stage, AddressError> {
    let word = text.trim();
    Stage::from_term(word).ok_or_else(|| AddressError::UnknownStage {
        found: word.to_owned(),
        near: nearest(word, Stage::ALL.iter().map(|stage| stage.term())).map(str::to_owned),
    })
}

impl Expression {
    /// Parses terms joined by ` + ` and ` - `.
    ///
    /// # Errors
    /// [`AddressError`] says what is wrong.
    pub fn parse(text: &str, names: &dyn Names) -> Result<Self, AddressError> {
        let mut terms = Vec::new();
        let mut sign = Sign::Plus;
        let mut rest = text.trim();
        if rest.is_empty() {
            return Err(AddressError::Empty);
        }
        while !rest.is_empty() {
            let next = [(" + ", Sign::Plus), (" - ", Sign::Minus)]
                .into_iter()
                .filter_map(|(mark, sign)| rest.find(mark).map(|at| (at, sign)))
                .min_by_key(|(at, _)| *at);
            let (term, tail, following) = match next {
                Some((at, following)) => (&rest[..at], &rest[at + 3..], following),
                None => (rest, "", Sign::Plus),
            };
            terms.push((sign, Term::parse(term, names)?));
            sign = following;
            rest = tail.trim_start();
        }
        Ok(Self(terms))
    }

    #[must_use]
    pub fn single(term: Term) -> Self {
        Self(vec![(Sign::Plus, term)])
    }

    /// The same figures over fewer lines.
    #[must_use]
    pub fn narrowed(&self, filter: &Filter) -> Self {
        let narrow =
            |(sign, term): &(Sign, Term)| (*sign, Term { head: term.head.clone(), filter: term.filter.and(filter) });
        Self(self.0.iter().map(narrow).collect())
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (sign, term)) in self.0.iter().enumerate() {
            match (index, sign) {
                (0, Sign::Plus) => {}
                (_, Sign::Plus) => out.write_str(" + ")?,
                (_, Sign::Minus) => out.write_str(" - ")?,
            }
            match &term.head {
                Head::Measure(measure) => out.write_str(measure.term())?,
                Head::Named(name) => out.write_str(name)?,
            }
            term.filter.fmt(out)?;
        }
        Ok(())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}@{}", self.expression, self.stage.term())
    }
}

impl Term {
    /// Parses `head{dimension=value,…}`.
    ///
    /// # Errors
    /// [`AddressError`] says what is wrong.
    pub fn parse(text: &str, names: &dyn Names) -> Result<Self, AddressError> {
        let text = text.trim();
        let (name, conditions) = match text.split_once('{') {
            None if text.contains('}') => return Err(AddressError::UnbalancedBraces),
            None => (text, ""),
            Some((name, rest)) => (name.trim(), rest.strip_suffix('}').ok_or(AddressError::UnbalancedBraces)?),
        };
        let head = match Measure::from_term(name) {
            Some(measure) => Head::Measure(measure),
            None if names.is_named(name) => Head::Named(name.into()),
            None => return Err(unknown_name(name, names)),
        };
        let mut filter = Filter::default();
        for condition in conditions.split(',').map(str::trim).filter(|condition| !condition.is_empty()) {
            filter = filter.and(&condition_of(condition, &head)?);
        }
        Ok(Self { head, filter })
    }
}

fn condition_of(text: &str, head: &Head) -> Result<Filter, AddressError> {
    let (name, value) = text.split_once('=').ok_or_else(|| AddressError::BadCondition(text.to_owned()))?;
    let name = name.trim();
    let dimension = Dimension::from_term(name).ok_or_else(|| AddressError::UnknownDimension {
        found: name.to_owned(),
        near: nearest(name, Dimension::ALL.iter().map(|dimension| dimension.term())).map(str::to_owned),
    })?;
    if let Head::Measure(measure) = head
        && !measure.dimensions().contains(&dimension)
    {
        return Err(AddressError::ForeignDimension { measure: *measure, dimension });
    }
    Filter::condition(dimension, value.trim()).map_err(|(found, known)| AddressError::UnknownValue {
        dimension,
        found,
        known,
    })
}

fn unknown_name(name: &str, names: &dyn Names) -> AddressError {
    let mut near: Vec<String> =
        names.names().into_iter().filter(|known| known.contains(name) && !name.is_empty()).map(str::to_owned).collect();
    let all = names.names();
    let candidates = all.iter().copied().chain(Measure::ALL.iter().map(|measure| measure.term()));
    if let Some(best) = nearest(name, candidates)
        && !near.iter().any(|known| known == best)
    {
        near.insert(0, best.to_owned());
    }
    near.truncate(5);
    AddressError::UnknownName { found: name.to_owned(), near }
}
