//! Waivers take away the finding they name; one of a disclosure that names none is itself a finding. Those of a profile say
//! where the local form differs from a rule, for all disclosures alike.

use crate::{
    check,
    diagnostic::{Diagnostic, Severity},
    facts::Facts,
    model::Disclosure,
    profile::Profile,
    source::Located,
};

/// Removes waived findings and reports waivers without one; where sources could not be read, a rule may not have come
/// to what is waived.
pub(super) fn apply(disclosure: &Disclosure, profile: &Profile, facts: &Facts, found: &mut Vec<Diagnostic>) {
    for local in &profile.file.waivers {
        take_away(&local.rule, &local.figure, facts, found);
        if check::entry(&local.rule).is_none() {
            let message = format!("没有规则“{}”，这条豁免不对应任何问题", local.rule.value);
            found.push(Diagnostic::new("W001", message).at(local.rule.span, "").help("改正规则的编码。"));
        }
    }
    let unread = |finding: &Diagnostic| finding.severity == Severity::Error && finding.code.starts_with(['S', 'M']);
    let all_read = !found.iter().any(unread);
    for waiver in &disclosure.waivers {
        let waived = take_away(&waiver.rule, &waiver.figure, facts, found);
        if !waived && all_read && !waiver.inherited {
            let message = format!("豁免“{} {}”不对应任何问题", waiver.rule.value, waiver.figure.value);
            found.push(
                Diagnostic::new("W001", message)
                    .at(waiver.figure.span, "")
                    .help("删去这条豁免，或改正它的规则与数字。"),
            );
        }
    }
}

/// Removes the findings of a rule about a figure; whether there were any.
fn take_away(rule: &str, figure: &Located<String>, facts: &Facts, found: &mut Vec<Diagnostic>) -> bool {
    let figure = match facts.address(figure) {
        Ok(address) => facts.canonical(&address),
        // What a rule names may be no figure (a project); then the words must agree.
        Err(_) => figure.value.clone(),
    };
    let before = found.len();
    found.retain(|finding| !(finding.code == rule && finding.figure.as_ref() == Some(&figure)));
    found.len() < before
}
