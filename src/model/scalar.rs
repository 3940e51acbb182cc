//! Scalars of the sources: amounts before their unit is known, codes with names, dates, years.

use std::borrow::Cow;

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::{
    money::AmountUnit,
    period::{FiscalYear, Kind, Stage},
    read_terms,
    source::{Node, NodeKind, ProblemKind, Read, Reader, Span},
};

read_terms!(Stage, "阶段");
read_terms!(Kind, "公开种类");
read_terms!(AmountUnit, "金额单位");

/// An amount as written: its unit stands elsewhere in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// The key is not there.
    Absent,
    /// `~` or 未知: the amount exists but nobody gave it.
    Unknown(Span),
    /// The scalar's own text.
    Text(String, Span),
}

impl Read for Written {
    const REQUIRED: bool = false;

    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            NodeKind::Null => Some(Self::Unknown(node.span)),
            NodeKind::Scalar(text) if text == "未知" => Some(Self::Unknown(node.span)),
            NodeKind::Scalar(text) => Some(Self::Text(text.clone(), node.span)),
            NodeKind::Sequence(_) | NodeKind::Mapping(_) => {
                reader.report(node.span, ProblemKind::Shape { wanted: "一个金额" });
                None
            }
        }
    }

    fn absent(_: &'static str, _: Span, _: &mut Reader) -> Option<Self> {
        Some(Self::Absent)
    }
}

impl JsonSchema for Written {
    fn schema_name() -> Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "金额或数量；不知道的写 ~（未知不等于零）",
            "anyOf": [{ "type": "number" }, { "type": "string" }, { "type": "null" }]
        })
    }
}

/// `2080109 社会保险经办机构` or `2080109`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeText {
    pub code: String,
    pub name: Option<String>,
}

impl Read for CodeText {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node)?;
        let (code, name) =
            text.split_once(char::is_whitespace).map_or((text, None), |(code, name)| (code, Some(name.trim())));
        Some(Self { code: code.to_owned(), name: name.filter(|name| !name.is_empty()).map(str::to_owned) })
    }
}

impl JsonSchema for CodeText {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "integer"], "pattern": "^[0-9]{3}([0-9]{2}){0,2}( .+)?$" })
    }
}

/// A calendar day, `2024-02-05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub NaiveDate);

impl Read for Day {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node)?;
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        if day.is_none() {
            let help = "写成 2024-02-05 的形式。".to_owned();
            reader.report(node.span, ProblemKind::Value { what: "日期", found: text.to_owned(), help });
        }
        day.map(Self)
    }
}

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

impl Read for FiscalYear {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node)?;
        let year = text.parse().ok().filter(|year| (1994..=2099).contains(year));
        if year.is_none() {
            let help = "写四位公历年，如 2024。".to_owned();
            reader.report(node.span, ProblemKind::Value { what: "年度", found: text.to_owned(), help });
        }
        year.map(Self)
    }
}

impl JsonSchema for FiscalYear {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "FiscalYear".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1994, "maximum": 2099 })
    }
}
