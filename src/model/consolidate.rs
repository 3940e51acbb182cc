//! A department's ledger: the sum of its members' with transfers between them taken out, plus its own.
//!
//! In: the department as its own folder says it, and the finished models of members. Out: one disclosure whose lines
//! say which member they come from, and findings. Never knows: where members are loaded from.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::Diagnostic,
    money::{Quantity, Yuan},
    period::Stage,
    source::{Located, Span},
};

use super::{
    disclosure::Disclosure,
    line::{Dimension, Given, Line, LineId, Measure, Value},
};

/// A member with a disclosure of its own.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its id in the department's `unit.yaml`.
    pub member: String,
    /// Where the department names its disclosure.
    pub named: Located<String>,
    pub disclosure: Disclosure,
}

/// Joins members into their department.
#[must_use]
pub fn consolidate(mut department: Disclosure, parts: &[Part]) -> (Disclosure, Vec<Diagnostic>) {
    let inside = Inside::new(&department, parts);
    let mut found = Vec::new();
    coverage(&mut department, parts, &mut found);
    let mut transfers = Transfers::default();
    department.lines.retain(|line| !transfers.take(&inside, line));
    for part in parts {
        let offset = department.lines.iter().map(|line| line.id.0).max().unwrap_or(0);
        for line in &part.disclosure.lines {
            let mut line = line.clone();
            line.id = LineId(line.id.0 + offset);
            line.dimensions.insert(Dimension::Unit, Value::Name(part.member.as_str().into()));
            for dimension in [Dimension::Project, Dimension::Item] {
                rename(&mut line, dimension, part);
            }
            if !transfers.take(&inside, &line) {
                department.lines.push(line);
            }
        }
        adopt(&mut department, part);
    }
    // Stated figures have numbers of their own beside the lines'.
    let last = department.lines.iter().map(|line| line.id.0).max().unwrap_or(0);
    for (number, stated) in (last + 1..).zip(&mut department.stated) {
        stated.id = LineId(number);
    }
    transfers.unequal(&inside, &mut found);
    (department, found)
}

/// Projects and procurement items of two members may have one name; kinds of assets and staff mean the same everywhere.
fn rename(line: &mut Line, dimension: Dimension, part: &Part) {
    let own = match line.measure {
        Measure::Procurement
        | Measure::ProcurementReserved
        | Measure::ProcurementSme
        | Measure::ProcurementMicro
        | Measure::ProcurementQuantity
        | Measure::ProcurementPrice => true,
        Measure::Expenditure
        | Measure::Income
        | Measure::Balance
        | Measure::Project
        | Measure::Score
        | Measure::Weight => dimension == Dimension::Project,
        Measure::AssetCount | Measure::AssetValue | Measure::AssetArea => false,
        Measure::Staff | Measure::ThreePublicCount | Measure::ThreePublicPart => false,
    };
    if let (true, Some(Value::Name(name))) = (own, line.dimensions.get(dimension).cloned()) {
        line.dimensions.insert(dimension, Value::Name(within(part, &name).into()));
    }
}

fn within(part: &Part, name: &str) -> String {
    format!("{}-{name}", part.member)
}

/// What lines refer to comes with them, and what the member has waived of its projects.
fn adopt(department: &mut Disclosure, part: &Part) {
    let own = &part.disclosure;
    department.waivers.extend(own.waivers.iter().filter_map(|waiver| {
        let mut waiver = waiver.clone();
        waiver.figure.value = format!("project/{}", within(part, waiver.figure.value.strip_prefix("project/")?));
        waiver.inherited = true;
        Some(waiver)
    }));
    department.projects.extend(own.projects.iter().cloned().map(|mut project| {
        project.slug = within(part, &project.slug);
        part.member.clone_into(&mut project.unit);
        project
    }));
    department.procurement.extend(own.procurement.iter().cloned().map(|mut item| {
        item.id = within(part, &item.id);
        item.project = item.project.map(|project| within(part, &project));
        item
    }));
    for asset in &own.assets {
        if !department.assets.iter().any(|known| (&known.asset, &known.item) == (&asset.asset, &asset.item)) {
            department.assets.push(asset.clone());
        }
    }
    department.assets_as_of = department.assets_as_of.or(own.assets_as_of);
    let classifications =
        [Dimension::Function, Dimension::Economic, Dimension::Government].map(Dimension::classification);
    for classification in classifications.into_iter().flatten() {
        for (code, name) in own.chart.codes(classification) {
            department.chart.adopt(classification, *code, name);
        }
    }
}

