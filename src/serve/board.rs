//! What is shown at the moment, and word of news to the open pages.
//!
//! Never knows: how it was made.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use tokio::sync::watch;

use crate::{backend::html::IndexEntry, compile::Compiled, diagnostic::Summary, workspace::Assets};

/// One disclosure as shown.
#[derive(Clone)]
pub(super) struct Shown {
    /// Raised when the page differs.
    pub(super) page_version: u64,
    /// Raised when the findings differ.
    pub(super) report_version: u64,
    /// The page, ready to be sent: the last good one, or a draft while there was none.
    pub(super) page: Arc<str>,
    /// The findings of the last compilation, ready to be sent.
    pub(super) report: Arc<str>,
    pub(super) summary: Summary,
    /// The compilation behind the page.
    pub(super) behind: Arc<Compiled>,
    /// Whether the page is that of the last compilation.
    pub(super) current: bool,
    pub(super) entry: IndexEntry,
    /// How long the compilation took.
    pub(super) compiling: Duration,
    /// How long it took with page and findings.
    pub(super) making: Duration,
}

/// All that is shown.
pub(super) struct Board {
    shown: RwLock<BTreeMap<String, Arc<Shown>>>,
    front: RwLock<Arc<str>>,
    assets: RwLock<Option<Arc<Assets>>>,
    news: watch::Sender<u64>,
}

impl Default for Board {
    fn default() -> Self {
        Self {
            shown: RwLock::default(),
            front: RwLock::new(Arc::from("")),
            assets: RwLock::default(),
            news: watch::Sender::new(0),
        }
    }
}

// A panic while a lock is held leaves a whole value behind: values are exchanged, never edited.
impl Board {
    pub(super) fn get(&self, slug: &str) -> Option<Arc<Shown>> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).get(slug).cloned()
    }

    pub(super) fn all(&self) -> Vec<Arc<Shown>> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    pub(super) fn front(&self) -> Arc<str> {
        Arc::clone(&self.front.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn assets(&self) -> Option<Arc<Assets>> {
        self.assets.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn show(&self, slug: &str, shown: Shown) {
        self.shown.write().unwrap_or_else(PoisonError::into_inner).insert(slug.to_owned(), Arc::new(shown));
    }

    pub(super) fn set_front(&self, front: Arc<str>) {
        *self.front.write().unwrap_or_else(PoisonError::into_inner) = front;
    }

    pub(super) fn set_assets(&self, assets: Arc<Assets>) {
        *self.assets.write().unwrap_or_else(PoisonError::into_inner) = Some(assets);
    }

    /// Wakes the open pages.
    pub(super) fn announce(&self) {
        self.news.send_modify(|round| *round += 1);
    }

    pub(super) fn listen(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    /// How often there was news; the version of the front page.
    pub(super) fn round(&self) -> u64 {
        *self.news.borrow()
    }
}
