//! X008: another unit of the same kind, left over from its text.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "X008",
        severity: Severity::Warning,
        title: "文字里是别的单位",
        meaning: "自写的文字里出现了同类的另一个单位，多半是照抄别处的材料时没有改名；标题里没有本单位名称也在此列。",
        remedy: "改成本单位的名称；确实说的是那个单位的写明豁免理由。",
        basis: basis::PRACTICE,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let unit = &subject.disclosure.unit;
    let mut found = Vec::new();
    let names: Vec<&str> = std::iter::once(unit.name.value.as_str())
        .chain(unit.short_names.iter().map(String::as_str))
        .chain(unit.members.iter().map(|member| member.name.as_str()))
        .collect();
    let title = &subject.document.meta.title;
    if !names.iter().any(|name| title.contains(name)) {
        let finding = RULE.found(format!("标题“{title}”里没有本单位的名称")).at(unit.name.span, "");
        found.push(finding.help("核对 title 和单位名称。"));
    }
    let Some(kind) = kind_of(&unit.name.value) else { return found };
    for (text, span) in subject.own_prose() {
        for (at, _) in text.match_indices(kind) {
            let before = &text[..at];
            let place: String = before.chars().rev().take_while(|c| !"，。、；：（）“”《》 \n".contains(*c)).collect();
            let place: String = place.chars().rev().collect();
            let named = place.ends_with(['省', '市', '县', '区', '旗', '州', '盟']);
            let whole = format!("{place}{kind}");
            if named && !names.iter().any(|name| whole.ends_with(name) || name.ends_with(&whole)) {
                let finding = RULE.found(format!("文字里有“{whole}”")).at(span, "");
                let finding = finding.figure(format!("text/{whole}"));
                found.push(finding.help("改成本单位的名称；确实说的是那个单位的写明豁免理由。"));
            }
        }
    }
    found
}

/// What stands after the place in a unit's name: 社会保险服务局.
fn kind_of(name: &str) -> Option<&str> {
    let at = name.rfind(['省', '市', '县', '区', '旗', '州', '盟'])?;
    let tail = &name[at..];
    let kind = &tail[tail.chars().next()?.len_utf8()..];
    (kind.chars().count() >= 4).then_some(kind)
}
