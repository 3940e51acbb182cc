//! The engine: one function from a question to an answer.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    sync::Arc,
};

use rust_decimal::Decimal;

use crate::{
    diagnostic::Diagnostic,
    model::{Dimension, Disclosure, Given, Line, Measure, Stated, Value},
    money::{Change, Count, Quantity, Ratio, Yuan, round},
    period::Stage,
};

use super::{
    address::{Address, AddressError, Expression, Head, Query, Sign, Term},
    answer::{Answer, Ask, AskError, Atoms, Outcome},
    filter::{Filter, Match, Pattern},
    index::LineIndex,
    named::{DEEPEST, NamedFigures},
    stated::StatedIndex,
};

/// The figures of one disclosure under one profile. Immutable: asking changes nothing.
#[derive(Debug)]
pub struct Facts {
    disclosure: Arc<Disclosure>,
    lines: BTreeMap<Measure, LineIndex>,
    named: Arc<NamedFigures>,
    /// Member units and projects: names an address may use.
    known: BTreeMap<Dimension, BTreeSet<Value>>,
    stated: StatedIndex,
    /// How many 元 one unit of the printed amounts is, and their decimals: what prints as zero difference is equal.
    step: Decimal,
    decimals: u32,
    /// The lines are the sum of members' disclosures.
    consolidated: bool,
}

fn known_names(disclosure: &Disclosure) -> BTreeMap<Dimension, BTreeSet<Value>> {
    let names = |names: Vec<&str>| names.into_iter().map(|name| Value::Name(name.into())).collect();
    BTreeMap::from([
        (Dimension::Unit, names(disclosure.unit.members.iter().map(|member| member.id.as_str()).collect())),
        (Dimension::Project, names(disclosure.projects.iter().map(|project| project.slug.as_str()).collect())),
    ])
}

/// A value on its way up: none is unknown.
struct Sum {
    value: Option<Quantity>,
    atoms: Atoms,
}

impl Facts {
    /// Builds the figures. `step` and `decimals` say how amounts are printed in prose.
    #[must_use]
    pub fn new(
        disclosure: &Arc<Disclosure>,
        named: &Arc<NamedFigures>,
        step: Decimal,
        decimals: u32,
    ) -> (Self, Vec<Diagnostic>) {
        let mut lines: BTreeMap<Measure, LineIndex> = BTreeMap::new();
        for (at, line) in disclosure.lines.iter().enumerate() {
            lines.entry(line.measure).or_default().push(at, line);
        }
        let mut facts = Self {
            disclosure: Arc::clone(disclosure),
            lines,
            named: Arc::clone(named),
            known: known_names(disclosure),
            stated: StatedIndex::default(),
            step,
            decimals,
            consolidated: disclosure.unit.members.iter().any(|member| member.disclosure.is_some()),
        };
        let mut found = Vec::new();
        for stated in &disclosure.stated {
            facts.state(stated, &mut found);
        }
        (facts, found)
    }

    fn state(&mut self, stated: &Stated, found: &mut Vec<Diagnostic>) {
        let address = match self.address(&stated.figure) {
            Ok(address) => address,
            Err(error) => {
                found.push(error.diagnostic(stated.figure.span));
                return;
            }
        };
        let canonical = self.canonical(&address);
        let form = self.named.form(&address.expression).into_owned();
        let twice = self.stated.amount(&form, address.stage).is_some();
        let derived = self.derived(&address).filter(|_| stated.difference_from.is_none() && !twice);
        // A department may check the sum of its members against the total it knows; only a difference is told, and the
        // sum, which is exact, stays what is asked for.
        if self.consolidated && derived.is_some_and(|sum| self.agrees(sum, stated)) {
            return;
        }
        if let Some(sum) = derived {
            let message = if self.consolidated {
                format!(
                    "“{}”各所属单位汇总为 {} 元，另外给出的是 {} 元",
                    stated.figure.value,
                    sum.decimal(),
                    stated.value.money.decimal()
                )
            } else {
                format!("“{}”台账里已有，又另外给出", stated.figure.value)
            };
            let help =
                "删去这个引定数；确需并列公开的，在 disclosure.yaml 的 waivers 里写 rule: F004、figure 和 reason。";
            found.push(
                Diagnostic::new("F004", message)
                    .at(stated.figure.span, "另外给出的数")
                    .help(help)
                    .figure(canonical.clone()),
            );
        }
        if let Some(first) = self.stated.insert(form, address.stage, stated.clone()) {
            let message = format!("“{}”给出了两次", stated.figure.value);
            found.push(
                Diagnostic::new("F002", message)
                    .at(stated.figure.span, "第二次")
                    .at(first.figure.span, "第一次")
                    .help("删去其中一个。"),
            );
        }
    }

