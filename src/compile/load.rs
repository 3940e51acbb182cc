//! From the world to nodes: the folder of a disclosure, the chart of accounts, the chain of a profile.

use std::sync::Arc;

use crate::{
    account::{Book, Chart, Classification},
    diagnostic::Diagnostic,
    model::{Folder, files::DisclosureFile, read_head},
    period::FiscalYear,
    profile::{Loaded, Profile, load},
    source::{
        FileId, Located, MAX_BYTES, Node, NodeKind, Problem, ProblemKind, ReadError, Sources, Span, World, decode,
        nearest, parse,
    },
};

use super::library::{Asked, Library, Shelf};

/// Reads files once and keeps their problems.
pub(super) struct Loader<'w> {
    world: &'w dyn World,
    library: &'w Library,
    pub(super) sources: Sources,
    pub(super) found: Vec<Diagnostic>,
    /// The chart of accounts of the disclosure this compilation is about.
    own_book: Option<(FiscalYear, Arc<Book>)>,
    /// What was asked of the world for the shelves that were used.
    pub(super) asked: Vec<Arc<Asked>>,
}

/// A disclosure's folder with its head read.
pub(super) struct Opened {
    pub(super) folder: Folder,
    pub(super) head: Option<DisclosureFile>,
    /// None without a head, which names the profile.
    pub(super) shelf: Option<Arc<Shelf>>,
}

/// How many profiles may inherit from each other.
const LONGEST_CHAIN: usize = 8;

/// The file that names profile and year.
const HEAD: &str = "disclosure.yaml";

impl<'w> Loader<'w> {
    pub(super) fn new(world: &'w dyn World, library: &'w Library) -> Self {
        Self { world, library, sources: Sources::default(), found: Vec::new(), own_book: None, asked: Vec::new() }
    }

    /// The disclosure this compilation is about: its head first, then what its profile shares with others, then the
    /// rest of `data/<slug>/`.
    pub(super) fn open(&mut self, slug: &str) -> Opened {
        let names = self.names(slug);
        let (mut folder, head) = self.head(slug, &names);
        let shelf = head.as_ref().map(|head| {
            let shelf = self.shelf(head);
            self.sources = self.sources.after_own(&shelf.sources);
            self.own_book = Some((head.year.value, Arc::clone(&shelf.book)));
            shelf
        });
        self.fill(slug, names, &mut folder);
        if let Some(shelf) = &shelf {
            self.found.extend(shelf.found.iter().cloned());
        }
        Opened { folder, head, shelf }
    }

    /// What a disclosure's profile and year share with others.
    pub(super) fn shelf(&mut self, head: &DisclosureFile) -> Arc<Shelf> {
        let shelf = self.library.shelf(self.world, &head.profile, head.year.value);
        self.asked.push(Arc::clone(&shelf.asked));
        shelf
    }

    /// Another disclosure's folder.
    pub(super) fn folder(&mut self, slug: &str) -> (Folder, Option<DisclosureFile>) {
        let names = self.names(slug);
        let (mut folder, head) = self.head(slug, &names);
        self.fill(slug, names, &mut folder);
        (folder, head)
    }

    /// What stands directly in `data/<slug>/`.
    fn names(&self, slug: &str) -> Vec<String> {
        self.world.list(&format!("data/{slug}/"))
    }

    /// `disclosure.yaml`.
    fn head(&mut self, slug: &str, names: &[String]) -> (Folder, Option<DisclosureFile>) {
        let mut folder = Folder::default();
        let path = format!("data/{slug}/{HEAD}");
        if !names.iter().any(|name| name == HEAD) {
            self.missing(&path, None, "每份公开的文件夹都要有 disclosure.yaml；可用 gen new 建一份。");
            return (folder, None);
        }
        let Some(node) = self.yaml(&path) else { return (folder, None) };
        let (head, found) = read_head(&node);
        self.found.extend(found);
        folder.yaml.insert(HEAD.to_owned(), node);
        (folder, head)
    }

