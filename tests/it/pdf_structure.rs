//! The PDF as independent readers see it: sound, archival, tagged, with everything embedded. Poppler and qpdf are
//! needed; without them these tests fail.

use std::{path::PathBuf, process::Command, sync::LazyLock};

use regex::Regex;

use crate::{
    same_figures::pdf_text,
    workspace::{Workspace, talk},
};

const SLUG: &str = "huzhu-2024-budget";

struct Built {
    _workspace: Workspace,
    pdf: PathBuf,
}

static BUILT: LazyLock<Built> = LazyLock::new(|| {
    let workspace = Workspace::with(SLUG);
    let output = workspace.run(&["build", &format!("data/{SLUG}"), "--formats", "pdf"]);
    assert!(output.status.success(), "{}", talk(&output));
    let pdf = workspace.path().join(format!("out/{SLUG}/{SLUG}.pdf"));
    Built { _workspace: workspace, pdf }
});

/// What a tool prints about the file; its exit code must be 0.
fn told(tool: &str, options: &[&str]) -> String {
    let output =
        Command::new(tool).args(options).arg(&BUILT.pdf).output().unwrap_or_else(|_| panic!("{tool} is needed"));
    assert!(output.status.success(), "{tool}: {}", talk(&output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn qpdf_finds_nothing_wrong() {
    let text = told("qpdf", &["--check"]);
    assert!(text.contains("No syntax or stream encoding errors found"), "{text}");
}

#[test]
fn metadata_claim_archival_and_accessible_pdf() {
    let info = told("pdfinfo", &[]);
    for line in ["Tagged:          yes", "PDF version:     1.7", "Creator:         gen", "Encrypted:       no"] {
        assert!(info.contains(line), "{line}\n{info}");
    }
    let metadata = told("pdfinfo", &["-meta"]);
    for claim in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "zh-CN",
    ] {
        assert!(metadata.contains(claim), "{claim}\n{metadata}");
    }
}

#[test]
fn every_font_is_embedded_and_has_unicode() {
    let table = told("pdffonts", &[]);
    let fonts: Vec<&str> = table.lines().skip(2).collect();
    assert!(fonts.len() >= 3, "{table}");
    let columns = Regex::new(r" yes yes yes +\d+ +\d+$").unwrap();
    for font in fonts {
        assert!(columns.is_match(font), "embedded, subset, with a map to Unicode: {font}");
    }
}

#[test]
fn headings_are_consecutive_in_the_tag_tree() {
    let tree = told("pdfinfo", &["-struct"]);
    let heading = Regex::new(r"(?m)^ *H([1-6])\b").unwrap();
    let levels: Vec<u8> = heading.captures_iter(&tree).map(|found| found[1].parse().unwrap()).collect();
    assert!(levels.len() > 20, "{levels:?}");
    assert_eq!(levels[0], 1);
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "a level is skipped: {levels:?}");
    }
}

#[test]
fn tables_have_heads_and_charts_have_words() {
    let tree = told("pdfinfo", &["-struct"]);
    let count = |tag: &str| Regex::new(&format!(r"(?m)^ *{tag}\b")).unwrap().find_iter(&tree).count();
    assert!(count("Table") >= 9, "nine tables");
    assert!(count("TH") > 50 && count("TD") > 300);
    assert!(count("Figure") >= 4, "four charts");
    // Each figure tells its words: 年…构成 with shares.
    let raw =
        Command::new("qpdf").args(["--qdf", "--object-streams=disable"]).arg(&BUILT.pdf).arg("-").output().unwrap();
    let alternatives = raw.stdout.windows(4).filter(|bytes| bytes == b"/Alt").count();
    assert!(alternatives >= count("Figure"), "every figure has an alternative text");
}

#[test]
fn wide_tables_lie_across_and_the_contents_name_pages() {
    let info = told("pdfinfo", &["-l", "999"]);
    let size = Regex::new(r"(?m)^Page +\d+ size: +([\d.]+) x ([\d.]+) pts").unwrap();
    let points = |text: &str| text.split('.').next().and_then(|whole| whole.parse::<u32>().ok()).expect("points");
    let across = size.captures_iter(&info).filter(|page| points(&page[1]) > points(&page[2])).count();
    assert!(across >= 1, "{info}");
    let text = pdf_text(&BUILT.pdf);
    let first = text.split('\u{c}').next().unwrap();
    assert!(first.contains("目录"));
    let entries = Regex::new(r"(?m)·\s*\d+\s*$").unwrap().find_iter(first).count();
    assert!(entries >= 15, "entries with leaders and page numbers:\n{first}");
}
