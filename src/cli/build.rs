//! `gen build`, `gen check`, `gen explain`.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use crate::{
    backend::pdf,
    check,
    compile::{Compiled, Format, artifacts, compile},
    diagnostic::{self, CATALOGUE, Diagnostic, Entry, Severity, Summary},
    source::{Sources, Span},
    workspace::{Assets, Disk, Manifest, Workspace, index, publish, review, typst_input},
};

use super::{
    Exit,
    arguments::{BuildOptions, CheckOptions, Emit, ExplainOptions, FormatWord, ReportForm, ReportOptions},
    talk::{coloured, line_err, line_out},
    todo::todo,
};

/// The word printed on every page of a draft.
const DRAFT: &str = "草稿";

/// Where a run works.
pub(super) struct Place {
    pub(super) disk: Disk,
    pub(super) slugs: Vec<String>,
    out: PathBuf,
}

pub(super) fn place(paths: &[PathBuf], out: Option<&Path>) -> Result<Place, Exit> {
    let usage = |error: crate::workspace::WorkspaceError| {
        line_err(&format!("错误：{error}"));
        Exit::Usage
    };
    let here = std::env::current_dir().map_err(|_| Exit::Internal)?;
    let start = paths.first().filter(|path| path.is_dir()).cloned().unwrap_or(here);
    let workspace = Workspace::find(&start).map_err(usage)?;
    let slugs = workspace.select(paths).map_err(usage)?;
    if slugs.is_empty() {
        line_err("data/ 里还没有公开材料。");
        return Err(Exit::Usage);
    }
    let out = out.map_or_else(|| workspace.root.join("out"), Path::to_owned);
    Ok(Place { disk: Disk::new(&workspace), slugs, out })
}

/// Builds all chosen disclosures; a bad one is reported and the others are finished.
pub(super) fn build(options: &BuildOptions) -> Exit {
    let place = match place(&options.paths, options.out.as_deref()) {
        Ok(place) => place,
        Err(exit) => return exit,
    };
    let fonts = match fonts(&options.font_paths) {
        Ok(fonts) => fonts,
        Err(message) => {
            line_err(&format!("错误：{message}"));
            return Exit::Usage;
        }
    };
    let assets = Assets::load(&place.disk, fonts);
    let start = Instant::now();
    let mut failed = 0;
    let mut reports = Vec::new();
    for slug in &place.slugs {
        let compiled = one(slug, &place, options, &assets);
        failed += usize::from(refused(&compiled.1, &options.report) || !compiled.2);
        reports.push((compiled.0, compiled.1));
    }
    tell(&reports, &options.report);
    if let Err(error) = index(&place.out, &assets.theme().html) {
        line_err(&format!("错误：写不了 {}：{error}", place.out.display()));
        return Exit::Internal;
    }
    let seconds = start.elapsed().as_millis();
    line_err(&format!(
        "共 {} 份，生成 {} 份，未生成 {failed} 份，用时 {seconds} 毫秒。",
        place.slugs.len(),
        place.slugs.len() - failed
    ));
    if failed > 0 { Exit::Findings } else { Exit::Fine }
}

/// Compiles and writes one disclosure: its sources, its findings, and whether its folder was written.
fn one(slug: &str, place: &Place, options: &BuildOptions, assets: &Assets) -> (Sources, Vec<Diagnostic>, bool) {
    let mut compiled = compile(&place.disk, slug, options.draft.then_some(DRAFT));
    let blocked = !options.draft && refused(&compiled.diagnostics, &options.report);
    let mut written = false;
    if let (Some(document), false) = (&compiled.document, blocked) {
        let place_of =
            compiled.profile.as_ref().map_or(Span::start_of(crate::source::FileId(0)), |profile| profile.span);
        let formats: Vec<Format> = options.formats.iter().map(|word| format_of(*word)).collect();
        match artifacts(document, slug, &formats, &assets.theme(), &compiled.sources, place_of) {
            Ok(files) => match write(&compiled, &files, place, options, assets) {
                Ok(()) => {
                    written = true;
                    line_err(&summary(&compiled, &files));
                }
                Err(error) => line_err(&format!("错误：写不了 {}：{error}", place.out.join(slug).display())),
            },
            Err(found) => compiled.diagnostics.extend(found),
        }
    }
    (compiled.sources, compiled.diagnostics, written)
}

fn write(
    compiled: &Compiled,
    files: &[crate::compile::Artifact],
    place: &Place,
    options: &BuildOptions,
    assets: &Assets,
) -> std::io::Result<()> {
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
    publish(&place.out, &manifest.with_files(files), files)?;
    if let (Some(Emit::Typst), Some(document)) = (options.emit, &compiled.document) {
        typst_input(&place.out, &compiled.slug, &pdf::emit(document), assets)?;
    }
    review(
        &place.out,
        &compiled.slug,
        "findings.json",
        diagnostic::json(&compiled.diagnostics, &compiled.sources).as_bytes(),
    )
}

