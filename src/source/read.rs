//! Nodes to records: the one way YAML becomes Rust values here.
//!
//! A record lists its keys once; from that come the reader, which goes on after a problem so that all are found at
//! once, and the JSON Schema for editors. Serde's derive would stop at the first problem.

use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::{
    file::Span,
    near::nearest,
    problem::{Problem, ProblemKind},
    yaml::{Node, NodeKind},
};

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A mapping with free keys, in the order of the file.
pub type Entries<T> = Vec<(Located<String>, T)>;

/// Collects problems while records are read.
#[derive(Debug, Default)]
pub struct Reader {
    pub problems: Vec<Problem>,
}

impl Reader {
    pub fn report(&mut self, span: Span, kind: ProblemKind) {
        self.problems.push(Problem { span, kind });
    }

    /// The scalar's text, or a problem.
    pub fn scalar<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        if let NodeKind::Scalar(text) = &node.kind {
            return Some(text);
        }
        self.report(node.span, ProblemKind::Shape { wanted: "一个值" });
        None
    }

    /// Opens a mapping whose keys are known; unknown ones are reported at once.
    pub fn mapping<'n>(&mut self, node: &'n Node, known: &[&'static str]) -> Option<Mapping<'n>> {
        let entries = match &node.kind {
            NodeKind::Mapping(entries) => entries.as_slice(),
            NodeKind::Null => &[],
            NodeKind::Scalar(_) | NodeKind::Sequence(_) => {
                self.report(node.span, ProblemKind::Shape { wanted: "“键: 值”组" });
                return None;
            }
        };
        for (key, _) in entries {
            let Some(name) = self.scalar(key) else { continue };
            if !known.contains(&name) {
                let (span, kind) = unknown_key(key.span, name, known);
                self.report(span, kind);
            }
        }
        Some(Mapping { span: node.span, entries })
    }
}

/// Why a key is none of the known ones: `{fund：…}` and the comma in `{amount: 12,34.5}` make keys nobody meant.
fn unknown_key(span: Span, name: &str, known: &[&'static str]) -> (Span, ProblemKind) {
    if let Some(at) = name.find('：') {
        let start = span.start.saturating_add(u32::try_from(at).unwrap_or(0));
        return (Span { start, end: start.saturating_add(3), ..span }, ProblemKind::FullWidthColon);
    }
    if name.chars().all(|c| c.is_ascii_digit() || c == '.') {
        let reason = "花括号里逗号是分隔符，带千分位的金额要加引号".to_owned();
        return (span, ProblemKind::Amount { found: name.to_owned(), reason });
    }
    let near = nearest(name, known.iter().copied()).map(str::to_owned);
    (span, ProblemKind::UnknownKey { key: name.to_owned(), near, known: known.to_vec() })
}

/// An open mapping.
#[derive(Debug)]
pub struct Mapping<'n> {
    pub span: Span,
    entries: &'n [(Node, Node)],
}

impl<'n> Mapping<'n> {
    /// The value of a key, if the key is there.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries
            .iter()
            .find(|(name, _)| matches!(&name.kind, NodeKind::Scalar(text) if text == key))
            .map(|(_, value)| value)
    }

    /// Reads the value of a key, or what its absence means.
    pub fn take<T: Read>(&self, key: &'static str, reader: &mut Reader) -> Option<T> {
        match self.get(key) {
            Some(node) => T::read(node, reader),
            None => T::absent(key, self.span, reader),
        }
    }
}

/// What can be read from a node. `None` means that a problem has been reported.
pub trait Read: Sized {
    /// Whether a record must name the key.
    const REQUIRED: bool = true;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self>;

    /// What a missing key means; a problem unless the type says otherwise.
    fn absent(key: &'static str, owner: Span, reader: &mut Reader) -> Option<Self> {
        reader.report(owner, ProblemKind::MissingKey { key });
        None
    }
}

impl Read for String {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        reader.scalar(node).map(|text| text.trim().to_owned())
    }
}

impl Read for bool {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match reader.scalar(node)? {
            "true" | "是" => Some(true),
            "false" | "否" => Some(false),
            other => {
                let help = "写 true（是）或 false（否）。".to_owned();
                reader.report(node.span, ProblemKind::Value { what: "是否", found: other.to_owned(), help });
                None
            }
        }
    }
}

macro_rules! read_integers {
    ($($type:ty),*) => {$(
        impl Read for $type {
            fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
                let text = reader.scalar(node)?;
                let value = text.parse().ok();
                if value.is_none() {
                    let help = "写不带小数的半角数字。".to_owned();
                    reader.report(node.span, ProblemKind::Value { what: "整数", found: text.to_owned(), help });
                }
                value
            }
        }
    )*};
}

read_integers!(u8, u16, u32, usize, i32);

impl<T: Read> Read for Option<T> {
    const REQUIRED: bool = false;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        if node.kind == NodeKind::Null { Some(None) } else { T::read(node, reader).map(Some) }
    }

    fn absent(_: &'static str, _: Span, _: &mut Reader) -> Option<Self> {
        Some(None)
    }
}

impl<T: Read> Read for Box<T> {
    const REQUIRED: bool = T::REQUIRED;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        T::read(node, reader).map(Box::new)
    }
}

/// Bad items are reported and left out, so that the good ones are still checked.
impl<T: Read> Read for Vec<T> {
    const REQUIRED: bool = false;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            NodeKind::Sequence(items) => Some(items.iter().filter_map(|item| T::read(item, reader)).collect()),
            NodeKind::Null => Some(Self::new()),
            NodeKind::Scalar(_) | NodeKind::Mapping(_) => {
                reader.report(node.span, ProblemKind::Shape { wanted: "列表（每项以“- ”开头）" });
                None
            }
        }
    }

    fn absent(_: &'static str, _: Span, _: &mut Reader) -> Option<Self> {
        Some(Self::new())
    }
}

impl<T: Read> Read for Located<T> {
    const REQUIRED: bool = T::REQUIRED;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        T::read(node, reader).map(|value| Self { value, span: node.span })
    }
}

/// A mapping with free keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Free<T>(pub Entries<T>);

impl<T> Default for Free<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for Free<T> {
    type Target = [(Located<String>, T)];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T: Read> Read for Free<T> {
    const REQUIRED: bool = false;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            NodeKind::Mapping(entries) => {
                let read = |(key, value): &(Node, Node)| {
                    Some((Located::<String>::read(key, reader)?, T::read(value, reader)?))
                };
                Some(Self(entries.iter().filter_map(read).collect()))
            }
            NodeKind::Null => Some(Self::default()),
            NodeKind::Scalar(_) | NodeKind::Sequence(_) => {
                reader.report(node.span, ProblemKind::Shape { wanted: "“键: 值”组" });
                None
            }
        }
    }

    fn absent(_: &'static str, _: Span, _: &mut Reader) -> Option<Self> {
        Some(Self::default())
    }
}

impl<T: JsonSchema> JsonSchema for Located<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<T: JsonSchema> JsonSchema for Free<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Free_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<T>() })
    }
}
