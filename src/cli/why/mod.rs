//! `gen why`: where a number comes from, from the printed text down to ledger lines.
//!
//! In: a finished compilation and what the user asks for (an address, a table cell, a number as printed).
//! Out: a tree as text or JSON. Never knows: how to work a figure out; `facts` does that.

mod asked;
mod tree;

use serde::Serialize;

use crate::compile::{Compiled, compile};

use self::{
    asked::{Asked, asked},
    tree::{Node, node, rounding},
};
use super::{
    Exit,
    arguments::WhyOptions,
    build::place,
    talk::{line_err, line_out},
};

/// One tree as JSON; amounts are exact decimals in 元 as text.
#[derive(Serialize)]
struct Told {
    disclosure: String,
    printed: String,
    place: String,
    /// Other places that print the same figure alike.
    others: Vec<String>,
    /// How the exact value became what is printed; empty where that is unknown.
    rounding: String,
    trace: Node,
}

/// Tells where a number comes from.
pub(super) fn why(options: &WhyOptions) -> Exit {
    let place = match place(&options.paths, None) {
        Ok(place) => place,
        Err(exit) => return exit,
    };
    let (mut told, mut hints) = (Vec::new(), Vec::new());
    for slug in &place.slugs {
        let compiled = compile(&place.disk, slug, None);
        match asked(&compiled, &options.figure) {
            Ok(asked) => told.extend(asked.into_iter().filter_map(|one| tell(one, &compiled))),
            Err(hint) => hints.push(format!("{slug}：{hint}")),
        }
    }
    // An address may mean something in one disclosure and nothing in the others.
    if told.iter().any(|one: &Told| one.trace.value.is_some()) {
        told.retain(|one| one.trace.value.is_some());
    }
    if told.is_empty() {
        line_err(&format!("错误：没有找到“{}”。", options.figure));
        for hint in &hints {
            line_err(hint);
        }
        line_err("可以写数字地址（支出合计@决算）、表格单元（表样名或表名:行:列）或公开材料里印出的数字（2,181.31）。");
        return Exit::Usage;
    }
    if options.json {
        let report = serde_json::json!({ "version": 1, "figures": told });
        line_out(&serde_json::to_string_pretty(&report).unwrap_or_default());
    } else {
        told.iter().for_each(draw);
    }
    Exit::Fine
}

fn tell(asked: Asked, compiled: &Compiled) -> Option<Told> {
    let (facts, disclosure) = (compiled.facts.as_ref()?, compiled.disclosure.as_ref()?);
    let trace = facts.trace(&facts.question(&asked.address).ok()?).ok()?;
    let node = node(&trace, compiled, disclosure);
    let printed = if asked.printed.is_empty() { node.shown.clone() } else { asked.printed };
    let rounding = rounding(&printed, &trace);
    let Asked { place, others, .. } = asked;
    Some(Told { disclosure: compiled.slug.clone(), printed, place, others, rounding, trace: node })
}

fn draw(told: &Told) {
    let others = match told.others.as_slice() {
        [] => String::new(),
        [one] => format!("，另印在{one}"),
        [one, rest @ ..] => format!("，另印在{one}等 {} 处", rest.len() + 1),
    };
    line_out(&format!("{}  {}（{}）{others}", told.printed, told.place, told.disclosure));
    if !told.rounding.is_empty() {
        line_out(&format!("  {}", told.rounding));
    }
    told.trace.draw(1);
}
