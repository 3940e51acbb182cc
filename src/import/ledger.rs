//! Ledger lines as YAML and as CSV.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    model::{
        Written,
        files::{LedgerEntry, LedgerFile},
    },
    money::AmountUnit,
    period::Stage,
    source::{FileId, Problem, Read as Reads, Reader, parse},
};

/// An amount as text, in the unit of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    Known(String),
    Unknown,
}

/// One line: keys in ledger order, amounts by stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub fields: Vec<(&'static str, String)>,
    pub amounts: BTreeMap<Stage, Given>,
}

/// A ledger as it is exchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    pub unit: AmountUnit,
    pub stages: Vec<Stage>,
    pub entries: Vec<Entry>,
}

impl Ledger {
    /// The YAML of `ledgers/*.yaml`.
    #[must_use]
    pub fn to_yaml(&self, origin: &str) -> String {
        let stages: Vec<&str> = self.stages.iter().map(|stage| stage.term()).collect();
        let mut text =
            format!("# 由 gen import 从 {origin} 导入\nunit: {}\nstages: [{}]\n", self.unit.term(), stages.join(", "));
        text += if self.entries.is_empty() { "lines: []\n" } else { "lines:\n" };
        for entry in &self.entries {
            let mut keys: Vec<String> =
                entry.fields.iter().map(|(key, value)| format!("{key}: {}", scalar(value))).collect();
            keys.push(self.amounts(entry));
            // Writing to a string cannot fail.
            let _infallible = writeln!(text, "  - {{{}}}", keys.join(", "));
        }
        text
    }

    fn amounts(&self, entry: &Entry) -> String {
        let written = |given: &Given| match given {
            Given::Known(text) => text.clone(),
            Given::Unknown => "~".to_owned(),
        };
        match (self.stages.as_slice(), entry.amounts.iter().next()) {
            ([only], Some((stage, given))) if only == stage => format!("amount: {}", written(given)),
            _ => {
                let all: Vec<String> = entry
                    .amounts
                    .iter()
                    .map(|(stage, given)| format!("{}: {}", stage.term(), written(given)))
                    .collect();
                format!("amounts: {{{}}}", all.join(", "))
            }
        }
    }

    /// CSV under the heads that the default mapping knows, with the unit line above.
    ///
    /// # Errors
    /// None that a buffer in memory would give; csv's type demands it.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        let used: Vec<&(&str, &str, Option<&str>)> =
            COLUMNS.iter().filter(|(key, _, _)| self.entries.iter().any(|entry| entry.get(key).is_some())).collect();
        let mut out = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        out.write_record([format!("单位：{}", self.unit.term())])?;
        let mut head: Vec<&str> = used.iter().flat_map(|(_, head, name)| [Some(*head), *name]).flatten().collect();
        head.extend(self.stages.iter().map(|stage| stage.term()));
        out.write_record(&head)?;
        for entry in &self.entries {
            let mut row: Vec<String> = Vec::new();
            for (key, _, name) in &used {
                let value = entry.get(key).unwrap_or_default();
                if name.is_some() {
                    let (code, name) = value.split_once(' ').unwrap_or((value, ""));
                    row.extend([code.to_owned(), name.to_owned()]);
                } else {
                    row.push(value.to_owned());
                }
            }
            row.extend(self.stages.iter().map(|stage| match entry.amounts.get(stage) {
                Some(Given::Known(text)) => text.clone(),
                Some(Given::Unknown) => "未知".to_owned(),
                None => String::new(),
            }));
            out.write_record(&row)?;
        }
        let bytes = out.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Reads a ledger file's YAML; its defaults go into the lines, names of codes to every line with the code.
    ///
    /// # Errors
    /// The problems of the YAML.
    pub fn from_yaml(text: &str) -> Result<Self, Vec<Problem>> {
        let node = parse(FileId(0), text).map_err(|problem| vec![problem])?;
        let mut reader = Reader::default();
        let file = match <LedgerFile as Reads>::read(&node, &mut reader) {
            Some(file) if reader.problems.is_empty() => file,
            _ => return Err(reader.problems),
        };
        let stages: Vec<Stage> = file.stages.iter().map(|stage| stage.value).collect();
        let mut names = BTreeMap::new();
        let entries =
            file.lines.iter().map(|line| entry(line, file.defaults.as_deref(), &stages, &mut names)).collect();
        Ok(Self { unit: file.unit, stages, entries })
    }
}

