//! Digits typed into a template: found in its own text, so that the place is exact.

use crate::{
    diagnostic::Diagnostic,
    model::prose::first_number,
    profile::Template,
    source::{Located, Span},
};

/// All typed digits of a template outside `{{ }}`, `{% %}` and `{# #}`.
pub(super) fn check(template: &Template) -> Vec<Diagnostic> {
    let bound = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let place = |at: usize, number: &str| Span { file: template.file, start: bound(at), end: bound(at + number.len()) };
    numbers(template).into_iter().map(|(at, number)| finding(number, place(at, number))).collect()
}

/// The numbers typed into a template, each reported at its place: what they lead to after expansion is no news.
#[must_use]
pub fn typed_numbers(template: &Template) -> Vec<String> {
    numbers(template).into_iter().map(|(_, number)| number.to_owned()).collect()
}

fn numbers(template: &Template) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (start, text) in outside(&template.text) {
        let mut from = 0;
        while let Some(number) = first_number(&text[from..]) {
            let Some(at) = text[from..].find(number).map(|at| from + at) else { break };
            found.push((start + at, number));
            from = at + number.len();
        }
    }
    found
}

/// The same for a text of a specification; its place is the scalar.
pub(super) fn check_snippet(text: &Located<String>) -> Option<Diagnostic> {
    let number = outside(&text.value).into_iter().find_map(|(_, part)| first_number(part))?;
    Some(finding(number, text.span))
}

fn finding(number: &str, span: Span) -> Diagnostic {
    Diagnostic::new("E002", format!("模板里直接写了“{number}”"))
        .at(span, "未声明的数字")
        .help("由台账算出的用 {{ figure(of=…) }}，年份用 {{ year() }}，固定的数字用 {{ literal(text=…) }}。")
}

/// The stretches of a template that are printed as they stand, with their offsets.
fn outside(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let next =
            ["{{", "{%", "{#"].into_iter().filter_map(|mark| text[at..].find(mark).map(|offset| (offset, mark))).min();
        let Some((offset, mark)) = next else {
            found.push((at, &text[at..]));
            break;
        };
        found.push((at, &text[at..at + offset]));
        let close = match mark {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        let from = at + offset + mark.len();
        at = text[from..].find(close).map_or(text.len(), |end| from + end + close.len());
    }
    // Braces inside addresses end in `}}` only at the end of an expression, since conditions close with `}@` or `}"`.
    found
}
