//! The unit, its members and its projects.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::Diagnostic,
    money::{AmountUnit, Count, Quantity},
    source::{FileId, Located, Span},
};

use super::{
    super::{
        disclosure::{Member, Project, Unit},
        files::{MemberEntry, ProjectFile, UnitFile},
        line::{Dimension, Dimensions, Given, Line, Measure, Value},
        prose::{self, Digits, Prose},
    },
    Folder, Lowering,
};

impl Lowering<'_> {
    pub(super) fn unit(&mut self, folder: &Folder, slug: &str) -> Option<Unit> {
        if !folder.yaml.contains_key("unit.yaml") {
            let span = folder.yaml.get("disclosure.yaml").map_or(Span::start_of(FileId(0)), |node| node.span);
            let path = format!("data/{slug}/unit.yaml");
            if self.sources.find(&path).is_some() {
                return None; // it is there and cannot be read, which has been said
            }
            let message = format!("缺少 {path}");
            self.report(
                Diagnostic::new("S001", message).at(span, "这份公开没有单位信息").help("补上 unit.yaml，至少写 name。"),
            );
            return None;
        }
        let file = self.file::<UnitFile>(folder, "unit.yaml")?;
        let mut members: Vec<Member> = file.members.iter().map(member).collect();
        if members.is_empty() {
            let nature = file.nature;
            let (name, code) = (file.name.value.clone(), file.code.clone());
            members.push(Member {
                id: slug.to_owned(),
                name,
                code,
                nature,
                rank: file.rank.clone(),
                funding: file.funding.clone(),
                disclosure: None,
            });
        }
        self.members = members.iter().map(|member| member.id.clone()).collect();
        self.staff(&file);
        Some(Unit {
            duties_lead: file.duties_lead.as_ref().map(|text| self.prose(text, Digits::Accounted)),
            duties: file.duties.iter().map(|text| self.prose(text, Digits::Accounted)).collect(),
            establishment: file.establishment.as_ref().map(|text| self.prose(text, Digits::Accounted)),
            name: file.name,
            short_names: file.short_names,
            code: file.code,
            region: file.region,
            superior: file.superior,
            nature: file.nature,
            rank: file.rank,
            funding: file.funding,
            standing: file.standing,
            divisions: file.divisions,
            members,
            contact_office: file.contact.as_ref().and_then(|contact| contact.office.clone()),
            contact_channel: file.contact.as_ref().and_then(|contact| contact.channel.clone()),
        })
    }

    pub(super) fn prose(&mut self, text: &Located<String>, digits: Digits) -> Prose {
        let (prose, found) = prose::parse(text, digits, self.sources);
        self.found.extend(found);
        prose
    }

    fn staff(&mut self, file: &UnitFile) {
        let main = self.main_stage();
        for entry in &file.staff {
            let stage = entry.stage.unwrap_or(main);
            self.coverage.entry(Measure::Staff).or_default().insert(stage);
            let unit = entry.unit.as_ref().and_then(|unit| self.member(unit));
            let only = if let [only] = self.members.as_slice() { Some(only.clone()) } else { None };
            let mut dimensions = Dimensions::from([(Dimension::Item, Value::Name(entry.item.value.as_str().into()))]);
            dimensions.extend(unit.or(only).map(|unit| (Dimension::Unit, Value::Name(unit.into()))));
            let given = match self.quantity(&entry.count, Measure::Staff, AmountUnit::Yuan) {
                Ok(Some((quantity, span))) => Given::Known(quantity, span),
                Ok(None) => continue,
                Err(span) => Given::Unknown(span),
            };
            let id = self.number();
            self.lines.push(Line {
                id,
                measure: Measure::Staff,
                dimensions,
                amounts: BTreeMap::from([(stage, given)]),
                span: entry.item.span,
            });
        }
    }

    pub(super) fn projects(&mut self, folder: &Folder, unit: Option<&Unit>) -> Vec<Project> {
        let names: Vec<String> = folder.yaml.keys().filter(|name| name.starts_with("projects/")).cloned().collect();
        let slug_of = |name: &str| name.trim_start_matches("projects/").trim_end_matches(".yaml").to_owned();
        self.projects = names.iter().map(|name| slug_of(name)).collect();
        let mut projects: Vec<(u32, Project)> = Vec::new();
        for name in &names {
            let Some(file) = self.file::<ProjectFile>(folder, name) else { continue };
            let slug = slug_of(name);
            self.funding(&slug, &file);
            self.marks(&slug, &file);
            projects.push((file.order.unwrap_or(u32::MAX), self.project(slug, file, unit)));
        }
        projects.sort_by(|(left, a), (right, b)| left.cmp(right).then_with(|| a.slug.cmp(&b.slug)));
        projects.into_iter().map(|(_, project)| project).collect()
    }

    fn project(&mut self, slug: String, file: ProjectFile, unit: Option<&Unit>) -> Project {
        let named = file.unit.as_ref().and_then(|name| self.member(name));
        Project {
            slug,
            span: file.name.span,
            unit: named.or_else(|| self.members.first().cloned()).unwrap_or_default(),
            superior: file.superior.or_else(|| unit.and_then(|unit| unit.superior.clone())),
            goal_form: file.goal_form.unwrap_or(true),
            name: file.name,
            code: file.code,
            category: file.category,
            goal: file.goal,
            description: file.description.iter().map(|(title, text)| (title.value.clone(), text.clone())).collect(),
            execution_weight: file.execution_weight,
            indicators: file.indicators,
            evaluation: file.evaluation,
        }
    }

    /// Weights and the total score as lines, where they are numbers, so that tables may add and print them.
    fn marks(&mut self, slug: &str, file: &ProjectFile) {
        let weights = file.indicators.iter().map(|entry| (Measure::Weight, entry.weight.as_deref(), entry.span));
        let execution = (Measure::Weight, file.execution_weight.as_deref(), file.name.span);
        let score = file.evaluation.as_ref().and_then(|own| own.score.as_deref());
        let all: Vec<_> = weights.chain([execution, (Measure::Score, score, file.name.span)]).collect();
        let stage = self.main_stage();
        for (measure, text, span) in all {
            self.coverage.entry(measure).or_default().insert(stage);
            let Some(count) = text.and_then(|text| Count::parse(text).ok()) else { continue };
            let given = Given::Known(Quantity::Count(count), span);
            let mut dimensions = Dimensions::from([(Dimension::Project, Value::Name(Arc::from(slug)))]);
            if let [only] = self.members.as_slice() {
                dimensions.insert(Dimension::Unit, Value::Name(only.as_str().into()));
            }
            let id = self.number();
            self.lines.push(Line { id, measure, dimensions, amounts: BTreeMap::from([(stage, given)]), span });
        }
    }

    fn funding(&mut self, slug: &str, file: &ProjectFile) {
        for entry in &file.funding {
            let Some(unit) = file.money_unit else {
                let finding = Diagnostic::new("S011", "缺少“money_unit”").at(entry.span, "写了 funding 就要写金额单位");
                self.report(finding.help("补上一行 money_unit: 万元 或 money_unit: 元。"));
                return;
            };
            let id = self.number();
            let main = self.main_stage();
            let amounts = self.amounts(Measure::Project, unit, entry, main);
            let mut dimensions = self.funding_dimensions(entry);
            dimensions.insert(Dimension::Project, Value::Name(Arc::from(slug)));
            self.lines.push(Line { id, measure: Measure::Project, dimensions, amounts, span: entry.span });
        }
    }
}

fn member(entry: &MemberEntry) -> Member {
    Member {
        id: entry.id.value.clone(),
        name: entry.name.clone(),
        code: entry.code.clone(),
        nature: entry.nature,
        rank: entry.rank.clone(),
        funding: entry.funding.clone(),
        disclosure: entry.disclosure.clone(),
    }
}
