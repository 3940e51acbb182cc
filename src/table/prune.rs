//! Columns printed only where they occur, left out before the table is compiled.

use std::borrow::Cow;

use crate::{
    diagnostic::Diagnostic,
    facts::{Filter, Query},
    period::Stage,
    profile::{BlockSpec, ColumnSpec, TableSpec},
    source::Located,
};

use super::{
    Context,
    columns::{expression_of, filter_of},
};

/// The specification without the columns that have nothing in them; the same where all columns always stand.
pub(super) fn occurring<'s>(
    spec: &'s Located<TableSpec>,
    context: Context<'_>,
    found: &mut Vec<Diagnostic>,
) -> Cow<'s, Located<TableSpec>> {
    if !spec.blocks.iter().any(|block| may_lack(&block.columns)) {
        return Cow::Borrowed(spec);
    }
    let mut pruned = spec.clone();
    for block in &mut pruned.value.blocks {
        let base = filter_of(&block.filter, found);
        let columns = std::mem::take(&mut block.value.columns);
        block.value.columns = kept(columns, &base, block.stage, block, context, found);
    }
    Cow::Owned(pruned)
}

fn may_lack(columns: &[Located<ColumnSpec>]) -> bool {
    columns.iter().any(|column| column.occurring.unwrap_or(false) || may_lack(&column.columns))
}

fn kept(
    columns: Vec<Located<ColumnSpec>>,
    above: &Filter,
    stage: Option<Stage>,
    block: &BlockSpec,
    context: Context<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Located<ColumnSpec>> {
    let mut left = Vec::new();
    for mut column in columns {
        let filter = above.and(&filter_of(&column.filter, &mut Vec::new()));
        let stage = column.stage.or(stage);
        if column.occurring.unwrap_or(false) && !occurs(&column, &filter, stage, block, context, found) {
            continue;
        }
        let inner = std::mem::take(&mut column.value.columns);
        column.value.columns = kept(inner, &filter, stage, block, context, found);
        left.push(column);
    }
    left
}

/// Whether any line stands behind a column at its stage.
fn occurs(
    column: &ColumnSpec,
    filter: &Filter,
    stage: Option<Stage>,
    block: &BlockSpec,
    context: Context<'_>,
    found: &mut Vec<Diagnostic>,
) -> bool {
    let Some(stage) = stage else { return true };
    let queries = match (&column.figure, block.measure) {
        (Some(figure), _) => {
            let expression = expression_of(figure, context, found);
            expression.map(|expression| context.facts.queries(&expression)).unwrap_or_default()
        }
        (None, Some(measure)) => vec![Query { measure, filter: filter.clone() }],
        (None, None) => return true,
    };
    queries.iter().any(|query| context.facts.matching(query, &[stage]).next().is_some())
}