/// Key, head, and for codes the head of the name.
const COLUMNS: &[(&str, &str, Option<&str>)] = &[
    ("unit", "单位代号", None),
    ("function", "功能科目编码", Some("功能科目名称")),
    ("kind", "支出性质", None),
    ("economic", "部门经济分类编码", Some("部门经济分类名称")),
    ("government", "政府经济分类编码", Some("政府经济分类名称")),
    ("fund", "资金性质", None),
    ("origin", "资金来源年度", None),
    ("project", "项目代号", None),
    ("counterparty", "往来单位代号", None),
    ("source", "收入来源", None),
    ("balance", "结转结余项目", None),
    ("note", "备注", None),
];

impl Entry {
    fn get(&self, key: &str) -> Option<&str> {
        self.fields.iter().find(|(own, _)| *own == key).map(|(_, value)| value.as_str())
    }
}

fn entry(
    line: &LedgerEntry,
    defaults: Option<&LedgerEntry>,
    stages: &[Stage],
    names: &mut BTreeMap<String, String>,
) -> Entry {
    let own = keys(line);
    let base = defaults.map(keys).unwrap_or_default();
    let mut fields = Vec::new();
    for (at, (key, value)) in own.into_iter().enumerate() {
        let Some(value) = value.or_else(|| base.get(at).and_then(|(_, value)| value.clone())) else { continue };
        let value = match (key, value.split_once(' ')) {
            ("function" | "economic" | "government", Some((code, _))) => {
                names.entry(format!("{key} {code}")).or_insert(value).clone()
            }
            ("function" | "economic" | "government", None) => {
                names.get(&format!("{key} {value}")).cloned().unwrap_or(value)
            }
            _ => value,
        };
        fields.push((key, value));
    }
    let mut amounts = BTreeMap::new();
    if let (Some(given), Some(stage)) = (given(&line.amount), stages.first()) {
        amounts.insert(*stage, given);
    }
    for (key, written) in line.amounts.iter() {
        if let (Some(stage), Some(given)) = (Stage::from_term(key), given(written)) {
            amounts.insert(stage, given);
        }
    }
    Entry { fields, amounts }
}

/// All keys in ledger order.
fn keys(line: &LedgerEntry) -> Vec<(&'static str, Option<String>)> {
    let code = |text: &Option<crate::source::Located<crate::model::CodeText>>| {
        text.as_ref().map(|text| format!("{} {}", text.code, text.name.as_deref().unwrap_or("")).trim().to_owned())
    };
    let name = |text: &Option<crate::source::Located<String>>| text.as_ref().map(|text| text.value.clone());
    vec![
        ("unit", name(&line.unit)),
        ("function", code(&line.function)),
        ("kind", line.kind.map(|term| term.term().to_owned())),
        ("economic", code(&line.economic)),
        ("government", code(&line.government)),
        ("fund", line.fund.map(|term| term.term().to_owned())),
        ("origin", line.origin.map(|term| term.term().to_owned())),
        ("project", name(&line.project)),
        ("counterparty", name(&line.counterparty)),
        ("source", line.source.map(|term| term.term().to_owned())),
        ("balance", line.balance.map(|term| term.term().to_owned())),
        ("note", line.note.clone()),
    ]
}

fn given(written: &Written) -> Option<Given> {
    match written {
        Written::Absent => None,
        Written::Unknown(_) => Some(Given::Unknown),
        Written::Text(text, _) => Some(Given::Known(text.replace(',', ""))),
    }
}

/// A value inside braces: quoted as soon as YAML could take a character for its own.
fn scalar(text: &str) -> String {
    let plain = text
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '·' | '（' | '）' | '、' | '—' | '-' | '“' | '”' | ' '))
        && !text.starts_with(['-', ' '])
        && !text.ends_with(' ')
        && !matches!(text, "null" | "true" | "false" | "~" | "");
    if plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}