    /// Everything else in `data/<slug>/`, where `top` stands.
    fn fill(&mut self, slug: &str, top: Vec<String>, folder: &mut Folder) {
        let below = ["ledgers/", "projects/", "texts/"];
        let listed = below.map(|below| (below, self.world.list(&format!("data/{slug}/{below}"))));
        for (below, names) in std::iter::once(("", top)).chain(listed) {
            for name in names {
                let own = format!("{below}{name}");
                let path = format!("data/{slug}/{own}");
                if name.starts_with('.') || name.ends_with('/') || own == HEAD {
                    continue;
                }
                if name.ends_with(".yaml") || name.ends_with(".yml") {
                    if let Some(node) = self.yaml(&path) {
                        folder.yaml.insert(own, node);
                    }
                } else if name.ends_with(".md")
                    && let Some(id) = self.text(&path)
                {
                    folder.markdown.insert(own, id);
                }
            }
        }
    }

    /// The chart of accounts of a year, read only where it is not this disclosure's own.
    pub(super) fn chart(&mut self, year: FiscalYear) -> Chart {
        let own = self.own_book.as_ref().filter(|(own, _)| *own == year).map(|(_, book)| Arc::clone(book));
        Chart::new(own.unwrap_or_else(|| Arc::new(self.book(year))))
    }

    /// The built-in chart of accounts, extended by `data/accounts/`.
    pub(super) fn book(&mut self, year: FiscalYear) -> Book {
        let mut book = Book::default();
        let lists = [
            ("function", Classification::Function),
            ("economic", Classification::Economic),
            ("government", Classification::Government),
        ];
        for root in ["templates/accounts", "data/accounts"] {
            for name in self.world.list(&format!("{root}/")) {
                let known = lists.iter().find(|(stem, _)| name.starts_with(stem) && name.ends_with(".csv"));
                let Some((_, classification)) = known else { continue };
                if let Some(id) = self.text(&format!("{root}/{name}")) {
                    let text = self.sources.get(id).text.clone();
                    for error in book.extend(*classification, &text, year) {
                        let span = line_span(id, &text, error.line);
                        self.found.push(
                            Diagnostic::new("S014", error.message)
                                .at(span, "")
                                .help("每行写：编码,名称,级次[,启用年度,停用年度]。"),
                        );
                    }
                }
            }
        }
        book
    }

    /// A profile with everything it inherits.
    pub(super) fn profile(&mut self, name: &Located<String>) -> Option<Profile> {
        let mut chain = Vec::new();
        let mut next = Some(name.clone());
        while let Some(own) = next {
            if chain.len() >= LONGEST_CHAIN || chain.iter().any(|(known, _): &(String, Node)| *known == own.value) {
                self.found.push(
                    Diagnostic::new("M005", format!("文种“{}”的继承绕回了自己", own.value))
                        .at(own.span, "")
                        .help("改正 extends。"),
                );
                return None;
            }
            let path = format!("templates/profiles/{}/profile.yaml", own.value);
            if !self.world.list(&format!("templates/profiles/{}/", own.value)).iter().any(|file| file == "profile.yaml")
            {
                self.unknown_profile(&own);
                return None;
            }
            let node = self.yaml(&path)?;
            next = extends(&node);
            chain.push((own.value, node));
        }
        let mut loaded = Loaded::default();
        for (name, node) in chain.into_iter().rev() {
            loaded.profiles.push(node);
            self.profile_files(&name, &mut loaded);
        }
        let (profile, found) = load(&loaded, &self.sources);
        self.found.extend(found);
        profile
    }

    fn unknown_profile(&mut self, name: &Located<String>) {
        let known: Vec<String> =
            self.world.list("templates/profiles/").iter().map(|name| name.trim_end_matches('/').to_owned()).collect();
        let near = nearest(name, known.iter().map(String::as_str));
        let help =
            near.map_or_else(|| format!("可以写：{}。", known.join("、")), |near| format!("是不是想写“{near}”？"));
        self.found.push(Diagnostic::new("M005", format!("没有文种“{}”", name.value)).at(name.span, "").help(help));
    }

