//! K015: nothing is printed as unknown, in the text or in a table.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    document,
    facts::{Address, Ask},
    model::{Given, Measure},
    period::Stage,
    profile::UNKNOWN,
    source::Span,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "K015",
        severity: Severity::Error,
        title: "印出了“未知”",
        meaning: "正文或表格要用的数没有台账，也没有引定数，印出来是“未知”。没有填的台账不等于零。",
        remedy: "把台账填全，在 stages 里写明阶段，没有发生的留空 lines；只知道总数的写在 stated.yaml。",
        basis: basis::GRASSROOTS,
    },
    run,
};

/// A ledger file and how it comes to speak.
type Ledger = (&'static str, &'static str);

/// What a ledger file lacks: stages, and the figures that want them.
#[derive(Default)]
struct Gap<'a> {
    stages: BTreeSet<Stage>,
    printed: Vec<Printed<'a>>,
}

/// What stands in the document for an unknown figure, and its address.
#[derive(Clone, Copy)]
struct Printed<'a> {
    text: &'a str,
    fact: &'a str,
}

/// Whatever is printed in place of a figure that has no value. In a table a profile may have a sign of its own for that.
fn unknown<'a>(subject: &Subject<'a>) -> Vec<Printed<'a>> {
    let words = subject.profile.style_names().into_iter().filter_map(|name| subject.profile.style(name));
    let words: BTreeSet<&str> = words.map(|style| style.unknown.as_str()).filter(|word| !word.is_empty()).collect();
    let figures = document::figures(subject.document).into_iter();
    let figures = figures.filter(|figure| figure.raw.is_none() && words.contains(figure.text.as_str()));
    let figures = figures.map(|figure| (&figure.text, &figure.fact));
    let rows = document::tables(subject.document).into_iter().flat_map(|table| &table.body);
    let cells = rows.flat_map(|row| &row.cells).filter(|cell| cell.raw.is_none() && cell.text == UNKNOWN);
    let all = figures.chain(cells.map(|cell| (&cell.text, &cell.fact)));
    all.filter_map(|(text, fact)| Some(Printed { text, fact: fact.as_deref()? })).collect()
}

/// One finding for each file: a ledger that nobody filled leaves many figures unknown.
fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut gaps: BTreeMap<Option<Ledger>, Gap<'_>> = BTreeMap::new();
    for printed in unknown(subject) {
        let Some(addresses) = addresses(subject, printed.fact) else { continue };
        let mut lacking: BTreeMap<Option<Ledger>, BTreeSet<Stage>> = BTreeMap::new();
        for (ledger, stage) in addresses.iter().flat_map(|address| silent(subject, address)) {
            lacking.entry(Some(ledger)).or_default().insert(stage);
        }
        // What no file lacks is a ratio that does not exist or an amount given as unknown; a profile may have its own
        // word for that, as some publish 0% of nothing.
        if lacking.is_empty() && printed.text == UNKNOWN {
            lacking.insert(None, BTreeSet::new());
        }
        for (ledger, stages) in lacking {
            let gap = gaps.entry(ledger).or_default();
            gap.stages.extend(stages);
            gap.printed.push(printed);
        }
    }
    gaps.iter().map(|(ledger, gap)| told(subject, *ledger, gap)).collect()
}

fn told(subject: &Subject<'_>, ledger: Option<Ledger>, gap: &Gap<'_>) -> Diagnostic {
    let (fact, word) = gap.printed.first().map_or(("", ""), |first| (first.fact, first.text));
    let stages: Vec<&str> = gap.stages.iter().map(|stage| stage.term()).collect();
    let (lack, help) = match ledger {
        Some((file, way_out)) => (format!("{file} 没有{}的数", stages.join("、")), way_out),
        None => (
            format!("{}等不知道", subject.spoken(fact)),
            "把台账里的 ~ 改成金额；基数为零而没有比率的，在章节模板里另写一句。",
        ),
    };
    let message = format!("{lack}，有 {} 处印成“{word}”", gap.printed.len());
    let place = ledger.is_none().then(|| left_open(subject, fact)).flatten().unwrap_or(subject.home());
    RULE.found(message).at(place, "").help(help).figure(fact)
}

/// The first `~` a figure rests on.
fn left_open(subject: &Subject<'_>, fact: &str) -> Option<Span> {
    addresses(subject, fact)?.iter().find_map(|address| {
        let atoms = subject.facts.answer(&Ask::Value(address.clone())).ok()?.atoms;
        let lines = subject.disclosure.lines.iter().filter(|line| atoms.contains(line.id));
        lines.filter_map(|line| line.amounts.get(&address.stage)).find_map(|given| match given {
            Given::Unknown(span) => Some(*span),
            Given::Known(..) => None,
        })
    })
}

/// The ledgers and the stage at which they would have to speak for a figure and do not.
fn silent(subject: &Subject<'_>, address: &Address) -> Vec<(Ledger, Stage)> {
    if !matches!(subject.facts.quantity(address), Ok(None)) {
        return Vec::new();
    }
    let measures = subject.facts.measures(&address.expression).into_iter();
    let uncovered = measures.filter(|measure| !subject.facts.covers(*measure, address.stage));
    uncovered.map(|measure| (ledger(measure), address.stage)).collect()
}

/// The figures behind what is printed. None where one cannot be asked for at all, which is told as that.
fn addresses(subject: &Subject<'_>, fact: &str) -> Option<Vec<Address>> {
    let figures = subject.facts.question(fact).ok()?.figures();
    figures.iter().all(|address| subject.facts.quantity(address).is_ok()).then_some(figures)
}

/// Where the amounts of a measure are written.
const fn ledger(measure: Measure) -> Ledger {
    const LINES: &str = "填全后在 stages 里写明阶段，没有发生的留空 lines；只知道总数的写在 stated.yaml。";
    match measure {
        // Projects take their money from the lines that name them.
        Measure::Expenditure | Measure::Project => ("expenditure.yaml", LINES),
        Measure::Income => ("income.yaml", LINES),
        Measure::Balance => ("balances.yaml", LINES),
        Measure::Procurement
        | Measure::ProcurementReserved
        | Measure::ProcurementSme
        | Measure::ProcurementMicro
        | Measure::ProcurementQuantity
        | Measure::ProcurementPrice => ("procurement.yaml", "填全后在 stages 里写明阶段，没有采购的留空 items。"),
        Measure::AssetCount | Measure::AssetValue | Measure::AssetArea => {
            ("assets.yaml", "列全后写明 as_of，没有的留空 items。")
        }
        Measure::ThreePublicCount | Measure::ThreePublicPart => {
            ("three-public.yaml", "在 counts 和 parts 里写明，没有的写 0。")
        }
        Measure::Staff => ("unit.yaml", "在 staff 里写明人数。"),
        Measure::Score | Measure::Weight => ("projects/", "在项目文件里写明得分和权重。"),
    }
}
