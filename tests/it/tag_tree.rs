//! The tag tree of the PDF of each reference disclosure, as poppler tells it, beside its Markdown: what a screen reader
//! says is what is written, in the same order, table rows under their heads. Poppler and qpdf are needed.

use std::{collections::BTreeSet, path::Path, process::Command, sync::LazyLock, thread};

use regex::Regex;
use serde_json::Value;

use crate::workspace::{Workspace, repository, talk};

const SLUGS: [&str; 5] =
    ["huzhu-2024-budget", "qinhuangdao-2023-budget", "weihai-2024-budget", "wuhai-2024-final", "yantai-2024-final"];

/// An element of the tree with its own words.
#[derive(Debug, Default)]
struct Element {
    tag: String,
    id: String,
    scope: String,
    headers: Vec<String>,
    words: String,
}

struct Built {
    slug: &'static str,
    markdown: String,
    elements: Vec<Element>,
    /// Alternative texts of the pictures.
    alternatives: Vec<String>,
}

// Poppler takes seconds to find the words of every element: the five at once.
static BUILT: LazyLock<Vec<Built>> = LazyLock::new(|| {
    thread::scope(|scope| {
        let threads = SLUGS.map(|slug| scope.spawn(move || built(slug)));
        threads.into_iter().map(|one| one.join().unwrap()).collect()
    })
});

fn built(slug: &'static str) -> Built {
    let workspace = Workspace::with(slug);
    let output = workspace.run(&["build", &format!("data/{slug}"), "--formats", "markdown,pdf"]);
    assert!(output.status.success(), "{}", talk(&output));
    let pdf = workspace.path().join(format!("out/{slug}/{slug}.pdf"));
    let told = Command::new("pdfinfo").arg("-struct-text").arg(&pdf).output().expect("poppler's pdfinfo");
    assert!(told.status.success());
    let objects = Command::new("qpdf").args(["--json", "--json-key=qpdf"]).arg(&pdf).output().expect("qpdf");
    Built {
        slug,
        markdown: workspace.read(&format!("out/{slug}/{slug}.md")),
        elements: elements(&String::from_utf8_lossy(&told.stdout)),
        alternatives: alternatives(&serde_json::from_slice(&objects.stdout).unwrap()),
    }
}

fn elements(told: &str) -> Vec<Element> {
    // The title of a heading follows as raw UTF-16; it may hold a line feed.
    let opening = Regex::new(r#"^ *([A-Z][A-Za-z0-9]*)(?: <([^>]*)>| ".*)?(?: \((?:block|inline)\))?:?$"#).unwrap();
    let mut found: Vec<Element> = Vec::new();
    for line in told.lines() {
        let rest = line.trim();
        if let Some(opened) = opening.captures(line) {
            let tag = opened[1].to_owned();
            let id = opened.get(2).map_or(String::new(), |id| id.as_str().to_owned());
            found.push(Element { tag, id, ..Element::default() });
        } else if let Some(last) = found.last_mut() {
            if let Some(scope) = rest.strip_prefix("/Scope /") {
                scope.clone_into(&mut last.scope);
            } else if let Some(list) = rest.strip_prefix("/Headers ") {
                last.headers =
                    list.split(['[', ']', '(', ')', ' ']).filter(|id| !id.is_empty()).map(str::to_owned).collect();
            } else if let Some(words) = rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
                last.words.push_str(&bare(words));
            }
        }
    }
    found
}

fn alternatives(objects: &Value) -> Vec<String> {
    let all = objects["qpdf"][1].as_object().unwrap().values();
    let figures = all.map(|object| &object["value"]).filter(|value| value["/S"] == "/Figure");
    figures.map(|figure| bare(figure["/Alt"].as_str().unwrap_or_default().trim_start_matches("u:"))).collect()
}

static MARKUP: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\\|\*\*|<[^>]*>").unwrap());

/// Words without white and without what Markdown adds to them.
fn bare(text: &str) -> String {
    MARKUP.replace_all(text, "").chars().filter(|character| !character.is_whitespace()).collect()
}

