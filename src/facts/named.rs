//! What the names of a profile's `figures.yaml` stand for.
//!
//! In: names and their formulas. Out: texts of addresses read in these names, an expression's one form, and the measures and
//! queries behind it. Never knows: lines, amounts.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, PoisonError, RwLock},
};

use crate::{diagnostic::Diagnostic, model::Measure, source::Located};

use super::{
    address::{Address, AddressError, Expression, Head, Names, Query, Sign, Term},
    filter::Filter,
};

/// How many names may stand behind each other; more is a circle.
pub(super) const DEEPEST: usize = 8;

/// How many texts are kept read. Those of a profile recur in every disclosure and are some hundreds; those of a unit do not.
const KEPT: usize = 4_096;

/// Named figures of a profile.
#[derive(Debug, Default)]
pub struct NamedFigures {
    formulas: BTreeMap<Arc<str>, Expression>,
    /// Expressions read before, by their text.
    read: RwLock<HashMap<String, Expression>>,
}

impl Names for NamedFigures {
    fn is_named(&self, name: &str) -> bool {
        self.formulas.contains_key(name)
    }

    fn names(&self) -> Vec<&str> {
        self.formulas.keys().map(AsRef::as_ref).collect()
    }
}

impl NamedFigures {
    /// Reads names and formulas, in any order: formulas may name each other.
    #[must_use]
    pub fn new(definitions: &[(Located<String>, Located<String>)]) -> (Self, Vec<Diagnostic>) {
        let declared = definitions.iter().map(|(name, _)| (name.as_str().into(), Expression(Vec::new()))).collect();
        let mut named = Self { formulas: declared, read: RwLock::default() };
        let mut found = Vec::new();
        for (name, formula) in definitions {
            match Expression::parse(formula, &named) {
                Ok(expression) => {
                    named.formulas.insert(name.as_str().into(), expression);
                }
                Err(error) => {
                    let message = format!("具名数字“{}”的公式有误：{error}", name.value);
                    found.push(Diagnostic::new("F001", message).at(formula.span, "").help(error.help()));
                }
            }
        }
        (named, found)
    }

    /// An expression from its text; one read before is not read again.
    pub(super) fn expression(&self, text: &str) -> Result<Expression, AddressError> {
        if let Some(known) = self.read.read().unwrap_or_else(PoisonError::into_inner).get(text) {
            return Ok(known.clone());
        }
        let expression = Expression::parse(text, self)?;
        let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
        if read.len() < KEPT {
            read.insert(text.to_owned(), expression.clone());
        }
        Ok(expression)
    }

    /// An address from its text.
    pub(super) fn address(&self, text: &str) -> Result<Address, AddressError> {
        let (expression, stage) = Address::split(text)?;
        Ok(Address { expression: self.expression(expression)?, stage })
    }

    /// What a named figure is defined as.
    pub(super) fn formula(&self, name: &str) -> Option<&Expression> {
        self.formulas.get(name)
    }

    /// The one form of an expression.
    pub(super) fn form<'e>(&self, expression: &'e Expression) -> Cow<'e, Expression> {
        match expression.0.as_slice() {
            [(Sign::Plus, term)] if matches!(term.head, Head::Named(_)) => {
                Cow::Owned(Expression::single(self.opened(term).into_owned()))
            }
            _ => Cow::Borrowed(expression),
        }
    }

    /// A named figure that is a single query as that query, anything else as it is.
    pub(super) fn opened<'t>(&self, term: &'t Term) -> Cow<'t, Term> {
        let query = self.single_query(term, 0);
        query.map_or(Cow::Borrowed(term), |Query { measure, filter }| {
            Cow::Owned(Term { head: Head::Measure(measure), filter })
        })
    }

    fn single_query(&self, term: &Term, depth: usize) -> Option<Query> {
        match &term.head {
            Head::Measure(measure) => Some(Query { measure: *measure, filter: term.filter.clone() }),
            Head::Named(_) if depth > DEEPEST => None,
            Head::Named(name) => match self.formulas.get(name)?.0.as_slice() {
                [(Sign::Plus, inner)] => {
                    let narrowed = Term { head: inner.head.clone(), filter: inner.filter.and(&term.filter) };
                    self.single_query(&narrowed, depth + 1)
                }
                _ => None,
            },
        }
    }

    /// Whether a figure is an amount of money; that of a sum is its first part's.
    pub(super) fn is_money(&self, term: &Term) -> bool {
        self.measures_money(term, 0)
    }

    fn measures_money(&self, term: &Term, depth: usize) -> bool {
        match &term.head {
            Head::Measure(measure) => measure.is_money(),
            Head::Named(name) => {
                let first = self.formulas.get(name).and_then(|inner| inner.0.first());
                depth > DEEPEST || first.is_none_or(|(_, inner)| self.measures_money(inner, depth + 1))
            }
        }
    }

    /// The measures behind an expression, named figures opened.
    pub(super) fn measures(&self, expression: &Expression) -> BTreeSet<Measure> {
        let mut found = BTreeSet::new();
        self.walk(expression, &Filter::default(), 0, &mut |measure, _| {
            found.insert(measure);
        });
        found
    }

    /// The queries behind an expression, named figures opened.
    pub(super) fn queries(&self, expression: &Expression) -> Vec<Query> {
        let mut found = Vec::new();
        self.walk(expression, &Filter::default(), 0, &mut |measure, filter| found.push(Query { measure, filter }));
        found
    }

    /// Shows each measure with the conditions on its way, those of `above` included.
    fn walk(&self, expression: &Expression, above: &Filter, depth: usize, see: &mut dyn FnMut(Measure, Filter)) {
        for (_, term) in &expression.0 {
            let filter = term.filter.and(above);
            match &term.head {
                Head::Measure(measure) => see(*measure, filter),
                Head::Named(name) => {
                    if let Some(inner) = self.formulas.get(name).filter(|_| depth <= DEEPEST) {
                        self.walk(inner, &filter, depth + 1, see);
                    }
                }
            }
        }
    }
}
