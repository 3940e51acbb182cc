//! `gen build`, `gen check`, `gen explain`.

use std::{
    fs,
    panic::resume_unwind,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    time::Instant,
};

use crate::{
    check,
    compile::{Compiled, Format, Library},
    diagnostic::{self, CATALOGUE, Diagnostic, Entry, Summary},
    source::Sources,
    workspace::{
        Assets, Disk, Durability, Ending, Freshness, Job, Lock, Outcome, Run, Workspace, index, key, lock, program,
        recover, refused, said, settle,
    },
};

use super::{
    Exit,
    arguments::{BuildOptions, CheckOptions, ExplainOptions, FormatWord, ReportForm, ReportOptions},
    fonts::{fonts, tell_unnamed},
    progress::Progress,
    talk::{coloured, line_err, line_out},
    todo::todo,
    workers,
};

/// Where a run works.
pub(super) struct Place {
    root: PathBuf,
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
    let start = paths.first().filter(|path| path.is_dir()).cloned().unwrap_or_else(|| here.clone());
    let workspace = Workspace::find(&start).map_err(usage)?;
    let slugs = workspace.select(paths).map_err(usage)?;
    if slugs.is_empty() {
        line_err("data/ 里还没有公开材料。");
        return Err(Exit::Usage);
    }
    let out = out.map_or_else(|| workspace.root.join("out"), |out| here.join(out));
    Ok(Place { disk: Disk::new(&workspace), root: workspace.root, slugs, out })
}

/// Builds all chosen disclosures; a bad one is reported and the others are finished.
pub(super) fn build(options: &BuildOptions) -> Exit {
    let start = Instant::now();
    let mut place = match place(&options.paths, options.out.as_deref()) {
        Ok(place) => place,
        Err(exit) => return exit,
    };
    if let Some(shard) = options.shard {
        place.slugs.retain(|slug| shard.holds(slug));
    }
    let prepared = begin(&place.out).and_then(|lock| Ok((lock, job(options, &place)?)));
    let (_lock, (job, fonts)) = match prepared {
        Ok(prepared) => prepared,
        Err((exit, message)) => {
            line_err(&format!("错误：{message}"));
            return exit;
        }
    };
    let (mut outcomes, stale) = sort_out(&place, &job, options.force);
    let jobs = options.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let progress = Progress::new(stale.len());
    if jobs > 1 && stale.len() > 1 {
        outcomes.extend(workers::run(&stale, &job, jobs.min(stale.len()), options.fail_fast, &progress));
    } else {
        outcomes.extend(serial(&stale, &job, &place.disk, fonts, options.fail_fast, &progress));
    }
    progress.finish();
    finish(&place, outcomes, options, start)
}

/// Takes the output folder for this run and removes what an earlier one left half done.
fn begin(out: &Path) -> Result<Lock, (Exit, String)> {
    let waiting = || line_err(&format!("{} 正由另一次运行使用，等它结束……", out.display()));
    let own = |error: std::io::Error| (Exit::Internal, format!("用不了 {}：{}", out.display(), said(&error)));
    let lock = lock(out, waiting).map_err(own)?;
    recover(out).map_err(own)?;
    Ok(lock)
}

/// How a run ends before it begins, and why.
type Refusal = (Exit, String);

/// The run's wishes in the form that workers get, and the fonts they name.
fn job(options: &BuildOptions, place: &Place) -> Result<(Job, Vec<Vec<u8>>), Refusal> {
    let fonts = fonts(&options.font_paths).map_err(|message| (Exit::Usage, message))?;
    tell_unnamed(&fonts, &place.disk);
    let program = program(&place.out).map_err(|error| (Exit::Internal, format!("读不了程序自身：{}", said(&error))))?;
    let here = std::env::current_dir().unwrap_or_default();
    let mut job = Job {
        root: place.root.clone(),
        out: place.out.clone(),
        formats: options.formats.iter().map(|word| format_of(*word).term().to_owned()).collect(),
        draft: options.draft,
        deny_warnings: options.report.deny.is_some(),
        emit_typst: options.emit.is_some(),
        fonts: options.font_paths.iter().map(|path| here.join(path)).collect(),
        durability: if options.no_sync { Durability::Unsynced } else { Durability::Synced },
        key: String::new(),
    };
    job.key = key(&program, &fonts, &job.options());
    Ok((job, fonts))
}

/// Divides into what need not be built and what must.
fn sort_out(place: &Place, job: &Job, force: bool) -> (Vec<Outcome>, Vec<String>) {
    let freshness = Freshness::new(&place.disk, &place.out, &job.key);
    let (mut outcomes, mut stale) = (Vec::new(), Vec::new());
    for slug in &place.slugs {
        let record = if force { None } else { freshness.fresh(slug) };
        match record {
            Some(record) => outcomes.push(Outcome::fresh(slug, record)),
            None => stale.push(slug.clone()),
        }
    }
    (outcomes, stale)
}

