//! Single faults planted in correct sources: how many are found, and which are not; and broken YAML never panics.

use std::collections::BTreeSet;

use disclosure::{
    compile::{Compiled, compile},
    source::{Sources, World},
};

use crate::{gallery::base, memory::Memory, random::Random};

/// A fault of one kind at a random place: what was changed, or nothing where the file has no such place.
type Fault = fn(&mut Random, &str) -> Option<(String, String)>;

/// Places of a needle-like pattern: byte ranges of amounts, codes and so on.
fn runs(text: &str, fits: impl Fn(char) -> bool, keep: impl Fn(&str, usize) -> bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        match (start, fits(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                if keep(&text[from..at], from) {
                    found.push((from, at));
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn amounts(text: &str) -> Vec<(usize, usize)> {
    let fits = |c: char| c.is_ascii_digit() || c == '.';
    runs(text, fits, |run, at| {
        run.len() > 3 && run[..run.len() - 2].ends_with('.') && run != "0.00" && text[..at].ends_with(": ")
    })
}

fn replaced(text: &str, (from, to): (usize, usize), by: &str) -> (String, String) {
    (format!("{}{by}{}", &text[..from], &text[to..]), format!("{} → {by}", &text[from..to]))
}

fn an_amount(random: &mut Random, text: &str) -> Option<(String, String)> {
    let places = amounts(text);
    let place = *places.get(random.below(places.len()))?;
    let mut digits: Vec<char> = text[place.0..place.1].chars().collect();
    // One digit typed wrong, not among the decimals that tails may hide.
    let whole = digits.iter().position(|c| *c == '.')?;
    let at = random.below(whole);
    let old = digits[at].to_digit(10)?;
    digits[at] = char::from_digit((old + 1 + u32::try_from(random.below(8)).ok()?) % 10, 10)?;
    Some(replaced(text, place, &digits.into_iter().collect::<String>()))
}

fn a_sign(random: &mut Random, text: &str) -> Option<(String, String)> {
    let places = amounts(text);
    let place = *places.get(random.below(places.len()))?;
    let own = format!("-{}", &text[place.0..place.1]);
    Some(replaced(text, place, &own))
}

fn a_code(random: &mut Random, text: &str) -> Option<(String, String)> {
    let fits = |c: char| c.is_ascii_digit();
    let places = runs(text, fits, |run, at| matches!(run.len(), 5 | 7) && text[..at].ends_with(": "));
    let place = *places.get(random.below(places.len()))?;
    let mut digits: Vec<char> = text[place.0..place.1].chars().collect();
    let at = digits.len() - 1 - random.below(3);
    let old = digits[at].to_digit(10)?;
    digits[at] = char::from_digit((old + 1 + u32::try_from(random.below(8)).ok()?) % 10, 10)?;
    Some(replaced(text, place, &digits.into_iter().collect::<String>()))
}

/// One Chinese character of a code's name changed.
fn a_name(random: &mut Random, text: &str) -> Option<(String, String)> {
    let han = |c: char| ('\u{4e00}'..'\u{9fff}').contains(&c);
    let places = runs(text, han, |run, at| {
        run.chars().count() >= 3
            && text[..at].ends_with(' ')
            && text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit())
    });
    let (from, to) = *places.get(random.below(places.len()))?;
    let at = text[from..to].char_indices().nth(random.below(text[from..to].chars().count()))?;
    Some(replaced(text, (from + at.0, from + at.0 + at.1.len_utf8()), "某"))
}

fn a_year(random: &mut Random, text: &str) -> Option<(String, String)> {
    let places = runs(text, |c| c.is_ascii_digit(), |run, _| run.len() == 4 && run.starts_with("20"));
    let place = *places.get(random.below(places.len()))?;
    let year: u32 = text[place.0..place.1].parse().ok()?;
    let other = if random.below(2) == 0 { year - 1 - u32::try_from(random.below(3)).ok()? } else { year + 1 };
    Some(replaced(text, place, &other.to_string()))
}

/// The amounts of two lines change places.
fn a_swap(random: &mut Random, text: &str) -> Option<(String, String)> {
    let places = amounts(text);
    let first = random.below(places.len().saturating_sub(1));
    let (a, b) = (*places.get(first)?, *places.get(first + 1)?);
    let (left, right) = (&text[a.0..a.1], &text[b.0..b.1]);
    let swapped = format!("{}{right}{}{left}{}", &text[..a.0], &text[a.1..b.0], &text[b.1..]);
    (left != right).then(|| (swapped, format!("{left} ↔ {right}")))
}

fn a_reason(random: &mut Random, text: &str) -> Option<(String, String)> {
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("base: ")).collect();
    let line = *lines.get(random.below(lines.len()))?;
    Some((text.replacen(line, "", 1), format!("删去 {line}")))
}

/// The kinds of fault with the files they may strike.
const FAULTS: &[(&str, Fault, &[&str])] = &[
    (
        "金额",
        an_amount,
        &[
            "ledgers/expenditure.yaml",
            "ledgers/income.yaml",
            "ledgers/stated.yaml",
            "ledgers/procurement.yaml",
            "ledgers/three-public.yaml",
            "ledgers/balances.yaml",
        ],
    ),
    ("编码", a_code, &["ledgers/expenditure.yaml", "ledgers/income.yaml"]),
    ("名称", a_name, &["ledgers/expenditure.yaml", "ledgers/income.yaml"]),
    ("年份", a_year, &["disclosure.yaml", "ledgers/assets.yaml"]),
    (
        "正负号",
        a_sign,
        &["ledgers/expenditure.yaml", "ledgers/income.yaml", "ledgers/stated.yaml", "ledgers/balances.yaml"],
    ),
    ("对调", a_swap, &["ledgers/expenditure.yaml", "ledgers/income.yaml", "ledgers/stated.yaml"]),
    ("漏原因", a_reason, &["reasons.yaml"]),
];

fn told(compiled: &Compiled) -> BTreeSet<String> {
    compiled.diagnostics.iter().map(|finding| format!("{}{}", finding.code, finding.message)).collect()
}

#[test]
fn most_single_faults_are_found() {
    let mut random = Random::new(2024);
    let bases: Vec<(&str, Memory, BTreeSet<String>)> = ["budget", "final"]
        .into_iter()
        .map(|name| (name, base(name), told(&compile(&base(name), name, None))))
        .collect();
    let (mut planted, mut found, mut missed) = (0, 0, Vec::new());
    while planted < 200 {
        let (kind, fault, files) = FAULTS[planted % FAULTS.len()];
        let (name, world, before) = random.pick(&bases);
        let path = format!("data/{name}/{}", random.pick(files));
        let Some((text, what)) = world.files.get(&path).and_then(|text| fault(&mut random, text)) else { continue };
        let mut world = world.clone();
        world.files.insert(path.clone(), text);
        planted += 1;
        if told(&compile(&world, name, None)).difference(before).next().is_some() {
            found += 1;
        } else {
            missed.push(format!("{kind} {path}: {what}"));
        }
    }
    missed.sort();
    println!("{found} of {planted} single faults found; not found:\n{}", missed.join("\n"));
    assert!(found * 100 >= planted * 97, "{found} of {planted}: {missed:#?}");
}

/// Every place of every finding lies in its file, on character boundaries.
fn places_hold(compiled: &Compiled) {
    let holds = |sources: &Sources, span: disclosure::source::Span| {
        let text = &sources.get(span.file).text;
        let (start, end) = (span.start as usize, span.end as usize);
        start <= end && end <= text.len() && text.is_char_boundary(start) && text.is_char_boundary(end)
    };
    for finding in &compiled.diagnostics {
        for place in &finding.places {
            assert!(holds(&compiled.sources, place.span), "{} {} {:?}", finding.code, finding.message, place.span);
        }
    }
}

/// One to three random edits of bytes or pieces, still UTF-8.
fn mutated(random: &mut Random, text: &str) -> String {
    const PIECES: &[&str] = &[
        ":",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "\n",
        "  ",
        "\t",
        "\"",
        "'",
        "#",
        "&a ",
        "*a",
        "!!",
        "：",
        "，",
        "~",
        "-1",
        "1e9",
        "０",
        "\u{a0}",
        "%",
        "|",
        ">",
        "@",
        "=",
        "{{",
        "[[",
        "]]",
        "99999999999999999999",
        "\u{0}",
    ];
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(3) {
        let at = random.below(characters.len());
        match random.below(4) {
            0 => drop(characters.splice(at..at, random.pick(PIECES).chars())),
            1 => drop(characters.drain(at..(at + 1 + random.below(12)).min(characters.len()))),
            2 => {
                let copy: Vec<char> = characters[at..(at + random.below(40)).min(characters.len())].to_vec();
                let to = random.below(characters.len());
                drop(characters.splice(to..to, copy));
            }
            _ if !characters.is_empty() => {
                let other = random.below(characters.len());
                characters.swap(at, other);
            }
            _ => {}
        }
        if characters.is_empty() {
            break;
        }
    }
    characters.into_iter().collect()
}

#[test]
fn ten_thousand_mutated_files_never_panic() {
    let mut random = Random::new(10_000);
    let world = base("budget");
    let paths: Vec<String> = world.files.keys().filter(|path| path.starts_with("data/budget/")).cloned().collect();
    let chart = world.read("templates/accounts/function.csv").is_ok();
    assert!(chart);
    // A whole compilation now and then; otherwise the passes from bytes to the model, where mutations bite.
    for round in 0..10_000 {
        let path = random.pick(&paths);
        let text = mutated(&mut random, &world.files[path]);
        if round % 50 == 0 {
            let mut world = world.clone();
            world.files.insert(path.clone(), text);
            places_hold(&compile(&world, "budget", None));
        } else {
            reads(path, &text);
        }
    }
}

/// Reads one file as the record its path says, through decoding, YAML and the reader.
fn reads(path: &str, text: &str) {
    use disclosure::{
        diagnostic::Diagnostic,
        model::files,
        source::{Read, Reader, decode, parse},
    };
    let mut sources = Sources::default();
    let id = sources.add(path, "");
    let (decoded, problems) = decode(id, text.as_bytes());
    sources.set(id, decoded);
    let mut all = problems;
    match parse(id, &sources.get(id).text) {
        Err(problem) => all.push(problem),
        Ok(node) => {
            let mut reader = Reader::default();
            let stem = path.rsplit('/').next().unwrap_or(path);
            match stem {
                "disclosure.yaml" => drop(files::DisclosureFile::read(&node, &mut reader)),
                "unit.yaml" => drop(files::UnitFile::read(&node, &mut reader)),
                "reasons.yaml" => drop(files::ReasonsFile::read(&node, &mut reader)),
                "stated.yaml" => drop(files::StatedFile::read(&node, &mut reader)),
                "procurement.yaml" => drop(files::ProcurementFile::read(&node, &mut reader)),
                "assets.yaml" => drop(files::AssetsFile::read(&node, &mut reader)),
                "three-public.yaml" => drop(files::ThreePublicFile::read(&node, &mut reader)),
                "glossary.yaml" => drop(files::GlossaryFile::read(&node, &mut reader)),
                "audit.yaml" => drop(files::ProjectFile::read(&node, &mut reader)),
                _ => drop(files::LedgerFile::read(&node, &mut reader)),
            }
            all.extend(reader.problems);
        }
    }
    for finding in all.into_iter().map(Diagnostic::from) {
        for place in &finding.places {
            let (start, end) = (place.span.start as usize, place.span.end as usize);
            let text = &sources.get(place.span.file).text;
            assert!(
                start <= end && end <= text.len() && text.is_char_boundary(start) && text.is_char_boundary(end),
                "{path}: {}",
                finding.message
            );
        }
    }
}
