//! Figures known only as totals, by the address they state in its one form.

use std::collections::BTreeMap;

use crate::{model::Stated, period::Stage};

use super::address::{Expression, Sign, Term};

/// Stated figures; what they give is an amount at a stage or a difference from another stage.
#[derive(Debug, Clone, Default)]
pub(super) struct StatedIndex {
    /// Of single figures, asked for at every step of every sum.
    singles: BTreeMap<Stage, BTreeMap<Term, Stated>>,
    sums: BTreeMap<Stage, BTreeMap<Expression, Stated>>,
    differences: BTreeMap<(Stage, Stage), BTreeMap<Expression, Stated>>,
}

impl StatedIndex {
    /// Takes one in; the earlier one comes back where the address is stated twice.
    pub(super) fn insert(&mut self, of: Expression, stage: Stage, stated: Stated) -> Option<Stated> {
        match (stated.difference_from, of.0.as_slice()) {
            (Some(base), _) => self.differences.entry((stage, base)).or_default().insert(of, stated),
            (None, [(Sign::Plus, term)]) => self.singles.entry(stage).or_default().insert(term.clone(), stated),
            (None, _) => self.sums.entry(stage).or_default().insert(of, stated),
        }
    }

    pub(super) fn amount(&self, of: &Expression, stage: Stage) -> Option<&Stated> {
        match of.0.as_slice() {
            [(Sign::Plus, term)] => self.single(term, stage),
            _ => self.sums.get(&stage)?.get(of),
        }
    }

    /// The amount of one figure in its one form.
    pub(super) fn single(&self, of: &Term, stage: Stage) -> Option<&Stated> {
        self.singles.get(&stage)?.get(of)
    }

    pub(super) fn difference(&self, of: &Expression, stage: Stage, base: Stage) -> Option<&Stated> {
        self.differences.get(&(stage, base))?.get(of)
    }

    /// Whether any figure is stated at a stage.
    pub(super) fn speaks_of(&self, stage: Stage) -> bool {
        self.singles.contains_key(&stage)
    }
}