/// One line about a finished disclosure.
fn summary(compiled: &Compiled, files: &[crate::compile::Artifact]) -> String {
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

const fn format_of(word: FormatWord) -> Format {
    match word {
        FormatWord::Markdown => Format::Markdown,
        FormatWord::Html => Format::Html,
        FormatWord::Pdf => Format::Pdf,
    }
}

/// Font files from paths; a folder gives all fonts directly in it.
fn fonts(paths: &[PathBuf]) -> Result<Vec<Vec<u8>>, String> {
    let mut files = Vec::new();
    for path in paths {
        let mut names: Vec<PathBuf> = if path.is_dir() {
            fs::read_dir(path)
                .map_err(|error| format!("读不了 {}：{error}", path.display()))?
                .flatten()
                .map(|entry| entry.path())
                .collect()
        } else {
            vec![path.clone()]
        };
        names.sort();
        let fonts = names.into_iter().filter(|name| {
            let ending = name.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
            !path.is_dir() || matches!(ending.as_str(), "otf" | "ttf" | "ttc" | "otc")
        });
        for name in fonts {
            files.push(fs::read(&name).map_err(|error| format!("读不了 {}：{error}", name.display()))?);
        }
    }
    Ok(files)
}

/// Checks without writing.
pub(super) fn check(options: &CheckOptions) -> Exit {
    let place = match place(&options.paths, None) {
        Ok(place) => place,
        Err(exit) => return exit,
    };
    let mut failed = false;
    let mut reports = Vec::new();
    for slug in &place.slugs {
        let compiled = compile(&place.disk, slug, None);
        if options.todo {
            let due = todo(&compiled);
            if !due.is_empty() {
                line_out(&due);
            }
            continue;
        }
        failed |= refused(&compiled.diagnostics, &options.report) || compiled.document.is_none();
        reports.push((compiled.sources, compiled.diagnostics));
    }
    if options.todo {
        return Exit::Fine;
    }
    tell(&reports, &options.report);
    if failed { Exit::Findings } else { Exit::Fine }
}

/// Whether findings keep a publication from being written.
fn refused(found: &[Diagnostic], report: &ReportOptions) -> bool {
    let limit = if report.deny.is_some() { Severity::Warning } else { Severity::Error };
    found.iter().any(|finding| finding.severity <= limit)
}

/// Tells all findings in one text: for people on standard error, for machines on standard output.
pub(super) fn tell(reports: &[(Sources, Vec<Diagnostic>)], report: &ReportOptions) {
    let lookup = |code: &str| -> Option<&'static Entry> { check::entry(code) };
    let (sources, found) = merged(reports);
    match report.format {
        ReportForm::Human if found.is_empty() => line_err("没有发现问题。"),
        ReportForm::Human => {
            line_err(&diagnostic::human(&found, &sources, coloured()));
            line_err(&format!("发现：{}。", Summary::of(&found)));
        }
        ReportForm::Short if found.is_empty() => {}
        ReportForm::Short => line_out(&diagnostic::short(&found, &sources)),
        ReportForm::Json => line_out(&diagnostic::json(&found, &sources)),
        ReportForm::Sarif => line_out(&diagnostic::sarif(&found, &sources, &lookup)),
        ReportForm::Github => {
            line_out(&diagnostic::github(&found, &sources, &lookup));
            step_summary(&diagnostic::github_summary(&found, &sources));
        }
    }
}

/// One list of files and findings for a run: a report is one document, however many disclosures it is about.
fn merged(reports: &[(Sources, Vec<Diagnostic>)]) -> (Sources, Vec<Diagnostic>) {
    let (mut sources, mut all) = (Sources::default(), Vec::new());
    let mut known = std::collections::HashMap::new();
    for (own, found) in reports {
        let mut ids = std::collections::HashMap::new();
        for finding in found {
            let mut finding = finding.clone();
            for place in &mut finding.places {
                let id = *ids.entry(place.span.file).or_insert_with(|| {
                    let source = own.get(place.span.file);
                    *known.entry(source.path.clone()).or_insert_with(|| sources.add(&source.path, &source.text))
                });
                place.span.file = id;
            }
            // Findings about shared files turn up once for every disclosure.
            let shared =
                finding.places.first().is_some_and(|place| !sources.get(place.span.file).path.starts_with("data/"));
            if !shared || !all.contains(&finding) {
                all.push(finding);
            }
        }
    }
    (sources, all)
}

/// Adds to the page a forge shows beside the annotations, which are few.
fn step_summary(text: &str) {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return };
    let file = fs::OpenOptions::new().append(true).create(true).open(path);
    let written = file.and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
    if let Err(error) = written {
        line_err(&format!("写不了步骤摘要：{error}"));
    }
}

/// The manual page of a code, or the list of all.
pub(super) fn explain(options: &ExplainOptions) -> Exit {
    let Some(code) = &options.code else {
        for entry in CATALOGUE.iter().chain(check::RULES.iter().map(|rule| &rule.entry)) {
            line_out(&format!("{}  {}  {}", entry.code, entry.severity.term(), entry.title));
        }
        return Exit::Fine;
    };
    let mut pages = CATALOGUE.iter().chain(check::RULES.iter().map(|rule| &rule.entry));
    let Some(entry) = pages.find(|entry| entry.code.eq_ignore_ascii_case(code)) else {
        line_err(&format!("错误：没有编码“{code}”。用 gen explain 列出全部。"));
        return Exit::Usage;
    };
    let basis = if entry.basis.is_empty() { String::new() } else { format!("\n依据：{}", entry.basis) };
    line_out(&format!(
        "{} {}（{}）\n\n含义：{}\n改法：{}{basis}",
        entry.code,
        entry.title,
        entry.severity.term(),
        entry.meaning,
        entry.remedy
    ));
    Exit::Fine
}
