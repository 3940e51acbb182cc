//! The mapping file: which head of a table is which key of a ledger line.

use crate::{
    model::{Fund, IncomeSource, LineKind, Origin},
    period::Stage,
    record,
    source::{FileId, Problem, Read as Reads, Reader, parse},
    terms,
};

terms! {
    /// 导入的一列是什么
    pub enum Field: "列的内容" {
        FunctionClass = "function_class",
        FunctionSection = "function_section",
        FunctionItem = "function_item",
        Function = "function",
        FunctionName = "function_name",
        EconomicClass = "economic_class",
        EconomicSection = "economic_section",
        Economic = "economic",
        EconomicName = "economic_name",
        GovernmentClass = "government_class",
        GovernmentSection = "government_section",
        Government = "government",
        GovernmentName = "government_name",
        Unit = "unit",
        Kind = "kind",
        Fund = "fund",
        Origin = "origin",
        Project = "project",
        Counterparty = "counterparty",
        Source = "source",
        Balance = "balance",
        Note = "note",
    }
}

record! {
    /// templates/import/*.yaml：表头对照
    pub struct Mapping {
        /// 维度列
        fields: Vec<FieldHeads>,
        /// 金额列
        amounts: Vec<AmountHeads>,
        /// 全行合计列的表头
        totals: Vec<String>,
        /// 部分合计列的表头
        subtotals: Vec<String>,
        /// 不导入的列
        ignore: Vec<String>,
        /// 合计行的字样
        total_rows: Vec<String>,
        /// 占位行的字样
        placeholders: Vec<String>,
    }
}

record! {
    /// 一个维度的各种表头
    pub struct FieldHeads {
        /// 台账的键
        field: Field,
        /// 表头，多级用 / 连接
        heads: Vec<String>,
    }
}

record! {
    /// 一种金额列
    pub struct AmountHeads {
        /// 表头，多级用 / 连接
        heads: Vec<String>,
        /// 这一列的阶段
        stage: Option<Stage>,
        /// 这一列的支出性质
        kind: Option<LineKind>,
        /// 这一列的收入来源
        source: Option<IncomeSource>,
        /// 这一列的资金性质
        fund: Option<Fund>,
        /// 这一列的资金来源年度
        origin: Option<Origin>,
    }
}

impl AmountHeads {
    /// Whether two columns differ in their stage at most: then they are amounts of one line.
    #[must_use]
    pub fn same_line(&self, other: &Self) -> bool {
        (self.kind, self.source, self.fund, self.origin) == (other.kind, other.source, other.fund, other.origin)
    }
}

/// What a column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    Field(Field),
    Amount(AmountHeads),
    /// Sum over all amount columns of the row.
    Total,
    /// Sum over the amount columns under the same upper head.
    Subtotal,
    Ignored,
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// The problems of the YAML.
    pub fn read(text: &str) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader::default();
        let node = parse(FileId(0), text).map_err(|problem| vec![problem])?;
        match <Self as Reads>::read(&node, &mut reader) {
            Some(mapping) if reader.problems.is_empty() => Ok(mapping),
            _ => Err(reader.problems),
        }
    }

    /// The role of a head given as its levels from the top, and how many levels were known. The longest alias decides.
    #[must_use]
    pub fn role(&self, levels: &[String]) -> Option<(Role, usize)> {
        let fields = self.fields.iter().flat_map(|own| own.heads.iter().map(|head| (head, Role::Field(own.field))));
        let amounts =
            self.amounts.iter().flat_map(|own| own.heads.iter().map(|head| (head, Role::Amount(own.clone()))));
        let totals = self.totals.iter().map(|head| (head, Role::Total));
        let subtotals = self.subtotals.iter().map(|head| (head, Role::Subtotal));
        let ignored = self.ignore.iter().map(|head| (head, Role::Ignored));
        let all = fields.chain(amounts).chain(subtotals).chain(totals).chain(ignored);
        let fitting = all.filter(|(head, _)| ends_with(levels, head));
        // 合计 below an upper head sums that head's columns, not the row.
        let depths = fitting.map(|(head, role)| (role, head.split('/').count()));
        let (role, depth) = depths.max_by_key(|(_, depth)| *depth)?;
        Some((if role == Role::Total && levels.len() > 1 { Role::Subtotal } else { role }, depth))
    }

    /// All heads, for suggestions.
    pub fn heads(&self) -> impl Iterator<Item = &str> {
        let fields = self.fields.iter().flat_map(|own| &own.heads);
        let amounts = self.amounts.iter().flat_map(|own| &own.heads);
        fields.chain(amounts).chain(&self.totals).chain(&self.subtotals).chain(&self.ignore).map(String::as_str)
    }
}

fn ends_with(levels: &[String], head: &str) -> bool {
    let wanted: Vec<&str> = head.split('/').collect();
    levels.len() >= wanted.len() && levels[levels.len() - wanted.len()..].iter().map(String::as_str).eq(wanted)
}
