//! Loaded files and places in them.

use std::sync::Arc;

/// Number of a file in its [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A byte range of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

/// Line and column, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// One decoded file.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path from the workspace.
    pub path: String,
    pub text: String,
}

/// All files of one compilation, in the order they were loaded. Cheap to copy: texts are shared.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Arc<Source>>,
}

impl Span {
    /// The place before the first character of a file, for findings about the file as a whole.
    #[must_use]
    pub const fn start_of(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }
}

impl Sources {
    /// Takes a file in and numbers it.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Arc::new(Source { path: path.into(), text: text.into() }));
        id
    }

    /// Gives a file its text, once its bytes are decoded.
    pub fn set(&mut self, id: FileId, text: String) {
        let file = &mut self.files[id.0 as usize];
        *file = Arc::new(Source { path: file.path.clone(), text });
    }

    /// Files read earlier under these numbers, with the first one's place taken by this collection's only file.
    ///
    /// Shared files are numbered from 1, so that their places mean the same in every compilation; 0 is its own.
    #[must_use]
    pub fn after_own(&self, shared: &Self) -> Self {
        Self { files: self.files.iter().take(1).chain(shared.files.iter().skip(1)).cloned().collect() }
    }

    /// The file behind a number given by [`Sources::add`].
    #[must_use]
    pub fn get(&self, id: FileId) -> &Source {
        &self.files[id.0 as usize]
    }

    #[must_use]
    pub fn find(&self, path: &str) -> Option<FileId> {
        let at = self.files.iter().position(|file| file.path == path)?;
        u32::try_from(at).ok().map(FileId)
    }

    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0..).map(FileId).zip(self.files.iter().map(AsRef::as_ref))
    }

    /// Line and column of the first character of a span.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        let text = &self.get(span.file).text;
        let before = &text.as_bytes()[..(span.start as usize).min(text.len())];
        let line = before.split(|byte| *byte == b'\n').count();
        let begin = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&before[begin..]).chars().count() + 1;
        Position { line, column }
    }

    /// `path:line:column`.
    #[must_use]
    pub fn place(&self, span: Span) -> String {
        let Position { line, column } = self.position(span);
        format!("{}:{line}:{column}", self.get(span.file).path)
    }

    /// The text under a span.
    #[must_use]
    pub fn excerpt(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.start as usize..span.end as usize).unwrap_or("")
    }
}