    /// Whether a sum and a stated total are printed alike: many a total is known in 万元 only.
    fn agrees(&self, sum: Quantity, stated: &Stated) -> bool {
        let stated = if sum.is_money() { Some(stated.value.money) } else { stated.value.count };
        let printed = |value: Quantity| round(value.decimal() / self.step_of(value), self.decimals);
        stated.is_some_and(|stated| printed(stated) == printed(sum))
    }

    /// Parses an address in the names of the profile.
    ///
    /// # Errors
    /// [`AskError::Address`].
    pub fn address(&self, text: &str) -> Result<Address, AskError> {
        let refuse = |error| AskError::Address { text: text.to_owned(), error };
        let address = self.named.address(text).map_err(refuse)?;
        self.names_exist(&address.expression).map_err(refuse)?;
        Ok(address)
    }

    /// A unit or project nobody knows would make a figure of no lines, which prints as zero.
    fn names_exist(&self, expression: &Expression) -> Result<(), AddressError> {
        for (_, term) in &expression.0 {
            for (dimension, known) in &self.known {
                let unknown =
                    term.filter.patterns(*dimension).into_iter().flatten().find_map(|pattern| match pattern {
                        Pattern::Is(value) if !known.contains(value) => Some(value.to_string()),
                        Pattern::Is(_) | Pattern::Under(_) => None,
                    });
                if let Some(found) = unknown {
                    let known = known.iter().map(ToString::to_string).collect();
                    return Err(AddressError::UnknownValue { dimension: *dimension, found, known });
                }
            }
        }
        Ok(())
    }

    /// Parses an expression without a stage.
    ///
    /// # Errors
    /// [`AskError::Address`].
    pub fn expression(&self, text: &str) -> Result<Expression, AskError> {
        self.named.expression(text).map_err(|error| AskError::Address { text: text.to_owned(), error })
    }

    /// Answers one question.
    ///
    /// # Errors
    /// [`AskError`] says what stands in the way.
    pub fn answer(&self, ask: &Ask) -> Result<Answer, AskError> {
        let answer = |address: String, outcome, atoms| Answer { address, outcome, atoms, change: None };
        match ask {
            Ask::Value(of) => {
                let sum = self.value(of)?;
                let outcome = sum.value.map_or(Outcome::Unknown, Outcome::Quantity);
                Ok(answer(self.canonical(of), outcome, sum.atoms))
            }
            Ask::Difference { of, base } | Ask::Rate { of, base } => {
                let (change, atoms) = self.change(of, *base)?;
                let rate = matches!(ask, Ask::Rate { .. });
                let outcome = if rate {
                    change.rate.map_or(Outcome::Unknown, Outcome::Ratio)
                } else {
                    change.difference.map_or(Outcome::Unknown, Outcome::Quantity)
                };
                let word = if rate { "rate" } else { "difference" };
                let address = format!("{word}({}; {})", self.canonical(of), base.term());
                // A stated difference rests on nothing but its statement; its rate rests on the figure too.
                let stated = self.stated_difference(of, *base).filter(|_| !rate);
                let atoms = stated.map_or(atoms, |stated| [stated.id].into_iter().collect());
                Ok(Answer { address, outcome, atoms, change: Some(change) })
            }
            Ask::Share { part, whole } => {
                let address = format!("share({}; {})", self.canonical(part), self.canonical(whole));
                self.quotient(part, whole, address)
            }
            Ask::Completion { of, base } => {
                let whole = Address { expression: of.expression.clone(), stage: *base };
                let address = format!("completion({}; {})", self.canonical(of), base.term());
                self.quotient(of, &whole, address)
            }
        }
    }

    /// The value of a figure alone; none where it is unknown.
    ///
    /// # Errors
    /// [`AskError`] says what stands in the way.
    pub fn quantity(&self, of: &Address) -> Result<Option<Quantity>, AskError> {
        Ok(self.value(of)?.value)
    }

