//! X002: words and punctuation written twice.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "X002",
        severity: Severity::Warning,
        title: "重复的词或标点",
        meaning: "连着写了两遍的词、单位或标点，多半是修改时留下的。",
        remedy: "删去多余的一个；原因不要再写“主要是”和句号，文种会加上。",
        basis: basis::PUNCTUATION,
    },
    run,
};

static DOUBLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new("[，。、；：！？]{2,}|万元万|元元|%%|％％|的的|是是|了了|和和|在在|为为为|主要是主要|原因是原因|由于由于|因为因为|增加增加|减少减少|支出支出支出|年年度|年度年度").ok()
});

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(pattern) = DOUBLED.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    let text = &subject.text;
    let inside = |character: &char| *character != '\n';
    for hit in pattern.find_iter(text) {
        // A few characters of the paragraph on both sides, so that a reader finds the place.
        let before: Vec<char> = text[..hit.start()].chars().rev().take_while(inside).take(6).collect();
        let before: String = before.into_iter().rev().collect();
        let around: String = text[hit.start()..].chars().take_while(inside).take(12).collect();
        // The first character may be the profile's and the rest the unit's own.
        let spoken = format!("{before}{around}");
        let around = around.trim_end_matches(['。', '，', '；']);
        // Marks alone stand in every file.
        let told = |text: &&str| text.chars().filter(|character| character.is_alphanumeric()).count() > 1;
        let ends = around.char_indices().take(4).map(|(at, _)| &around[at..]);
        let own = ends.filter(told).map(|text| subject.locate(text));
        let span = own.into_iter().find(|span| *span != subject.home()).unwrap_or_else(|| subject.home());
        let finding = RULE
            .found(format!("“{spoken}”里“{}”重复", hit.as_str()))
            .at(span, "")
            .figure(format!("text/{}", hit.as_str()));
        // One text may be printed several times.
        if !found.iter().any(|own: &Diagnostic| own.places == finding.places) || span == subject.home() {
            found.push(finding.help("删去多余的一个。"));
        }
    }
    found
}
