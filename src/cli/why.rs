//! `gen why`: where a number comes from, from the printed text down to ledger lines.
//!
//! In: a finished compilation and what the user asks for (an address, a table cell, a number as printed).
//! Out: a tree as text or JSON. Never knows: how to work a figure out; `facts` does that.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::{
    compile::{Compiled, compile},
    document::{self, Document},
    facts::{Facts, Outcome, Step, Trace},
    link::print,
    model::{Disclosure, Given, LineId},
    money::{Quantity, Yuan},
    period::Stage,
    table::Content,
};

use super::{
    Exit,
    arguments::WhyOptions,
    build::place,
    talk::{line_err, line_out},
};

/// A printed number and the question it answers.
struct Asked {
    printed: String,
    place: String,
    address: String,
}

/// One tree as JSON; amounts are exact decimals in 元 as text.
#[derive(Serialize)]
struct Told {
    disclosure: String,
    printed: String,
    place: String,
    trace: Node,
}

#[derive(Serialize)]
struct Node {
    address: String,
    step: &'static str,
    value: Option<String>,
    shown: String,
    parts: Vec<Node>,
    lines: Vec<Leaf>,
}

#[derive(Serialize)]
struct Leaf {
    path: String,
    line: usize,
    stage: &'static str,
    value: Option<String>,
    shown: String,
    text: String,
}

/// Most places shown for a number that a document prints many times.
const MOST: usize = 8;

/// Tells where a number comes from.
pub(super) fn why(options: &WhyOptions) -> Exit {
    let place = match place(&options.paths, None) {
        Ok(place) => place,
        Err(exit) => return exit,
    };
    let mut told = Vec::new();
    for slug in &place.slugs {
        let compiled = compile(&place.disk, slug, None);
        told.extend(answers(&compiled, &options.figure));
    }
    if told.is_empty() {
        line_err(&format!("错误：没有找到“{}”。", options.figure));
        line_err("可以写数字地址（支出合计@决算）、表格单元（表样名:行:列）或公开材料里印出的数字（2,181.31）。");
        return Exit::Usage;
    }
    if options.json {
        let report = serde_json::json!({ "version": 1, "figures": told });
        line_out(&serde_json::to_string_pretty(&report).unwrap_or_default());
    } else {
        for one in &told {
            line_out(&format!("{}  {}（{}）", one.printed, one.place, one.disclosure));
            draw(&one.trace, 1);
        }
    }
    Exit::Fine
}

fn answers(compiled: &Compiled, figure: &str) -> Vec<Told> {
    let (Some(facts), Some(disclosure), Some(document)) = (&compiled.facts, &compiled.disclosure, &compiled.document)
    else {
        return Vec::new();
    };
    let asked = cell(compiled, figure)
        .or_else(|| address(facts, figure))
        .map_or_else(|| quoted(document, figure), |asked| vec![asked]);
    asked
        .into_iter()
        .filter_map(|asked| {
            let trace = facts.trace(&facts.question(&asked.address).ok()?).ok()?;
            let trace = node(&trace, compiled, disclosure);
            let printed = if asked.printed.is_empty() { trace.shown.clone() } else { asked.printed };
            Some(Told { disclosure: compiled.slug.clone(), printed, place: asked.place, trace })
        })
        .collect()
}

/// `income-expenditure:3:2`: a table by its specification, a row of its body, a column; both from 1.
fn cell(compiled: &Compiled, figure: &str) -> Option<Asked> {
    let mut parts = figure.rsplitn(3, ':');
    let (column, row, name) = (parts.next()?, parts.next()?, parts.next()?);
    let (column, row): (usize, usize) = (column.trim().parse().ok()?, row.trim().parse().ok()?);
    let table = compiled.tables.values().flatten().find(|table| table.name == name.trim())?;
    let body = &table.body.get(row.checked_sub(1)?)?.cells;
    let mut at = 0;
    let cell = body.iter().find(|cell| {
        at += cell.colspan;
        column <= at
    })?;
    let Content::Figure { answer, style } = &cell.content else { return None };
    let style = compiled.profile.as_ref()?.style(style)?.clone();
    let printed = print(answer.outcome, &style, false).text;
    let place = format!("表样 {} 第 {row} 行第 {column} 栏", table.name);
    Some(Asked { printed, place, address: answer.address.clone() })
}

fn address(facts: &Facts, figure: &str) -> Option<Asked> {
    facts.question(figure).ok()?;
    Some(Asked { printed: String::new(), place: "数字地址".to_owned(), address: figure.to_owned() })
}