/// The lines of the text without the contents and their heading.
fn lines(markdown: &str) -> Vec<&str> {
    let contents = Regex::new(r"^ *- \[.*\]\(#").unwrap();
    markdown.lines().filter(|line| !contents.is_match(line) && *line != "## 目录").collect()
}

#[test]
fn headings_are_those_of_the_markdown_in_level_and_order() {
    let heading = Regex::new(r"^H([1-6])$").unwrap();
    for Built { slug, markdown, elements, .. } in BUILT.iter() {
        let told: Vec<(usize, String)> = elements
            .iter()
            .filter_map(|one| Some((heading.captures(&one.tag)?[1].parse().unwrap(), one.words.clone())))
            .collect();
        let written: Vec<(usize, String)> = lines(markdown)
            .into_iter()
            .filter_map(|line| line.split_once("# ").filter(|(marks, _)| marks.chars().all(|mark| mark == '#')))
            .filter(|(marks, _)| !marks.is_empty())
            .map(|(marks, words)| (marks.len(), bare(words)))
            .collect();
        assert_eq!(told, written, "{slug}");
        assert!(told.len() > 15, "{slug}");
    }
}

/// Body rows of the tables of the Markdown, as words of their cells.
fn written_tables(markdown: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    for line in markdown.lines().filter(|line| line.starts_with('|')) {
        if line.starts_with("|:") || line.starts_with("|-") {
            // The line above it was the head.
            tables.last_mut().and_then(Vec::pop);
            tables.push(Vec::new());
        } else if let Some(rows) = tables.last_mut() {
            rows.push(line.trim_matches('|').split(" | ").map(bare).collect());
        }
    }
    tables
}

/// A row of the tree.
struct Row<'a> {
    cells: Vec<&'a Element>,
}

impl Row<'_> {
    fn words(&self) -> Vec<&str> {
        self.cells.iter().map(|cell| cell.words.as_str()).filter(|words| !words.is_empty()).collect()
    }

    fn is_head(&self) -> bool {
        self.cells.iter().all(|cell| cell.tag == "TH" && cell.scope == "Column")
    }
}

/// The tables of the tree as rows of cells; what stands inside a cell is counted among its words.
fn told_tables(elements: &[Element]) -> Vec<Vec<Row<'_>>> {
    let mut tables: Vec<Vec<Row<'_>>> = Vec::new();
    for element in elements {
        match element.tag.as_str() {
            "Table" => tables.push(Vec::new()),
            "TR" => tables.last_mut().unwrap().push(Row { cells: Vec::new() }),
            "TH" | "TD" => tables.last_mut().unwrap().last_mut().unwrap().cells.push(element),
            _ => {}
        }
    }
    tables
}

#[test]
fn tables_are_read_row_by_row_as_they_are_written() {
    for Built { slug, markdown, elements, .. } in BUILT.iter() {
        let (told, written) = (told_tables(elements), written_tables(markdown));
        assert_eq!(told.len(), written.len(), "{slug}");
        for (told, written) in told.iter().zip(&written) {
            let body = &told[told.len() - written.len()..];
            for (told, written) in body.iter().zip(written) {
                let written: Vec<&str> = written.iter().map(String::as_str).filter(|words| !words.is_empty()).collect();
                assert_eq!(told.words(), written, "{slug}");
            }
        }
    }
}

