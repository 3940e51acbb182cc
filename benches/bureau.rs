//! How a folder of many disclosures behaves: ratios within one run, on whatever machine runs it.
//!
//! `cargo bench --bench bureau` measures everything; words after `--` choose from `units` (how the generated ones differ),
//! `cold`, `again`, `rate`, `pairs`, `memory`, `growth`. `BENCH_UNITS` sets how many units (300, and for growth the most). Times are of whole processes. The units are seeded variants of the
//! reference disclosures. `cold` takes the `typst` on the PATH, else a bare compiler of its own ([`bare`]).

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::type_complexity,
    clippy::format_push_string,
    clippy::float_arithmetic,
    reason = "a measurement, not the program: it may fail loudly, look at the clock and the disk"
)]

mod bare;
mod generator;
mod plot;

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use disclosure::{
    money::{AmountUnit, Yuan},
    workspace::{Durability, Job},
};
use generator::Ground;

const GEN: &str = env!("CARGO_BIN_EXE_gen");
const TEXTS: &[&str] = &["--formats", "markdown,html"];

fn main() {
    if std::env::args().nth(1).as_deref() == Some(bare::ASKED) {
        return bare::compile();
    }
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let parts: &[(&str, fn(&Ground, usize))] = &[
        ("units", units),
        ("cold", cold),
        ("again", again),
        ("rate", rate),
        ("pairs", pairs),
        ("memory", memory),
        ("growth", growth),
    ];
    let (ground, count) = (Ground::new(), limit().unwrap_or(300));
    for (name, run) in parts {
        if wanted.is_empty() || wanted.iter().any(|own| own == name) {
            run(&ground, count);
        }
    }
}

/// `BENCH_UNITS`.
fn limit() -> Option<usize> {
    std::env::var("BENCH_UNITS").ok().and_then(|text| text.parse().ok())
}

fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").unwrap();
}

/// `1.23` of two durations.
fn ratio(above: Duration, below: Duration) -> String {
    let hundredths = above.as_micros() * 100 / below.as_micros().max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn seconds(time: Duration) -> String {
    format!("{}.{:03} s", time.as_secs(), time.subsec_millis())
}

/// Runs a command that must end well; unsound units would make a benchmark of error messages.
fn timed(command: &mut Command) -> Duration {
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).output().unwrap();
    let time = start.elapsed();
    let told = [output.stdout, output.stderr].concat();
    let told = String::from_utf8_lossy(&told);
    let lines: Vec<&str> = told.lines().filter(|line| line.contains("错误")).take(20).collect();
    assert!(output.status.success(), "{command:?}\n{}", lines.join("\n"));
    time
}

fn gen_in(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(GEN);
    command.arg("build").args(arguments).args(["--format", "short"]).current_dir(folder);
    command
}