    /// The comparison of a figure with the same figure at another stage.
    ///
    /// # Errors
    /// [`AskError`] says what stands in the way.
    pub fn change(&self, of: &Address, base: Stage) -> Result<(Change, Atoms), AskError> {
        let figure = self.value(of)?;
        let mut atoms = figure.atoms;
        if let (Some(stated), Some(value)) = (self.stated_difference(of, base), figure.value) {
            let difference =
                if value.is_money() { stated.value.money } else { stated.value.count.unwrap_or(stated.value.money) };
            atoms.join([stated.id].into_iter().collect());
            return Ok((Change::stated(value, difference.decimal(), self.step_of(value), self.decimals), atoms));
        }
        let other = self.sum(&of.expression, base, 0)?;
        atoms.join(other.atoms);
        let step = figure.value.map_or(self.step, |value| self.step_of(value));
        Ok((Change::between(figure.value, other.value, step, self.decimals), atoms))
    }

    fn stated_difference(&self, of: &Address, base: Stage) -> Option<&Stated> {
        self.stated.difference(&self.named.form(&of.expression), of.stage, base)
    }

    fn step_of(&self, value: Quantity) -> Decimal {
        if value.is_money() { self.step } else { Decimal::ONE }
    }

    fn quotient(&self, part: &Address, whole: &Address, address: String) -> Result<Answer, AskError> {
        let (above, below) = (self.value(part)?, self.value(whole)?);
        let ratio = above.value.zip(below.value).and_then(|(above, below)| Ratio::of(above.decimal(), below.decimal()));
        let mut atoms = above.atoms;
        atoms.join(below.atoms);
        Ok(Answer { address, outcome: ratio.map_or(Outcome::Unknown, Outcome::Ratio), atoms, change: None })
    }

    /// The one spelling of an address: a named figure that is a single query is that query.
    #[must_use]
    pub fn canonical(&self, address: &Address) -> String {
        // Most are shorter; a string that grows bit by bit is copied as often.
        let mut text = String::with_capacity(96);
        // Writing to a string cannot fail.
        let _infallible = write!(text, "{}@{}", self.named.form(&address.expression), address.stage.term());
        text
    }

    fn value(&self, address: &Address) -> Result<Sum, AskError> {
        self.sum(&address.expression, address.stage, 0)
    }

    fn sum(&self, expression: &Expression, stage: Stage, depth: usize) -> Result<Sum, AskError> {
        let mut total: Option<Option<Quantity>> = None;
        let mut atoms = Atoms::default();
        for (sign, term) in &expression.0 {
            let part = self.term(term, stage, depth)?;
            atoms.join(part.atoms);
            let signed = part.value.map(|value| match sign {
                Sign::Plus => value,
                Sign::Minus => value.with(-value.decimal()),
            });
            total = Some(match (total, signed) {
                (None, first) => first,
                (Some(Some(sum)), Some(value)) if sum.is_money() == value.is_money() => {
                    Some(sum.with(sum.decimal() + value.decimal()))
                }
                (Some(Some(_)), Some(_)) => return Err(AskError::Mixed { expression: expression.clone() }),
                (Some(_), _) => None,
            });
        }
        Ok(Sum { value: total.flatten(), atoms })
    }

    /// Stated first, then the lines or the parts of a named figure.
    fn term(&self, term: &Term, stage: Stage, depth: usize) -> Result<Sum, AskError> {
        if let Some(stated) = self.stated_amount(term, stage) {
            let money = self.named.is_money(term);
            let value = if money { Some(stated.value.money) } else { stated.value.count };
            return Ok(Sum { value, atoms: [stated.id].into_iter().collect() });
        }
        match &term.head {
            Head::Measure(measure) => self.lines_of(*measure, &term.filter, stage),
            Head::Named(name) if depth > DEEPEST => Err(AskError::Circular { name: name.to_string() }),
            Head::Named(name) => match self.named.formula(name) {
                Some(inner) if term.filter.is_empty() => self.sum(inner, stage, depth + 1),
                Some(inner) => self.sum(&inner.narrowed(&term.filter), stage, depth + 1),
                None => self.sum(&Expression(Vec::new()), stage, depth + 1),
            },
        }
    }

