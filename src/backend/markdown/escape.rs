//! Escapes: words that must stay words in a Markdown file.
//!
//! In: final text. Out: the same text with a backslash only where a forge would otherwise read a mark.
//! Never knows: where in the document the text stands, beyond line start and cell.

/// Text inside a line.
pub(super) fn inline(text: &str) -> String {
    // Most words hold nothing that might be a mark.
    if !text.bytes().any(|byte| matches!(byte, b'*' | b'~' | b'`' | b'$' | b'_' | b'\\' | b'<' | b'&' | b']')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    for (at, now) in text.char_indices() {
        if is_mark(before, now, &text[at + now.len_utf8()..]) {
            out.push('\\');
        }
        out.push(now);
        before = Some(now);
    }
    out
}

/// Text of a table cell: inline, and the bar of the table is no bar of the text.
pub(super) fn cell(text: &str) -> String {
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    let line = |line: &str| {
        let line = inline(line.trim());
        if line.contains('|') { line.replace('|', "\\|") } else { line }
    };
    if text.contains('\n') { text.lines().map(line).collect::<Vec<_>>().join("<br>") } else { line(text) }
}

/// Words of a link: inline, and no bracket ends them early.
pub(super) fn link_text(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, now| {
        if matches!(now, '[' | ']') {
            out.push('\\');
            out.push(now);
        } else {
            out.push_str(&inline(now.encode_utf8(&mut [0; 4])));
        }
        out
    })
}

/// A finished line of a paragraph: what would open a heading, a list, a quotation, a rule or a table at its start is escaped.
pub(super) fn line_start(line: &str) -> String {
    // Four blanks at the start would be code; white space is no content of a paragraph.
    let line = line.trim_matches([' ', '\t']);
    match offset_of_mark(line) {
        Some(at) => format!("{}\\{}", &line[..at], &line[at..]),
        None => line.to_owned(),
    }
}

fn is_mark(before: Option<char>, now: char, rest: &str) -> bool {
    let after = rest.chars().next();
    match now {
        // `1~3月 … 5~6月` would be struck out, `6*12人*40%` set in italics, `$…$` read as a formula.
        '*' | '~' | '`' | '$' => true,
        '_' => !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)),
        '\\' => after.is_none_or(|next| next.is_ascii_punctuation()),
        '<' => after.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
        // Only what looks like a reference to a character.
        '&' => rest.trim_start_matches(|sign: char| sign.is_ascii_alphanumeric() || sign == '#').starts_with(';'),
        // Without a target after it, a bracket is only a bracket.
        ']' => after.is_some_and(|next| matches!(next, '(' | '[' | ':')),
        _ => false,
    }
}

/// Byte offset of the character that makes the line something else than text, if there is one.
fn offset_of_mark(line: &str) -> Option<usize> {
    let ends_word = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let first = line.chars().next()?;
    let opens = match first {
        '#' => {
            let rest = line.trim_start_matches('#');
            line.len() - rest.len() <= 6 && ends_word(rest)
        }
        '-' | '+' => ends_word(&line[1..]) || is_rule(line, first),
        '=' => is_rule(line, first),
        '>' | '|' => true,
        _ => false,
    };
    if opens {
        return Some(0);
    }
    let digits = line.len() - line.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let rest = &line[digits..];
    let ordered = (1..=9).contains(&digits) && rest.starts_with(['.', ')']) && ends_word(&rest[1..]);
    ordered.then_some(digits)
}

/// `---`, `===`, and a delimiter row as `--|--`.
fn is_rule(line: &str, mark: char) -> bool {
    line.chars().all(|sign| sign == mark || matches!(sign, ' ' | '\t' | '|' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_chinese_text_stay_as_they_are() {
        for text in [
            "1,234.50",
            "-5.2%",
            "≥90%",
            "（一）“三公”经费",
            "烟编办〔2021〕44号",
            "[2021]年",
            "a_b",
            "A&B",
            "x < 5",
            "1.贯彻",
            "办公费-印刷费",
            "!",
        ] {
            assert_eq!(line_start(&inline(text)), text);
            assert_eq!(cell(text), text);
        }
    }

    #[test]
    fn marks_are_escaped() {
        for (text, written) in [
            ("6050*1200人/年*40%", "6050\\*1200人/年\\*40%"),
            ("1~3月", "1\\~3月"),
            ("<b>", "\\<b>"),
            ("&lt;", "\\&lt;"),
            ("[甲](乙)", "[甲\\](乙)"),
            ("C:\\|", "C:\\\\|"),
            ("_甲_", "\\_甲\\_"),
        ] {
            assert_eq!(inline(text), written);
        }
    }

    #[test]
    fn line_starts_are_escaped_only_where_they_open_a_block() {
        for (line, written) in [
            ("# 甲", "\\# 甲"),
            ("#甲", "#甲"),
            ("- 甲", "\\- 甲"),
            ("-5.20", "-5.20"),
            ("---", "\\---"),
            ("===", "\\==="),
            ("> 甲", "\\> 甲"),
            ("| 甲 |", "\\| 甲 |"),
            ("1. 甲", "1\\. 甲"),
            ("2) 甲", "2\\) 甲"),
            ("1.5万元", "1.5万元"),
            ("2024. ", "2024\\."),
            ("    甲", "甲"),
        ] {
            assert_eq!(line_start(line), written);
        }
    }

    #[test]
    fn a_cell_keeps_its_lines_and_hides_its_bars() {
        assert_eq!(cell(" 甲|乙\n丙 "), "甲\\|乙<br>丙");
        assert_eq!(link_text("甲[1]*"), "甲\\[1\\]\\*");
    }
}