/// The same on given processors with one thread for the typesetter.
fn pinned(folder: &Path, processors: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new("taskset");
    command.args(["-c", processors, GEN, "build"]).args(arguments).args(["--format", "short"]);
    command.current_dir(folder).env("RAYON_NUM_THREADS", "1");
    command
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// How the generated units differ.
fn units(ground: &Ground, units: usize) {
    let folder = ground.bureau(units, 1);
    let (mut names, mut totals) = (BTreeSet::new(), BTreeSet::new());
    let (mut lines, mut projects) = (Vec::new(), Vec::new());
    for number in 1..=units {
        let unit = folder.join(format!("data/unit-{number:04}"));
        let text = fs::read_to_string(unit.join("unit.yaml")).unwrap();
        names.insert(text.lines().find(|line| line.starts_with("name:")).unwrap().to_owned());
        let text = fs::read_to_string(unit.join("ledgers/expenditure.yaml")).unwrap();
        let amounts = text.split("amount: ").skip(1).filter_map(|rest| rest.split_once('}'));
        let total: Yuan = amounts.filter_map(|(own, _)| Yuan::parse(own, AmountUnit::TenThousand).ok()).sum();
        totals.insert(total);
        lines.push(text.matches("\n  - ").count());
        projects.push(fs::read_dir(unit.join("projects")).unwrap().count());
    }
    let range = |of: &[usize]| format!("{} to {}", of.iter().min().unwrap(), of.iter().max().unwrap());
    say(&format!(
        "units {units}: {} names, {} totals of expenditure; {} lines of expenditure, {} projects a unit",
        names.len(),
        totals.len(),
        range(&lines),
        range(&projects)
    ));
}

/// One disclosure in three formats, against the bare typesetter on the emitted input, in turn.
fn cold(ground: &Ground, _: usize) {
    let folder = ground.one("yantai-2024-final");
    timed(&mut gen_in(&folder, &["--emit", "typst"]));
    let input = folder.join("out/.review/yantai-2024-final");
    let (name, bare) = bare::command(&input);
    let (mut synced, mut unsynced, mut set) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..25 {
        synced.push(timed(&mut gen_in(&folder, &["--force"])));
        set.push(timed(&mut bare(&input)));
        unsynced.push(timed(&mut gen_in(&folder, &["--force", "--no-sync"])));
    }
    let (synced, unsynced, set) = (median(synced), median(unsynced), median(set));
    let (own, other) = (bare::peak(&mut gen_in(&folder, &["--force"])), bare::peak(&mut bare(&input)));
    say(&format!(
        "cold  gen, three formats: {} (without waiting for the disk {}), peak {own} MB; {name}, PDF only: {}, peak {other} MB; \
         ratio {} (without waiting {})",
        seconds(synced),
        seconds(unsynced),
        seconds(set),
        ratio(synced, set),
        ratio(unsynced, set)
    ));
}

/// Two workers against one, pinned and single-threaded; and the default run.
fn pairs(ground: &Ground, units: usize) {
    let folder = ground.bureau(units, 1);
    let one = timed(&mut pinned(&folder, "0", &["--jobs", "1", "--force"]));
    let two = timed(&mut pinned(&folder, "0,1", &["--jobs", "2", "--force"]));
    let serial = timed(&mut gen_in(&folder, &["--jobs", "1", "--force"]));
    say(&format!(
        "pairs {units} units: one worker {}, two {}: {} times; one process with all threads {}: {} times",
        seconds(one),
        seconds(two),
        ratio(one, two),
        seconds(serial),
        ratio(serial, two)
    ));
}

/// Markdown and HTML on one processor, with and without waiting for the disk, by turns; and over the last publication.
fn rate(ground: &Ground, units: usize) {
    let folder = ground.bureau(units, 1);
    let kinds: [(&str, &[&str]); 2] = [("synced", &[]), ("unsynced", &["--no-sync"])];
    let run = |out: &str, own: &[&str]| {
        timed(&mut pinned(&folder, "0", &[TEXTS, &["--jobs", "1", "--force", "--out", out], own].concat()))
    };
    let mut times = [Vec::new(), Vec::new()];
    for turn in 0..5 {
        for ((name, own), times) in kinds.iter().zip(&mut times) {
            times.push(run(&format!("out-{name}-{turn}"), own));
        }
    }
    let per_second = |time: Duration| units * 1000 / usize::try_from(time.as_millis().max(1)).unwrap();
    let over = kinds.map(|(name, own)| run(&format!("out-{name}-0"), own));
    for (((name, _), times), over) in kinds.iter().zip(times).zip(over) {
        let all: Vec<String> = times.iter().map(|time| per_second(*time).to_string()).collect();
        let middle = median(times);
        say(&format!(
            "rate  {units} units, Markdown and HTML, one processor, {name}: {} ({} a second; all runs {}; over the last \
             publication {})",
            seconds(middle),
            per_second(middle),
            all.join(", "),
            per_second(over)
        ));
    }
}

/// Nothing changed; one changed.
fn again(ground: &Ground, units: usize) {
    let folder = ground.bureau(units, 1);
    timed(&mut gen_in(&folder, TEXTS));
    let idle = median((0..5).map(|_| timed(&mut gen_in(&folder, TEXTS))).collect());
    let changed = folder.join("data/unit-0001/unit.yaml");
    let text = fs::read_to_string(&changed).unwrap();
    fs::write(&changed, format!("{text}\n# changed\n")).unwrap();
    let one = timed(&mut gen_in(&folder, TEXTS));
    let alone = timed(&mut gen_in(&folder, &[TEXTS, &["data/unit-0001", "--force"]].concat()));
    say(&format!(
        "again {units} units: nothing changed {}; one changed {}, that one alone {}",
        seconds(idle),
        seconds(one),
        seconds(alone)
    ));
}

/// Resident memory of a worker along its way.
fn memory(ground: &Ground, units: usize) {
    let folder = ground.bureau(units, 1);
    let job = Job {
        root: folder.clone(),
        out: folder.join("out"),
        formats: ["markdown", "html", "pdf"].map(str::to_owned).to_vec(),
        draft: false,
        deny_warnings: false,
        emit_typst: false,
        fonts: Vec::new(),
        durability: Durability::Unsynced,
        key: String::new(),
    };
    fs::create_dir_all(&job.out).unwrap();
    let mut worker = Command::new(GEN)
        .arg("worker")
        .env("RAYON_NUM_THREADS", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut to, from) = (worker.stdin.take().unwrap(), worker.stdout.take().unwrap());
    let mut answers = BufReader::new(from).lines();
    writeln!(to, "{}", serde_json::to_string(&job).unwrap()).unwrap();
    let mut points = Vec::new();
    for number in 1..=units {
        writeln!(to, "unit-{number:04}").unwrap();
        answers.next().unwrap().unwrap();
        if number == 1 || number % 50 == 0 {
            points.push(format!("{number}: {}", resident(worker.id())));
        }
    }
    drop(to);
    worker.wait().unwrap();
    say(&format!("memory of one worker after so many units (now / most): {}", points.join(", ")));
}

fn resident(process: u32) -> String {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let of = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key)).unwrap_or("0");
        line.split_whitespace().next().and_then(|text| text.parse::<u64>().ok()).unwrap_or(0) / 1024
    };
    format!("{} / {} MB", of("VmRSS:"), of("VmHWM:"))
}

