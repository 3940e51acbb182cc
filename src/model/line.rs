//! Lines are the atoms: a measure, its dimensions, amounts by stage.

use std::{collections::BTreeMap, fmt, sync::Arc};

use crate::{
    account::{Classification, Code},
    money::Quantity,
    period::Stage,
    source::Span,
    terms,
};

use super::terms::{BalanceItem, Fund, IncomeSource, LineKind, Origin, ProcurementCategory};

terms! {
    /// 计量：一行台账说的是什么数
    pub enum Measure: "计量" {
        Expenditure = "expenditure",
        Income = "income",
        Balance = "balance",
        Project = "project",
        Procurement = "procurement",
        ProcurementReserved = "procurement_reserved",
        ProcurementSme = "procurement_sme",
        ProcurementMicro = "procurement_micro",
        ProcurementQuantity = "procurement_quantity",
        ProcurementPrice = "procurement_price",
        AssetCount = "asset_count",
        AssetValue = "asset_value",
        AssetArea = "asset_area",
        Staff = "staff",
        ThreePublicCount = "three_public_count",
        ThreePublicPart = "three_public_part",
        /// 自评总分
        Score = "score",
        /// 指标和预算执行率的权重
        Weight = "weight",
    }
}

terms! {
    /// 维度
    pub enum Dimension: "维度" {
        Unit = "unit",
        Function = "function",
        Kind = "kind",
        Economic = "economic",
        Government = "government",
        Fund = "fund",
        Origin = "origin",
        Project = "project",
        Counterparty = "counterparty",
        Source = "source",
        Balance = "balance",
        Category = "category",
        Asset = "asset",
        Item = "item",
        Part = "part",
        Form = "form",
    }
}

impl Measure {
    /// Amounts of money; the others are counts.
    #[must_use]
    pub const fn is_money(self) -> bool {
        match self {
            Self::Expenditure
            | Self::Income
            | Self::Balance
            | Self::Project
            | Self::Procurement
            | Self::ProcurementReserved
            | Self::ProcurementSme
            | Self::ProcurementMicro
            | Self::ProcurementPrice
            | Self::AssetValue
            | Self::ThreePublicPart => true,
            Self::ProcurementQuantity
            | Self::AssetCount
            | Self::AssetArea
            | Self::Staff
            | Self::ThreePublicCount
            | Self::Score
            | Self::Weight => false,
        }
    }

    /// The dimensions a line of this measure may have.
    #[must_use]
    pub const fn dimensions(self) -> &'static [Dimension] {
        use Dimension as D;
        match self {
            Self::Expenditure => &[
                D::Unit,
                D::Function,
                D::Kind,
                D::Economic,
                D::Government,
                D::Fund,
                D::Origin,
                D::Project,
                D::Counterparty,
            ],
            Self::Project => &[
                D::Unit,
                D::Function,
                D::Kind,
                D::Economic,
                D::Government,
                D::Fund,
                D::Origin,
                D::Project,
                D::Counterparty,
                D::Form,
            ],
            Self::Income => &[D::Unit, D::Source, D::Function, D::Fund, D::Project, D::Counterparty],
            Self::Balance => &[D::Unit, D::Balance, D::Function, D::Kind, D::Fund, D::Project],
            Self::Procurement
            | Self::ProcurementReserved
            | Self::ProcurementSme
            | Self::ProcurementMicro
            | Self::ProcurementQuantity
            | Self::ProcurementPrice => &[D::Unit, D::Category, D::Item, D::Function, D::Fund, D::Origin, D::Project],
            Self::AssetCount | Self::AssetValue | Self::AssetArea => &[D::Unit, D::Asset, D::Item],
            Self::Staff => &[D::Unit, D::Item],
            Self::ThreePublicCount => &[D::Unit, D::Item],
            Self::ThreePublicPart => &[D::Unit, D::Item, D::Part, D::Fund],
            Self::Score | Self::Weight => &[D::Unit, D::Project],
        }
    }
}

