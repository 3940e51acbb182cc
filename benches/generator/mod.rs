//! Seeded units over all profiles: variants of the reference disclosures whose lines are split into parts with the
//! same sums, so that every unit is as sound as its original.

use std::{
    fs,
    path::{Path, PathBuf},
};

use disclosure::{
    import::{Entry, Given, Ledger},
    money::Yuan,
};

/// A workspace that disappears with the value.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

/// A small generator of numbers that is the same everywhere.
struct Seed(u64);

impl Seed {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
}

fn references() -> Vec<PathBuf> {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut found: Vec<PathBuf> = fs::read_dir(data)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("disclosure.yaml").is_file())
        .collect();
    found.sort();
    found
}

fn empty() -> Folder {
    let folder = tempfile::tempdir().unwrap();
    let accounts = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/accounts");
    if accounts.is_dir() {
        copy(&accounts, &folder.path().join("data/accounts"));
    }
    fs::create_dir_all(folder.path().join("data")).unwrap();
    Folder(folder)
}

/// One reference disclosure as it is.
pub(crate) fn one(slug: &str) -> Folder {
    let folder = empty();
    let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data").join(slug);
    copy(&from, &folder.path().join("data").join(slug));
    folder
}

/// So many units, `unit-0001` and on, each with at least so many expenditure lines.
pub(crate) fn bureau(units: usize, lines: usize) -> Folder {
    let folder = empty();
    let references = references();
    let mut seed = Seed(42);
    for number in 0..units {
        let from = &references[number % references.len()];
        let to = folder.path().join(format!("data/unit-{:04}", number + 1));
        copy(from, &to);
        let ledger = to.join("ledgers/expenditure.yaml");
        if let Ok(text) = fs::read_to_string(&ledger) {
            fs::write(&ledger, varied(&text, lines, &mut seed)).unwrap();
        }
        // Members of a department are not generated with it, and last year's disclosure neither.
        let head = to.join("disclosure.yaml");
        let text = fs::read_to_string(&head).unwrap();
        let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("previous:")).collect();
        fs::write(&head, kept.join("\n") + "\n").unwrap();
    }
    folder
}

/// Splits lines until there are enough; a few in any case, so that no two units are the same.
fn varied(text: &str, lines: usize, seed: &mut Seed) -> String {
    let mut ledger = Ledger::from_yaml(text).unwrap();
    let wanted = lines.max(ledger.entries.len() + 5);
    let mut at = 0;
    while ledger.entries.len() < wanted {
        at = (at + 1 + usize::try_from(seed.next()).unwrap() % 7) % ledger.entries.len();
        let second = split(&mut ledger.entries[at], seed);
        ledger.entries.push(second);
    }
    ledger.to_yaml("benchmark")
}

/// Moves a seeded part of every amount into a second line. Amounts too small to split leave a line of zero.
fn split(entry: &mut Entry, seed: &mut Seed) -> Entry {
    let mut second = entry.clone();
    for (stage, given) in &mut entry.amounts {
        let Given::Known(text) = given else { continue };
        let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let Ok(whole) = text.replace('.', "").parse::<i64>() else { continue };
        let part = whole / 100 * i64::try_from(seed.next() % 100).unwrap();
        *text = written(whole - part, decimals);
        second.amounts.insert(*stage, Given::Known(written(part, decimals)));
    }
    second
}

fn written(value: i64, decimals: usize) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", value.abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let text = if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") };
    debug_assert!(Yuan::parse(&text, disclosure::money::AmountUnit::TenThousand).is_ok());
    text
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