    fn profile_files(&mut self, name: &str, loaded: &mut Loaded) {
        let root = format!("templates/profiles/{name}");
        if self.world.list(&format!("{root}/")).iter().any(|file| file == "figures.yaml")
            && let Some(node) = self.yaml(&format!("{root}/figures.yaml"))
        {
            loaded.figures.push(node);
        }
        if self.world.list(&format!("{root}/")).iter().any(|file| file == "pieces.yaml")
            && let Some(node) = self.yaml(&format!("{root}/pieces.yaml"))
        {
            loaded.pieces.push(node);
        }
        for (folder, into) in [("tables", &mut loaded.tables), ("charts", &mut loaded.charts)] {
            for file in self.world.list(&format!("{root}/{folder}/")) {
                if let Some(stem) = file.strip_suffix(".yaml")
                    && let Some(node) = self.yaml(&format!("{root}/{folder}/{file}"))
                {
                    into.entry(stem.to_owned()).or_default().push(node);
                }
            }
        }
        for file in self.world.list(&format!("{root}/chapters/")) {
            if file.ends_with(".md")
                && let Some(id) = self.text(&format!("{root}/chapters/{file}"))
            {
                loaded.templates.insert(file, id);
            }
        }
    }

    /// A decoded file; problems are reported, and a file with problems is not used.
    fn text(&mut self, path: &str) -> Option<FileId> {
        match self.world.read(path) {
            Ok(bytes) => {
                let id = self.sources.add(path, "");
                let (text, problems) = decode(id, &bytes);
                self.sources.set(id, text);
                let yaml = path.ends_with(".yaml") || path.ends_with(".yml");
                let spoilt = fatal(&problems) || yaml && !problems.is_empty();
                if spoilt {
                    self.found.extend(problems.into_iter().map(Diagnostic::from));
                }
                (!spoilt).then_some(id)
            }
            Err(error) => {
                self.unreadable(path, &error);
                None
            }
        }
    }

    fn yaml(&mut self, path: &str) -> Option<Node> {
        let id = self.text(path)?;
        match parse(id, &self.sources.get(id).text) {
            Ok(node) => Some(node),
            Err(problem) => {
                self.found.push(problem.into());
                None
            }
        }
    }

    fn unreadable(&mut self, path: &str, error: &ReadError) {
        let id = self.sources.add(path, "");
        let span = Span::start_of(id);
        let finding = match error {
            ReadError::Missing => {
                Diagnostic::new("S001", format!("没有文件 {path}")).help("补上这个文件，或改正引用它的写法。")
            }
            ReadError::TooLarge(bytes) => {
                Problem { span, kind: ProblemKind::TooLarge { bytes: *bytes, limit: MAX_BYTES } }.into()
            }
            ReadError::Outside => {
                Diagnostic::new("S016", format!("{path} 指向工作区之外")).help("把文件放进工作区，不用链接。")
            }
            ReadError::Unreadable(reason) => {
                Diagnostic::new("S001", format!("读不了 {path}（{reason}）")).help("检查文件是否存在、有没有读的权限。")
            }
        };
        let placed = if finding.places.is_empty() { finding.at(span, "") } else { finding };
        self.found.push(placed);
    }

    fn missing(&mut self, path: &str, place: Option<Span>, help: &str) {
        let span = place.unwrap_or_else(|| Span::start_of(self.sources.add(path, "")));
        self.found.push(Diagnostic::new("S001", format!("没有文件 {path}")).at(span, "").help(help));
    }
}

/// Encoding and size problems spoil any file; slips of YAML only YAML.
fn fatal(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| matches!(problem.kind, ProblemKind::Encoding { .. } | ProblemKind::TooLarge { .. }))
}

fn extends(node: &Node) -> Option<Located<String>> {
    let NodeKind::Mapping(entries) = &node.kind else { return None };
    entries.iter().find_map(|(key, value)| match (&key.kind, &value.kind) {
        (NodeKind::Scalar(name), NodeKind::Scalar(base)) if name == "extends" => {
            Some(Located { value: base.clone(), span: value.span })
        }
        _ => None,
    })
}

/// The whole of a line, counted from 1.
fn line_span(file: FileId, text: &str, line: u64) -> Span {
    let skip = usize::try_from(line.saturating_sub(1)).unwrap_or(0);
    let start: usize = text.split_inclusive('\n').take(skip).map(str::len).sum();
    let length = text[start.min(text.len())..].split('\n').next().map_or(0, str::len);
    let bound = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: bound(start), end: bound(start + length) }
}
