//! Stated figures, procurement, assets, “三公” counts and parts.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use crate::{
    diagnostic::Diagnostic,
    money::{AmountUnit, Count, Quantity},
    period::Stage,
    source::{Located, ProblemKind, Span},
};

use super::{
    super::{
        disclosure::{Asset, ProcurementItem, Stated, StatedValue},
        files::{AssetsFile, ProcurementEntry, ProcurementFile, StatedEntry, StatedFile, ThreePublicFile},
        line::{Dimension, Dimensions, Given, Line, LineId, Measure, Value},
        prose::{Digits, Prose},
        scalar::Written,
    },
    Folder, Lowering,
};

impl Lowering<'_> {
    pub(super) fn stated(&mut self, folder: &Folder) -> Vec<Stated> {
        let Some(file) = self.file::<StatedFile>(folder, "ledgers/stated.yaml") else { return Vec::new() };
        file.figures.iter().filter_map(|entry| self.one_stated(entry, file.unit)).collect()
    }

    fn one_stated(&mut self, entry: &Located<StatedEntry>, unit: AmountUnit) -> Option<Stated> {
        let Written::Text(text, span) = &entry.amount else {
            let finding = Diagnostic::new("S011", "缺少“amount”").at(entry.span, "引定数要给出数");
            self.report(finding.help("补上 amount；不知道的数不必列出。"));
            return None;
        };
        let money = self.money(text, *span, unit)?;
        let count = Count::parse(text).ok().map(Quantity::Count);
        Some(Stated {
            id: self.number(),
            figure: entry.figure.clone(),
            value: StatedValue { money, count },
            difference_from: entry.difference_from,
            span: entry.span,
        })
    }

    pub(super) fn procurement(&mut self, folder: &Folder) -> Vec<ProcurementItem> {
        let Some(file) = self.file::<ProcurementFile>(folder, "ledgers/procurement.yaml") else { return Vec::new() };
        let stages: Vec<Stage> = file.stages.iter().filter_map(|stage| self.stage(stage)).collect();
        let stage = stages.first().copied().unwrap_or_else(|| self.main_stage());
        let measures = [
            Measure::Procurement,
            Measure::ProcurementReserved,
            Measure::ProcurementSme,
            Measure::ProcurementMicro,
            Measure::ProcurementQuantity,
            Measure::ProcurementPrice,
        ];
        for measure in measures {
            self.coverage.entry(measure).or_default().extend(&stages);
        }
        let entries = file.items.iter().enumerate();
        entries.map(|(index, entry)| self.one_procurement(index, entry, file.unit, stage)).collect()
    }

    fn one_procurement(
        &mut self,
        index: usize,
        entry: &Located<ProcurementEntry>,
        unit: AmountUnit,
        stage: Stage,
    ) -> ProcurementItem {
        let id = format!("item-{:03}", index + 1);
        let mut dimensions = Dimensions::from([
            (Dimension::Category, Value::Category(entry.category)),
            (Dimension::Item, Value::Name(id.as_str().into())),
        ]);
        if let Some(code) = entry.function.as_ref().and_then(|text| self.code(Dimension::Function, text)) {
            dimensions.insert(Dimension::Function, Value::Code(code));
        }
        dimensions.extend(entry.fund.map(|fund| (Dimension::Fund, Value::Fund(fund))));
        dimensions.extend(entry.origin.map(|origin| (Dimension::Origin, Value::Origin(origin))));
        let projects = self.projects.clone();
        let project = entry.project.as_ref().and_then(|project| self.reference("项目", project, &projects));
        dimensions.extend(project.as_ref().map(|project| (Dimension::Project, Value::Name(project.as_str().into()))));
        if let Some(unit) = self.owner(entry.unit.as_ref()) {
            dimensions.insert(Dimension::Unit, unit);
        }
        let values = [
            (Measure::Procurement, &entry.amount),
            (Measure::ProcurementReserved, &entry.reserved),
            (Measure::ProcurementSme, &entry.sme),
            (Measure::ProcurementMicro, &entry.micro),
            (Measure::ProcurementQuantity, &entry.quantity),
            (Measure::ProcurementPrice, &entry.price),
        ];
        for (measure, written) in values {
            self.single(measure, written, unit, stage, dimensions.clone(), entry.span);
        }
        ProcurementItem {
            id,
            name: entry.name.clone(),
            catalogue: entry.catalogue.clone(),
            project,
            budget_item: entry.budget_item.clone(),
            budget_figure: entry.budget_figure.clone(),
            measure: entry.measure.clone(),
            span: entry.span,
        }
    }

    /// A line with one amount; nothing where none is written.
    fn single(
        &mut self,
        measure: Measure,
        written: &Written,
        unit: AmountUnit,
        stage: Stage,
        dimensions: Dimensions,
        span: Span,
    ) -> Option<LineId> {
        let given = match self.quantity(written, measure, unit) {
            Ok(None) => return None,
            Ok(Some((quantity, place))) => Given::Known(quantity, place),
            Err(place) => Given::Unknown(place),
        };
        let id = self.number();
        self.lines.push(Line { id, measure, dimensions, amounts: BTreeMap::from([(stage, given)]), span });
        Some(id)
    }

    /// The member a row names, or the only one there is.
    fn owner(&mut self, unit: Option<&Located<String>>) -> Option<Value> {
        let named = unit.and_then(|unit| self.member(unit));
        let only = if let [only] = self.members.as_slice() { Some(only.clone()) } else { None };
        named.or(only).map(|unit| Value::Name(unit.into()))
    }

    pub(super) fn assets(&mut self, folder: &Folder) -> (Vec<Asset>, Option<NaiveDate>) {
        let Some(file) = self.file::<AssetsFile>(folder, "ledgers/assets.yaml") else { return (Vec::new(), None) };
        let stage = self.main_stage();
        match (&file.as_of, file.items.first()) {
            (Some(_), _) => {
                for measure in [Measure::AssetCount, Measure::AssetArea, Measure::AssetValue] {
                    self.coverage.entry(measure).or_default().insert(stage);
                }
            }
            (None, Some(first)) => self.reader.report(first.span, ProblemKind::MissingKey { key: "as_of" }),
            (None, None) => {}
        }
        let mut assets = Vec::new();
        for entry in &file.items {
            let mut dimensions = Dimensions::from([(Dimension::Asset, Value::Name(entry.asset.value.as_str().into()))]);
            dimensions.extend(entry.item.as_deref().map(|item| (Dimension::Item, Value::Name(item.into()))));
            if let Some(unit) = self.owner(entry.unit.as_ref()) {
                dimensions.insert(Dimension::Unit, unit);
            }
            let values = [
                (Measure::AssetCount, &entry.value.count),
                (Measure::AssetArea, &entry.value.area),
                (Measure::AssetValue, &entry.value.value),
            ];
            for (measure, written) in values {
                self.single(measure, written, file.unit, stage, dimensions.clone(), entry.span);
            }
            let (asset, item) = (entry.asset.value.clone(), entry.item.clone());
            assets.push(Asset { asset, item, purpose: entry.purpose.clone(), span: entry.span });
        }
        (assets, file.as_of.map(|day| day.value.0))
    }

    pub(super) fn three_public(&mut self, folder: &Folder) -> BTreeMap<String, Prose> {
        let Some(file) = self.file::<ThreePublicFile>(folder, "ledgers/three-public.yaml") else {
            return BTreeMap::new();
        };
        let main = self.main_stage();
        let name = |text: &Located<String>| Value::Name(Arc::from(text.value.as_str()));
        for entry in &file.counts {
            let stage = entry.stage.unwrap_or(main);
            self.coverage.entry(Measure::ThreePublicCount).or_default().insert(stage);
            let mut dimensions = Dimensions::from([(Dimension::Item, name(&entry.item))]);
            dimensions.extend(self.owner(None).map(|unit| (Dimension::Unit, unit)));
            self.single(Measure::ThreePublicCount, &entry.count, file.unit, stage, dimensions, entry.span);
        }
        for entry in &file.parts {
            let stage = entry.stage.unwrap_or(main);
            self.coverage.entry(Measure::ThreePublicPart).or_default().insert(stage);
            let mut dimensions =
                Dimensions::from([(Dimension::Item, name(&entry.item)), (Dimension::Part, name(&entry.part))]);
            dimensions.extend(self.owner(None).map(|unit| (Dimension::Unit, unit)));
            dimensions.extend(entry.fund.map(|fund| (Dimension::Fund, Value::Fund(fund))));
            self.single(Measure::ThreePublicPart, &entry.amount, file.unit, stage, dimensions, entry.span);
        }
        file.purposes.iter().map(|(item, text)| (item.value.clone(), self.prose(text, Digits::Accounted))).collect()
    }
}
