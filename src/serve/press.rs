//! Compiles what a change touches and puts it on the board.
//!
//! In: changed paths. Out: new pages and findings on the board, a line about each. Never knows: requests.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    backend::html::{self, IndexEntry, IndexFile},
    compile::{Compiled, Format, Library},
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
    /// Files that were read for it, and for the page that stands for it.
    sources: Vec<String>,
    sound: bool,
    page: String,
    report: String,
}

pub(super) struct Press {
    workspace: Workspace,
    disk: Disk,
    library: Library,
    assets: Arc<Assets>,
    /// The user's font files.
    fonts: Vec<Vec<u8>>,
    /// Whether disclosures that appear later are shown too.
    all: bool,
    board: Arc<Board>,
    last: BTreeMap<String, Last>,
}

impl Press {
    pub(super) fn new(workspace: Workspace, all: bool, fonts: Vec<Vec<u8>>, board: Arc<Board>) -> Self {
        let disk = Disk::new(&workspace);
        let assets = Arc::new(Assets::load(&disk, fonts.clone()));
        board.set_assets(Arc::clone(&assets));
        Self { workspace, disk, library: Library::default(), assets, fonts, all, board, last: BTreeMap::new() }
    }

    /// Compiles a disclosure for the first time.
    pub(super) fn add(&mut self, slug: &str) {
        self.compile(slug);
    }

    /// Lists what was compiled for the first time.
    pub(super) fn list(&self) {
        self.front(self.board.round());
    }

    /// Compiles what a change touches; a line about each disclosure.
    pub(super) fn rebuild(&mut self, changed: &Changed) -> Vec<String> {
        if concerns(changed, "templates/theme") {
            self.assets = Arc::new(Assets::load(&self.disk, self.fonts.clone()));
            self.board.set_assets(Arc::clone(&self.assets));
        }
        if ["templates", "data/accounts", "gen.yaml"].iter().any(|shared| concerns(changed, shared)) {
            self.library = Library::default();
        }
        let mut slugs: Vec<String> = self
            .last
            .iter()
            .filter(|(slug, last)| touches(changed, slug, last.sound, &last.sources))
            .map(|(slug, _)| slug.clone())
            .collect();
        if self.all {
            slugs.extend(self.workspace.slugs().into_iter().filter(|slug| !self.last.contains_key(slug)));
        }
        let tell = |slug: &String| {
            let line = self.compile(slug);
            // Each page changes as soon as it is made.
            self.front(self.board.round() + 1);
            self.board.announce();
            line
        };
        slugs.iter().map(tell).collect()
    }

    /// The last good page stays while there are errors; without one, a draft is shown.
    fn compile(&mut self, slug: &str) -> String {
        let start = Instant::now();
        let mut compiled = self.library.compile(&self.disk, slug, None);
        let compiling = start.elapsed();
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
        // Of a compilation that failed early little but the own folder is known; that always counts.
        let mut sources = paths(&compiled);
        let (page, behind, entry) = if let Some(kept) = kept {
            let page = self.last.get(slug).map(|last| last.page.clone()).unwrap_or_default();
            (page, Arc::clone(&kept.behind), kept.entry.clone())
        } else {
            let document = compiled.document.as_ref();
            let page = document.map_or_else(|| report.clone(), |own| html::print(own, &self.assets.theme().html));
            let entry = entry(&compiled, &title);
            (page, Arc::new(compiled), entry)
        };
        sources.extend(paths(&behind));
        sources.sort();
        sources.dedup();
        self.show(
            slug,
            Fresh { page, report, sources, behind, entry, summary, current, sound: good, compiling, start },
        );
        format!("{slug}：{summary}，{} 毫秒", start.elapsed().as_millis())
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
            compiling: fresh.compiling,
            making: fresh.start.elapsed(),
        };
        self.board.show(slug, shown);
        let Fresh { sources, sound, page, report, .. } = fresh;
        self.last.insert(slug.to_owned(), Last { sources, sound, page, report });
    }

    /// The list of all disclosures, current from a round of news on.
    fn front(&self, round: u64) {
        let there = self.workspace.slugs();
        let shown = self.board.all();
        let shown = shown.iter().filter(|shown| !self.all || there.contains(&shown.entry.slug));
        let entries: Vec<IndexEntry> = shown.map(|shown| shown.entry.clone()).collect();
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
    sound: bool,
    compiling: Duration,
    start: Instant,
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

/// Whether a folder, what holds it or anything in it changed.
fn concerns(changed: &Changed, folder: &str) -> bool {
    match changed {
        Changed::Everything => true,
        Changed::Paths(paths) => paths.iter().any(|path| within(path, folder) || within(folder, path)),
    }
}

/// Whether a change can alter a disclosure: its own folder, a folder it was made of (new files count too), what all are
/// made of. What failed may have looked for a template that was not there.
fn touches(changed: &Changed, slug: &str, sound: bool, sources: &[String]) -> bool {
    let own = format!("data/{slug}");
    let one = |path: &String| {
        within(path, &own)
            || within(&own, path)
            || ["gen.yaml", "data/accounts", "templates/accounts", "templates/theme"]
                .iter()
                .any(|all| within(path, all))
            || !sound && within(path, "templates")
            || sources.iter().any(|source| within(source, path) || within(source, home(path)))
    };
    match changed {
        Changed::Everything => true,
        Changed::Paths(paths) => paths.iter().any(one),
    }
}

/// Whether a path is a folder or file, or lies in it.
fn within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The folder of the disclosure or of the profile to which a path belongs; any other path is its own.
fn home(path: &str) -> &str {
    let deep = match path {
        _ if path.starts_with("data/") => 1,
        _ if path.starts_with("templates/profiles/") => 2,
        _ => return path,
    };
    path.match_indices('/').nth(deep).and_then(|(end, _)| path.get(..end)).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const SOURCES: [&str; 4] = [
        "data/a/unit.yaml",
        "data/before/unit.yaml",
        "templates/profiles/base/profile.yaml",
        "templates/profiles/p/profile.yaml",
    ];

    fn by(path: &str, sound: bool) -> bool {
        let changed = Changed::Paths(BTreeSet::from([path.to_owned()]));
        touches(&changed, "a", sound, &SOURCES.map(str::to_owned))
    }

    #[test]
    fn a_change_touches_what_was_made_of_it() {
        for path in [
            "gen.yaml",
            "data",
            "data/a",
            "data/a/ledgers/new.yaml",
            "data/before/ledgers/new.yaml",
            "data/accounts/function.csv",
            "templates",
            "templates/profiles/p/tables/new.yaml",
            "templates/profiles/base",
            "templates/profiles/base/profile.yaml",
            "templates/theme/html/style.css",
        ] {
            assert!(by(path, true), "{path}");
        }
        for path in [
            "data/ab/unit.yaml",
            "templates/profiles/pp/tables/new.yaml",
            "templates/profiles/other/x.md",
            "templates/profiles/other",
            "data/README.md",
        ] {
            assert!(!by(path, true), "{path}");
        }
        assert!(touches(&Changed::Everything, "a", true, &[]));
    }

    #[test]
    fn what_failed_may_lack_any_template() {
        assert!(by("templates/profiles/other/profile.yaml", false));
        assert!(!by("data/ab/unit.yaml", false));
    }
}
