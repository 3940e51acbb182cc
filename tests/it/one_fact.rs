//! One fact, all its consequences: an amount of a ledger is changed, and the figures that print differently must be
//! those whose recorded provenance holds its line. The change goes through the whole compiler; the provenance is read
//! off the untouched compilation. Neither asks the other.
//!
//! Every amount is tried in small ledgers and a sample in large ones; `ALL_AMOUNTS=1` tries every one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use disclosure::{
    compile::{Compiled, compile},
    model::{Given, LineId},
    source::{ReadError, Span, World},
    workspace::{Disk, Workspace as Folder},
};
use regex::Regex;
use rust_decimal::Decimal;

use crate::workspace::{Workspace, repository, talk};

/// The repository with the text of one file replaced.
struct Edited<'a> {
    disk: &'a Disk,
    path: &'a str,
    text: String,
}

impl World for Edited<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if path == self.path { Ok(self.text.clone().into_bytes()) } else { self.disk.read(path) }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        self.disk.list(folder)
    }
}

fn disk() -> Disk {
    Disk::new(&Folder::find(&repository()).expect("the repository is a workspace"))
}

/// A number in a ledger file that a figure may rest on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Amount {
    path: String,
    start: usize,
    written: String,
    /// The stage it is written under, where the line names one; a line of several stages is one atom.
    stage: Option<String>,
}

/// All amounts of a disclosure's ledgers, found in their text alone.
fn amounts(slug: &str) -> Vec<Amount> {
    let number = Regex::new(
        r#"\b(amount|count|area|quantity|price|reserved|sme|micro|本年预算|上年预算|上年执行|年初预算|全年预算|决算|上年决算): "?(-?[0-9][0-9,]*(?:\.[0-9]+)?)"?[,}\n]"#,
    )
    .unwrap();
    let mut found = Vec::new();
    let folder = repository().join(format!("data/{slug}/ledgers"));
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = format!("data/{slug}/ledgers/{}", entry.file_name().to_str().unwrap());
        let text = fs::read_to_string(entry.path()).unwrap();
        for hit in number.captures_iter(&text) {
            let stage = Some(hit[1].to_owned()).filter(|key| !key.is_ascii());
            let hit = hit.get(2).unwrap();
            let line = &text[text[..hit.start()].rfind('\n').map_or(0, |at| at + 1)..hit.start()];
            if !line.trim_start().starts_with('#') {
                found.push(Amount { path: path.clone(), start: hit.start(), written: hit.as_str().to_owned(), stage });
            }
        }
    }
    found.sort();
    found
}

/// The atom an amount belongs to, by the place the compiler recorded for it.
fn atom(compiled: &Compiled, amount: &Amount) -> LineId {
    let file = compiled.sources.find(&amount.path).expect("the ledger is read");
    let here = |span: Span| span.file == file && (span.start as usize..span.end as usize).contains(&amount.start);
    let disclosure = compiled.disclosure.as_ref().expect("a model");
    let line = disclosure.lines.iter().find(|line| {
        line.amounts.values().any(|given| matches!(given, Given::Known(_, span) if here(Span { start: span.start.saturating_sub(1), ..*span })))
    });
    let stated = || {
        let before = |span: Span| span.file == file && span.start as usize <= amount.start;
        disclosure.stated.iter().filter(|stated| before(stated.span)).max_by_key(|stated| stated.span.start)
    };
    line.map(|line| line.id)
        .or_else(|| stated().map(|stated| stated.id))
        .unwrap_or_else(|| panic!("{amount:?} is no atom"))
}

/// Printed texts by address, and which of them rest on an atom.
fn printed(compiled: &Compiled) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut texts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for figure in &compiled.figures {
        texts.entry(&figure.address).or_default().insert(&figure.text);
    }
    texts
}

fn resting(compiled: &Compiled, atom: LineId, amount: &Amount) -> BTreeSet<String> {
    let of_stage = |address: &str| amount.stage.as_ref().is_none_or(|stage| address.contains(stage.as_str()));
    let rests = compiled.figures.iter().filter(|figure| figure.known && figure.atoms.contains(atom));
    let rests = rests.filter(|figure| of_stage(&figure.address));
    rests.map(|figure| figure.address.clone()).collect()
}

/// The share of all that there is stays the whole, whatever it comes to (all income of one fund, for one), and nothing
/// against anything stays nothing: a share or completion of 0 %, a fall by 100 %.
fn whole(address: &str, text: &str) -> bool {
    let number = text.trim_end_matches(['%', '％']).trim_end_matches('0').trim_end_matches('.');
    ["share(", "completion(", "rate("].iter().any(|kind| address.starts_with(kind))
        && ["1", "100", ""].contains(&number)
}

/// Figures that print differently, those that only one of the two prints included.
fn changed(before: &Compiled, after: &Compiled) -> BTreeSet<String> {
    let (before, after) = (printed(before), printed(after));
    let addresses: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    addresses.into_iter().filter(|address| before.get(address) != after.get(address)).map(str::to_owned).collect()
}

fn edited(disk: &Disk, slug: &str, amount: &Amount, by: Decimal) -> Compiled {
    let mut text = String::from_utf8(disk.read(&amount.path).unwrap()).unwrap();
    let old: Decimal = amount.written.replace(',', "").parse().unwrap();
    text.replace_range(amount.start..amount.start + amount.written.len(), &(old + by).to_string());
    compile(&Edited { disk, path: &amount.path, text }, slug, None)
}

