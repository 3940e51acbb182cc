//! The mapping file: which head of a table is which key of a ledger line.

use std::collections::BTreeSet;

use crate::{
    model::{Fund, IncomeSource, LineKind, Origin},
    period::Stage,
    record,
    source::{FileId, Free, Located, Problem, ProblemKind, Read as Reads, Reader, parse},
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
        /// 一个名称的各种写法：表头里的 <名称> 代表其中任何一种
        names: Free<Vec<String>>,
        /// 维度列
        fields: Vec<FieldHeads>,
        /// 金额列
        amounts: Vec<AmountHeads>,
        /// 全行合计列的表头
        totals: Vec<Located<String>>,
        /// 部分合计列的表头
        subtotals: Vec<Located<String>>,
        /// 不导入的列
        ignore: Vec<Located<String>>,
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
        heads: Vec<Located<String>>,
    }
}

record! {
    /// 一种金额列
    pub struct AmountHeads {
        /// 表头，多级用 / 连接
        heads: Vec<Located<String>>,
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
    /// Reads a mapping file; it adds to `base`, and a head it names is no longer what `base` says.
    ///
    /// # Errors
    /// The problems of the YAML.
    pub fn read(text: &str, base: Option<Self>) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader::default();
        let node = parse(FileId(0), text).map_err(|problem| vec![problem])?;
        let own = <Self as Reads>::read(&node, &mut reader);
        let known = base.as_ref().map(|base| base.names.clone()).unwrap_or_default();
        let own = own.map(|own| own.written_out(known, &mut reader)).filter(|_| reader.problems.is_empty());
        own.map(|own| own.over(base)).ok_or(reader.problems)
    }

    fn lists(&mut self) -> impl Iterator<Item = &mut Vec<Located<String>>> {
        let Self { fields, amounts, totals, subtotals, ignore, .. } = self;
        let fields = fields.iter_mut().map(|own| &mut own.heads);
        fields.chain(amounts.iter_mut().map(|own| &mut own.heads)).chain([totals, subtotals, ignore])
    }

    /// With each head in all its ways, by its own names and the `known` ones.
    fn written_out(mut self, known: Free<Vec<String>>, reader: &mut Reader) -> Self {
        self.names.0.extend(known.0);
        let names = self.names.clone();
        for heads in self.lists() {
            *heads = heads.iter().flat_map(|head| ways(head, &names)).collect();
            for head in heads.iter().filter(|head| head.contains('<')) {
                let known: Vec<&str> = names.iter().map(|(name, _)| name.value.as_str()).collect();
                let help = format!("names 里有：{}。", known.join("、"));
                reader.report(head.span, ProblemKind::Value { what: "表头的名称", found: head.value.clone(), help });
            }
        }
        self
    }

    fn over(mut self, base: Option<Self>) -> Self {
        let Some(mut base) = base else { return self };
        let own: BTreeSet<String> =
            self.lists().flat_map(|heads| heads.iter().map(|head| head.value.clone())).collect();
        base.lists().for_each(|heads| heads.retain(|head| !own.contains(&head.value)));
        self.fields.extend(base.fields);
        self.amounts.extend(base.amounts);
        self.totals.extend(base.totals);
        self.subtotals.extend(base.subtotals);
        self.ignore.extend(base.ignore);
        self.total_rows.extend(base.total_rows);
        self.placeholders.extend(base.placeholders);
        self
    }

    /// The role of a head given as its levels from the top, and how many levels were known. The longest alias decides.
    #[must_use]
    pub fn role(&self, levels: &[String]) -> Option<(Role, usize)> {
        // How many levels the longest fitting alias of a list has.
        let depth = |heads: &[Located<String>]| {
            let fitting = heads.iter().filter(|head| ends_with(levels, head));
            fitting.map(|head| head.split('/').count()).max()
        };
        // 合计 below an upper head sums that head's columns, not the row.
        let total = if levels.len() > 1 { Role::Subtotal } else { Role::Total };
        let fields = self.fields.iter().filter_map(|own| Some((depth(&own.heads)?, Role::Field(own.field))));
        let amounts = self.amounts.iter().filter_map(|own| Some((depth(&own.heads)?, Role::Amount(own.clone()))));
        let others = [(&self.subtotals, Role::Subtotal), (&self.totals, total), (&self.ignore, Role::Ignored)];
        let others = others.into_iter().filter_map(|(heads, role)| Some((depth(heads)?, role)));
        let (depth, role) = fields.chain(amounts).chain(others).max_by_key(|(depth, _)| *depth)?;
        Some((role, depth))
    }

    /// All heads, for suggestions.
    pub fn heads(&self) -> impl Iterator<Item = &str> {
        let fields = self.fields.iter().flat_map(|own| &own.heads);
        let amounts = self.amounts.iter().flat_map(|own| &own.heads);
        fields
            .chain(amounts)
            .chain(&self.totals)
            .chain(&self.subtotals)
            .chain(&self.ignore)
            .map(|head| head.value.as_str())
    }
}

/// A head with each of its `<名称>` in all ways. A name that is not declared stays.
fn ways(head: &Located<String>, names: &Free<Vec<String>>) -> Vec<Located<String>> {
    let mut all = vec![head.value.clone()];
    for (name, ways) in names.iter() {
        let name = format!("<{}>", name.value);
        if head.contains(&name) {
            all = all.iter().flat_map(|head| ways.iter().map(|way| head.replace(&name, way))).collect();
        }
    }
    all.into_iter().map(|value| Located { value, span: head.span }).collect()
}

fn ends_with(levels: &[String], head: &str) -> bool {
    let wanted: Vec<&str> = head.split('/').collect();
    levels.len() >= wanted.len() && levels[levels.len() - wanted.len()..].iter().map(String::as_str).eq(wanted)
}
