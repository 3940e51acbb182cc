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
    let mut before = '\0';
    let mut sum = 0;
    for character in text.chars() {
        sum += between(before, character) + advance(character);
        before = character;
    }
    sum
}

/// White a typesetter leaves between Han and Latin letters or digits.
const SEAM: i64 = 250;

fn between(left: char, right: char) -> i64 {
    let han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    let seam = (han(left) && right.is_ascii_alphanumeric()) || (left.is_ascii_alphanumeric() && han(right));
    if seam { SEAM } else { 0 }
}

/// Width of the longest piece that no line break may cut.
pub(in crate::backend) fn longest_piece(text: &str) -> i64 {
    Pieces(text).map(|piece| width(piece.trim_end())).max().unwrap_or(0)
}

/// Breaks a label into lines no wider than `limit`; a piece that is wider by itself stands on its own line.
pub(in crate::backend) fn wrap(text: &str, limit: i64) -> impl Iterator<Item = &str> {
    Lines { rest: text, limit }
}

/// What is not yet broken into lines.
struct Lines<'a> {
    rest: &'a str,
    limit: i64,
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let (mut end, mut taken, mut before) = (0, 0, '\0');
        for piece in Pieces(self.rest) {
            if end > 0 && taken + width(piece.trim_end()) > self.limit {
                break;
            }
            taken += piece.chars().next().map_or(0, |first| between(before, first)) + width(piece);
            before = piece.chars().next_back().unwrap_or(before);
            end += piece.len();
        }
        let (line, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        let line = line.trim_end();
        (!line.is_empty() || !rest.is_empty()).then_some(line)
    }
}

/// What is not yet taken apart at the places where a line may break.
struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let mut characters = self.0.char_indices();
        let (_, mut before) = characters.next()?;
        let end = characters.find_map(|(place, after)| {
            let held = holds(before, after);
            before = after;
            (!held).then_some(place)
        });
        let (piece, rest) = self.0.split_at_checked(end.unwrap_or(self.0.len()))?;
        self.0 = rest;
        Some(piece)
    }
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

    fn lines(text: &str, limit: i64) -> Vec<&str> {
        wrap(text, limit).collect()
    }

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
        assert_eq!(lines("工资福利支出，合计", 6000), ["工资福利支", "出，合计"]);
        assert_eq!(lines("国有资本（经营）", 5000), ["国有资本", "（经营）"]);
    }

    #[test]
    fn a_piece_wider_than_the_limit_stands_alone() {
        assert_eq!(lines("见9,999,999.99元", 3000), ["见", "9,999,999.99", "元"]);
        assert!(lines("", 3000).is_empty());
    }
}
