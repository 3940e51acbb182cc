//! Waivers take away the finding they name; one that names none is itself a finding.

use crate::{
    diagnostic::{Diagnostic, Severity},
    facts::Facts,
    model::Disclosure,
};

/// Removes waived findings and reports waivers without one; where sources could not be read, a rule may not have come
/// to what is waived.
pub(super) fn apply(disclosure: &Disclosure, facts: &Facts, found: &mut Vec<Diagnostic>) {
    let unread = |finding: &Diagnostic| finding.severity == Severity::Error && finding.code.starts_with(['S', 'M']);
    let all_read = !found.iter().any(unread);
    for waiver in &disclosure.waivers {
        let figure = match facts.address(&waiver.figure) {
            Ok(address) => facts.canonical(&address),
            // What a rule names may be no figure (a project); then the words must agree.
            Err(_) => waiver.figure.value.clone(),
        };
        let before = found.len();
        found.retain(|finding| !(finding.code == waiver.rule.value && finding.figure.as_ref() == Some(&figure)));
        if found.len() == before && all_read && !waiver.inherited {
            let message = format!("豁免“{} {}”不对应任何问题", waiver.rule.value, waiver.figure.value);
            found.push(
                Diagnostic::new("W001", message)
                    .at(waiver.figure.span, "")
                    .help("删去这条豁免，或改正它的规则与数字。"),
            );
        }
    }
}