/// A stage is complete for the department where it is complete for every member, and for its own lines: it has some where
/// it keeps any ledger of that measure, or the ledgers of a member without a disclosure.
fn coverage(department: &mut Disclosure, parts: &[Part], found: &mut Vec<Diagnostic>) {
    let measures: BTreeSet<Measure> = parts.iter().flat_map(|part| part.disclosure.coverage.keys().copied()).collect();
    let keeps = department.coverage.contains_key(&Measure::Expenditure)
        && department.unit.members.iter().any(|member| member.disclosure.is_none());
    let own = std::mem::take(&mut department.coverage);
    for measure in &measures {
        let of = |coverage: &BTreeMap<Measure, BTreeSet<Stage>>| coverage.get(measure).cloned().unwrap_or_default();
        let mut all: Vec<(&Located<String>, BTreeSet<Stage>)> =
            parts.iter().map(|part| (&part.named, of(&part.disclosure.coverage))).collect();
        let kept = of(&own);
        if !kept.is_empty() || keeps && ledger(*measure).is_some() {
            all.push((&department.unit.name, kept));
        }
        for (named, stages) in &all {
            let missing = all.iter().flat_map(|(_, stages)| stages).find(|stage| !stages.contains(stage));
            if let Some((stage, ledger)) = missing.zip(ledger(*measure)) {
                found.push(incomplete(named, stages, *stage, ledger));
            }
        }
        let shared = all.into_iter().map(|(_, stages)| stages).reduce(|shared, own| &shared & &own);
        department.coverage.insert(*measure, shared.unwrap_or_default());
    }
    department.coverage.extend(own.into_iter().filter(|(measure, _)| !measures.contains(measure)));
}

/// The ledger a measure is read from: its name, its file, and what stands in the file of a unit that has none of it. Of
/// several measures of one file the first speaks for all.
const fn ledger(measure: Measure) -> Option<[&'static str; 3]> {
    match measure {
        Measure::Expenditure => Some(["支出", "ledgers/expenditure.yaml", "lines: []"]),
        Measure::Income => Some(["收入", "ledgers/income.yaml", "lines: []"]),
        Measure::Balance => Some(["结转结余", "ledgers/balances.yaml", "lines: []"]),
        Measure::Procurement => Some(["政府采购", "ledgers/procurement.yaml", "items: []"]),
        Measure::AssetCount => Some(["国有资产", "ledgers/assets.yaml", "items: []"]),
        Measure::ThreePublicCount => Some(["“三公”数量", "ledgers/three-public.yaml", "counts，数量写 0"]),
        Measure::Project
        | Measure::ProcurementReserved
        | Measure::ProcurementSme
        | Measure::ProcurementMicro
        | Measure::ProcurementQuantity
        | Measure::ProcurementPrice
        | Measure::AssetValue
        | Measure::AssetArea
        | Measure::Staff
        | Measure::ThreePublicPart
        | Measure::Score
        | Measure::Weight => None,
    }
}

fn incomplete(named: &Located<String>, stages: &BTreeSet<Stage>, stage: Stage, ledger: [&str; 3]) -> Diagnostic {
    let [what, file, none] = ledger;
    let (message, whole) = if stages.is_empty() {
        (format!("“{}”没有{what}的台账，部门的{what}汇总不出", named.value), "")
    } else {
        let stage = stage.term();
        (format!("“{}”的{what}台账没有反映{stage}，部门汇总不出这个阶段", named.value), stage)
    };
    let help = format!(
        "请该单位补齐 {file}；{whole}确实没有的也要写明（{none}）；补不齐的，在部门的 stated.yaml 里给出总数。"
    );
    Diagnostic::new("M009", message).at(named.span, "").help(help)
}