/// More units, longer ledgers.
fn growth(ground: &Ground, _: usize) {
    let mut units = Vec::new();
    for count in [10, 100, 1000].into_iter().filter(|count| limit().is_none_or(|most| *count <= most)) {
        let folder = ground.bureau(count, 1);
        units.push((count, timed(&mut gen_in(&folder, &[TEXTS, &["--no-sync"]].concat()))));
    }
    let mut lines = Vec::new();
    for count in [100, 1_000, 10_000] {
        let folder = ground.bureau(1, count);
        let again = || timed(&mut gen_in(&folder, &[TEXTS, &["--no-sync", "--force"]].concat()));
        lines.push((count, median((0..3).map(|_| again()).collect())));
    }
    let mut table = String::from("what,count,seconds\n");
    for (what, points) in [("units", &units), ("lines", &lines)] {
        for (count, time) in points {
            table += &format!("{what},{count},{}.{:03}\n", time.as_secs(), time.subsec_millis());
        }
    }
    say(&format!("growth\n{table}"));
    let drawn = plot::plot(
        "生成时间随份数和台账行数的增长（双对数）",
        &[
            plot::Line { name: "份数（Markdown、HTML）", colour: "#1f5fa8", points: units },
            plot::Line { name: "台账行数（一份）", colour: "#b4441f", points: lines },
        ],
    );
    let target = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target");
    fs::create_dir_all(&target).unwrap();
    fs::write(target.join("growth.csv"), table).unwrap();
    fs::write(target.join("growth.svg"), drawn).unwrap();
}
