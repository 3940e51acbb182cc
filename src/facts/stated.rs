//! Figures known only as totals, by the address they state in its one form.

use std::collections::BTreeMap;

use crate::{model::Stated, period::Stage};

use super::address::{Expression, Sign, Term};

/// Stated figures; what they give is an amount at a stage or a difference from another stage.
#[derive(Debug, Clone, Default)]
pub(super) struct StatedIndex {
    amounts: BTreeMap<Stage, BTreeMap<Expression, Stated>>,
    differences: BTreeMap<(Stage, Stage), BTreeMap<Expression, Stated>>,
}

impl StatedIndex {
    /// Takes one in; the earlier one comes back where the address is stated twice.
    pub(super) fn insert(&mut self, of: Expression, stage: Stage, stated: Stated) -> Option<Stated> {
        let at = match stated.difference_from {
            None => self.amounts.entry(stage).or_default(),
            Some(base) => self.differences.entry((stage, base)).or_default(),
        };
        at.insert(of, stated)
    }

    pub(super) fn amount(&self, of: &[(Sign, Term)], stage: Stage) -> Option<&Stated> {
        self.amounts.get(&stage)?.get(of)
    }

    pub(super) fn difference(&self, of: &[(Sign, Term)], stage: Stage, base: Stage) -> Option<&Stated> {
        self.differences.get(&(stage, base))?.get(of)
    }

    /// Whether any amount is stated at a stage.
    pub(super) fn speaks_of(&self, stage: Stage) -> bool {
        self.amounts.contains_key(&stage)
    }
}
