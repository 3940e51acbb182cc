//! Makes another unit of a reference disclosure: another place, other amounts, more lines, more projects.
//!
//! In: a copied folder of sources, which number of its kind it is, a seed. Out: the folder rewritten. All amounts grow by
//! one factor and lines are split into parts with the same sum, so that a unit is as sound as its original; prose keeps
//! its own figures.

use std::{
    fs,
    path::{Path, PathBuf},
};

use disclosure::import::{Entry, Given, Ledger};
use regex::{Captures, Regex};

/// A small generator of numbers that is the same everywhere.
pub(crate) struct Seed(pub(crate) u64);

impl Seed {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Rewrites a folder. `number` makes its name; at least `lines` expenditure lines.
pub(crate) fn vary(folder: &Path, number: usize, lines: usize, seed: &mut Seed) {
    // 元 has two decimals and takes whole factors only; 万元 of four decimals takes a factor of two.
    let in_yuan = sources(folder).iter().any(|(_, text)| text.lines().any(|line| line == "unit: 元"));
    let hundredths = if in_yuan { (1 + seed.below(30)) * 100 } else { 40 + seed.below(360) };
    for (path, text) in sources(folder) {
        let assets = path.ends_with("ledgers/assets.yaml");
        let scaled = scaled(&text, i64::try_from(hundredths).unwrap(), assets);
        fs::write(&path, moved(folder, number, &scaled)).unwrap();
    }
    let doubled = double(folder, seed);
    for name in ["expenditure", "expenditure-initial"] {
        let path = folder.join(format!("ledgers/{name}.yaml"));
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let mut ledger = Ledger::from_yaml(&text).unwrap();
        share(&mut ledger, &doubled, seed);
        if name == "expenditure" {
            lengthen(&mut ledger, lines, seed);
        }
        fs::write(&path, ledger.to_yaml("benchmark")).unwrap();
    }
    // Last year's disclosure is not generated with it.
    let head = folder.join("disclosure.yaml");
    let text = fs::read_to_string(&head).unwrap();
    let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("previous:")).collect();
    fs::write(&head, kept.join("\n") + "\n").unwrap();
}

/// All text files of a folder, sorted by path.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found.sort();
    found
}

