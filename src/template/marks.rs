//! Private-use characters inside expanded text: references, and digits that come from the sources.
//!
//! A reference is U+E000, its index in private digits, U+E001. A digit out of a name or an own text is moved to private
//! use too. So any ordinary digit left after expansion was typed into a template.

use std::io::Write;

const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';
/// Digits of reference indexes.
const INDEX: u32 = 0xe010;
/// ASCII digits of data.
const DATA: u32 = 0xe020;
/// Full-width digits of data.
const WIDE: u32 = 0xe030;

/// The mark of the reference with an index.
pub(super) fn mark(index: usize) -> String {
    let digits = index
        .to_string()
        .bytes()
        .filter_map(|digit| char::from_u32(INDEX + u32::from(digit - b'0')))
        .collect::<String>();
    format!("{OPEN}{digits}{CLOSE}")
}

/// Text of the sources with its digits moved to private use.
pub(super) fn data(text: &str) -> String {
    if !text.bytes().any(may_be_digit) {
        return text.to_owned();
    }
    text.chars()
        .map(|c| match c {
            '0'..='9' => char::from_u32(DATA + (u32::from(c) - u32::from('0'))).unwrap_or(c),
            '０'..='９' => char::from_u32(WIDE + (u32::from(c) - u32::from('０'))).unwrap_or(c),
            other => other,
        })
        .collect()
}

/// First bytes of ASCII and full-width digits.
const fn may_be_digit(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | 0xef)
}

/// Text with digits of data moved back.
#[must_use]
pub fn plain(text: &str) -> String {
    // Characters of private use begin with this byte; most texts have none.
    if !text.as_bytes().contains(&0xee) {
        return text.to_owned();
    }
    text.chars()
        .map(|c| {
            let code = u32::from(c);
            let back = |base: u32, zero: char| char::from_u32(code - base + u32::from(zero)).unwrap_or(c);
            match code {
                DATA..0xe02a => back(DATA, '0'),
                WIDE..0xe03a => back(WIDE, '０'),
                _ => c,
            }
        })
        .collect()
}

/// Tera's escape function: what Markdown might take for markup gets a backslash; digits become digits of data. Context
/// strings hold names, never amounts.
pub(super) fn escape(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.write_all(b"\\")?;
        }
        let mut buffer = [0; 4];
        out.write_all(c.encode_utf8(&mut buffer).as_bytes())?;
    }
    Ok(())
}

/// A stretch of expanded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words, digits of data moved back; `typed` is the first ordinary digit run among them, which nothing accounts for.
    Text { words: String, typed: Option<String> },
    /// Index of a reference.
    Reference(usize),
}

/// Takes expanded text apart.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(OPEN) {
        push_text(&rest[..open], &mut found);
        let tail = &rest[open + OPEN.len_utf8()..];
        let Some(close) = tail.find(CLOSE) else {
            rest = tail;
            break;
        };
        let digits: String =
            tail[..close].chars().filter_map(|c| char::from_digit(u32::from(c).wrapping_sub(INDEX), 10)).collect();
        if let Ok(index) = digits.parse() {
            found.push(Piece::Reference(index));
        }
        rest = &tail[close + CLOSE.len_utf8()..];
    }
    push_text(rest, &mut found);
    found
}

fn push_text(text: &str, found: &mut Vec<Piece>) {
    if !text.is_empty() {
        let typed = crate::model::prose::first_number(text).map(str::to_owned);
        found.push(Piece::Text { words: plain(text), typed });
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, data, mark, pieces, plain};

    #[test]
    fn typed_digits_are_told_from_data() {
        let text = format!("{}有{}个，另3个", data("2024年项目"), mark(12));
        let found = pieces(&text);
        assert_eq!(found[0], Piece::Text { words: "2024年项目有".into(), typed: None });
        assert_eq!(found[1], Piece::Reference(12));
        assert_eq!(found[2], Piece::Text { words: "个，另3个".into(), typed: Some("3".into()) });
    }

    #[test]
    fn data_comes_back_unchanged() {
        assert_eq!(plain(&data("A０9，１0")), "A０9，１0");
    }
}
