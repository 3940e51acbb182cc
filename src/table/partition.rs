//! Nothing vanishes and nothing counts twice: every line of the base lands in exactly one leaf row, and under a total
//! column in exactly one of its parts.

use std::collections::BTreeMap;

use crate::{
    diagnostic::Diagnostic,
    facts::{Filter, Head, Match, Query},
    model::{Dimension, Line, LineId, Measure},
    period::Stage,
    profile::{ColumnSpec, Show, TableSpec},
    source::Located,
};

use super::{Context, block::Block, columns::filter_of, rows::Row};

/// Checks the leaf rows of all blocks against the base of the table, or of each block.
pub(super) fn rows(spec: &Located<TableSpec>, blocks: &[Block<'_>], context: Context<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(base) = &spec.base {
        let query = Query { measure: base.measure, filter: filter_of(&base.filter, found) };
        let leaves: Vec<&Row> = blocks.iter().flat_map(|block| partition_rows(block, base.measure)).collect();
        each_once(&query, &[base.stage], &leaves, spec, context, found);
        return;
    }
    for block in blocks {
        let Some(measure) = block.spec.measure else { continue };
        let leaves = partition_rows(block, measure);
        if leaves.is_empty() {
            continue;
        }
        let query = Query { measure, filter: block.base.clone() };
        let mut stages: Vec<Stage> = block
            .leaves
            .iter()
            .filter(|leaf| leaf.show == Show::Amount && leaf.figure.is_none())
            .filter_map(|leaf| leaf.stage)
            .collect();
        stages.sort();
        stages.dedup();
        each_once(&query, &stages, &leaves, spec, context, found);
    }
}

/// The leaf rows of a block that count lines of its own measure.
fn partition_rows<'b>(block: &'b Block<'_>, measure: Measure) -> Vec<&'b Row> {
    let own = |row: &&Row| {
        row.leaf
            && row.expression.as_ref().is_some_and(
                |expression| matches!(expression.0.as_slice(), [(_, term)] if term.head == Head::Measure(measure)),
            )
    };
    block.bands.iter().flat_map(|band| &band.rows).filter(own).collect()
}

fn each_once(
    query: &Query,
    stages: &[Stage],
    leaves: &[&Row],
    spec: &Located<TableSpec>,
    context: Context<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let (mut hits, mut lacking): (BTreeMap<LineId, usize>, BTreeMap<LineId, Dimension>) = Default::default();
    for row in leaves {
        for (line, outcome) in context.facts.tested(query.measure, &full_filter(row), stages) {
            match outcome {
                Match::Yes => *hits.entry(line.id).or_default() += 1,
                Match::Lacks(dimension) => {
                    lacking.entry(line.id).or_insert(dimension);
                }
                Match::No => {}
            }
        }
    }
    for line in context.facts.matching(query, stages).filter(|line| weighs(line, stages)) {
        let hits = hits.get(&line.id).copied().unwrap_or_default();
        if let (Some(dimension), 0) = (lacking.get(&line.id), hits) {
            let message = format!("“{}”要按{}列示，这一行台账没有写", spec.words(), dimension.label());
            found.push(
                Diagnostic::new("F003", message)
                    .at(line.span, format!("没有 {}", dimension.term()))
                    .at(spec.span, "这张表")
                    .help(format!("给这一行补上 {}。", dimension.term())),
            );
        } else if hits == 0 {
            let message = format!("这一行台账没有落进“{}”的任何一行", spec.words());
            found.push(
                Diagnostic::new("T001", message)
                    .at(line.span, describe(line))
                    .at(spec.span, "这张表")
                    .help("检查这一行的编码和性质，或在表样里补上对应的行。"),
            );
        } else if hits > 1 {
            let message = format!("这一行台账落进了“{}”的 {hits} 行", spec.words());
            found.push(
                Diagnostic::new("T002", message)
                    .at(line.span, describe(line))
                    .at(spec.span, "这张表")
                    .help("检查表样里各行的取数条件，使它们互不重叠。"),
            );
        }
    }
}

fn full_filter(row: &Row) -> Filter {
    row.expression
        .as_ref()
        .and_then(|expression| expression.0.first())
        .map_or_else(|| row.filter.clone(), |(_, term)| term.filter.and(&row.filter))
}

