//! P014: projects and counts of projects that prose speaks of.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "P014",
        severity: Severity::Warning,
        title: "文中的项目不在项目清单里",
        meaning: "文字里说要评价、公开的项目，或项目的个数，与项目文件对不上。",
        remedy: "核对项目名称和个数；其他单位的项目照实说明并豁免。",
        basis: basis::EVALUATION,
    },
    run,
};

/// 对……[[=1个]]项目开展…评价
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"对(?:\[\[=[^\]]*\]\])?“?([\p{Han}（）]{4,40}?)”?(?:\[\[=?[^\]]*\]\])?(?:个|等)*项目(?:支出)?开展").ok()
});

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let projects = &subject.disclosure.projects;
    let Some(pattern) = NAMED.as_ref().filter(|_| !projects.is_empty()) else { return Vec::new() };
    let known = |name: &str| {
        projects.iter().any(|project| project.name.value.contains(name) || name.contains(&project.name.value))
    };
    let generic = ["全部", "所有", "本", "各", "年度", "部门", "上述", "以上", "纳入", "重点"];
    let mut found = Vec::new();
    for (name, text) in &subject.disclosure.texts {
        let body = subject.sources.excerpt(text.body.span);
        for captures in pattern.captures_iter(body) {
            let Some(named) = captures.get(1).map(|own| own.as_str()) else { continue };
            if known(named) || generic.iter().any(|word| named.starts_with(word)) {
                continue;
            }
            let finding = RULE.found(format!("文中的项目“{named}”不在项目文件里")).at(subject.locate(named), "");
            found.push(finding.figure(format!("text/{name}")).help("核对项目名称；其他单位的项目写明豁免理由。"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::NAMED;

    #[test]
    fn a_long_clause_before_a_name_does_not_hide_it() {
        let text = format!("对{}对养老保险补助项目开展评价", "全市各级社会保险经办机构".repeat(4));
        let names: Vec<&str> =
            NAMED.as_ref().unwrap().captures_iter(&text).filter_map(|hit| Some(hit.get(1)?.as_str())).collect();
        assert_eq!(names, ["养老保险补助"]);
    }
}
