//! From records to the model: names resolved, amounts read in their unit, lines numbered.

mod ledger;
mod listed;
mod people;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    account::{Chart, Code},
    diagnostic::Diagnostic,
    money::{AmountUnit, Count, Quantity, Yuan},
    period::Stage,
    source::{FileId, Located, Node, ProblemKind, Read, Reader, Sources, Span, nearest},
};

use super::{
    disclosure::{Disclosure, Waiver, Withheld},
    files::DisclosureFile,
    line::{Dimension, Line, LineId, Measure},
    scalar::{CodeText, Written},
};

/// The loaded files of one disclosure's folder, by their name in it (`ledgers/income.yaml`).
#[derive(Debug, Default)]
pub struct Folder {
    pub yaml: BTreeMap<String, Node>,
    pub markdown: BTreeMap<String, FileId>,
}

/// Reads only `disclosure.yaml`: the profile and the year decide what else is loaded.
#[must_use]
pub fn read_head(node: &Node) -> (Option<DisclosureFile>, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    let head = DisclosureFile::read(node, &mut reader);
    (head, reader.problems.into_iter().map(Diagnostic::from).collect())
}

/// Reads the rest. The model comes back where it can be built at all; the findings may hold errors all the same.
#[must_use]
pub fn read(
    slug: &str,
    head: DisclosureFile,
    folder: &Folder,
    chart: Chart,
    sources: &Sources,
) -> (Option<Disclosure>, Vec<Diagnostic>) {
    let mut lowering = Lowering::new(head.kind.stages(), chart, sources);
    let unit = lowering.unit(folder, slug);
    let projects = lowering.projects(folder, unit.as_ref());
    lowering.ledgers(folder);
    lowering.project_lines(&projects);
    let stated = lowering.stated(folder);
    let procurement = lowering.procurement(folder);
    let (assets, assets_as_of) = lowering.assets(folder);
    let purposes = lowering.three_public(folder);
    let reasons = lowering.reasons(folder);
    let texts = lowering.texts(folder);
    let glossary = lowering.glossary(folder);
    lowering.unknown_files(folder);
    let found = lowering.finish();
    let disclosure = unit.map(|unit| Disclosure {
        slug: slug.to_owned(),
        kind: head.kind,
        scope: head.scope,
        year: head.year.value,
        profile: head.profile,
        title: head.title,
        approved: head.approved.map(|day| Located { value: day.value.0, span: day.span }),
        released: head.released.map(|day| Located { value: day.value.0, span: day.span }),
        signoff: head.signoff,
        waivers: head
            .waivers
            .into_iter()
            .map(|w| Waiver { rule: w.rule, figure: w.figure, reason: w.reason, inherited: false })
            .collect(),
        withheld: head.withheld.into_iter().map(|w| Withheld { table: w.table, basis: w.basis }).collect(),
        options: head.options,
        unit,
        lines: found.lines,
        coverage: found.coverage,
        stated,
        reasons,
        projects,
        procurement,
        assets,
        assets_as_of,
        purposes,
        texts,
        glossary,
        chart: found.chart,
    });
    (disclosure, found.diagnostics)
}

/// What the steps share while they run.
struct Lowering<'a> {
    sources: &'a Sources,
    stages: &'static [Stage],
    chart: Chart,
    reader: Reader,
    found: Vec<Diagnostic>,
    lines: Vec<Line>,
    coverage: BTreeMap<Measure, BTreeSet<Stage>>,
    next: u32,
    members: Vec<String>,
    projects: BTreeSet<String>,
    /// Codes already reported as unknown, once each.
    unknown: BTreeSet<Code>,
}

struct Finished {
    lines: Vec<Line>,
    coverage: BTreeMap<Measure, BTreeSet<Stage>>,
    chart: Chart,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Lowering<'a> {
    fn new(stages: &'static [Stage], chart: Chart, sources: &'a Sources) -> Self {
        Self {
            sources,
            stages,
            chart,
            reader: Reader::default(),
            found: Vec::new(),
            lines: Vec::new(),
            coverage: BTreeMap::new(),
            next: 0,
            members: Vec::new(),
            projects: BTreeSet::new(),
            unknown: BTreeSet::new(),
        }
    }

