//! Widths of text, in thousandths of the type size, and line breaking by them.
//!
//! In: text. Out: widths and lines.
//! Never knows: fonts. The widths are those of the song face of the theme; a substitute is close enough for planning
//! columns and chart labels, never for placing glyphs.

/// Advance of one character, in thousandths of the type size.
pub(in crate::backend) fn advance(character: char) -> i64 {
    match character {
        '0'..='9' => 562,
        ',' | '.' | ';' | ':' | '\'' | '!' | '|' | '·' => 330,
        ' ' | '\u{a0}' => 256,
        '-' | '(' | ')' | '[' | ']' | '/' => 365,
        '%' => 925,
        'i' | 'j' | 'l' | 'f' | 't' | 'r' | 'I' => 400,
        'm' | 'w' | 'M' | 'W' => 980,
        'a'..='z' => 580,
        'A'..='Z' => 720,
        '\u{200b}' | '\n' => 0,
        '\u{21}'..='\u{2ff}' => 600,
        _ => 1000,
    }
}

/// Width of a run set on one line.
pub(in crate::backend) fn width(text: &str) -> i64 {
    let seams = text.chars().zip(text.chars().skip(1)).filter(|(left, right)| seam(*left, *right)).count();
    text.chars().map(advance).sum::<i64>() + SEAM * i64::try_from(seams).unwrap_or(0)
}

/// White a typesetter leaves between Han and Latin letters or digits.
const SEAM: i64 = 250;

fn seam(left: char, right: char) -> bool {
    let han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    (han(left) && right.is_ascii_alphanumeric()) || (left.is_ascii_alphanumeric() && han(right))
}

/// Width of the longest piece that no line break may cut.
pub(in crate::backend) fn longest_piece(text: &str) -> i64 {
    pieces(text).iter().map(|piece| width(piece.trim_end())).max().unwrap_or(0)
}

/// Breaks a label into lines no wider than `limit`; a piece that is wider by itself stands on its own line.
pub(in crate::backend) fn wrap(text: &str, limit: i64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if !line.is_empty() && width(&line) + width(piece.trim_end()) > limit {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        line.push_str(&piece);
    }
    if !line.trim_end().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The pieces between the places where a line may break.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut previous: Option<char> = None;
    for character in text.chars() {
        match pieces.last_mut() {
            Some(piece) if previous.is_some_and(|before| holds(before, character)) => piece.push(character),
            Some(_) | None => pieces.push(character.to_string()),
        }
        previous = Some(character);
    }
    pieces
}

/// Whether two neighbours stay on one line.
fn holds(before: char, after: char) -> bool {
    let narrow = |character: char| advance(character) < 1000 && character != ' ' && character != '\n';
    opens(before) || closes(after) || after == ' ' || (narrow(before) && narrow(after) && before != '-')
}

fn opens(character: char) -> bool {
    matches!(character, '（' | '《' | '“' | '‘' | '〔' | '【' | '(' | '[')
}

fn closes(character: char) -> bool {
    matches!(
        character,
        '）' | '》' | '”' | '’' | '〕' | '】' | '，' | '。' | '、' | '；' | '：' | '！' | '？' | ')' | ']' | '%'
    )
}

#[cfg(test)]
mod tests {
    use super::{longest_piece, width, wrap};

    #[test]
    fn a_figure_is_one_piece_and_han_breaks_anywhere() {
        assert_eq!(longest_piece("预算数2,181.31万元"), width("2,181.31"));
        assert_eq!(longest_piece("一般公共预算"), 1000);
        assert_eq!(longest_piece("收入（万元）"), 2000);
    }

    #[test]
    fn han_and_digits_keep_their_distance() {
        assert_eq!(width("121人"), width("121") + 1000 + 250);
        assert_eq!(width("（121）"), width("121") + 2000);
    }

    #[test]
    fn a_line_neither_begins_with_a_closing_mark_nor_ends_with_an_opening_one() {
        assert_eq!(wrap("工资福利支出，合计", 6000), ["工资福利支", "出，合计"]);
        assert_eq!(wrap("国有资本（经营）", 5000), ["国有资本", "（经营）"]);
    }

    #[test]
    fn a_piece_wider_than_the_limit_stands_alone() {
        assert_eq!(wrap("见9,999,999.99元", 3000), ["见", "9,999,999.99", "元"]);
        assert!(wrap("", 3000).is_empty());
    }
}
