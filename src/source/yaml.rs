//! YAML text to nodes in which every value keeps its place and its own spelling.
//!
//! Scalars stay text: `0.10` is never read through a float, `010` never as octal. Anchors, aliases, tags and merge keys
//! are refused, sizes are bounded.

use std::borrow::Cow;

use granit_parser::{ErrorKind, Event, Marker, Parser, ScalarStyle, ScanError, StrInput};

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

/// How many values one file may hold; a ledger of 10,000 lines has some 100,000.
const MOST_NODES: usize = 200_000;

/// How deep they may be nested.
const DEEPEST: usize = 64;

/// Parses one document. An empty file is `Null`.
///
/// # Errors
/// The first syntax problem; the structure after it cannot be trusted.
pub fn parse(file: FileId, text: &str) -> Result<Node, Problem> {
    let mut options = granit_parser::options! {
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
    };
    options.set_emit_comments(false);
    let parser = Parser::new_from_str_with_options(text, options);
    Builder { place: Places { file, text }, nodes: 0, open: Vec::new(), root: None }.read(parser)
}

/// A list or mapping whose end has not come yet.
struct Open {
    start: u32,
    kind: OpenKind,
}

enum OpenKind {
    Sequence(Vec<Node>),
    /// The pairs, and a key that waits for its value.
    Mapping(Vec<(Node, Node)>, Option<Node>),
}

struct Builder<'t> {
    place: Places<'t>,
    nodes: usize,
    open: Vec<Open>,
    root: Option<Node>,
}

impl Builder<'_> {
    fn read<'p>(mut self, parser: Parser<'p, StrInput<'p>>) -> Result<Node, Problem> {
        for event in parser {
            let (event, span) = event.map_err(|error| self.place.syntax(&error))?;
            let span = self.place.span(span.start, span.end);
            match event {
                Event::Scalar(text, style, _, None) => self.scalar(text, style, span)?,
                Event::SequenceStart(_, _, None) => self.begin(span, OpenKind::Sequence(Vec::new()))?,
                Event::MappingStart(_, _, None) => self.begin(span, OpenKind::Mapping(Vec::new(), None))?,
                Event::SequenceEnd | Event::MappingEnd => self.end(span)?,
                Event::DocumentStart(..) if self.root.is_some() => {
                    let message = "一个文件只写一份内容，去掉“---”之后的部分".to_owned();
                    return Err(Problem { span, kind: ProblemKind::Syntax { message } });
                }
                Event::Alias(_) | Event::UnresolvedAlias(_) | Event::Anchor(..) => return Err(alias(span)),
                Event::Scalar(.., Some(_)) | Event::SequenceStart(.., Some(_)) | Event::MappingStart(.., Some(_)) => {
                    return Err(self.place.tag(span));
                }
                _ => {}
            }
        }
        let nothing = Node { span: Span::start_of(self.place.file), kind: NodeKind::Null };
        Ok(self.root.unwrap_or(nothing))
    }

    fn scalar(&mut self, text: Cow<'_, str>, style: ScalarStyle, span: Span) -> Result<(), Problem> {
        let plain = style == ScalarStyle::Plain;
        if plain && text == "<<" {
            return Err(alias(span));
        }
        let nothing = plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
        let kind = if nothing { NodeKind::Null } else { NodeKind::Scalar(text.into_owned()) };
        self.put(Node { span, kind })
    }

    fn begin(&mut self, span: Span, kind: OpenKind) -> Result<(), Problem> {
        if self.open.len() >= DEEPEST {
            return Err(Problem { span, kind: ProblemKind::Budget });
        }
        self.open.push(Open { start: span.start, kind });
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<(), Problem> {
        let Some(Open { start, kind }) = self.open.pop() else { return Ok(()) };
        let kind = match kind {
            OpenKind::Sequence(items) => NodeKind::Sequence(items),
            OpenKind::Mapping(entries, _) => {
                unique(&entries)?;
                NodeKind::Mapping(entries)
            }
        };
        self.put(Node { span: Span { start, end: span.end.max(start), ..span }, kind })
    }

    /// Puts a finished value where it belongs.
    fn put(&mut self, node: Node) -> Result<(), Problem> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Err(Problem { span: node.span, kind: ProblemKind::Budget });
        }
        match self.open.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(OpenKind::Sequence(items)) => items.push(node),
            Some(OpenKind::Mapping(entries, key)) => match key.take() {
                None => *key = Some(node),
                Some(key) => entries.push((key, node)),
            },
        }
        Ok(())
    }
}

/// A key that stands twice is told at its second place.
fn unique(entries: &[(Node, Node)]) -> Result<(), Problem> {
    let named = entries.iter().filter_map(|(key, _)| match &key.kind {
        NodeKind::Scalar(name) => Some((name.as_str(), key.span)),
        NodeKind::Null | NodeKind::Sequence(_) | NodeKind::Mapping(_) => None,
    });
    let mut keys: Vec<(&str, Span)> = named.collect();
    keys.sort_unstable();
    let twice = keys.windows(2).filter(|pair| pair[0].0 == pair[1].0).min_by_key(|pair| pair[1].1);
    twice.map_or(Ok(()), |pair| {
        let kind = ProblemKind::DuplicateKey { key: pair[1].0.to_owned(), first: pair[0].1 };
        Err(Problem { span: pair[1].1, kind })
    })
}

