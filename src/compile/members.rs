//! A department's members that have disclosures of their own, read to be joined with it.

use crate::{
    diagnostic::{Diagnostic, Severity},
    model::{self, Disclosure, Part, Scope},
    source::Located,
};

use super::load::Loader;

/// Joins the members that a department names; any other disclosure comes back as it is.
pub(super) fn join(loader: &mut Loader<'_>, department: Disclosure) -> Disclosure {
    let named: Vec<(String, Located<String>)> = department
        .unit
        .members
        .iter()
        .filter_map(|member| Some((member.id.clone(), member.disclosure.clone()?)))
        .collect();
    match department.scope {
        Scope::Unit => return department,
        Scope::Department if named.is_empty() => return department,
        Scope::Department => {}
    }
    let parts: Vec<Part> =
        named.into_iter().filter_map(|(member, named)| part(loader, &department, member, named)).collect();
    let (department, found) = model::consolidate(department, &parts);
    loader.found.extend(found);
    department
}

/// Loads one. Its own findings are told when it is checked itself; here it is told that there are errors.
fn part(loader: &mut Loader<'_>, department: &Disclosure, member: String, named: Located<String>) -> Option<Part> {
    let before = loader.found.len();
    let read = read(loader, &named.value);
    let errors = loader.found[before..].iter().filter(|finding| finding.severity == Severity::Error).count();
    loader.found.truncate(before);
    let mut report = |message: String, help: &str| {
        loader.found.push(Diagnostic::new("M005", message).at(named.span, "").help(help));
    };
    let own = match read {
        Some(own) if errors == 0 => own,
        Some(_) | None => {
            report(
                format!("读不了所属单位的公开“{}”", named.value),
                "核对 disclosure 里的文件夹名；所属单位的公开要先能通过核对。",
            );
            return None;
        }
    };
    if (own.kind, own.year) != (department.kind, department.year) {
        let message = format!("“{}”是 {} 年的{}，不能汇总到这份公开", named.value, own.year.0, own.kind.term());
        report(message, "改成同一年度、同一种类的公开。");
        return None;
    }
    Some(Part { member, named, disclosure: own })
}

fn read(loader: &mut Loader<'_>, slug: &str) -> Option<Disclosure> {
    let (folder, head) = loader.folder(slug);
    let head = head?;
    let chart = loader.chart(head.year.value);
    let (disclosure, found) = model::read(slug, head, &folder, chart, &loader.sources);
    loader.found.extend(found);
    disclosure
}