/// One after the other in this process; the typesetter itself uses all cores.
fn serial(
    slugs: &[String],
    job: &Job,
    disk: &Disk,
    fonts: Vec<Vec<u8>>,
    fail_fast: bool,
    progress: &Progress,
) -> Vec<Outcome> {
    if slugs.is_empty() {
        return Vec::new();
    }
    let run = Run::new(disk, job, fonts);
    let mut outcomes = Vec::new();
    for slug in slugs {
        let outcome = run.build(slug);
        progress.done(&outcome);
        let stop = fail_fast && !outcome.is_good();
        outcomes.push(outcome);
        if stop {
            break;
        }
    }
    outcomes
}

/// Writes the files for the whole, tells the findings and sums up.
fn finish(place: &Place, mut outcomes: Vec<Outcome>, options: &BuildOptions, start: Instant) -> Exit {
    outcomes.sort_by(|a, b| a.slug.cmp(&b.slug));
    let reports: Vec<(Sources, Vec<Diagnostic>)> =
        outcomes.iter().map(|outcome| outcome.told.restore(&place.disk)).collect();
    tell(&reports, &options.report);
    // The front page wears the workspace's theme.
    let assets = Assets::load(&place.disk, Vec::new());
    let durable = !options.no_sync && outcomes.iter().any(|outcome| outcome.ending == Ending::Built);
    let completed = index(&place.out, &assets.theme().html)
        // What a run says it has built is on the disk when it ends: the exchanges and the files for the whole.
        .and_then(|()| if durable { settle(&place.out) } else { Ok(()) });
    if let Err(error) = &completed {
        line_err(&format!("错误：写不了 {} 的清单：{}", place.out.display(), said(error)));
    }
    let count = |ending: Ending| outcomes.iter().filter(|outcome| outcome.ending == ending).count();
    let (built, fresh) = (count(Ending::Built), count(Ending::Fresh));
    let (refused, failed) = (count(Ending::Refused), count(Ending::Failed));
    let left = place.slugs.len() - outcomes.len();
    let millis = start.elapsed().as_millis().max(1);
    let rate = (u128::try_from(built).unwrap_or(0) * 10_000).div_ceil(millis);
    let optional = |count: usize, text: &str| if count > 0 { format!("，{text} {count} 份") } else { String::new() };
    line_err(&format!(
        "共 {} 份：生成 {built} 份，未变 {fresh} 份，未生成 {} 份{}{}；用时 {}.{:03} 秒{}。",
        place.slugs.len(),
        refused + failed,
        optional(failed, "其中写不了或中断"),
        optional(left, "另外没有开始"),
        millis / 1000,
        millis % 1000,
        if built > 0 { format!("，每秒 {}.{} 份", rate / 10, rate % 10) } else { String::new() }
    ));
    let fine = completed.is_ok() && left == 0 && outcomes.iter().all(Outcome::is_good);
    if fine { Exit::Fine } else { Exit::Findings }
}

const fn format_of(word: FormatWord) -> Format {
    match word {
        FormatWord::Markdown => Format::Markdown,
        FormatWord::Html => Format::Html,
        FormatWord::Pdf => Format::Pdf,
    }
}

/// Checks without writing.
pub(super) fn check(options: &CheckOptions) -> Exit {
    let place = match place(&options.paths, None) {
        Ok(place) => place,
        Err(exit) => return exit,
    };
    if options.todo {
        let due = each(&place, |compiled| todo(&compiled));
        due.iter().filter(|due| !due.is_empty()).for_each(|due| line_out(due));
        return Exit::Fine;
    }
    let deny = options.report.deny.is_some();
    let checked = each(&place, |compiled| {
        let failed = refused(&compiled.diagnostics, deny) || compiled.document.is_none();
        (failed, (compiled.sources, compiled.diagnostics))
    });
    let failed = checked.iter().any(|(failed, _)| *failed);
    let reports: Vec<(Sources, Vec<Diagnostic>)> = checked.into_iter().map(|(_, report)| report).collect();
    tell(&reports, &options.report);
    if failed { Exit::Findings } else { Exit::Fine }
}

/// Compiles all disclosures on all cores; what is made of each comes back in their order.
fn each<T: Send>(place: &Place, make: impl Fn(Compiled) -> T + Sync) -> Vec<T> {
    let (library, next) = (Library::default(), AtomicUsize::new(0));
    let work = || {
        let mut made = Vec::new();
        while let Some((at, slug)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            place.slugs.get(at).map(|slug| (at, slug))
        } {
            made.push((at, make(library.compile(&place.disk, slug, None))));
        }
        made
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(place.slugs.len());
    let mut made: Vec<(usize, T)> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().flat_map(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    made.sort_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, made)| made).collect()
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
        line_err(&format!("写不了步骤摘要：{}", said(&error)));
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