/// Places of the parser as places of the file.
struct Places<'t> {
    file: FileId,
    text: &'t str,
}

impl Places<'_> {
    fn span(&self, start: Marker, end: Marker) -> Span {
        let start = self.offset(start);
        Span { file: self.file, start, end: self.offset(end).max(start) }
    }

    fn offset(&self, marker: Marker) -> u32 {
        let counted = || self.text.char_indices().nth(marker.index()).map_or(self.text.len(), |(at, _)| at);
        let at = marker.byte_offset().unwrap_or_else(counted).min(self.text.len());
        u32::try_from(at).unwrap_or(u32::MAX)
    }

    /// A tag stands before its value.
    fn tag(&self, span: Span) -> Problem {
        let before = self.text.get(..span.start as usize).unwrap_or("");
        let at = before.rfind('!').and_then(|at| u32::try_from(at).ok()).unwrap_or(span.start);
        alias(Span { start: at, ..span })
    }

    fn syntax(&self, error: &ScanError) -> Problem {
        let start = self.offset(*error.marker());
        let span = Span { file: self.file, start, end: start };
        let kind = match error.kind() {
            ErrorKind::RecursionLimitExceeded => ProblemKind::Budget,
            ErrorKind::UnknownAnchor | ErrorKind::MissingAnchorOrAliasName | ErrorKind::UndeclaredTagHandle => {
                ProblemKind::Alias
            }
            kind => ProblemKind::Syntax { message: meaning(kind).to_owned() },
        };
        Problem { span, kind }
    }
}

/// What sources may not use, at its first character.
const fn alias(span: Span) -> Problem {
    Problem { span: Span { end: span.start + 1, ..span }, kind: ProblemKind::Alias }
}

/// What the parser met, in words of the writer of the file.
fn meaning(kind: &ErrorKind) -> &'static str {
    use ErrorKind as Kind;
    match kind {
        Kind::MappingValueNotAllowed
        | Kind::InvalidColonPlacement
        | Kind::InvalidMappingValueWhitespace
        | Kind::FlowMappingValueAdjacentCollection => {
            "冒号的位置不对：键后要用“: ”（半角冒号加空格），值里有冒号的要加引号"
        }
        Kind::UnclosedQuotedScalar
        | Kind::DocumentIndicatorInQuotedScalar
        | Kind::InvalidTrailingSingleQuotedScalar
        | Kind::InvalidTrailingDoubleQuotedScalar => "引号没有成对",
        Kind::BlockEntryInFlowCollection
        | Kind::UnclosedFlowCollection { .. }
        | Kind::UnexpectedEofFlowSequence
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping => "上一行的 { 或 [ 没有关上",
        Kind::ExpectedFlowMappingSeparator => "{ } 没有成对，或少了逗号",
        Kind::ExpectedFlowSequenceSeparator => "[ ] 没有成对，或少了逗号",
        Kind::MisplacedFlowCollectionEnd | Kind::MismatchedFlowCollectionEnd { .. } => "括号没有成对",
        Kind::ExpectedBlockMappingKey | Kind::InvalidIndentation | Kind::MappingKeyNotAllowed => "缩进与上面各行不一致",
        Kind::ExpectedBlockSequenceEntry | Kind::BlockSequenceEntryNotAllowed | Kind::InvalidBlockEntryWhitespace => {
            "列表各项的缩进不一致"
        }
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => "键后面少了“: ”",
        Kind::UnexpectedCharacter { .. } | Kind::PlainScalarStartsWithDashFlowIndicator => {
            "这个符号不能开头，给值加上引号"
        }
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInPlainScalar => "这里不能用制表符，改成空格",
        Kind::UnknownQuotedScalarEscape | Kind::InvalidQuotedScalarHexEscape | Kind::InvalidUnicodeEscape => {
            "双引号里的反斜杠写法不对，改用单引号"
        }
        Kind::DirectiveDisallowed | Kind::InvalidDirectiveName | Kind::MissingDirectiveName => {
            "行首的“%”不能用，给值加上引号"
        }
        _ => "这里的写法不合 YAML 的规矩",
    }
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
        for (text, place) in [("a: &x 1\nb: *x\n", 3), ("b: *x\n", 3), ("a: !!float 1\n", 4), ("c:\n  <<: x\n", 5)] {
            let problem = parse(FileId(0), text).expect_err(text);
            assert_eq!((problem.kind, problem.span.start), (ProblemKind::Alias, place), "{text}");
        }
        assert_eq!(read("a: \"&x *y !z <<\"\n").kind, read("a: '&x *y !z <<'\n").kind);
    }
}
