//! Figures known only as totals, by the canonical address they state.

use std::collections::BTreeMap;

use crate::{model::Stated, period::Stage};

/// Stated figures by canonical address; what they give is an amount or a difference from another stage.
#[derive(Debug, Clone, Default)]
pub(super) struct StatedIndex {
    amounts: BTreeMap<String, Stated>,
    differences: BTreeMap<(String, Stage), Stated>,
}

impl StatedIndex {
    /// Takes one in; the earlier one comes back where the address is stated twice.
    pub(super) fn insert(&mut self, canonical: String, stated: Stated) -> Option<Stated> {
        match stated.difference_from {
            None => self.amounts.insert(canonical, stated),
            Some(base) => self.differences.insert((canonical, base), stated),
        }
    }

    pub(super) fn amount(&self, canonical: &str) -> Option<&Stated> {
        self.amounts.get(canonical)
    }

    pub(super) fn difference(&self, canonical: &str, base: Stage) -> Option<&Stated> {
        self.differences.get(&(canonical.to_owned(), base))
    }
}
