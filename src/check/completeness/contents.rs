//! K013: the contents list what the text has, and headings do not repeat.

use std::collections::BTreeSet;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    document::{Block, text_of},
    source::Span,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "K013",
        severity: Severity::Warning,
        title: "目录与正文标题对不上",
        meaning: "目录里的标题在正文里找不到，或同一级目录出现两个相同的标题，或没有目录。",
        remedy: "核对文种的 contents 和章节标题；当地样式就是如此的，写明豁免理由。",
        basis: basis::PRACTICE,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let titles: Vec<String> = subject
        .document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading(heading) => Some(text_of(&heading.text)),
            Block::Table(table) => Some(table.title.clone()),
            _ => None,
        })
        .collect();
    let contents = subject.document.blocks.iter().find_map(|block| match block {
        Block::Contents(contents) => Some(contents),
        _ => None,
    });
    let Some(contents) = contents else {
        return vec![RULE.found("没有目录").at(subject.home(), "这个文种").help(way_out(subject, None))];
    };
    let mut found = Vec::new();
    let (mut seen, mut part) = (BTreeSet::new(), 0);
    for entry in &contents.entries {
        part += usize::from(entry.level == 1);
        let known = titles.iter().any(|title| entry.text.ends_with(title.as_str()));
        let matching = titles.iter().filter(|title| !title.is_empty() && entry.text.ends_with(title.as_str()));
        let words = matching.max_by_key(|title| title.len());
        let repeated = words
            .is_some_and(|words| !seen.insert((if entry.level == 1 { 0 } else { part }, entry.level, words.clone())));
        if !known || repeated {
            let problem = if known { "重复了" } else { "在正文里没有" };
            let figure = format!("contents/{}", entry.text);
            let own = entry.text.rsplit(['、', ' ']).next().unwrap_or(&entry.text);
            let place = subject.locate(own);
            let finding = RULE.found(format!("目录里的“{}”{problem}", entry.text)).at(subject.home(), "这个文种");
            let finding = if place == subject.home() { finding } else { finding.at(place, "目录里的名称") };
            found.push(finding.help(way_out(subject, Some(place))).figure(figure));
        }
    }
    found
}

/// Titles and contents are the profile's: an officer keeps the local form with a reason, or has a file of it changed.
fn way_out(subject: &Subject<'_>, place: Option<Span>) -> String {
    let profile = format!("templates/profiles/{}/profile.yaml", subject.disclosure.profile.value);
    let file = place.map_or(profile.as_str(), |place| subject.sources.get(place.file).path.as_str());
    let file = if file.starts_with("templates/") { file } else { &profile };
    format!(
        "当地样式就是如此的，在文种的 waivers 里写明理由（只有这一份的，写在 disclosure.yaml 里）；要改的，在工作区的“{file}”里改（同名文件代替程序自带的）。"
    )
}
