//! The world Typst sees: the theme, one JSON file, the fonts. Nothing else exists there.
//!
//! In: sources and bytes. Out: what the engine asks for.
//! Never knows: the disk, the clock, the network, the system's fonts.

use std::path::PathBuf;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use super::fonts::Fonts;
use super::theme::Theme;

/// Where the theme begins.
pub(super) const MAIN: &str = "main.typ";
/// Where the theme finds the document. The same path for every document: the engine never forgets a path.
const DATA: &str = "document.json";

/// The standard library of Typst, with the tags that tables need.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});

/// Makes what the first document of a process would wait for.
pub fn prepare() {
    LazyLock::force(&LIBRARY);
}

pub(super) struct Desk<'a> {
    fonts: &'a Fonts,
    main: FileId,
    sources: Vec<Source>,
    data: Option<(FileId, Bytes)>,
}

impl<'a> Desk<'a> {
    /// Lays out a theme and a document; nothing if the theme has no file to begin with.
    pub(super) fn new(theme: &Theme<'_>, json: String, fonts: &'a Fonts) -> Option<Self> {
        let files = theme.files.iter();
        let sources: Vec<Source> =
            files.filter_map(|(path, text)| Some(Source::new(id(path)?, (*text).to_owned()))).collect();
        let main = id(MAIN).filter(|main| sources.iter().any(|source| source.id() == *main))?;
        let data = id(DATA).map(|place| (place, Bytes::from_string(json)));
        Some(Self { fonts, main, sources, data })
    }
}

fn id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.vpath().get_without_slash()))
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.iter().find(|source| source.id() == id).cloned().ok_or_else(|| absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match &self.data {
            Some((place, bytes)) if *place == id => Ok(bytes.clone()),
            Some(_) | None => Err(absent(id)),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.faces.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