/// Tries amounts of one disclosure, every `step`th unless all are wanted.
fn one_fact(slug: &str, step: usize) {
    let disk = disk();
    let before = compile(&disk, slug, None);
    assert!(before.document.is_some(), "{slug} compiles");
    let all = amounts(slug);
    let step = if std::env::var_os("ALL_AMOUNTS").is_some() { 1 } else { step };
    let mut wrong = Vec::new();
    let mut moved = 0;
    for amount in all.iter().step_by(step) {
        let atom = atom(&before, amount);
        // Two sizes: a small one keeps what it is a tail of, a large one moves every share and rate it is part of.
        let mut differ = BTreeSet::new();
        let mut rest = resting(&before, atom, amount);
        for by in [Decimal::from(3), Decimal::from(9_731)] {
            let after = edited(&disk, slug, amount, by);
            differ.extend(changed(&before, &after));
            rest.extend(resting(&after, atom, amount));
        }
        moved += usize::from(!differ.is_empty());
        let texts = printed(&before);
        let may_stay =
            |address: &str| texts.get(address).is_some_and(|own| own.iter().all(|text| whole(address, text)));
        for address in rest.difference(&differ).filter(|address| !may_stay(address)) {
            wrong.push(format!("{}:{} {}: {address} rests on it and stays", amount.path, amount.start, amount.written));
        }
        for address in differ.difference(&rest) {
            wrong.push(format!("{}:{} {}: {address} moves without it", amount.path, amount.start, amount.written));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
    assert!(moved * 2 > all.len().div_ceil(step), "{moved} of {} amounts move a figure", all.len());
}

#[test]
fn huzhu_2024_budget() {
    one_fact("huzhu-2024-budget", 1);
}

// The others by a sample; `ALL_AMOUNTS=1` tries every amount of all five.

#[test]
fn yantai_2024_final() {
    one_fact("yantai-2024-final", 7);
}

#[test]
fn wuhai_2024_final() {
    one_fact("wuhai-2024-final", 7);
}

#[test]
fn weihai_2024_budget() {
    one_fact("weihai-2024-budget", 7);
}

#[test]
fn qinhuangdao_2023_budget() {
    one_fact("qinhuangdao-2023-budget", 7);
}

/// 基本工资 of 2080109 grows by 100 万元. The totals are worked out by hand from the published tables.
#[test]
fn expected_totals_of_one_unit_are_worked_out_by_hand() {
    let (slug, disk) = ("huzhu-2024-budget", disk());
    let amount = amounts(slug).into_iter().find(|amount| amount.written == "204.0765").expect("基本工资");
    let after = edited(&disk, slug, &amount, Decimal::from(100));
    let texts = printed(&after);
    for (address, text) in [
        ("expenditure@本年预算", "2,281.31万元"),
        ("expenditure{kind=基本}@本年预算", "1,106.20万元"),
        ("expenditure{kind=项目}@本年预算", "1,175.11万元"),
        ("expenditure{kind=基本·人员,fund=一般公共预算}@本年预算", "1,065.50万元"),
        ("expenditure{kind=基本·公用,fund=一般公共预算}@本年预算", "40.70万元"),
        ("expenditure{function=2080109,fund=一般公共预算}@本年预算", "872.24万元"),
        ("income@本年预算", "2,181.31"),
        // 基本支出 1,106.203 of 2,281.313; 项目支出 1,175.11 of it.
        ("share(expenditure{kind=基本}@本年预算; expenditure@本年预算)", "48.49%"),
        ("share(expenditure{kind=项目}@本年预算; expenditure@本年预算)", "51.51%"),
    ] {
        let found = texts.get(address).unwrap_or_else(|| panic!("{address} is printed"));
        assert!(found.contains(text), "{address}: {found:?} instead of {text}");
    }
}

/// What is published holds published figures only: no path of a source, no exact amount behind a rounded one.
#[test]
fn public_files_hold_no_sources_and_no_unpublished_amounts() {
    let slug = "huzhu-2024-budget";
    let workspace = Workspace::with(slug);
    let output = workspace.run(&["build"]);
    assert!(output.status.success(), "{}", talk(&output));
    let tail = Regex::new(r"^\d+\.\d{2}0*[1-9]\d*$").unwrap();
    let exact: Vec<String> = amounts(slug)
        .into_iter()
        .map(|amount| amount.written)
        .filter(|written| tail.is_match(written))
        .flat_map(|written| {
            let yuan = written.parse::<Decimal>().unwrap() * Decimal::from(10_000);
            [written.clone(), yuan.normalize().to_string()]
        })
        .collect();
    assert!(exact.contains(&"204.0765".to_owned()) && exact.contains(&"2040765".to_owned()), "{exact:?}");
    let mut read = 0;
    inspect(&workspace.path().join("out"), &mut |path, text| {
        read += 1;
        let drawn = text.starts_with("%PDF"); // coordinates are no amounts; the text of the PDF is looked at too
        for secret in exact.iter().filter(|_| !drawn).map(String::as_str).chain([
            "data/huzhu",
            ".yaml",
            "ledgers/",
            "templates/profiles",
        ]) {
            assert!(!text.contains(secret), "{} holds {secret}", path.display());
        }
    });
    assert!(read >= 4, "Markdown, HTML, PDF and manifest were read");
}

/// The text of every published file; of a PDF what its streams unpack to.
fn inspect(folder: &Path, look: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            // What begins with a dot (.review, .cache) is not published.
            if !entry.file_name().to_string_lossy().starts_with('.') {
                inspect(&path, look);
            }
        } else if path.extension().is_some_and(|ending| ending == "pdf") {
            let mut unpack = std::process::Command::new("qpdf");
            let unpacked =
                unpack.args(["--qdf", "--object-streams=disable"]).arg(&path).arg("-").output().expect("qpdf");
            look(&path, &String::from_utf8_lossy(&unpacked.stdout));
            look(&path, &crate::same_figures::pdf_text(&path));
        } else {
            look(&path, &String::from_utf8_lossy(&fs::read(&path).unwrap()));
        }
    }
}
