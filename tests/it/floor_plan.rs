//! The floor plan of the program, held against its source text: who imports whom, how long files and functions are,
//! and that no float is near.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use regex::Regex;

use crate::workspace::repository;

/// Level of each room. Imports go to a lower level only.
const ROOMS: &[(&str, u8)] = &[
    ("money", 0),
    ("period", 0),
    ("account", 0),
    ("source", 0),
    ("diagnostic", 1),
    ("document", 1),
    ("model", 2),
    ("profile", 2),
    ("backend", 2),
    ("facts", 3),
    ("table", 4),
    ("chart", 4),
    ("template", 4),
    ("link", 5),
    ("check", 6),
    ("compile", 7),
    ("import", 8),
    ("workspace", 8),
    ("serve", 8),
    ("cli", 8),
];

/// Imports inside a level that are part of the plan.
const NEIGHBOURS: &[(&str, &str, &str)] = &[
    ("cli", "workspace", "the command line drives the workspace"),
    ("cli", "import", "the command line turns spreadsheets into ledgers"),
    ("cli", "serve", "the command line starts the preview"),
    ("serve", "workspace", "the preview reads the workspace"),
    ("profile", "model", "specifications name measures and dimensions"),
    ("account", "period", "a code is valid for years"),
    ("source", "money", "terms of units"),
];

/// Files over the limit of lines, each with its reason.
const LONG_FILES: &[(&str, &str)] = &[
    ("src/model/files.rs", "the keys of all source files, one record each: a list, read from top to bottom"),
    ("src/backend/pdf/sample.rs", "one document with everything, for the backends' tests"),
    ("src/facts/engine.rs", "one function from a question to an answer, with its steps"),
];

/// Functions over the limit, each with its reason.
const LONG_FUNCTIONS: &[(&str, &str)] =
    &[("src/diagnostic/from_source.rs:from", "one arm for each kind of problem: a list of wordings")];

struct File {
    path: String,
    room: String,
    text: String,
}

fn sources() -> Vec<File> {
    let root = repository();
    let mut paths = Vec::new();
    collect(&root.join("src"), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let path = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let room = path.split('/').nth(1).unwrap().trim_end_matches(".rs").to_owned();
        File { path, room, text }
    };
    paths.into_iter().map(read).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            collect(&entry.path(), paths);
        } else if entry.path().extension().is_some_and(|ending| ending == "rs") {
            paths.push(entry.path());
        }
    }
}

/// The text without comments, so that a word in a sentence is no import.
fn code(text: &str) -> String {
    let own = |line: &&str| !line.trim_start().starts_with("//");
    text.lines().filter(own).map(|line| format!("{line}\n")).collect()
}

/// First segments after `crate::`, single or in braces.
fn imports(text: &str) -> BTreeSet<String> {
    let code = code(text);
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut first = String::new();
            for character in list.chars() {
                match character {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => found.extend(segment(&std::mem::take(&mut first))),
                    other if depth == 0 => first.push(other),
                    _ => {}
                }
            }
            found.extend(segment(&first));
        } else {
            found.extend(segment(rest));
        }
    }
    found
}

fn segment(path: &str) -> Option<String> {
    let word: String = path.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!word.is_empty()).then_some(word)
}

/// The room a word after `crate::` belongs to; macros live at the root but belong to `source`.
fn room_of(word: &str) -> &str {
    if ["record", "terms", "read_terms"].contains(&word) { "source" } else { word }
}

fn level(room: &str) -> Option<u8> {
    ROOMS.iter().find(|(name, _)| *name == room).map(|(_, level)| *level)
}

#[test]
fn rooms_import_from_lower_levels_only() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| !["lib", "main"].contains(&file.room.as_str())) {
        let own = level(&file.room).unwrap_or_else(|| panic!("{} is in no room of the plan", file.path));
        for word in imports(&file.text) {
            let other = room_of(&word);
            let Some(theirs) = level(other) else {
                wrong.push(format!("{} imports crate::{word}, which is no room", file.path));
                continue;
            };
            let neighbour = NEIGHBOURS.iter().any(|(from, to, _)| *from == file.room && *to == other);
            if other != file.room && theirs >= own && !neighbour {
                wrong.push(format!("{} (level {own}) imports {other} (level {theirs})", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn backends_share_nothing_but_pictures() {
    let path = Regex::new(r"backend::(svg|markdown|html|pdf)").unwrap();
    for file in sources().iter().filter(|file| file.room == "backend") {
        let own = file.path.split('/').nth(2).unwrap();
        for found in path.captures_iter(&code(&file.text)) {
            let other = &found[1];
            assert!(other == own || other == "svg", "{} uses backend::{other}", file.path);
        }
    }
}

#[test]
fn every_room_is_declared_and_reached() {
    let sources = sources();
    let library = fs::read_to_string(repository().join("src/lib.rs")).unwrap();
    let declared: BTreeSet<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let planned: BTreeSet<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    assert_eq!(declared, planned, "the crate's modules are the rooms of the plan");
    let mut graph: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for file in &sources {
        let words = imports(&file.text);
        graph.entry(&file.room).or_default().extend(words.iter().map(|word| room_of(word).to_owned()));
    }
    let mut reached = BTreeSet::from(["cli".to_owned()]);
    let mut open = vec!["cli".to_owned()];
    while let Some(room) = open.pop() {
        for next in graph.get(room.as_str()).into_iter().flatten() {
            if reached.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    let idle: Vec<&str> = planned.into_iter().filter(|room| !reached.contains(*room)).collect();
    assert!(idle.is_empty(), "nobody uses {idle:?}");
}

#[test]
fn files_tell_what_they_are_and_stay_short() {
    let mut wrong = Vec::new();
    for file in sources() {
        if !file.text.starts_with("//!") {
            wrong.push(format!("{} does not open with //!", file.path));
        }
        let lines = file.text.lines().count();
        if lines > 400 && !LONG_FILES.iter().any(|(path, _)| *path == file.path) {
            wrong.push(format!("{} has {lines} lines", file.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn functions_stay_short() {
    let name = Regex::new(r"^( *)(?:pub(?:\([a-z]+\))? )?(?:const )?(?:async )?fn (\w+)").unwrap();
    let mut wrong = Vec::new();
    for file in sources() {
        let lines: Vec<&str> = file.text.lines().collect();
        for (start, line) in lines.iter().enumerate() {
            let Some(found) = name.captures(line) else { continue };
            let close = format!("{}}}", &found[1]);
            let Some(length) = lines[start..].iter().position(|line| *line == close) else { continue };
            let key = format!("{}:{}", file.path, &found[2]);
            if length + 1 >= 60 && !line.ends_with(';') && !LONG_FUNCTIONS.iter().any(|(known, _)| *known == key) {
                wrong.push(format!("{key} has {} lines", length + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_float_is_near() {
    let float = Regex::new(r"\bf(?:32|64)\b").unwrap();
    for file in sources() {
        let found: Vec<String> = code(&file.text)
            .lines()
            // The reader of YAML takes floats only to refuse their value and go back to the text.
            .filter(|line| float.is_match(line) && line.trim() != "fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {")
            .map(str::to_owned)
            .collect();
        assert!(found.is_empty(), "{}: {found:?}", file.path);
    }
}

#[test]
fn no_exception_outlives_its_reason() {
    let sources = sources();
    for (path, reason) in LONG_FILES {
        let file = sources.iter().find(|file| file.path == *path);
        assert!(file.is_some_and(|file| file.text.lines().count() > 380), "{path} needs no exception ({reason})");
    }
}
