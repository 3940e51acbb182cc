//! Waivers take away the finding they name; one that names none is itself a finding.

use crate::{diagnostic::Diagnostic, facts::Facts, model::Disclosure};

/// Removes waived findings and reports waivers without one.
pub(super) fn apply(disclosure: &Disclosure, facts: &Facts, found: &mut Vec<Diagnostic>) {
    for waiver in &disclosure.waivers {
        let figure = match facts.address(&waiver.figure) {
            Ok(address) => facts.canonical(&address),
            // What a rule names may be no figure (a project); then the words must agree.
            Err(_) => waiver.figure.value.clone(),
        };
        let before = found.len();
        found.retain(|finding| !(finding.code == waiver.rule.value && finding.figure.as_ref() == Some(&figure)));
        if found.len() == before && !waiver.inherited {
            let message = format!("豁免“{} {}”不对应任何问题", waiver.rule.value, waiver.figure.value);
            found.push(
                Diagnostic::new("W001", message)
                    .at(waiver.figure.span, "")
                    .help("删去这条豁免，或改正它的规则与数字。"),
            );
        }
    }
}
