//! Compiles what a change touches and puts it on the board.
//!
//! In: changed paths. Out: new pages and findings on the board, a line about each. Never knows: requests.

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use crate::{
    backend::html::{self, IndexEntry, IndexFile},
    compile::{Compiled, Format, compile},
    diagnostic::Summary,
    workspace::{Assets, Disk, Workspace},
};

use super::{
    board::{Board, Shown},
    findings,
    injection::{Marks, inject},
    watch::Changed,
};

/// Printed over a page that may not be published.
const DRAFT: &str = "草稿";

/// The last outcome of one disclosure, kept to see whether the next one differs.
struct Last {
    /// Files it was made of.
    sources: Vec<String>,
    page: String,
    report: String,
}

pub(super) struct Press {
    workspace: Workspace,
    disk: Disk,
    assets: Arc<Assets>,
    /// Whether disclosures that appear later are shown too.
    all: bool,
    board: Arc<Board>,
    last: BTreeMap<String, Last>,
}

impl Press {
    pub(super) fn new(workspace: Workspace, all: bool, board: Arc<Board>) -> Self {
        let disk = Disk::new(&workspace);
        let assets = Arc::new(Assets::load(&disk, Vec::new()));
        board.set_assets(Arc::clone(&assets));
        Self { workspace, disk, assets, all, board, last: BTreeMap::new() }
    }

    /// Compiles a disclosure for the first time.
    pub(super) fn add(&mut self, slug: &str) {
        self.compile(slug);
        self.front(self.board.round());
    }

    /// Compiles what a change touches; a line about each disclosure.
    pub(super) fn rebuild(&mut self, changed: &Changed) -> Vec<String> {
        if concerns(changed, "templates/theme/") {
            self.assets = Arc::new(Assets::load(&self.disk, Vec::new()));
            self.board.set_assets(Arc::clone(&self.assets));
        }
        let mut slugs: Vec<String> = self
            .last
            .iter()
            .filter(|(slug, last)| touches(changed, slug, &last.sources))
            .map(|(slug, _)| slug.clone())
            .collect();
        if self.all {
            slugs.extend(self.workspace.slugs().into_iter().filter(|slug| !self.last.contains_key(slug)));
        }
        let lines = slugs.iter().map(|slug| self.compile(slug)).collect();
        if !slugs.is_empty() {
            self.front(self.board.round() + 1);
            self.board.announce();
        }
        lines
    }

    /// The last good page stays while there are errors; without one, a draft is shown.
    fn compile(&mut self, slug: &str) -> String {
        let start = Instant::now();
        let mut compiled = compile(&self.disk, slug, None);
        let before = self.board.get(slug);
        let good = compiled.is_sound();
        let kept = before.filter(|before| !good && before.behind.is_sound());
        if !good && let Some(document) = &mut compiled.document {
            document.meta.watermark = Some(DRAFT.to_owned());
        }
        let title = title(&compiled);
        let report = findings::page(&title, &compiled, &self.assets.theme().html);
        let summary = Summary::of(&compiled.diagnostics);
        let current = kept.is_none();
        let (page, behind, entry) = if let Some(kept) = kept {
            let page = self.last.get(slug).map(|last| last.page.clone()).unwrap_or_default();
            (page, Arc::clone(&kept.behind), kept.entry.clone())
        } else {
            let document = compiled.document.as_ref();
            let page = document.map_or_else(|| report.clone(), |own| html::print(own, &self.assets.theme().html));
            let entry = entry(&compiled, &title);
            (page, Arc::new(compiled), entry)
        };
        // Of a compilation that failed early only the own folder is known; that always counts.
        let sources = paths(&behind);
        self.show(slug, Fresh { page, report, sources, behind, entry, summary, current });
        let milliseconds = start.elapsed().as_millis();
        format!("{slug}：{summary}，{milliseconds} 毫秒")
    }

    /// Puts a compilation on the board; versions rise only where something differs.
    fn show(&mut self, slug: &str, fresh: Fresh) {
        let before = self.board.get(slug);
        let last = self.last.get(slug);
        let raised = |version: Option<u64>, same: bool| version.unwrap_or(0) + u64::from(!same);
        let page_version =
            raised(before.as_ref().map(|own| own.page_version), last.is_some_and(|last| last.page == fresh.page));
        let report_version =
            raised(before.as_ref().map(|own| own.report_version), last.is_some_and(|last| last.report == fresh.report));
        let preview = self.assets.preview();
        let page = inject(&fresh.page, &preview, Marks { role: "document", version: page_version });
        let report = inject(&fresh.report, &preview, Marks { role: "report", version: report_version });
        let shown = Shown {
            page_version,
            report_version,
            page: page.into(),
            report: report.into(),
            summary: fresh.summary,
            behind: fresh.behind,
            current: fresh.current,
            entry: fresh.entry,
        };
        self.board.show(slug, shown);
        self.last.insert(slug.to_owned(), Last { sources: fresh.sources, page: fresh.page, report: fresh.report });
    }

