//! The table compiler: specifications against facts.
//!
//! In: a [`TableSpec`], facts, the model, and a way to expand texts. Out: a [`TypedTable`] whose cells still hold
//! answers, not digits. Never knows: digits as text, output languages, templates' language.

mod block;
mod columns;
mod fields;
mod form;
mod grid;
mod partition;
mod prune;
mod rows;

use crate::{
    diagnostic::Diagnostic,
    facts::{Answer, Facts},
    model::Disclosure,
    money::AmountUnit,
    profile::{Expand, Profile, TableSpec},
    source::{Located, Span},
};

pub use fields::{Entity, fields_of};

/// What a compilation may look at.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "holds a closure")]
pub struct Context<'a> {
    pub facts: &'a Facts,
    pub disclosure: &'a Disclosure,
    pub profile: &'a Profile,
    pub expand: Expand<'a>,
}

/// A compiled table; texts are expanded but may hold references, figures are answers.
#[derive(Debug, Clone)]
pub struct TypedTable {
    /// File name of the specification, with a number where one is printed for each project.
    pub name: String,
    pub title: String,
    /// What the contents call it.
    pub listed: String,
    pub label: String,
    pub left: String,
    pub right: String,
    pub notes: Vec<String>,
    pub heading: bool,
    pub orientation: crate::document::Orientation,
    pub head_columns: usize,
    /// Unit of its amounts, where it is not that of their styles.
    pub unit: Option<AmountUnit>,
    /// Weight and alignment of each column.
    pub columns: Vec<crate::document::Column>,
    pub head: Vec<TypedRow>,
    pub body: Vec<TypedRow>,
    /// Not a single amount is in it.
    pub empty: bool,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct TypedRow {
    pub role: crate::document::RowRole,
    pub cells: Vec<TypedCell>,
}

/// A cell before formatting.
#[derive(Debug, Clone)]
pub struct TypedCell {
    pub content: Content,
    pub colspan: usize,
    pub rowspan: usize,
    pub indent: u8,
    pub align: Option<crate::document::Align>,
}

#[derive(Debug, Clone)]
pub enum Content {
    Blank,
    /// Expanded text.
    Text(String),
    /// Names what stands beside or below it.
    Head(String),
    /// A code of a classification, or a part of one.
    Code(String),
    /// 行次, 栏次, 序号: computed by counting.
    Number(usize),
    /// A figure, in a number style of the profile.
    Figure {
        answer: Answer,
        style: String,
    },
}

impl TypedCell {
    pub(crate) const fn new(content: Content) -> Self {
        Self { content, colspan: 1, rowspan: 1, indent: 0, align: None }
    }

    pub(crate) const fn spanning(mut self, colspan: usize, rowspan: usize) -> Self {
        self.colspan = colspan;
        self.rowspan = rowspan;
        self
    }
}

/// Compiles one specification into one table, or one for each of its objects.
#[must_use]
pub fn compile(name: &str, spec: &Located<TableSpec>, context: Context<'_>) -> (Vec<TypedTable>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let entities = match spec.each {
        None => vec![None],
        Some(target) => fields::numbered(fields::entities(target, context)).into_iter().map(Some).collect(),
    };
    let several = spec.each.is_some();
    let spec = prune::occurring(spec, context, &mut found);
    let mut tables = Vec::new();
    for (index, entity) in entities.iter().enumerate() {
        let own = if several { format!("{name}-{}", index + 1) } else { name.to_owned() };
        tables.extend(grid::assemble(&own, &spec, entity.as_ref(), context, &mut found));
    }
    (tables, found)
}
