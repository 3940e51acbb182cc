//! Last year's disclosure, read only to be compared with.

use std::sync::Arc;

use crate::{
    account::Chart,
    check::Previous,
    diagnostic::Diagnostic,
    facts::Facts,
    model::{self, Disclosure},
    source::Located,
};

use super::load::Loader;

/// Model and figures of last year's disclosure.
pub(super) struct Loaded {
    disclosure: Arc<Disclosure>,
    facts: Facts,
}

impl Loaded {
    pub(super) fn subject(&self) -> Previous<'_> {
        Previous { disclosure: &self.disclosure, facts: &self.facts }
    }
}

/// Loads it. Its own findings are told when it is checked itself, not here.
pub(super) fn load(loader: &mut Loader<'_>, name: &Located<String>) -> Option<Loaded> {
    let before = loader.found.len();
    let loaded = read(loader, &name.value);
    loader.found.truncate(before);
    if loaded.is_none() {
        let message = format!("读不了上年的公开“{}”", name.value);
        let help = "核对 previous 里的文件夹名；上年的公开要先能通过核对。";
        loader.found.push(Diagnostic::new("M005", message).at(name.span, "").help(help));
    }
    loaded
}

fn read(loader: &mut Loader<'_>, slug: &str) -> Option<Loaded> {
    let (folder, head) = loader.folder(slug);
    let head = head?;
    let shelf = loader.shelf(&head);
    let profile = shelf.profile.as_ref()?;
    let chart = Chart::new(Arc::clone(&shelf.book));
    let (disclosure, _) = model::read(slug, head, &folder, chart, &loader.sources);
    let disclosure = Arc::new(disclosure?);
    let (step, decimals) =
        profile.style("amount").map_or((10_000.into(), 2), |style| (style.unit.factor(), style.decimals));
    let (facts, _) = Facts::new(&disclosure, &shelf.named, step, decimals);
    Some(Loaded { disclosure, facts })
}
