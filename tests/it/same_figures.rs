//! The figures of the three backends are the same: Markdown, the text of the HTML and the text of the PDF as poppler
//! reads it. A missing pdftotext fails these tests.

use std::{path::Path, process::Command};

use regex::Regex;

use crate::workspace::{Workspace, talk};

/// Amounts and percentages with decimals, in order. Page numbers and row numbers have none.
fn figures(text: &str) -> Vec<String> {
    let number = Regex::new(r"\d[\d,]*\.\d+%?").unwrap();
    number.find_iter(text).map(|found| found.as_str().to_owned()).collect()
}

/// The stretches between 第一部分, 第二部分 …, each from its last mention: the first one is that of the contents.
fn parts(text: &str) -> Vec<&str> {
    let starts: Vec<usize> = ["一", "二", "三", "四", "五", "六"]
        .iter()
        .filter_map(|number| text.rfind(&format!("第{number}部分")))
        .collect();
    assert!(starts.len() > 2, "the parts are found");
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| &text[*start..end]).collect()
}

/// HTML as a reader sees it; of a chart either nothing or the words in its picture.
fn html_text(html: &str, pictures: bool) -> String {
    let unseen = Regex::new(r"(?s)<(head|style|script|template)\b.*?</(?:head|style|script|template)>").unwrap();
    let chart = Regex::new(r#"(?s)<figure class="chart".*?</figure>"#).unwrap();
    let words = Regex::new(r"(?s)<text\b.*?</text>").unwrap();
    let tag = Regex::new(r"<[^>]*>").unwrap();
    let html = unseen.replace_all(html, "");
    let html = chart.replace_all(&html, |found: &regex::Captures<'_>| {
        let inside: Vec<&str> = words.find_iter(&found[0]).map(|word| word.as_str()).collect();
        if pictures { inside.join(" ") } else { String::new() }
    });
    tag.replace_all(&html, " ").into_owned()
}

pub(crate) fn pdf_text(path: &Path) -> String {
    let output = Command::new("pdftotext").arg("-layout").arg(path).arg("-").output().expect("poppler's pdftotext");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn sorted(mut figures: Vec<String>) -> Vec<String> {
    figures.sort();
    figures
}

fn agree(slug: &str, least: usize) {
    let workspace = Workspace::with(slug);
    let built = workspace.run(&["build", &format!("data/{slug}")]);
    assert!(built.status.success(), "{}", talk(&built));
    let out = format!("out/{slug}");
    let markdown: String = workspace
        .read(&format!("{out}/{slug}.md"))
        .lines()
        .filter(|line| !line.starts_with("> ")) // a chart in words
        .map(|line| format!("{line}\n"))
        .collect();
    let html = workspace.read(&format!("{out}/index.html"));
    let (plain, pictured) = (html_text(&html, false), html_text(&html, true));
    let pdf = pdf_text(&workspace.path().join(format!("{out}/{slug}.pdf")));
    assert_eq!(parts(&markdown).len(), parts(&pdf).len());
    let mut all = 0;
    for (index, own) in parts(&markdown).into_iter().enumerate() {
        let own = figures(own);
        all += own.len();
        assert_eq!(own, figures(parts(&plain)[index]), "part {} of Markdown and HTML", index + 1);
        let (screen, paper) = (figures(parts(&pictured)[index]), figures(parts(&pdf)[index]));
        assert_eq!(sorted(screen), sorted(paper), "part {} of HTML and PDF", index + 1);
    }
    assert!(all >= least, "{slug} has only {all} figures");
}

#[test]
fn huzhu_2024_budget() {
    agree("huzhu-2024-budget", 300);
}