impl Dimension {
    /// The classification behind a dimension of codes.
    #[must_use]
    pub const fn classification(self) -> Option<Classification> {
        match self {
            Self::Function => Some(Classification::Function),
            Self::Economic => Some(Classification::Economic),
            Self::Government => Some(Classification::Government),
            Self::Unit
            | Self::Kind
            | Self::Fund
            | Self::Origin
            | Self::Project
            | Self::Counterparty
            | Self::Source
            | Self::Balance
            | Self::Category
            | Self::Asset
            | Self::Item
            | Self::Part
            | Self::Form => None,
        }
    }

    /// Whether a line without this dimension says “none” (no project, no counterparty) and not “not kept”.
    #[must_use]
    pub const fn may_be_none(self) -> bool {
        matches!(self, Self::Project | Self::Counterparty | Self::Part | Self::Item)
    }

    /// The word for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unit => "单位",
            Self::Function => "支出功能分类",
            Self::Kind => "支出性质",
            Self::Economic => "部门预算支出经济分类",
            Self::Government => "政府预算支出经济分类",
            Self::Fund => "资金性质",
            Self::Origin => "资金来源年度",
            Self::Project => "项目",
            Self::Counterparty => "往来单位",
            Self::Source => "收入来源",
            Self::Balance => "结转结余项目",
            Self::Category => "采购类别",
            Self::Asset => "资产大类",
            Self::Item => "细类",
            Self::Part => "细分",
            Self::Form => "绩效目标表（公开、不公开）",
        }
    }
}

/// A value on a dimension.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    Code(Code),
    Kind(LineKind),
    Fund(Fund),
    Origin(Origin),
    Source(IncomeSource),
    Balance(BalanceItem),
    Category(ProcurementCategory),
    /// Units, projects, items: open vocabularies.
    Name(Arc<str>),
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => code.fmt(out),
            Self::Kind(term) => term.fmt(out),
            Self::Fund(term) => term.fmt(out),
            Self::Origin(term) => term.fmt(out),
            Self::Source(term) => term.fmt(out),
            Self::Balance(term) => term.fmt(out),
            Self::Category(term) => term.fmt(out),
            Self::Name(name) => out.write_str(name),
        }
    }
}

/// Number of an atom. Views of one atom under several measures share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineId(pub u32);

/// What a line says at one stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    Known(Quantity, Span),
    /// The amount exists, but nobody gave it.
    Unknown(Span),
}

/// The values of a line by dimension. A slot for each: every figure asks many lines.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Dimensions([Option<Value>; Dimension::ALL.len()]);

impl Dimensions {
    #[must_use]
    pub const fn get(&self, dimension: Dimension) -> Option<&Value> {
        self.0[dimension as usize].as_ref()
    }

    /// Sets one; what stood there comes back.
    pub fn insert(&mut self, dimension: Dimension, value: Value) -> Option<Value> {
        self.0[dimension as usize].replace(value)
    }

    pub fn remove(&mut self, dimension: Dimension) -> Option<Value> {
        self.0[dimension as usize].take()
    }

    /// In the order of the dimensions.
    pub fn iter(&self) -> impl Iterator<Item = (Dimension, &Value)> {
        Dimension::ALL.iter().copied().zip(&self.0).filter_map(|(dimension, value)| Some((dimension, value.as_ref()?)))
    }
}

impl<const N: usize> From<[(Dimension, Value); N]> for Dimensions {
    fn from(values: [(Dimension, Value); N]) -> Self {
        let mut own = Self::default();
        own.extend(values);
        own
    }
}

impl Extend<(Dimension, Value)> for Dimensions {
    fn extend<I: IntoIterator<Item = (Dimension, Value)>>(&mut self, values: I) {
        for (dimension, value) in values {
            self.insert(dimension, value);
        }
    }
}

/// One atom of the ledgers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: LineId,
    pub measure: Measure,
    pub dimensions: Dimensions,
    pub amounts: BTreeMap<Stage, Given>,
    pub span: Span,
}

impl Line {
    #[must_use]
    pub const fn value(&self, dimension: Dimension) -> Option<&Value> {
        self.dimensions.get(dimension)
    }

    /// The known amount at a stage, if there is one.
    #[must_use]
    pub fn known(&self, stage: Stage) -> Option<Quantity> {
        match self.amounts.get(&stage)? {
            Given::Known(quantity, _) => Some(*quantity),
            Given::Unknown(_) => None,
        }
    }
}