/// Every different figure that prints as this number.
fn quoted(document: &Document, figure: &str) -> Vec<Asked> {
    let wanted = bare(figure);
    if !wanted.contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let mut found: Vec<Asked> = Vec::new();
    let mut take = |printed: &str, fact: Option<&String>, place: String| {
        let Some(address) = fact.filter(|_| bare(printed) == wanted) else { return };
        if found.len() < MOST && !found.iter().any(|own| own.address == *address) {
            found.push(Asked { printed: printed.to_owned(), place, address: address.clone() });
        }
    };
    for own in document::figures(document) {
        take(&own.text, own.fact.as_ref(), "正文".to_owned());
    }
    for table in document::tables(document) {
        for (row, cells) in table.body.iter().enumerate() {
            for (column, cell) in cells.cells.iter().enumerate() {
                let place = format!("表“{}”第 {} 行第 {} 格", table.title, row + 1, column + 1);
                take(&cell.text, cell.fact.as_ref(), place);
            }
        }
    }
    found
}

/// The number alone: digits, point, sign, percent.
fn bare(text: &str) -> String {
    text.replace('％', "%").chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '%')).collect()
}

fn node(trace: &Trace, compiled: &Compiled, disclosure: &Disclosure) -> Node {
    let step = match trace.step {
        Step::Lines => "台账合计",
        Step::Stated => "引定数",
        Step::Sum => "各部分之和",
        Step::Difference => "增减额 = 本数 − 基数",
        Step::Rate => "增减率 =（本数 − 基数）÷ 基数",
        Step::Share => "比例 = 部分 ÷ 整体",
    };
    Node {
        address: trace.address.clone(),
        step,
        value: trace.value.map(|value| value.normalize().to_string()),
        shown: shown(trace.value, trace.money, trace.step, compiled),
        parts: trace.parts.iter().map(|part| node(part, compiled, disclosure)).collect(),
        lines: trace.atoms.iter().filter_map(|(id, stage)| leaf(*id, *stage, compiled, disclosure)).collect(),
    }
}

/// A value as the prose of the profile prints it.
fn shown(value: Option<Decimal>, money: bool, step: Step, compiled: &Compiled) -> String {
    let Some(value) = value else { return "未知".to_owned() };
    if matches!(step, Step::Rate | Step::Share) {
        return format!("{}%", crate::money::round(value * Decimal::ONE_HUNDRED, 2));
    }
    let style = compiled.profile.as_ref().and_then(|profile| profile.style("amount").cloned());
    match style.filter(|_| money) {
        Some(style) => print(Outcome::Quantity(Quantity::Money(Yuan::new(value))), &style, false).text,
        None => value.normalize().to_string(),
    }
}

/// The line or stated figure at an end of the tree.
fn leaf(id: LineId, stage: Stage, compiled: &Compiled, disclosure: &Disclosure) -> Option<Leaf> {
    let line = disclosure.lines.iter().find(|line| line.id == id);
    let stated = disclosure.stated.iter().find(|stated| stated.id == id);
    let (span, quantity) = match (line, stated) {
        (Some(line), _) => {
            let place = match line.amounts.get(&stage)? {
                Given::Known(_, span) | Given::Unknown(span) => *span,
            };
            (place, line.known(stage))
        }
        (None, Some(stated)) => (stated.span, Some(stated.value.money)),
        (None, None) => return None,
    };
    let at = compiled.sources.position(span);
    let source = compiled.sources.get(span.file);
    // The line of the file shows what the amount belongs to.
    let text = source.text.lines().nth(at.line.saturating_sub(1)).unwrap_or("").trim().trim_start_matches("- ");
    Some(Leaf {
        path: source.path.clone(),
        line: at.line,
        stage: stage.term(),
        value: quantity.map(|quantity| quantity.decimal().normalize().to_string()),
        shown: shown(quantity.map(Quantity::decimal), quantity.is_none_or(Quantity::is_money), Step::Lines, compiled),
        text: text.chars().take(110).collect(),
    })
}

fn draw(node: &Node, depth: usize) {
    let indent = "  ".repeat(depth);
    let exact = node.value.as_ref().map(|value| format!("，精确值 {value}")).unwrap_or_default();
    line_out(&format!("{indent}{} = {}（{}{exact}）", node.address, node.shown, node.step));
    for leaf in &node.lines {
        line_out(&format!("{indent}  {}:{}  {}  {}", leaf.path, leaf.line, leaf.shown, leaf.text));
    }
    for part in &node.parts {
        draw(part, depth + 1);
    }
}
