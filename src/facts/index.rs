//! Which lines of a measure may meet a filter, read off sets of bits.
//!
//! In: lines. Out: those worth a test, in the order of the ledgers. Never knows: amounts, names of figures.
//!
//! Every cell of every table asks, mostly for a few lines of many. So each value that occurs on a dimension keeps the set
//! of its lines, a code the set of all below it, and a filter is a few sets joined.

use std::collections::BTreeMap;

use crate::{
    model::{Dimension, Line, Value},
    period::Stage,
};

use super::filter::{Filter, Pattern};

/// The lines of one measure.
#[derive(Debug, Default)]
pub(super) struct LineIndex {
    /// Where they stand among the disclosure's.
    lines: Vec<usize>,
    stages: BTreeMap<Stage, Bits>,
    dimensions: [Kept; Dimension::ALL.len()],
}

/// What the lines say on one dimension.
#[derive(Debug, Default)]
struct Kept {
    values: BTreeMap<Value, Bits>,
    nothing: Bits,
}

/// A set of lines, by their number in the index.
#[derive(Debug, Clone, Default)]
struct Bits(Vec<u64>);

impl LineIndex {
    /// Takes in a line, which stands `at` this place.
    pub(super) fn push(&mut self, at: usize, line: &Line) {
        let number = self.lines.len();
        self.lines.push(at);
        for stage in line.amounts.keys() {
            self.stages.entry(*stage).or_default().insert(number);
        }
        for (dimension, kept) in Dimension::ALL.iter().zip(&mut self.dimensions) {
            match line.value(*dimension) {
                None => kept.nothing.insert(number),
                Some(Value::Code(code)) => {
                    for level in 1..=code.level() {
                        kept.values.entry(Value::Code(code.at_level(level))).or_default().insert(number);
                    }
                }
                Some(value) => kept.values.entry(value.clone()).or_default().insert(number),
            }
        }
    }

    /// The places of the lines with an amount at one of the stages that a filter does not refuse at first sight.
    pub(super) fn candidates(&self, filter: &Filter, stages: &[Stage]) -> impl Iterator<Item = usize> {
        let mut dated = stages.iter().filter_map(|stage| self.stages.get(stage));
        let mut left = dated.next().cloned().unwrap_or_default();
        dated.for_each(|lines| left.join(lines));
        for (dimension, patterns) in filter.conditions() {
            let kept = &self.dimensions[dimension as usize];
            let accepted = patterns.iter().filter_map(|pattern| match pattern {
                Pattern::Under(code) => kept.values.get(&Value::Code(*code)),
                Pattern::Is(value) => kept.values.get(value),
            });
            let nothing = (!dimension.may_be_none()).then_some(&kept.nothing);
            left.keep(&accepted.chain(nothing).collect::<Vec<_>>());
        }
        left.into_numbers().filter_map(|number| self.lines.get(number).copied())
    }
}

impl Bits {
    fn insert(&mut self, number: usize) {
        let word = number / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (number % 64);
    }

    fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    /// Keeps what is in one of the sets.
    fn keep(&mut self, sets: &[&Self]) {
        for (place, word) in self.0.iter_mut().enumerate() {
            *word &= sets.iter().filter_map(|set| set.0.get(place)).fold(0, |all, one| all | one);
        }
    }

    /// In ascending order.
    fn into_numbers(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(place, word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                let lowest = (left != 0).then(|| place * 64 + left.trailing_zeros() as usize);
                left &= left.saturating_sub(1);
                lowest
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::LineIndex;
    use crate::{
        account::{Classification, Code},
        facts::{Filter, Match},
        model::{Dimension, Dimensions, Fund, Given, Line, LineId, Measure, Value},
        money::{Quantity, Yuan},
        period::Stage,
        source::{FileId, Span},
    };

    fn line(number: u32, dimensions: Dimensions, stages: &[Stage]) -> Line {
        let span = Span::start_of(FileId(0));
        let given = Given::Known(Quantity::Money(Yuan::new(1.into())), span);
        let amounts: BTreeMap<Stage, Given> = stages.iter().map(|stage| (*stage, given)).collect();
        Line { id: LineId(number), measure: Measure::Expenditure, dimensions, amounts, span }
    }

    fn function(text: &str) -> (Dimension, Value) {
        (Dimension::Function, Value::Code(Code::parse(Classification::Function, text).unwrap()))
    }

    /// A hundred lines, so that a set has more than one word; every seventh keeps no function, every fifth has a project.
    fn lines() -> Vec<Line> {
        let functions = ["2080501", "2080505", "2210201", "20811"];
        (0..100_u32)
            .map(|number| {
                let at = number as usize;
                let mut own = Dimensions::from([(Dimension::Fund, Value::Fund(Fund::ALL[at % 3]))]);
                own.extend((number % 7 != 0).then(|| function(functions[at % 4])));
                own.extend((number % 5 == 0).then(|| (Dimension::Project, Value::Name("road".into()))));
                let stages: &[Stage] =
                    if number % 2 == 0 { &[Stage::Budget] } else { &[Stage::Budget, Stage::LastBudget] };
                line(number, own, stages)
            })
            .collect()
    }

    fn condition(dimension: Dimension, text: &str) -> Filter {
        Filter::condition(dimension, text).unwrap()
    }

    #[test]
    fn no_line_that_counts_is_left_out_and_few_others_are_looked_at() {
        let lines = lines();
        let mut index = LineIndex::default();
        lines.iter().enumerate().for_each(|(at, line)| index.push(at, line));
        let by_function = ["208", "20805", "2080505", "208|221", "2080502", "229"];
        let by_function = by_function.map(|text| condition(Dimension::Function, text));
        let fund = condition(Dimension::Fund, Fund::ALL[1].term());
        let project = condition(Dimension::Project, "road");
        let mut filters = vec![Filter::default(), fund.clone(), project.clone(), fund.and(&project)];
        filters.extend(by_function.iter().flat_map(|own| [own.clone(), own.and(&fund), own.and(&fund).and(&project)]));
        for filter in filters {
            for stages in [&[Stage::Budget][..], &[Stage::LastBudget], &[Stage::Budget, Stage::LastBudget], &[]] {
                let dated = |line: &Line| stages.iter().any(|stage| line.amounts.contains_key(stage));
                let counts = |at: &usize| dated(&lines[*at]) && filter.test(&lines[*at]) != Match::No;
                let wanted: Vec<usize> = (0..lines.len()).filter(counts).collect();
                assert_eq!(index.candidates(&filter, stages).collect::<Vec<_>>(), wanted, "{filter} {stages:?}");
            }
        }
    }
}
