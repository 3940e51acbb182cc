//! One disclosure from its sources to its folder.
//!
//! In: a slug and what the run was asked for. Out: what came of it, as plain texts that can cross a process boundary.
//! Never knows: the terminal, other disclosures.

use std::{cell::RefCell, io, path::PathBuf};

use serde::{Deserialize, Serialize};

use crate::{
    backend::pdf,
    compile::{Artifact, Compiled, Format, Library, artifacts},
    diagnostic,
    source::{FileId, Span},
};

use super::{
    Assets, Disk, Durability, Manifest, publish,
    record::Record,
    review,
    said::said,
    told::{Told, refused},
    trace::{Trace, Traced},
    typst_input,
};

/// The word printed on every page of a draft.
const DRAFT: &str = "草稿";

/// What a run was asked for; a worker gets it as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The workspace.
    pub root: PathBuf,
    pub out: PathBuf,
    /// Words of [`Format`].
    pub formats: Vec<String>,
    pub draft: bool,
    pub deny_warnings: bool,
    pub emit_typst: bool,
    pub fonts: Vec<PathBuf>,
    pub durability: Durability,
    /// Hash over program, fonts and options.
    pub key: String,
}

/// How a disclosure ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    Built,
    /// Nothing changed since the last build.
    Fresh,
    /// Findings forbid it.
    Refused,
    /// It could not be written.
    Failed,
}

/// What came of one disclosure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub slug: String,
    pub ending: Ending,
    /// One line for people.
    pub line: String,
    pub told: Told,
}

impl Job {
    /// The options that decide what is written, as one text.
    #[must_use]
    pub fn options(&self) -> String {
        format!("{} draft={} deny={} emit={}", self.formats.join(","), self.draft, self.deny_warnings, self.emit_typst)
    }

    fn formats(&self) -> Vec<Format> {
        Format::ALL.iter().copied().filter(|format| self.formats.iter().any(|word| word == format.term())).collect()
    }
}

impl Outcome {
    /// A disclosure that was not built for a reason outside its sources.
    #[must_use]
    pub fn failed(slug: &str, reason: &str) -> Self {
        let line = format!("错误：{slug}：{reason}");
        Self { slug: slug.to_owned(), ending: Ending::Failed, line, told: Told::default() }
    }

    #[must_use]
    pub fn fresh(slug: &str, record: Record) -> Self {
        Self { slug: slug.to_owned(), ending: Ending::Fresh, line: record.line, told: record.told }
    }

    /// Whether the run may end well.
    #[must_use]
    pub const fn is_good(&self) -> bool {
        match self.ending {
            Ending::Built | Ending::Fresh => true,
            Ending::Refused | Ending::Failed => false,
        }
    }
}

/// What a run keeps from disclosure to disclosure: themes and fonts, and everything disclosures share.
#[derive(Debug)]
pub struct Run<'d> {
    disk: &'d Disk,
    job: &'d Job,
    assets: Assets,
    library: Library,
    /// What was read for the themes and the library, though not again for each disclosure.
    shared: RefCell<Trace>,
    theme: Trace,
}

impl<'d> Run<'d> {
    /// Reads the themes; `fonts` stand before the embedded ones.
    #[must_use]
    pub fn new(disk: &'d Disk, job: &'d Job, fonts: Vec<Vec<u8>>) -> Self {
        let traced = Traced::new(disk);
        let assets = Assets::load(&traced, fonts);
        if job.formats().contains(&Format::Pdf) {
            assets.prepare();
        }
        Self { disk, job, assets, library: Library::default(), shared: RefCell::default(), theme: traced.finish() }
    }

    /// Compiles and writes one disclosure.
    #[must_use]
    pub fn build(&self, slug: &str) -> Outcome {
        let traced = Traced::new(self.disk);
        let compiled = self.library.compile(&traced, slug, self.job.draft.then_some(DRAFT));
        let mut trace = traced.finish();
        compiled.shared.iter().for_each(|asked| trace.share(&mut self.shared.borrow_mut(), asked));
        trace.extend(self.theme.clone());
        press(slug, compiled, trace, self.job, &self.assets)
    }
}

/// From a compilation to the written folder.
fn press(slug: &str, mut compiled: Compiled, trace: Trace, job: &Job, assets: &Assets) -> Outcome {
    let mut files = None;
    if let (Some(document), false) =
        (&compiled.document, !job.draft && refused(&compiled.diagnostics, job.deny_warnings))
    {
        let place = compiled.profile.as_ref().map_or(Span::start_of(FileId(0)), |profile| profile.span);
        match artifacts(document, slug, &job.formats(), &assets.theme(), &compiled.sources, place) {
            Ok(own) => files = Some(own),
            Err(found) => compiled.diagnostics.extend(found),
        }
    }
    let told = Told::new(&compiled.diagnostics, &compiled.sources);
    let Some(files) = files else {
        let line = format!("{slug}：未生成（{}）", told.summary());
        return Outcome { slug: slug.to_owned(), ending: Ending::Refused, line, told };
    };
    let line = summary(&compiled, &files);
    match write(&compiled, &files, job, assets) {
        Ok(manifest) => {
            let kept = Record::keep(&job.out, &manifest, &job.key, trace, &line, &told);
            let line = if kept.is_ok() { line } else { format!("{line}（没能记下，下次会重新生成）") };
            Outcome { slug: slug.to_owned(), ending: Ending::Built, line, told }
        }
        Err(error) => {
            let reason = format!("写不了 {}：{}", job.out.join(slug).display(), said(&error));
            Outcome { told, ..Outcome::failed(slug, &reason) }
        }
    }
}

/// What only the review reads comes first: once the publication stands, nothing may fail any more.
fn write(compiled: &Compiled, files: &[Artifact], job: &Job, assets: &Assets) -> io::Result<Manifest> {
    let disclosure = compiled.disclosure.as_ref();
    let manifest = Manifest {
        slug: compiled.slug.clone(),
        title: compiled.document.as_ref().map(|document| document.meta.title.clone()).unwrap_or_default(),
        unit: disclosure.map(|own| own.unit.name.value.clone()).unwrap_or_default(),
        year: disclosure.map_or(0, |own| own.year.0),
        kind: disclosure.map(|own| own.kind.term().to_owned()).unwrap_or_default(),
        scope: disclosure.map(|own| own.scope.term().to_owned()).unwrap_or_default(),
        region: disclosure.and_then(|own| own.unit.region.clone()),
        generator: concat!("gen ", env!("CARGO_PKG_VERSION")).to_owned(),
        files: Vec::new(),
    };
    let manifest = manifest.with_files(files);
    if let (true, Some(document)) = (job.emit_typst, &compiled.document) {
        typst_input(&job.out, &compiled.slug, &pdf::emit(document), assets)?;
    }
    let findings = diagnostic::json(&compiled.diagnostics, &compiled.sources);
    review(&job.out, &compiled.slug, "findings.json", findings.as_bytes())?;
    publish(&job.out, &manifest, files, job.durability)?;
    Ok(manifest)
}

/// One line about a finished disclosure.
fn summary(compiled: &Compiled, files: &[Artifact]) -> String {
    let tally = compiled.tally;
    let sizes: Vec<String> =
        files.iter().map(|file| format!("{} {} KB", file.name, file.bytes.len().div_ceil(1024))).collect();
    format!(
        "{}：表 {} 张，图 {} 幅，数字 {} 个；其中引定数 {} 个、原文数字 {} 处；{}",
        compiled.slug,
        tally.tables,
        tally.charts,
        tally.figures,
        compiled.stated,
        tally.literals,
        sizes.join("，")
    )
}