#[test]
fn heads_of_columns_and_rows_have_their_scope_and_figures_name_their_heads() {
    for Built { slug, elements, .. } in BUILT.iter() {
        let tables = told_tables(elements);
        let ids: BTreeSet<&str> = elements.iter().map(|element| element.id.as_str()).collect();
        for rows in &tables {
            let cells = || rows.iter().flat_map(|row| &row.cells);
            for head in cells().filter(|cell| cell.tag == "TH") {
                assert!(matches!(head.scope.as_str(), "Column" | "Row" | "Both"), "{slug}: {head:?}");
            }
            assert!(cells().all(|cell| cell.headers.iter().all(|id| ids.contains(id.as_str()))), "{slug}");
            // A form begins with the names of its fields; every other table with heads of columns.
            if !rows.first().is_some_and(Row::is_head) {
                continue;
            }
            for cell in cells().filter(|cell| cell.tag == "TD") {
                assert!(!cell.headers.is_empty(), "{slug}: {cell:?}");
            }
        }
        let with_rows = |rows: &&Vec<Row<'_>>| rows.iter().flat_map(|row| &row.cells).any(|cell| cell.scope == "Row");
        let named = tables.iter().filter(with_rows).count();
        assert!(named * 10 >= tables.len() * 7, "{slug}: {named} of {} tables name their rows", tables.len());
    }
}

#[test]
fn pictures_say_what_the_markdown_says_of_them() {
    for Built { slug, markdown, elements, alternatives, .. } in BUILT.iter() {
        let mut told = alternatives.clone();
        let mut written: Vec<String> =
            lines(markdown).into_iter().filter_map(|line| line.strip_prefix("> ")).map(bare).collect();
        assert_eq!(elements.iter().filter(|element| element.tag == "Figure").count(), written.len(), "{slug}");
        told.sort();
        written.sort();
        assert_eq!(told, written, "{slug}");
    }
}

#[test]
fn text_is_read_in_the_order_of_the_markdown() {
    let marker = Regex::new(r"^\s*(?:- )?").unwrap();
    for Built { slug, markdown, elements, .. } in BUILT.iter() {
        let told: String = elements.iter().map(|element| element.words.as_str()).collect();
        let mut from = 0;
        let text = |line: &&str| !line.is_empty() && !line.starts_with(['#', '|', '>']);
        let mut count = 0;
        for line in lines(markdown).into_iter().filter(text) {
            // Above a table body, label and unit stand side by side.
            for piece in marker.replace(line, "").split("　　").map(bare) {
                let found = told[from..].find(&piece);
                from += found.unwrap_or_else(|| panic!("{slug}: not read in its place: {line}")) + piece.len();
            }
            count += 1;
        }
        assert!(count > 20, "{slug}: {count} lines");
    }
}

/// What goes over pages says so on each of them, outside the text that is read aloud.
#[test]
fn a_table_that_goes_on_says_so_at_the_head_of_the_page_and_nowhere_in_the_tree() {
    let slug = "yantai-2024-final";
    let workspace = Workspace::with(slug);
    let pdf = workspace.path().join(format!("out/{slug}/{slug}.pdf"));
    let build = || {
        let output = workspace.run(&["build", &format!("data/{slug}"), "--formats", "pdf"]);
        assert!(output.status.success(), "{}", talk(&output));
    };
    build();
    let unmarked = tree(&pdf);
    let folder = "templates/profiles/yantai-final";
    std::fs::create_dir_all(workspace.path().join(folder)).unwrap();
    let profile = std::fs::read_to_string(repository().join(folder).join("profile.yaml")).unwrap();
    workspace
        .write(&format!("{folder}/profile.yaml"), &format!("{profile}\ntable_continued: 续表 {{title}}{{label}}\n"));
    build();
    let text = crate::same_figures::pdf_text(&pdf);
    let marked: Vec<&str> = text.split('\u{c}').filter(|page| page.trim_start().starts_with("续表")).collect();
    assert!(!marked.is_empty() && marked.len() < 8, "{} pages", marked.len());
    // Only a form goes on; tables of figures are set so that each is on one page.
    let form = "续表2024年度市级预算项目支出绩效自评表单位：万元";
    assert!(marked.iter().all(|page| bare(page).starts_with(form)), "{marked:?}");
    assert_eq!(text.matches("续表").count(), marked.len());
    assert_eq!(tree(&pdf), unmarked);
}

/// The tree without words.
fn tree(pdf: &Path) -> Vec<u8> {
    Command::new("pdfinfo").arg("-struct").arg(pdf).output().expect("poppler's pdfinfo").stdout
}