    /// The list of all disclosures, current from a round of news on.
    fn front(&self, round: u64) {
        let entries: Vec<IndexEntry> = self.board.all().iter().map(|shown| shown.entry.clone()).collect();
        let front = html::index(&entries, &self.assets.theme().html);
        let marks = Marks { role: "front", version: round };
        self.board.set_front(inject(&front, &self.assets.preview(), marks).into());
    }
}

/// What a compilation came to, before it has versions.
struct Fresh {
    page: String,
    report: String,
    sources: Vec<String>,
    behind: Arc<Compiled>,
    entry: IndexEntry,
    summary: Summary,
    current: bool,
}

fn paths(compiled: &Compiled) -> Vec<String> {
    compiled.sources.iter().map(|(_, source)| source.path.clone()).collect()
}

fn title(compiled: &Compiled) -> String {
    compiled.document.as_ref().map_or_else(|| compiled.slug.clone(), |document| document.meta.title.clone())
}

fn entry(compiled: &Compiled, title: &str) -> IndexEntry {
    let slug = &compiled.slug;
    let disclosure = compiled.disclosure.as_ref();
    let files = [
        (Format::Html.file_name(slug), "网页"),
        ("findings.html".to_owned(), "核对结果"),
        (Format::Pdf.file_name(slug), "PDF"),
        (Format::Markdown.file_name(slug), "Markdown"),
    ];
    IndexEntry {
        slug: slug.clone(),
        title: title.to_owned(),
        unit: disclosure.map(|own| own.unit.name.value.clone()).unwrap_or_default(),
        year: disclosure.map_or_else(|| "未能读出".to_owned(), |own| own.year.0.to_string()),
        kind: disclosure.map_or_else(|| "有错误".to_owned(), |own| format!("{}{}", own.scope.term(), own.kind.term())),
        region: disclosure.and_then(|own| own.unit.region.clone()),
        files: files.map(|(name, label)| IndexFile { name, label: label.to_owned(), bytes: None }).to_vec(),
    }
}

/// Whether anything below a folder changed.
fn concerns(changed: &Changed, folder: &str) -> bool {
    match changed {
        Changed::Everything => true,
        Changed::Paths(paths) => paths.iter().any(|path| path.starts_with(folder)),
    }
}

/// Whether a change can alter a disclosure: its own folder, a file it was made of, a new file where it looks for them.
fn touches(changed: &Changed, slug: &str, sources: &[String]) -> bool {
    let own = format!("data/{slug}/");
    let one = |path: &String| {
        path.starts_with(&own)
            || path.trim_end_matches('/') == own.trim_end_matches('/')
            || path.starts_with("data/accounts/")
            || path.starts_with("templates/theme/")
            || sources.contains(path)
            || profile(path).is_some_and(|folder| sources.iter().any(|source| source.starts_with(folder)))
    };
    match changed {
        Changed::Everything => true,
        Changed::Paths(paths) => paths.iter().any(one),
    }
}

/// `templates/profiles/x/` of a path in it.
fn profile(path: &str) -> Option<&str> {
    let root = "templates/profiles/";
    let below = path.strip_prefix(root)?;
    let end = below.find('/')?;
    path.get(..=root.len() + end)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_change_touches_what_was_made_of_it() {
        let sources = ["data/a/unit.yaml", "templates/profiles/base/profile.yaml", "templates/profiles/p/profile.yaml"];
        let sources = sources.map(str::to_owned);
        let by = |path: &str| touches(&Changed::Paths(BTreeSet::from([path.to_owned()])), "a", &sources);
        for path in [
            "data/a/ledgers/new.yaml",
            "data/accounts/function.csv",
            "templates/profiles/p/tables/new.yaml",
            "templates/profiles/base/profile.yaml",
            "templates/theme/html/style.css",
        ] {
            assert!(by(path), "{path}");
        }
        for path in [
            "data/ab/unit.yaml",
            "templates/profiles/pp/tables/new.yaml",
            "templates/profiles/other/x.md",
            "data/README.md",
        ] {
            assert!(!by(path), "{path}");
        }
        assert!(touches(&Changed::Everything, "a", &[]));
    }
}