    fn finish(self) -> Finished {
        let mut diagnostics: Vec<Diagnostic> = self.reader.problems.into_iter().map(Diagnostic::from).collect();
        diagnostics.extend(self.found);
        Finished { lines: self.lines, coverage: self.coverage, chart: self.chart, diagnostics }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    fn number(&mut self) -> LineId {
        self.next += 1;
        LineId(self.next)
    }

    /// The main stage of the disclosure.
    fn main_stage(&self) -> Stage {
        self.stages[0]
    }

    fn stage(&mut self, stage: &Located<Stage>) -> Option<Stage> {
        if self.stages.contains(&stage.value) {
            return Some(stage.value);
        }
        let known: Vec<&str> = self.stages.iter().map(|stage| stage.term()).collect();
        let help = format!("这里可以写：{}。", known.join("、"));
        self.report(
            Diagnostic::new("M008", format!("阶段“{}”不适用", stage.value.term())).at(stage.span, "").help(help),
        );
        None
    }

    /// An amount in the unit of its file.
    fn money(&mut self, text: &str, span: Span, unit: AmountUnit) -> Option<Quantity> {
        match Yuan::parse(text, unit) {
            Ok(amount) => Some(Quantity::Money(amount)),
            Err(error) => {
                self.reader.report(span, ProblemKind::Amount { found: text.to_owned(), reason: error.to_string() });
                None
            }
        }
    }

    fn count(&mut self, text: &str, span: Span) -> Option<Quantity> {
        match Count::parse(text) {
            Ok(count) => Some(Quantity::Count(count)),
            Err(error) => {
                self.reader.report(span, ProblemKind::Amount { found: text.to_owned(), reason: error.to_string() });
                None
            }
        }
    }

    /// A quantity of a measure: `Ok(None)` absent, `Err(span)` unknown.
    fn quantity(
        &mut self,
        written: &Written,
        measure: Measure,
        unit: AmountUnit,
    ) -> Result<Option<(Quantity, Span)>, Span> {
        match written {
            Written::Absent => Ok(None),
            Written::Unknown(span) => Err(*span),
            Written::Text(text, span) => {
                let read = if measure.is_money() { self.money(text, *span, unit) } else { self.count(text, *span) };
                Ok(read.map(|quantity| (quantity, *span)))
            }
        }
    }

    /// A code with its name checked against the chart; an unknown one is adopted under its name.
    fn code(&mut self, dimension: Dimension, text: &Located<CodeText>) -> Option<Code> {
        let classification = dimension.classification()?;
        let Ok(code) = Code::parse(classification, &text.code) else {
            let message = format!("“{}”不是{}编码", text.code, classification.term());
            self.report(
                Diagnostic::new("M004", message)
                    .at(text.span, "")
                    .help("功能分类写 3、5、7 位数字，经济分类写 3、5 位数字。"),
            );
            return None;
        };
        let known = self.chart.name(classification, &code).map(str::to_owned);
        let agrees =
            matches!(self.chart.check(classification, &code, text.name.as_deref()), crate::account::Known::Yes(_));
        match (known, &text.name) {
            (Some(_), _) if agrees => {}
            (Some(known), _) => {
                let message = format!("{code} 是“{known}”，不是“{}”", text.name.as_deref().unwrap_or(""));
                self.report(
                    Diagnostic::new("M001", message).at(text.span, "").help("核对当年科目表，改正编码或名称。"),
                );
            }
            (None, Some(name)) => {
                self.chart.adopt(classification, code, name);
                if self.unknown.insert(code) {
                    let message = format!("科目表里没有 {code}，采用所写名称“{name}”");
                    self.report(
                        Diagnostic::new("M002", message).at(text.span, "").help("确认无误后可补进 data/accounts/。"),
                    );
                }
            }
            (None, None) => {
                if self.unknown.insert(code) {
                    let message = format!("科目表里没有 {code}，又没有写名称");
                    self.report(
                        Diagnostic::new("M003", message).at(text.span, "").help(format!("写成“{code} 科目名称”。")),
                    );
                }
            }
        }
        Some(code)
    }

    /// A reference to a member unit. Where unit.yaml could not be read nothing is known of members, and nothing said.
    fn member(&mut self, name: &Located<String>) -> Option<String> {
        if self.members.is_empty() {
            return None;
        }
        let known = self.members.iter().cloned().collect();
        self.reference("单位", name, &known)
    }

    /// A reference to one of a set of names.
    fn reference(&mut self, what: &str, name: &Located<String>, known: &BTreeSet<String>) -> Option<String> {
        if known.contains(&name.value) {
            return Some(name.value.clone());
        }
        let near = nearest(name, known.iter().map(String::as_str));
        let list: Vec<&str> = known.iter().map(String::as_str).collect();
        let help = match near {
            Some(near) => format!("是不是想写“{near}”？"),
            None if list.is_empty() => format!("还没有定义任何{what}。"),
            None => format!("可以写：{}。", list.join("、")),
        };
        self.report(Diagnostic::new("M005", format!("没有这个{what}：“{}”", name.value)).at(name.span, "").help(help));
        None
    }

    /// A YAML file as a record; a missing one is no problem here.
    fn file<T: Read>(&mut self, folder: &Folder, name: &str) -> Option<T> {
        let node = folder.yaml.get(name)?;
        T::read(node, &mut self.reader)
    }

    /// Files nobody asked for are misspelt ones, mostly.
    fn unknown_files(&mut self, folder: &Folder) {
        const KNOWN: &[&str] = &["disclosure.yaml", "unit.yaml", "reasons.yaml", "glossary.yaml"];
        const LEDGERS: &[&str] = &["stated.yaml", "procurement.yaml", "assets.yaml", "three-public.yaml"];
        for (name, node) in &folder.yaml {
            let fine = match name.split_once('/') {
                None => KNOWN.contains(&name.as_str()),
                Some(("ledgers", file)) => LEDGERS.contains(&file) || ledger::measure_of(file).is_some(),
                Some((folder, _)) => folder == "projects",
            };
            if !fine {
                let help = "台账文件名以 income、expenditure、balances 开头，或是 stated、procurement、assets、three-public；项目放在 projects/。";
                self.report(
                    Diagnostic::new("S001", format!("不认识的文件“{name}”"))
                        .at(Span::start_of(node.span.file), "")
                        .help(help),
                );
            }
        }
    }
}
