//! The bare typesetter to measure against: the input that `gen build --emit typst` wrote, set by nothing but Typst.
//!
//! A `typst` on the PATH is taken first, with the arguments that stand beside the input in `fonts.txt`. Where there is
//! none, this program runs itself as [`compile`]: a world of files, layout, export, in a process of its own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use typst::{
    Feature, Library, LibraryExt as _, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration as Offset, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandards, Timestamp};

/// The argument that makes this program the bare compiler.
pub(crate) const ASKED: &str = "--bare";
const TARGET: &str = "bare.pdf";

/// A name for people, and what starts the compiler in a folder.
pub(crate) fn command(input: &Path) -> (&'static str, fn(&Path) -> Command) {
    if program(input).output().is_ok_and(|output| output.status.success()) {
        ("typst of the PATH", program)
    } else {
        ("bare Typst of this benchmark", own)
    }
}

/// The documented arguments, from the first line of `fonts.txt`.
fn documented(input: &Path) -> Vec<String> {
    let text = fs::read_to_string(input.join("fonts.txt")).unwrap();
    let line = text.lines().next().and_then(|line| line.strip_prefix("# typst ")).unwrap();
    line.split_whitespace().map(str::to_owned).collect()
}

fn program(input: &Path) -> Command {
    let mut command = Command::new("typst");
    command.args(documented(input)).arg(TARGET).current_dir(input);
    command
}

fn own(input: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(ASKED).args(documented(input)).arg(TARGET).current_dir(input);
    command
}

/// Most resident memory of a run in MB, looked at every millisecond until it ends.
pub(crate) fn peak(command: &mut Command) -> u64 {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        let now = line.split_whitespace().next().and_then(|text| text.parse::<u64>().ok()).unwrap_or(0) / 1024;
        most = most.max(now);
        thread::sleep(Duration::from_millis(1));
    }
    assert!(child.wait().unwrap().success(), "{command:?}");
    most
}

/// The compiler: `--bare compile --ignore-system-fonts --font-path DIR --features a11y-extras --pdf-standard A,B IN OUT`.
pub(crate) fn compile() {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name).unwrap();
        arguments[at + 1].as_str()
    };
    assert_eq!(value("--features"), "a11y-extras", "the only feature that this compiler knows");
    let (main, target) = arguments.split_last_chunk::<2>().map(|(_, [main, target])| (main, target)).unwrap();
    let desk = Desk::new(main, Path::new(value("--font-path")));
    let pages = typst::compile::<PagedDocument>(&desk).output.unwrap();
    let names = value("--pdf-standard").split(',');
    let standards: Vec<_> = names.map(|name| serde_json::from_value(name.into()).unwrap()).collect();
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Auto,
        timestamp: Datetime::from_ymd(2024, 1, 1).map(Timestamp::new_utc),
        page_ranges: None,
        standards: PdfStandards::new(&standards).unwrap(),
        tagged: true,
        pretty: false,
    };
    fs::write(target, typst_pdf::pdf(&pages, &options).unwrap()).unwrap();
}

/// The files of the working folder, fonts of one other.
struct Desk {
    sources: Vec<Source>,
    files: Vec<(FileId, Bytes)>,
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: FileId,
}

impl Desk {
    fn new(main: &str, fonts: &Path) -> Self {
        let fonts: Vec<Font> = listed(fonts).into_iter().flat_map(|file| Font::iter(bytes(&file))).collect();
        let (mut sources, mut files) = (Vec::new(), Vec::new());
        for path in listed(Path::new(".")).into_iter().filter(|path| path.is_file()) {
            let id = id(path.file_name().unwrap().to_str().unwrap());
            if path.extension().is_some_and(|ending| ending == "typ") {
                sources.push(Source::new(id, fs::read_to_string(&path).unwrap()));
            } else if path.extension().is_some_and(|ending| ending == "json") {
                files.push((id, bytes(&path)));
            }
        }
        let features = [Feature::A11yExtras].into_iter().collect();
        Self {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: id(main),
            sources,
            files,
        }
    }
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn bytes(path: &Path) -> Bytes {
    Bytes::new(fs::read(path).unwrap())
}

fn id(name: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).unwrap()).intern()
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.vpath().get_without_slash()))
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.iter().find(|source| source.id() == id).cloned().ok_or_else(|| absent(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.iter().find(|(own, _)| *own == id).map(|(_, bytes)| bytes.clone()).ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Offset>) -> Option<Datetime> {
        None
    }
}
