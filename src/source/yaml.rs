//! YAML text to nodes in which every value keeps its place and its own spelling.
//!
//! Scalars stay text: `0.10` is never read through a float, `010` never as octal. Aliases, tags and merge keys are
//! refused, sizes are bounded.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Location, Spanned};

use super::{
    file::{FileId, Span},
    problem::{Problem, ProblemKind},
};

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub span: Span,
    pub kind: NodeKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// Nothing after the colon, `~` or `null`.
    Null,
    /// The scalar's own text; for quoted and block scalars what they stand for.
    Scalar(String),
    Sequence(Vec<Node>),
    Mapping(Vec<(Node, Node)>),
}

/// Parses one document. An empty file is `Null`.
///
/// # Errors
/// The first syntax problem; the structure after it cannot be trusted.
pub fn parse(file: FileId, text: &str) -> Result<Node, Problem> {
    if let Some(problem) = alias(file, text) {
        return Err(problem);
    }
    let raw: Spanned<Raw> =
        serde_yaml::from_str_with_options(text, options()).map_err(|error| syntax(file, text, &error))?;
    let mut node = lift(file, text, raw);
    node.span.end = node.span.end.max(node.span.start);
    Ok(node)
}

fn options() -> serde_yaml::Options {
    serde_yaml::options! {
        budget: serde_yaml::budget! { max_nodes: 200_000, max_events: 800_000, max_depth: 64, max_aliases: 0, max_anchors: 0 },
        duplicate_keys: serde_yaml::DuplicateKeyPolicy::Error,
        merge_keys: serde_yaml::MergeKeyPolicy::Error,
        with_snippet: false,
    }
}

/// What serde hands over before the places are resolved.
enum Raw {
    Null,
    /// A string, quotes and escapes resolved.
    Text(String),
    /// Read as a number or truth value: the text is taken from the source instead.
    Typed,
    Sequence(Vec<Spanned<Raw>>),
    Mapping(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a YAML value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::Sequence(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Mapping(entries))
    }
}

fn lift(file: FileId, text: &str, raw: Spanned<Raw>) -> Node {
    let span = span(file, text, &raw.referenced);
    let kind = match raw.value {
        Raw::Null => NodeKind::Null,
        Raw::Text(words) => NodeKind::Scalar(words),
        Raw::Typed => NodeKind::Scalar(slice(text, span).trim().to_owned()),
        Raw::Sequence(items) => NodeKind::Sequence(items.into_iter().map(|item| lift(file, text, item)).collect()),
        Raw::Mapping(entries) => NodeKind::Mapping(
            entries.into_iter().map(|(key, value)| (lift(file, text, key), lift(file, text, value))).collect(),
        ),
    };
    Node { span, kind }
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).unwrap_or("")
}

fn span(file: FileId, text: &str, location: &Location) -> Span {
    let start = location.span().byte_offset().and_then(|at| u32::try_from(at).ok());
    // Where the scanner gives up it counts lines and characters only.
    let start = start.unwrap_or_else(|| offset(text, location.line(), location.column()));
    let length = location.span().byte_len().and_then(|length| u32::try_from(length).ok()).unwrap_or(0);
    let limit = u32::try_from(text.len()).unwrap_or(u32::MAX);
    Span { file, start: start.min(limit), end: start.saturating_add(length).min(limit) }
}

/// The byte at a line and a column, both counted from 1, the column in characters.
fn offset(text: &str, line: u64, column: u64) -> u32 {
    let skipped = |count: u64| usize::try_from(count.saturating_sub(1)).unwrap_or(usize::MAX);
    let lines: usize = text.split_inclusive('\n').take(skipped(line)).map(str::len).sum();
    let rest = text.get(lines..).unwrap_or("").lines().next().unwrap_or("");
    let before: usize = rest.chars().take(skipped(column)).map(char::len_utf8).sum();
    u32::try_from(lines + before).unwrap_or(u32::MAX)
}

/// An anchor, alias, tag or merge key at the place of a value, found before the parser spends time on it.
fn alias(file: FileId, text: &str) -> Option<Problem> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start();
        let offset = line.len() - content.len();
        if !content.starts_with('#') {
            let value = content.find(": ").map_or(0, |at| at + 2);
            for from in [0, value] {
                let rest = content[from..].trim_start_matches("- ");
                let at = content.len() - rest.len();
                let mark = rest.starts_with("<<:") || sigil(rest);
                if mark {
                    let begin = u32::try_from(start + offset + at).unwrap_or(0);
                    return Some(Problem {
                        span: Span { file, start: begin, end: begin + 1 },
                        kind: ProblemKind::Alias,
                    });
                }
            }
        }
        start += line.len();
    }
    None
}

/// `&name`, `*name` or `!tag`.
fn sigil(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next();
    let second = characters.next();
    matches!(first, Some('&' | '*' | '!')) && second.is_some_and(|c| c.is_alphanumeric() || c == '!' || c == '_')
}

