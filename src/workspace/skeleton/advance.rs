//! Next year's sources from this year's: this year's amounts become last year's, the new ones are unknown. Comments and
//! layout of the files stay.

use chrono::{Months, NaiveDate};

use crate::{
    period::{Kind, Stage},
    source::{FileId, Node, NodeKind, parse},
};

use super::NewFile;

/// A replacement of a byte range.
struct Edit {
    start: usize,
    end: usize,
    text: String,
}

/// Moves the stages of a folder on by a year. `slug` is the old folder's name.
#[must_use]
pub fn advance(files: &[NewFile], kind: Kind, slug: &str) -> Vec<NewFile> {
    let moved = files.iter().filter_map(|file| {
        let text = match file.name.as_str() {
            "disclosure.yaml" => disclosure(&file.text, slug),
            "reasons.yaml" => "# 变动原因：gen check --todo 会列出还缺哪些。\nreasons: []\n".to_owned(),
            "ledgers/stated.yaml" => "# 只掌握总数的数字；上年各数已随台账转来。\nunit: 万元\nfigures: []\n".to_owned(),
            "ledgers/procurement.yaml" => "# 政府采购：逐项填写。\nunit: 万元\nstages: []\nitems: []\n".to_owned(),
            name if name.starts_with("texts/") => "待填写\n".to_owned(),
            name if name.starts_with("ledgers/") => ledger(&file.text, kind)?,
            name if name.starts_with("projects/") => project(&file.text),
            _ => file.text.clone(),
        };
        Some(NewFile { name: file.name.clone(), text })
    });
    moved.collect()
}

fn entries(node: &Node) -> &[(Node, Node)] {
    if let NodeKind::Mapping(entries) = &node.kind { entries } else { &[] }
}

fn value<'n>(node: &'n Node, key: &str) -> Option<(&'n Node, &'n Node)> {
    entries(node).iter().find(|(name, _)| is(name, key)).map(|(name, value)| (name, value))
}

fn is(node: &Node, text: &str) -> bool {
    matches!(&node.kind, NodeKind::Scalar(own) if own == text)
}

fn range(node: &Node) -> (usize, usize) {
    (node.span.start as usize, node.span.end as usize)
}

fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.start);
    let mut out = String::new();
    let mut at = 0;
    for edit in edits.into_iter().filter(|edit| edit.start <= edit.end && edit.end <= text.len()) {
        if edit.start >= at {
            out.push_str(&text[at..edit.start]);
            out.push_str(&edit.text);
            at = edit.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// The year goes up, the previous disclosure is the old one, dates and waivers are for the officer to give anew.
fn disclosure(text: &str, slug: &str) -> String {
    let dropped = ["approved", "released", "previous", "waivers", "withheld", "title"];
    let lines = without(text, &dropped).map(|line| {
        let year = line.strip_prefix("year:").and_then(|rest| rest.trim().parse::<u16>().ok());
        year.map_or_else(|| line.to_owned(), |year| format!("year: {}", year + 1))
    });
    lines.chain([format!("previous: {slug}"), String::new()]).collect::<Vec<_>>().join("\n")
}

/// The lines of a YAML mapping without some of its top keys and what stands under them.
fn without<'t>(text: &'t str, dropped: &'t [&str]) -> impl Iterator<Item = &'t str> {
    let mut skipping = false;
    text.lines().filter(move |line| {
        if line.starts_with([' ', '-']) {
            return !skipping;
        }
        let key = line.split(':').next().unwrap_or_default();
        skipping = dropped.contains(&key);
        !skipping
    })
}

/// The main stage becomes last year's; other stages are dropped; new amounts are unknown.
fn ledger(text: &str, kind: Kind) -> Option<String> {
    let node = parse(FileId(0), text).ok()?;
    let (main, last) = (kind.stages()[0], kind.last_year());
    let mut edits = Vec::new();
    if let Some((_, stages)) = value(&node, "stages") {
        let NodeKind::Sequence(listed) = &stages.kind else { return None };
        if !listed.iter().any(|stage| is(stage, main.term())) {
            // A file of other stages only (年初预算) has nothing to hand on.
            return None;
        }
        let first = listed.first()?;
        let end = listed.last().map_or(range(first).1, |stage| range(stage).1);
        edits.push(Edit { start: range(first).0, end, text: format!("{}, {}", main.term(), last.term()) });
    }
    edits.extend(value(&node, "as_of").and_then(|(_, day)| next_year(day)));
    for key in ["lines", "items", "counts", "parts"] {
        let Some((_, Node { kind: NodeKind::Sequence(lines), .. })) = value(&node, key) else { continue };
        for line in lines {
            if key == "parts" {
                part(line, text, last, &mut edits);
            } else {
                amounts(line, main, last, &mut edits);
            }
        }
    }
    Some(apply(text, edits))
}

/// The day of a list of assets, a year on.
fn next_year(day: &Node) -> Option<Edit> {
    let NodeKind::Scalar(text) = &day.kind else { return None };
    let next = text.parse::<NaiveDate>().ok()?.checked_add_months(Months::new(12))?;
    let (start, end) = range(day);
    Some(Edit { start, end, text: next.to_string() })
}

/// A part of “三公” has one amount and names its stage: the old one stands again below, as last year's.
fn part(line: &Node, text: &str, last: Stage, edits: &mut Vec<Edit>) {
    let Some((key, amount)) = value(line, "amount") else { return };
    let (start, end) = range(line);
    let own = text.get(start..end).unwrap_or_default();
    if let (Some(own), None) = (own.strip_suffix('}'), value(line, "stage")) {
        let indent = start - text[..start].rfind('\n').map_or(0, |at| at + 1);
        let dash = " ".repeat(indent.saturating_sub(2));
        edits.push(Edit { start: end, end, text: format!("\n{dash}- {own}, stage: {}}}", last.term()) });
    }
    edits.push(Edit { start: range(key).0, end: range(amount).1.max(range(key).1), text: "amount: ~".to_owned() });
}

fn amounts(line: &Node, main: Stage, last: Stage, edits: &mut Vec<Edit>) {
    if let Some((key, amount)) = value(line, "amount") {
        let text = match &amount.kind {
            NodeKind::Scalar(text) => format!("amount: ~, amounts: {{{}: {text}}}", last.term()),
            _ => "amount: ~".to_owned(),
        };
        edits.push(Edit { start: range(key).0, end: range(amount).1.max(range(key).1), text });
    }
    if let Some((_, stages)) = value(line, "amounts") {
        let known = value(stages, main.term())
            .and_then(|(_, amount)| if let NodeKind::Scalar(text) = &amount.kind { Some(text.clone()) } else { None });
        let (Some(first), Some(end)) = (entries(stages).first(), entries(stages).last()) else { return };
        let moved = known.map(|text| format!(", {}: {text}", last.term())).unwrap_or_default();
        edits.push(Edit { start: range(&first.0).0, end: range(&end.1).1, text: format!("{}: ~{moved}", main.term()) });
    }
    for (_, amount) in ["count", "area", "value"].iter().filter_map(|key| value(line, key)) {
        edits.push(Edit { start: range(amount).0, end: range(amount).1, text: "~".to_owned() });
    }
}

/// Names, goals and indicators stay to be gone over; evaluation and money of the old year go.
fn project(text: &str) -> String {
    let kept = without(text, &["evaluation", "funding", "money_unit"]);
    std::iter::once("# 由上年转来：请逐项核对目标、指标和权重。").chain(kept).chain([""]).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{super::NewFile, advance};
    use crate::period::Kind;

    fn moved(name: &str, text: &str) -> String {
        let files = [NewFile { name: name.to_owned(), text: text.to_owned() }];
        advance(&files, Kind::Budget, "old").pop().map(|file| file.text).unwrap_or_default()
    }

    #[test]
    fn amounts_become_last_years() {
        let text = "unit: 万元\nstages: [本年预算] # 完整\nlines:\n  # 工资\n  - {function: 2080109, amount: 204.08, note: 甲}\n  - {function: 2080505, amounts: {本年预算: 1.5, 上年预算: 1}}\n";
        let wanted = "unit: 万元\nstages: [本年预算, 上年预算] # 完整\nlines:\n  # 工资\n  - {function: 2080109, amount: ~, amounts: {上年预算: 204.08}, note: 甲}\n  - {function: 2080505, amounts: {本年预算: ~, 上年预算: 1.5}}\n";
        assert_eq!(moved("ledgers/expenditure.yaml", text), wanted);
    }

    #[test]
    fn parts_of_three_public_stand_again_as_last_years_and_days_go_on() {
        let text = "unit: 万元\ncounts:\n  - {item: 国内接待批次, count: 3}\nparts:\n  - {item: 公务接待费, part: 国内接待费, amount: 2.50}\n";
        let wanted = "unit: 万元\ncounts:\n  - {item: 国内接待批次, count: ~}\nparts:\n  - {item: 公务接待费, part: 国内接待费, amount: ~}\n  - {item: 公务接待费, part: 国内接待费, amount: 2.50, stage: 上年预算}\n";
        assert_eq!(moved("ledgers/three-public.yaml", text), wanted);
        let text = "unit: 万元\nas_of: 2024-02-29 # 报表日\nitems:\n  - {asset: 车辆, count: 2}\n";
        let wanted = "unit: 万元\nas_of: 2025-02-28 # 报表日\nitems:\n  - {asset: 车辆, count: ~}\n";
        assert_eq!(moved("ledgers/assets.yaml", text), wanted);
    }

    #[test]
    fn the_year_goes_up_and_old_dates_go() {
        let text = "kind: 预算\nyear: 2024\nreleased: 2024-02-05\nwaivers:\n  - {rule: F004, figure: x, reason: y}\nprofile: p\n";
        assert_eq!(moved("disclosure.yaml", text), "kind: 预算\nyear: 2025\nprofile: p\nprevious: old\n");
    }

    #[test]
    fn a_file_of_other_stages_is_left_out() {
        let files = [NewFile {
            name: "ledgers/expenditure-x.yaml".to_owned(),
            text: "unit: 万元\nstages: [上年预算]\nlines: []\n".to_owned(),
        }];
        assert!(advance(&files, Kind::Budget, "old").is_empty());
    }
}