/// The names under which members may be a counterparty, whom they mean, and what members are called.
struct Inside {
    ids: BTreeMap<String, String>,
    names: BTreeMap<String, String>,
}

impl Inside {
    fn new(department: &Disclosure, parts: &[Part]) -> Self {
        let members = &department.unit.members;
        let mut ids = BTreeMap::new();
        let mut name = |name: &str, id: &str| {
            ids.entry(name.to_owned()).or_insert_with(|| id.to_owned());
        };
        for member in members {
            let called = [&member.id, &member.name].into_iter().chain(&member.code);
            called.for_each(|called| name(called, &member.id));
        }
        for part in parts {
            let unit = &part.disclosure.unit;
            let called = [&part.named.value, &unit.name.value].into_iter().chain(&unit.short_names);
            called.for_each(|called| name(called, &part.member));
        }
        // 本级 has no other name in law than the department's: it is the one member without a disclosure of its own.
        let mut without = members.iter().filter(|member| member.disclosure.is_none());
        if let (Some(own), None) = (without.next(), without.next()) {
            let called = [&department.unit.name.value].into_iter().chain(&department.unit.short_names);
            called.for_each(|called| name(called, &own.id));
        }
        let names = members.iter().map(|member| (member.id.clone(), member.name.clone())).collect();
        Self { ids, names }
    }

    fn find(&self, value: Option<&Value>) -> Option<&str> {
        let Some(Value::Name(name)) = value else { return None };
        self.ids.get(name.as_ref()).map(String::as_str)
    }

    fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.names.get(id).map_or(id, String::as_str)
    }
}

/// Payer, payee and stage of a transfer.
type Way = (String, String, Stage);

/// Money that only changes hands inside: what the payers say and what the payees say.
#[derive(Default)]
struct Transfers(BTreeMap<Way, [(Yuan, Option<Span>); 2]>);

impl Transfers {
    /// Takes a line out if its counterparty is a member.
    fn take(&mut self, inside: &Inside, line: &Line) -> bool {
        let unit = inside.find(line.value(Dimension::Unit)).map(str::to_owned);
        let other = inside.find(line.value(Dimension::Counterparty)).map(str::to_owned);
        let (Some(unit), Some(other)) = (unit, other) else { return false };
        let (payer, payee, side) = match line.measure {
            Measure::Expenditure => (unit, other, 0),
            Measure::Income => (other, unit, 1),
            // A view on an expenditure line that is taken out and counted already.
            Measure::Project => return true,
            Measure::Balance
            | Measure::Procurement
            | Measure::ProcurementReserved
            | Measure::ProcurementSme
            | Measure::ProcurementMicro
            | Measure::ProcurementQuantity
            | Measure::ProcurementPrice
            | Measure::AssetCount
            | Measure::AssetValue
            | Measure::AssetArea
            | Measure::Staff
            | Measure::ThreePublicCount
            | Measure::ThreePublicPart
            | Measure::Score
            | Measure::Weight => return false,
        };
        for (stage, given) in &line.amounts {
            if let Given::Known(Quantity::Money(amount), span) = given {
                let sides = self.0.entry((payer.clone(), payee.clone(), *stage)).or_default();
                sides[side] = (sides[side].0 + *amount, sides[side].1.or(Some(*span)));
            }
        }
        true
    }

    /// What one says it gave, the other must have received.
    fn unequal(&self, inside: &Inside, found: &mut Vec<Diagnostic>) {
        for ((payer, payee, stage), [(paid, from), (received, to)]) in &self.0 {
            if paid == received {
                continue;
            }
            let (paid, received) = (paid.decimal(), received.decimal());
            let (payer, payee) = (inside.name(payer), inside.name(payee));
            let message =
                format!("{}内部往来两边不等：{payer} 付给 {payee} {paid} 元，{payee} 收到 {received} 元", stage.term());
            let finding =
                Diagnostic::new("M010", message).help("两个单位对账后改正台账；往来双方都要写 counterparty。");
            let places = [(from, "付出"), (to, "收到")].into_iter().filter_map(|(span, label)| Some(((*span)?, label)));
            found.push(places.fold(finding, |finding, (span, label)| finding.at(span, label)));
        }
    }
}