    fn stated_amount(&self, term: &Term, stage: Stage) -> Option<&Stated> {
        if !self.stated.speaks_of(stage) {
            return None;
        }
        match &term.head {
            Head::Measure(_) => self.stated.single(term, stage),
            Head::Named(_) => self.stated.single(&self.named.opened(term), stage),
        }
    }

    /// The sum over matching lines; unknown where the ledgers do not reflect the stage.
    fn lines_of(&self, measure: Measure, filter: &Filter, stage: Stage) -> Result<Sum, AskError> {
        if !self.covers(measure, stage) {
            return Ok(Sum { value: None, atoms: Atoms::default() });
        }
        let (mut sum, mut known, mut atoms) = (Decimal::ZERO, true, Vec::new());
        let mut lacking = BTreeMap::new();
        for line in self.candidates(measure, filter, &[stage]) {
            let Some(given) = line.amounts.get(&stage) else { continue };
            match filter.test(line) {
                Match::No => {}
                Match::Lacks(dimension) => lacking.entry(dimension).or_insert_with(Vec::new).push(line.span),
                Match::Yes => {
                    atoms.push(line.id);
                    match given {
                        Given::Known(quantity, _) => sum += quantity.decimal(),
                        Given::Unknown(_) => known = false,
                    }
                }
            }
        }
        if let Some((dimension, lines)) = lacking.into_iter().next() {
            let address = format!("{}{filter}@{}", measure.term(), stage.term());
            return Err(AskError::Lacks { address, dimension, lines });
        }
        let value = if measure.is_money() { Quantity::Money(Yuan::new(sum)) } else { Quantity::Count(Count::new(sum)) };
        Ok(Sum { value: known.then_some(value), atoms: atoms.into_iter().collect() })
    }

    /// The lines of a measure with an amount at one of the stages that are worth a test, in the order of the ledgers.
    fn candidates(&self, measure: Measure, filter: &Filter, stages: &[Stage]) -> impl Iterator<Item = &Line> {
        let places = self.lines.get(&measure).map(|lines| lines.candidates(filter, stages));
        places.into_iter().flatten().filter_map(|at| self.disclosure.lines.get(at))
    }

    /// What the lines alone would say of an address; none where they say nothing.
    fn derived(&self, address: &Address) -> Option<Quantity> {
        self.value(address).ok()?.value
    }

    /// The lines of a measure that meet a filter and have an amount at one of the stages.
    pub fn matching<'a>(&'a self, query: &'a Query, stages: &'a [Stage]) -> impl Iterator<Item = &'a Line> {
        let tested = self.tested(query.measure, &query.filter, stages);
        tested.filter(|(_, outcome)| *outcome == Match::Yes).map(|(line, _)| line)
    }

    /// The lines of a measure with an amount at one of the stages that a filter does not refuse, each with what it says.
    pub fn tested<'a>(
        &'a self,
        measure: Measure,
        filter: &'a Filter,
        stages: &'a [Stage],
    ) -> impl Iterator<Item = (&'a Line, Match)> {
        let tested = self.candidates(measure, filter, stages).map(|line| (line, filter.test(line)));
        tested.filter(|(_, outcome)| *outcome != Match::No)
    }

    /// Whether a figure is given as a total.
    pub(super) fn is_stated(&self, of: &Address) -> bool {
        self.stated.amount(&self.named.form(&of.expression), of.stage).is_some()
    }

    /// What the profile's names stand for.
    pub(super) fn named(&self) -> &NamedFigures {
        &self.named
    }

    /// The measures behind an expression, named figures opened.
    #[must_use]
    pub fn measures(&self, expression: &Expression) -> BTreeSet<Measure> {
        self.named.measures(expression)
    }

    /// The queries behind an expression, named figures opened.
    #[must_use]
    pub fn queries(&self, expression: &Expression) -> Vec<Query> {
        self.named.queries(expression)
    }

    /// The values that occur on a dimension among the lines of a query, sorted.
    #[must_use]
    pub fn values(&self, query: &Query, dimension: crate::model::Dimension, stages: &[Stage]) -> BTreeSet<Value> {
        self.matching(query, stages).filter_map(|line| line.value(dimension).cloned()).collect()
    }

    /// Whether the ledgers or stated figures can say anything at a stage.
    #[must_use]
    pub fn covers(&self, measure: Measure, stage: Stage) -> bool {
        self.disclosure.coverage.get(&measure).is_some_and(|stages| stages.contains(&stage))
    }
}
