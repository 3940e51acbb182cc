//! Digits typed into a template: found in its own text, so that the place is exact.

use crate::{
    diagnostic::Diagnostic,
    model::prose::first_number,
    profile::Template,
    source::{Located, Span},
};

/// All typed digits of a template outside `{{ }}`, `{% %}` and `{# #}`: the numbers, and a finding for each at its place.
pub(super) fn check(template: &Template) -> (Vec<String>, Vec<Diagnostic>) {
    let bound = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let place = |at: usize, number: &str| Span { file: template.file, start: bound(at), end: bound(at + number.len()) };
    numbers(&template.text).map(|(at, number)| (number.to_owned(), finding(number, place(at, number)))).unzip()
}

fn numbers(template: &str) -> impl Iterator<Item = (usize, &str)> {
    outside(template).flat_map(|(start, text)| {
        let mut from = 0;
        std::iter::from_fn(move || {
            let number = first_number(&text[from..])?;
            let at = from + text[from..].find(number)?;
            from = at + number.len();
            Some((start + at, number))
        })
    })
}

/// The same for a text of a specification; its place is the scalar.
pub(super) fn check_snippet(text: &Located<String>) -> Option<Diagnostic> {
    let (_, number) = numbers(&text.value).next()?;
    Some(finding(number, text.span))
}

fn finding(number: &str, span: Span) -> Diagnostic {
    Diagnostic::new("E002", format!("模板里直接写了“{number}”"))
        .at(span, "未声明的数字")
        .help("由台账算出的用 {{ figure(of=…) }}，年份用 {{ year() }}，固定的数字用 {{ literal(text=…) }}。")
}

/// The stretches of a template that are printed as they stand, with their offsets.
///
/// Braces inside addresses end in `}}` only at the end of an expression, since conditions close with `}@` or `}"`.
fn outside(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let start = at;
        let (open, close) = mark(&text[start..]);
        let from = start + open;
        at = close.map_or(text.len(), |close| text[from + 2..].find(close).map_or(text.len(), |end| from + end + 4));
        Some((start, &text[start..from]))
    })
}

/// Where the first mark opens, and what closes it; the end of the text where there is none.
fn mark(text: &str) -> (usize, Option<&'static str>) {
    for (at, _) in text.match_indices('{') {
        match text.as_bytes().get(at + 1) {
            Some(b'{') => return (at, Some("}}")),
            Some(b'%') => return (at, Some("%}")),
            Some(b'#') => return (at, Some("#}")),
            _ => {}
        }
    }
    (text.len(), None)
}
