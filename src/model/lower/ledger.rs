//! Ledger files to lines.

use std::{collections::BTreeMap, sync::Arc};

use crate::{money::AmountUnit, period::Stage, source::Located};

use super::{
    super::{
        disclosure::Project,
        files::{LedgerEntry, LedgerFile},
        line::{Dimension, Dimensions, Given, Line, Measure, Value},
        scalar::Written,
    },
    Folder, Lowering,
};

/// The measure a ledger file's name stands for.
pub(super) fn measure_of(file: &str) -> Option<Measure> {
    let stem = file.strip_suffix(".yaml")?;
    [("income", Measure::Income), ("expenditure", Measure::Expenditure), ("balances", Measure::Balance)]
        .into_iter()
        .find(|(name, _)| stem == *name || stem.strip_prefix(name).is_some_and(|rest| rest.starts_with('-')))
        .map(|(_, measure)| measure)
}

impl Lowering<'_> {
    pub(super) fn ledgers(&mut self, folder: &Folder) {
        for name in folder.yaml.keys() {
            let Some(measure) = name.strip_prefix("ledgers/").and_then(measure_of) else { continue };
            if let Some(file) = self.file::<LedgerFile>(folder, name) {
                self.ledger(measure, &file);
            }
        }
    }

    fn ledger(&mut self, measure: Measure, file: &LedgerFile) {
        let stages: Vec<Stage> = file.stages.iter().filter_map(|stage| self.stage(stage)).collect();
        self.coverage.entry(measure).or_default().extend(&stages);
        let defaults = file.defaults.as_ref().map(|entry| self.dimensions(measure, entry));
        let defaults = defaults.unwrap_or_default();
        for entry in &file.lines {
            let id = self.number();
            let shorthand = stages.first().copied().unwrap_or_else(|| self.main_stage());
            let amounts = self.amounts(measure, file.unit, entry, shorthand);
            let mut dimensions = self.dimensions(measure, entry);
            self.complete(&mut dimensions, &defaults);
            // A code that cannot be read is reported; a line without it would only add findings that follow from that.
            let written = [
                (Dimension::Function, &entry.function),
                (Dimension::Economic, &entry.economic),
                (Dimension::Government, &entry.government),
            ];
            if written.iter().any(|(dimension, text)| text.is_some() && dimensions.get(*dimension).is_none()) {
                continue;
            }
            self.lines.push(Line { id, measure, dimensions, amounts, span: entry.span });
        }
    }

    /// `amount` belongs to the shorthand stage, `amounts` name theirs.
    pub(super) fn amounts(
        &mut self,
        measure: Measure,
        unit: AmountUnit,
        entry: &LedgerEntry,
        shorthand: Stage,
    ) -> BTreeMap<Stage, Given> {
        let mut amounts = BTreeMap::new();
        self.given(measure, unit, &entry.amount, shorthand, &mut amounts);
        for (key, written) in entry.amounts.iter() {
            let Some(stage) = Stage::from_term(key) else {
                let stages = self.stages;
                let known: Vec<&'static str> = stages.iter().map(|stage| stage.term()).collect();
                let near = crate::source::nearest(key, known.iter().copied()).map(str::to_owned);
                let kind =
                    crate::source::ProblemKind::UnknownTerm { what: "阶段", found: key.value.clone(), near, known };
                self.reader.report(key.span, kind);
                continue;
            };
            if let Some(stage) = self.stage(&Located { value: stage, span: key.span }) {
                self.given(measure, unit, written, stage, &mut amounts);
            }
        }
        amounts
    }

    fn given(
        &mut self,
        measure: Measure,
        unit: AmountUnit,
        written: &Written,
        stage: Stage,
        amounts: &mut BTreeMap<Stage, Given>,
    ) {
        match self.quantity(written, measure, unit) {
            Ok(None) => {}
            Ok(Some((quantity, span))) => {
                amounts.insert(stage, Given::Known(quantity, span));
            }
            Err(span) => {
                amounts.insert(stage, Given::Unknown(span));
            }
        }
    }

    /// Adds to a line's own dimensions those of its file, and the unit where there is only one.
    fn complete(&self, own: &mut Dimensions, defaults: &Dimensions) {
        for (dimension, value) in defaults.iter() {
            if own.get(dimension).is_none() {
                own.insert(dimension, value.clone());
            }
        }
        if let ([only], None) = (self.members.as_slice(), own.get(Dimension::Unit)) {
            own.insert(Dimension::Unit, Value::Name(Arc::from(only.as_str())));
        }
    }

    /// The dimensions that an entry writes; those its measure does not have are reported.
    fn dimensions(&mut self, measure: Measure, entry: &Located<LedgerEntry>) -> Dimensions {
        let mut own = self.own_dimensions(entry);
        let allowed = measure.dimensions();
        let foreign = own.iter().map(|(dimension, _)| dimension).filter(|dimension| !allowed.contains(dimension));
        for dimension in foreign.collect::<Vec<_>>() {
            let kind = crate::source::ProblemKind::UnknownKey {
                key: dimension.term().to_owned(),
                near: None,
                known: allowed.iter().map(|dimension| dimension.term()).collect(),
            };
            self.reader.report(entry.span, kind);
            own.remove(dimension);
        }
        own
    }

    /// The dimensions of a project's own funding line.
    pub(super) fn funding_dimensions(&mut self, entry: &Located<LedgerEntry>) -> Dimensions {
        let mut own = self.dimensions(Measure::Project, entry);
        self.complete(&mut own, &Dimensions::default());
        own
    }

    fn own_dimensions(&mut self, entry: &LedgerEntry) -> Dimensions {
        let mut own = Dimensions::default();
        let codes = [
            (Dimension::Function, &entry.function),
            (Dimension::Economic, &entry.economic),
            (Dimension::Government, &entry.government),
        ];
        for (dimension, text) in codes {
            if let Some(code) = text.as_ref().and_then(|text| self.code(dimension, text)) {
                own.insert(dimension, Value::Code(code));
            }
        }
        own.extend(entry.kind.map(|kind| (Dimension::Kind, Value::Kind(kind))));
        own.extend(entry.fund.map(|fund| (Dimension::Fund, Value::Fund(fund))));
        own.extend(entry.origin.map(|origin| (Dimension::Origin, Value::Origin(origin))));
        own.extend(entry.source.map(|source| (Dimension::Source, Value::Source(source))));
        own.extend(entry.balance.map(|item| (Dimension::Balance, Value::Balance(item))));
        if let Some(unit) = entry.unit.as_ref().and_then(|unit| self.member(unit)) {
            own.insert(Dimension::Unit, Value::Name(unit.into()));
        }
        let projects = std::mem::take(&mut self.projects);
        if let Some(project) = entry.project.as_ref().and_then(|project| self.reference("项目", project, &projects)) {
            own.insert(Dimension::Project, Value::Name(project.into()));
        }
        self.projects = projects;
        if let Some(other) = &entry.counterparty {
            own.insert(Dimension::Counterparty, Value::Name(other.value.as_str().into()));
        }
        own
    }

    /// The money of projects: lines of `funding`, and for stages that a project's funding leaves out a view on the
    /// expenditure lines that name it. A view has the id of its line, so provenance reaches the ledger.
    pub(super) fn project_lines(&mut self, projects: &[Project]) {
        let funded: Vec<(Value, Vec<Stage>)> = self
            .lines
            .iter()
            .filter(|line| line.measure == Measure::Project)
            .filter_map(|line| Some((line.value(Dimension::Project)?.clone(), line.amounts.keys().copied().collect())))
            .collect();
        let mut views = Vec::new();
        for line in self.lines.iter().filter(|line| line.measure == Measure::Expenditure) {
            let Some(project) = line.value(Dimension::Project) else { continue };
            let mut view = line.clone();
            view.measure = Measure::Project;
            view.amounts
                .retain(|stage, _| !funded.iter().any(|(name, stages)| name == project && stages.contains(stage)));
            views.push(view);
        }
        self.lines.extend(views);
        for line in self.lines.iter_mut().filter(|line| line.measure == Measure::Project) {
            let slug = line.value(Dimension::Project).map(ToString::to_string);
            let published = projects.iter().any(|project| Some(&project.slug) == slug.as_ref() && project.goal_form);
            line.dimensions.insert(Dimension::Form, Value::Name(if published { "公开" } else { "不公开" }.into()));
        }
        let mut covered = self.coverage.get(&Measure::Expenditure).cloned().unwrap_or_default();
        covered.extend(funded.iter().flat_map(|(_, stages)| stages));
        self.coverage.insert(Measure::Project, covered);
    }
}
