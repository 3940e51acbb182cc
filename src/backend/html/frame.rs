//! The frame of a page: head, policy, style, script.
//!
//! In: what the head says, the theme. Out: everything before and after the content.
//! Never knows: the content.

use super::Theme;
use super::markup::Markup;

/// No request leaves the page, and nothing but its own style and script runs.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

pub(super) struct Head<'a> {
    pub(super) title: &'a str,
    pub(super) author: &'a str,
    /// ISO date or empty.
    pub(super) date: &'a str,
    pub(super) language: &'a str,
    /// Class of the page, for the style sheet.
    pub(super) class: &'a str,
}

pub(super) fn open(out: &mut Markup, head: &Head<'_>, theme: &Theme<'_>) {
    out.raw("<!DOCTYPE html>\n");
    out.open("html", &[("lang", head.language)]);
    out.raw("\n<head>\n<meta charset=\"utf-8\">\n");
    out.open("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]);
    out.raw("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    for (name, content) in [("author", head.author), ("dcterms.date", head.date)] {
        if !content.is_empty() {
            out.open("meta", &[("name", name), ("content", content)]);
            out.line();
        }
    }
    out.element("title", &[], head.title);
    out.raw("\n<style>\n");
    out.raw(theme.css.trim());
    out.raw("\n</style>\n</head>\n");
    out.open("body", &[("class", head.class)]);
    out.raw("\n<a class=\"skip\" href=\"#text\">跳到正文</a>\n");
}

pub(super) fn close(out: &mut Markup, theme: &Theme<'_>) {
    let script = theme.script.trim();
    if !script.is_empty() {
        out.raw("<script>\n");
        out.raw(script);
        out.raw("\n</script>\n");
    }
    out.raw("</body>\n</html>\n");
}