/// A line with a known amount other than zero, or an unknown one, at one of the stages.
fn weighs(line: &Line, stages: &[Stage]) -> bool {
    stages
        .iter()
        .any(|stage| line.amounts.contains_key(stage) && line.known(*stage).is_none_or(|quantity| !quantity.is_zero()))
}

fn describe(line: &Line) -> String {
    line.dimensions
        .iter()
        .map(|(dimension, value)| format!("{}={value}", dimension.term()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Under each total column, the other columns beside it must share out its lines.
pub(super) fn columns(block: &Block<'_>, context: Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(measure) = block.spec.measure else { return };
    level(&block.spec.columns, &block.base, block.spec.stage, measure, context, found);
}

fn level(
    columns: &[Located<ColumnSpec>],
    above: &Filter,
    stage: Option<Stage>,
    measure: Measure,
    context: Context<'_>,
    found: &mut Vec<Diagnostic>,
) {
    for column in columns.iter().filter(|column| !column.columns.is_empty()) {
        let inner = above.and(&filter_of(&column.filter, &mut Vec::new()));
        level(&column.columns, &inner, column.stage.or(stage), measure, context, found);
    }
    for total in columns.iter().filter(|column| column.total.unwrap_or(false)) {
        let Some(stage) = total.stage.or(stage) else { continue };
        let whole = above.and(&filter_of(&total.filter, &mut Vec::new()));
        let parts: Vec<Filter> = columns
            .iter()
            .filter(|other| is_part(other, stage))
            .map(|part| above.and(&filter_of(&part.filter, &mut Vec::new())))
            .collect();
        let query = Query { measure, filter: whole };
        for line in context.facts.matching(&query, &[stage]).filter(|line| weighs(line, &[stage])) {
            share_out(line, &parts, total, measure, found);
        }
    }
}

fn share_out(
    line: &Line,
    parts: &[Filter],
    total: &Located<ColumnSpec>,
    measure: Measure,
    found: &mut Vec<Diagnostic>,
) {
    // A part over a dimension the measure does not have (上年结转 in an income table) holds other money.
    let own = parts.iter().filter(|part| part.dimensions().all(|dimension| measure.dimensions().contains(&dimension)));
    let tests: Vec<Match> = own.map(|part| part.test(line)).collect();
    let hits = tests.iter().filter(|outcome| **outcome == Match::Yes).count();
    let head = &total.head.value;
    if let (0, Some(Match::Lacks(dimension))) = (hits, tests.iter().find(|outcome| matches!(outcome, Match::Lacks(_))))
    {
        let message = format!("“{head}”各栏要按{}取数，这一行台账没有写", dimension.label());
        found.push(
            Diagnostic::new("F003", message)
                .at(line.span, format!("没有 {}", dimension.term()))
                .at(total.span, "这一栏")
                .help(format!("给这一行补上 {}。", dimension.term())),
        );
    } else if hits == 0 {
        let message = format!("这一行台账没有落进“{head}”旁的任何一栏");
        found.push(
            Diagnostic::new("T001", message)
                .at(line.span, describe(line))
                .at(total.span, "这一栏")
                .help("检查这一行的性质和资金，或在表样里补上对应的栏。"),
        );
    } else if hits > 1 {
        let message = format!("这一行台账落进了“{head}”旁的 {hits} 栏");
        found.push(
            Diagnostic::new("T002", message)
                .at(line.span, describe(line))
                .at(total.span, "这一栏")
                .help("检查表样里各栏的取数条件，使它们互不重叠。"),
        );
    }
}

/// A column that holds a part of a total beside it: an amount at the same stage, of the rows' own figure.
fn is_part(column: &ColumnSpec, stage: Stage) -> bool {
    let amounts = holds_amounts(column);
    !column.total.unwrap_or(false)
        && amounts
        && column.figure.is_none()
        && column.stage.is_none_or(|own| own == stage)
        && !column.of_which.unwrap_or(false)
}

/// A column of amounts, or a group with one among its columns: the group over split codes holds none.
fn holds_amounts(column: &ColumnSpec) -> bool {
    let own = matches!(column.show, None | Some(Show::Amount));
    if column.columns.is_empty() { own } else { column.columns.iter().any(|inner| holds_amounts(inner)) }
}
