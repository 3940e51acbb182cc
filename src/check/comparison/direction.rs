//! C002: a reason that speaks of the other direction.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    money::Case,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "C002",
        severity: Severity::Warning,
        title: "原因与增减方向相反",
        meaning: "数字增加了，原因说的却全是减少（或相反），多半是数字正负号或原因抄错。",
        remedy: "核对两个阶段的数，或改写原因。",
        basis: basis::PRACTICE,
    },
    run,
};

const UP: &[&str] = &["增加", "增长", "提高", "上升", "上调", "新增", "追加", "增多", "上涨"];
const DOWN: &[&str] = &["减少", "下降", "降低", "压减", "压缩", "调减", "核减", "取消", "缩减", "节约"];

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for reason in &subject.disclosure.reasons {
        let Some(address) = subject.address(&reason.figure) else { continue };
        let Ok((change, _)) = subject.facts.change(&address, reason.base) else { continue };
        let text: String = reason.texts.iter().map(|prose| subject.sources.excerpt(prose.span)).collect();
        let (up, down) = (UP.iter().any(|word| text.contains(word)), DOWN.iter().any(|word| text.contains(word)));
        let wrong = match change.case {
            Case::Up | Case::FromZero => down && !up,
            Case::Down | Case::ToZero => up && !down,
            Case::Equal | Case::BothZero | Case::NotComparable => false,
        };
        if wrong {
            let word = if down { "减少" } else { "增加" };
            let message = format!(
                "{}{}，原因说的是{word}",
                subject.spoken(&reason.figure),
                if down { "增加了" } else { "减少了" }
            );
            let finding = RULE.found(message).at(reason.span, "").figure(subject.facts.canonical(&address));
            found.push(finding.help("核对两个阶段的数，或改写原因。"));
        }
    }
    found
}
