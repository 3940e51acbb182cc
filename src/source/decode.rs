//! Bytes to text: encoding, byte order mark, line ends, and the slips of Chinese keyboards that YAML parsers
//! answer with riddles.

use super::{
    file::{FileId, Span},
    problem::{Problem, ProblemKind},
};

/// A source may have at most this many bytes.
pub const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// Decodes a file. Text comes back even where there are problems, so that they can be shown in their lines.
#[must_use]
pub fn decode(file: FileId, bytes: &[u8]) -> (String, Vec<Problem>) {
    let whole = Span::start_of(file);
    let size = bytes.len() as u64;
    if size > MAX_BYTES {
        let kind = ProblemKind::TooLarge { bytes: size, limit: MAX_BYTES };
        return (String::new(), vec![Problem { span: whole, kind }]);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let text = if text.contains('\r') { text.replace("\r\n", "\n") } else { text.to_owned() };
            let problems = slips(file, &text);
            (text, problems)
        }
        Err(error) => {
            let (text, _, broken) = encoding_rs::GB18030.decode(bytes);
            let (text, gbk) = if broken { (String::from_utf8_lossy(bytes), false) } else { (text, true) };
            // The place of the first bad byte, or, since two bytes of GBK may pass for UTF-8, of the first that is not ASCII:
            // up to there the bytes are the text that is shown.
            let foreign = bytes.iter().position(|byte| !byte.is_ascii()).filter(|_| gbk);
            let at = u32::try_from(foreign.unwrap_or(error.valid_up_to())).unwrap_or(0);
            let span = Span { file, start: at, end: at };
            (text.into_owned(), vec![Problem { span, kind: ProblemKind::Encoding { gbk } }])
        }
    }
}

/// Tabs and odd blanks in indentation, and full-width colons after what looks like a key.
fn slips(file: FileId, text: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut block: Option<usize> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent =
            line.len() - line.trim_start_matches([' ', '\t', '\u{a0}', '\u{3000}', '\u{2002}', '\u{2003}']).len();
        let content = line.trim_end();
        if block.is_some_and(|depth| content.len() <= indent || indent > depth) {
            start += line.len();
            continue;
        }
        block = content.ends_with(['|', '>']).then_some(indent).filter(|_| content.contains(": "));
        if content.len() > indent && !content[indent..].starts_with('#') {
            found.extend(indentation(file, start, &line[..indent]));
            found.extend(colon(file, start + indent, &content[indent..]));
        }
        start += line.len();
    }
    found
}

fn indentation(file: FileId, start: usize, blanks: &str) -> Option<Problem> {
    let (at, character) = blanks.char_indices().find(|(_, character)| *character != ' ')?;
    let kind = if character == '\t' { ProblemKind::Tab } else { ProblemKind::OddBlank { character } };
    Some(Problem { span: place(file, start + at, character.len_utf8()), kind })
}

/// `amount：12` or `fund:\u{a0}一般公共预算`: an ASCII key, then a full-width colon, or a colon and an odd blank.
fn colon(file: FileId, start: usize, content: &str) -> Option<Problem> {
    let body = content.trim_start_matches("- ");
    let offset = content.len() - body.len();
    let end = body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))?;
    let rest = &body[end..];
    if end == 0 {
        return None;
    }
    if rest.starts_with('：') {
        let span = place(file, start + offset + end, '：'.len_utf8());
        return Some(Problem { span, kind: ProblemKind::FullWidthColon });
    }
    let character = rest.strip_prefix(':')?.chars().next().filter(|c| c.is_whitespace() && !c.is_ascii())?;
    let span = place(file, start + offset + end + 1, character.len_utf8());
    Some(Problem { span, kind: ProblemKind::OddBlank { character } })
}

fn place(file: FileId, start: usize, length: usize) -> Span {
    let start = u32::try_from(start).unwrap_or(u32::MAX);
    Span { file, start, end: start.saturating_add(u32::try_from(length).unwrap_or(0)) }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::source::FileId;

    #[test]
    fn the_place_of_a_bad_byte_is_a_place_of_the_text_shown() {
        // UTF-8 all through that ends in GBK, GBK after ASCII, neither of both.
        let mixed = b"\xe5\x90\x8d\xe7\xa7\xb0: \xc3\xfb\xb3\xc6\n".as_slice();
        for (bytes, before) in [(mixed, ""), (b"name: \xc3\xfb\n", "name: "), (b"\xe5\x90\x8d\xff\n", "名")] {
            let (text, problems) = decode(FileId(0), bytes);
            let place = problems[0].span.start as usize;
            assert!(text.is_char_boundary(place) && place < text.len(), "{text:?} {place}");
            assert_eq!(&text[..place], before, "{text:?}");
        }
    }
}
