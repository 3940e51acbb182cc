//! C003: reasons for what did not change, or for nothing.

use crate::{
    check::{Rule, Subject},
    diagnostic::{Diagnostic, Entry, Severity},
    model::Stretch,
    money::Case,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "C003",
        severity: Severity::Advice,
        title: "原因没有用处",
        meaning: "写了原因的数字没有变化，或者没有可比的基数，这条原因不会印出。",
        remedy: "删去这条原因；该有变化的核对两个阶段的数。",
        basis: "",
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for reason in &subject.disclosure.reasons {
        let address = match subject.facts.address(&reason.figure) {
            Ok(address) => address,
            Err(error) => {
                found.push(error.diagnostic(reason.figure.span));
                continue;
            }
        };
        let Ok((change, _)) = subject.facts.change(&address, reason.base) else { continue };
        let idle = match change.case {
            Case::Equal | Case::BothZero => "没有变化",
            Case::NotComparable => "没有可比的数",
            Case::Up | Case::Down | Case::FromZero | Case::ToZero => continue,
        };
        // Some profiles print what is said about an unchanged figure.
        if reason.texts.iter().any(|text| subject.text.contains(first_words(text))) {
            continue;
        }
        let message = format!("{}与{}{idle}，却写了原因", subject.spoken(&reason.figure), reason.base.term());
        let finding = RULE.found(message).at(reason.span, "").figure(subject.facts.canonical(&address));
        found.push(finding.help("删去这条原因，或核对两个阶段的数。"));
    }
    found
}

/// The beginning of a text that stands in the document as it stands in the source.
fn first_words(prose: &crate::model::Prose) -> &str {
    prose
        .stretches
        .iter()
        .find_map(|stretch| if let Stretch::Words(words) = stretch { Some(words.trim()) } else { None })
        .unwrap_or("")
}
