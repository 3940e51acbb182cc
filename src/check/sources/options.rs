//! L013: options and withheld tables the profile does not have.

use crate::{
    check::{Rule, Subject},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "L013",
        severity: Severity::Warning,
        title: "打开了文种没有的选项，或不公开没有的表",
        meaning: "options 或 withheld 里的名称在文种里找不到，写了等于没写。",
        remedy: "对照文种改正名称。",
        basis: "",
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let profile = subject.profile;
    let known: Vec<&str> = profile.file.parts.iter().filter_map(|part| part.option.as_deref()).collect();
    let mut found: Vec<Diagnostic> = subject
        .disclosure
        .options
        .iter()
        .filter(|option| !known.contains(&option.value.as_str()))
        .map(|option| {
            let help = if known.is_empty() {
                "这个文种没有选项，删去它。".to_owned()
            } else {
                format!("可以写：{}。", known.join("、"))
            };
            RULE.found(format!("文种没有选项“{}”", option.value)).at(option.span, "").help(help)
        })
        .collect();
    for withheld in &subject.disclosure.withheld {
        let name = &withheld.table.value;
        let titled = profile.tables.values().any(|table| table.title.value.contains(name.as_str()));
        if !titled && !profile.tables.contains_key(name) {
            let finding = RULE.found(format!("文种没有表格“{name}”")).at(withheld.table.span, "");
            found.push(finding.help("改成文种里的表名。"));
        }
    }
    found
}
