//! X006: counts that begin with a zero.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "X006",
        severity: Severity::Warning,
        title: "数量前多了零",
        meaning: "“00辆”“01个”一类的写法，多半是模板的零和填入的数连在了一起。",
        remedy: "删去多余的零。",
        basis: basis::NUMERALS,
    },
    run,
};

static ZEROS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m)(?:^|[^0-9０-９.,，])(0[0-9０-９]+)(?:辆|台|套|个|人|批|项|家|次|万元|元)").ok());

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(pattern) = ZEROS.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for captures in pattern.captures_iter(&subject.text) {
        if let Some(number) = captures.get(1) {
            let finding = RULE.found(format!("“{}”前多了零", number.as_str()));
            found.push(finding.at(subject.locate(number.as_str()), "").help("删去多余的零。"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::ZEROS;

    #[test]
    fn zeros_behind_a_digit_of_either_width_belong_to_its_number() {
        let found = |text: &str| ZEROS.as_ref().unwrap().is_match(text);
        assert!(found("公务用车00辆") && found("一行\n01个"));
        assert!(!found("100辆") && !found("１00辆") && !found("1,000元"));
    }
}