/// The text with its amounts times a factor, targets of indicators in 万元 among them. Other goals, scores, counts and
/// prose stay.
fn scaled(text: &str, hundredths: i64, assets: bool) -> String {
    const NUMBER: &str = r"-?\d+(\.\d+)?";
    let number = Regex::new(NUMBER).unwrap();
    let keys = if assets { "amount|value" } else { "amount|difference|price|reserved|sme|micro" };
    let places = [
        format!(r"\b({keys}): {NUMBER}"),
        r"\bamounts: \{[^}]*\}".to_owned(),
        format!(r"\b(value|actual): [≤≥=]?{NUMBER}万元"),
        format!(r"\bvalue: {NUMBER}, (actual: {NUMBER}, )?measure: 万元"),
    ];
    places.iter().fold(text.to_owned(), |text, place| {
        let place = Regex::new(place).unwrap();
        let times = |found: &Captures<'_>| times(&found[0], hundredths);
        place.replace_all(&text, |found: &Captures<'_>| number.replace_all(&found[0], times).into_owned()).into_owned()
    })
}

/// A decimal text times hundredths, exactly.
fn times(text: &str, hundredths: i64) -> String {
    let (whole, decimals) = parsed(text);
    let (product, decimals) =
        if hundredths % 100 == 0 { (whole * (hundredths / 100), decimals) } else { (whole * hundredths, decimals + 2) };
    written(product, decimals)
}

/// Digits without their point, and how many stand after it.
fn parsed(text: &str) -> (i64, usize) {
    let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    (text.replace('.', "").parse().unwrap(), decimals)
}

fn written(value: i64, decimals: usize) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", value.abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// Another place: the one that the unit's name begins with, replaced wherever it stands.
fn moved(folder: &Path, number: usize, text: &str) -> String {
    const FIRST: [&str; 20] = [
        "安", "平", "宁", "清", "永", "新", "长", "东", "临", "和", "昌", "丰", "泰", "嘉", "兴", "广", "德", "文",
        "武", "江",
    ];
    const SECOND: [&str; 20] = [
        "河", "山", "阳", "川", "源", "林", "城", "泽", "溪", "原", "岭", "州", "湖", "海", "塘", "陵", "浦", "台",
        "桥", "港",
    ];
    let unit = fs::read_to_string(folder.join("unit.yaml")).unwrap();
    let name = unit.lines().find_map(|line| line.strip_prefix("name: ")).unwrap();
    let Some((end, kind)) = name.char_indices().find(|(_, letter)| matches!(letter, '市' | '县' | '旗')) else {
        return text.to_owned();
    };
    let place = format!("{}{}{kind}", FIRST[number % 20], SECOND[number / 20 % 20]);
    text.replace(&name[..end + kind.len_utf8()], &place)
}

/// Copies up to three projects as their second phase and gives the slugs. Those that tie goals to their whole money, or
/// that stand in a waiver, stay one.
fn double(folder: &Path, seed: &mut Seed) -> Vec<String> {
    let own = |path: &Path| path.parent().is_some_and(|parent| parent.ends_with("projects"));
    let head = fs::read_to_string(folder.join("disclosure.yaml")).unwrap();
    let mut plain: Vec<(PathBuf, String)> = sources(folder).into_iter().filter(|(path, _)| own(path)).collect();
    plain.retain(|(path, text)| {
        let slug = path.file_stem().unwrap().to_str().unwrap();
        !text.contains("万元, ") && !text.contains("\nevaluation:") && !head.contains(slug)
    });
    let mut doubled = Vec::new();
    for _ in 0..seed.below(4) {
        if plain.is_empty() {
            break;
        }
        let at = usize::try_from(seed.below(u64::try_from(plain.len()).unwrap())).unwrap();
        let (path, text) = plain.remove(at);
        let slug = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let lines =
            text.lines().filter(|line| !line.starts_with("code:")).map(|line| match line.strip_prefix("name: ") {
                Some(name) => format!("name: {name}二期"),
                None => line.to_owned(),
            });
        let text = lines.collect::<Vec<_>>().join("\n") + "\n";
        fs::write(path.with_file_name(format!("{slug}-second.yaml")), text).unwrap();
        doubled.push(slug);
    }
    doubled
}

/// Gives second phases their share of the project's lines.
fn share(ledger: &mut Ledger, doubled: &[String], seed: &mut Seed) {
    let mut shares = Vec::new();
    for entry in &mut ledger.entries {
        let project = entry.fields.iter().find(|(key, value)| *key == "project" && doubled.contains(value));
        let Some(second) = project.map(|(_, slug)| format!("{slug}-second")) else { continue };
        let mut part = split(entry, seed);
        for (_, value) in part.fields.iter_mut().filter(|(key, _)| *key == "project") {
            value.clone_from(&second);
        }
        shares.push(part);
    }
    ledger.entries.extend(shares);
}

/// Splits lines until there are enough; a few in any case.
fn lengthen(ledger: &mut Ledger, lines: usize, seed: &mut Seed) {
    let wanted = lines.max(ledger.entries.len() + 5 + usize::try_from(seed.below(40)).unwrap());
    let mut at = 0;
    while ledger.entries.len() < wanted {
        at = (at + 1 + usize::try_from(seed.below(7)).unwrap()) % ledger.entries.len();
        let second = split(&mut ledger.entries[at], seed);
        ledger.entries.push(second);
    }
}

/// Moves a seeded part of every amount into a second line. Amounts too small to split leave a line of zero.
fn split(entry: &mut Entry, seed: &mut Seed) -> Entry {
    let mut second = entry.clone();
    for (stage, given) in &mut entry.amounts {
        let Given::Known(text) = given else { continue };
        let (whole, decimals) = parsed(text);
        let part = whole / 100 * i64::try_from(1 + seed.below(98)).unwrap();
        *text = written(whole - part, decimals);
        second.amounts.insert(*stage, Given::Known(written(part, decimals)));
    }
    second
}
