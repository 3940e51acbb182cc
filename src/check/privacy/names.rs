//! Y005: a person named as contact.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "Y005",
        severity: Severity::Advice,
        title: "联系方式里有个人姓名",
        meaning: "联系方式宜写科室和办公电话，写个人姓名在人员变动后会失效，也属于个人信息。",
        remedy: "改成科室名称。",
        basis: basis::PERSONAL,
    },
    run,
};

static PERSON: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:联系人|经办人|负责人|填报人)\s*[:：]\s*\p{Han}{2,4}|\p{Han}{1,3}(?:先生|女士|同志|科长|主任|局长)")
        .ok()
});

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(pattern) = PERSON.as_ref() else { return Vec::new() };
    let unit = &subject.disclosure.unit;
    let own = [&unit.contact_office, &unit.contact_channel].into_iter().flatten().cloned();
    let texts = subject.disclosure.texts.values().map(|text| subject.sources.excerpt(text.body.span).to_owned());
    let contact: Vec<String> = own.collect();
    let named = texts.filter(|text| text.contains("联系人") || text.contains("经办人"));
    contact
        .iter()
        .cloned()
        .chain(named)
        .filter_map(|text| pattern.find(&text).map(|hit| hit.as_str().to_owned()))
        .map(|hit| RULE.found(format!("“{hit}”像是个人姓名")).at(subject.locate(&hit), "").help("改成科室名称。"))
        .collect()
}