fn syntax(file: FileId, text: &str, error: &serde_yaml::Error) -> Problem {
    let message = error.without_snippet().to_string();
    let place = error.location().map_or(Span::start_of(file), |location| exact(file, text, &location));
    let lower = message.to_lowercase();
    let kind = if lower.contains("duplicate") {
        let key = slice(text, place).to_owned();
        ProblemKind::DuplicateKey { first: first_key(file, text, &key, place), key }
    } else if lower.contains("alias") || lower.contains("anchor") || lower.contains("merge") {
        ProblemKind::Alias
    } else if lower.contains("budget") || lower.contains("recursion") || lower.contains("depth") {
        ProblemKind::Budget
    } else {
        ProblemKind::Syntax { message: syntax_words(&message) }
    };
    Problem { span: place, kind }
}

/// Scanner errors know line and column only.
fn exact(file: FileId, text: &str, location: &Location) -> Span {
    let known = span(file, text, location);
    if known.start > 0 {
        return known;
    }
    let line = usize::try_from(location.line()).unwrap_or(1).saturating_sub(1);
    let column = usize::try_from(location.column()).unwrap_or(1).saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let within: usize = text[start..].chars().take_while(|c| *c != '\n').take(column).map(char::len_utf8).sum();
    let bound = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: bound(start + within), end: bound(start + within) }
}

/// What the parser's commonest words mean to the writer of the file; any others as they are.
fn syntax_words(message: &str) -> String {
    const MEANINGS: &[(&str, &str)] = &[
        ("mapping values are not allowed", "冒号的位置不对：键后要用“: ”（半角冒号加空格），值里有冒号的要加引号"),
        ("unclosed quote", "引号没有成对"),
        ("found unexpected end of stream", "引号没有成对"),
        ("only valid inside a block", "上一行的 { 或 [ 没有关上"),
        ("did not find expected ',' or '}'", "{ } 没有成对，或少了逗号"),
        ("did not find expected ',' or ']'", "[ ] 没有成对，或少了逗号"),
        ("did not find expected key", "缩进与上面各行不一致"),
        ("did not find expected '-' indicator", "列表各项的缩进不一致"),
        ("could not find expected ':'", "键后面少了“: ”"),
        ("simple key", "键后面少了“: ”"),
        ("cannot start any token", "这个符号不能开头，给值加上引号"),
        ("control characters", "含有看不见的控制字符"),
    ];
    let lower = message.to_lowercase();
    let known = MEANINGS.iter().find(|(words, _)| lower.contains(words));
    known.map_or_else(|| format!("解析器原话：{message}"), |(_, meaning)| (*meaning).to_owned())
}

/// Where a duplicate key stands first: the last place before it where a line (or a flow mapping) opens with it.
fn first_key(file: FileId, text: &str, key: &str, second: Span) -> Span {
    let before = text.get(..second.start as usize).unwrap_or("");
    let needle = format!("{key}:");
    before.rfind(&needle).map_or(second, |at| {
        let start = u32::try_from(at).unwrap_or(0);
        Span { file, start, end: start.saturating_add(u32::try_from(key.len()).unwrap_or(0)) }
    })
}

#[cfg(test)]
mod tests {
    use super::{Node, NodeKind, parse};
    use crate::source::{FileId, ProblemKind};

    fn read(text: &str) -> Node {
        parse(FileId(0), text).expect("valid YAML")
    }

    fn entries(node: &Node) -> &[(Node, Node)] {
        match &node.kind {
            NodeKind::Mapping(entries) => entries,
            other => panic!("not a mapping: {other:?}"),
        }
    }

    #[test]
    fn scalars_keep_their_own_text_and_place() {
        let text = "名称: 甲\nlines:\n  - {code: 0101, amount: 0.10, on: true, q: \"1,234.50\", x: ~}\n";
        let node = read(text);
        let NodeKind::Sequence(items) = &entries(&node)[1].1.kind else { panic!("no list") };
        let fields = entries(&items[0]);
        let texts: Vec<_> = fields.iter().map(|(_, value)| value.kind.clone()).collect();
        assert_eq!(
            texts,
            [
                NodeKind::Scalar("0101".into()),
                NodeKind::Scalar("0.10".into()),
                NodeKind::Scalar("true".into()),
                NodeKind::Scalar("1,234.50".into()),
                NodeKind::Null,
            ]
        );
        let span = fields[1].1.span;
        assert_eq!(&text[span.start as usize..span.end as usize], "0.10");
    }

    #[test]
    fn duplicate_keys_name_both_places() {
        let problem = parse(FileId(0), "a: 1\nb: 2\na: 3\n").expect_err("duplicate");
        let ProblemKind::DuplicateKey { key, first } = problem.kind else { panic!("{problem:?}") };
        assert_eq!((key.as_str(), first.start, problem.span.start), ("a", 0, 10));
    }

    #[test]
    fn a_slip_of_syntax_has_its_place() {
        let text = "名称: 甲\nlines:\n  - {code: [\n";
        let problem = parse(FileId(0), text).expect_err("unclosed");
        let before = &text[..problem.span.start as usize];
        assert_eq!(before.lines().count(), 3, "{problem:?}");
    }

    #[test]
    fn aliases_are_refused() {
        for text in ["a: &x 1\nb: *x\n", "a: !!float 1\n", "base: 1\nc:\n  <<: x\n"] {
            assert_eq!(parse(FileId(0), text).expect_err(text).kind, ProblemKind::Alias, "{text}");
        }
    }
}
