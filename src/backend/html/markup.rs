//! Markup: text that grows by elements and escapes what it is given.
//!
//! In: tag names and attributes written in the code, words from the document. Out: HTML.
//! Never knows: the document.

/// An attribute. An empty value leaves the attribute out; a value equal to its name is a boolean attribute.
pub(super) type Attribute<'a> = (&'a str, &'a str);

#[derive(Debug, Default)]
pub(super) struct Markup(String);

impl Markup {
    pub(super) fn into_text(self) -> String {
        self.0
    }

    pub(super) fn open(&mut self, tag: &str, attributes: &[Attribute<'_>]) {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            self.0.push(' ');
            self.0.push_str(name);
            if name != value {
                self.0.push_str("=\"");
                escape(value, &mut self.0);
                self.0.push('"');
            }
        }
        self.0.push('>');
    }

    pub(super) fn close(&mut self, tag: &str) {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
    }

    /// Words of the document; their line breaks are kept.
    pub(super) fn text(&mut self, words: &str) {
        for (number, line) in words.lines().enumerate() {
            if number > 0 {
                self.0.push_str("<br>");
            }
            escape(line, &mut self.0);
        }
    }

    /// An element with nothing but words in it.
    pub(super) fn element(&mut self, tag: &str, attributes: &[Attribute<'_>], words: &str) {
        self.open(tag, attributes);
        self.text(words);
        self.close(tag);
    }

    /// Markup made elsewhere: a drawn chart, the style sheet.
    pub(super) fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// A line break of the file, so that two builds can be compared line by line.
    pub(super) fn line(&mut self) {
        self.0.push('\n');
    }
}

fn escape(words: &str, out: &mut String) {
    let mut rest = words;
    while let Some(at) = rest.bytes().position(may_need_escape) {
        out.push_str(&rest[..at]);
        let mut signs = rest[at..].chars();
        match signs.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') => out.push_str("&quot;"),
            // No control character is allowed in HTML, and none has a meaning here.
            Some(other) if !other.is_control() || matches!(other, '\t' | '\n') => out.push(other),
            Some(_) | None => {}
        }
        rest = signs.as_str();
    }
    out.push_str(rest);
}

/// First bytes of what is escaped or left out; C1 controls begin with 0xC2. Most words have none.
const fn may_need_escape(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'"' | 0..=0x1f | 0x7f | 0xc2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_attributes_are_escaped() {
        let mut markup = Markup::default();
        markup.element(
            "p",
            &[("title", "\"><script>"), ("class", ""), ("hidden", "hidden")],
            "甲<乙 & 丙\n丁\u{1}·\u{85}\u{7f}§",
        );
        assert_eq!(markup.into_text(), "<p title=\"&quot;&gt;&lt;script&gt;\" hidden>甲&lt;乙 &amp; 丙<br>丁·§</p>");
    }
}
