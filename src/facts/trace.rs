//! What a figure rests on, as a tree down to single lines.

use rust_decimal::Decimal;

use crate::{model::LineId, period::Stage};

use super::{
    address::{Address, Expression, Head, Sign},
    answer::{Ask, AskError},
    engine::Facts,
    named::DEEPEST,
};

/// One step: a question, its exact answer, and what it was worked out from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The question as the user may ask it again.
    pub address: String,
    /// How the answer comes from the parts below.
    pub step: Step,
    /// Exact: 元, a count, or a plain ratio; none where it is unknown.
    pub value: Option<Decimal>,
    /// Whether it is an amount of money.
    pub money: bool,
    pub parts: Vec<Trace>,
    /// Ledger lines or stated figures, where the tree ends.
    pub atoms: Vec<(LineId, Stage)>,
}

/// How an answer comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Lines that meet the conditions, added up.
    Lines,
    /// Given as a total.
    Stated,
    /// Named parts, added and subtracted.
    Sum,
    /// Figure minus base.
    Difference,
    /// (figure − base) ÷ base.
    Rate,
    /// Part ÷ whole.
    Share,
}

impl Facts {
    /// Reads a question in the spelling of [`Ask`]'s display, as documents carry it.
    ///
    /// # Errors
    /// [`AskError::Address`].
    pub fn question(&self, text: &str) -> Result<Ask, AskError> {
        let text = text.trim();
        let inner = |head: &str| {
            text.strip_prefix(head).and_then(|rest| rest.strip_prefix('(')?.strip_suffix(')')?.split_once("; "))
        };
        if let Some((part, whole)) = inner("share") {
            return Ok(Ask::Share { part: self.address(part)?, whole: self.address(whole)? });
        }
        for head in ["difference", "rate", "completion"] {
            let Some((of, base)) = inner(head) else { continue };
            let (of, base) = (self.address(of)?, Stage::from_term(base));
            if let Some(base) = base {
                return Ok(match head {
                    "difference" => Ask::Difference { of, base },
                    "rate" => Ask::Rate { of, base },
                    _ => Ask::Completion { of, base },
                });
            }
        }
        self.address(text).map(Ask::Value)
    }

    /// The tree behind a question.
    ///
    /// # Errors
    /// [`AskError`] says what stands in the way.
    pub fn trace(&self, ask: &Ask) -> Result<Trace, AskError> {
        let answer = self.answer(ask)?;
        let step = match ask {
            Ask::Value(of) => return self.value_trace(of, 0),
            Ask::Difference { .. } => Step::Difference,
            Ask::Rate { .. } => Step::Rate,
            Ask::Share { .. } | Ask::Completion { .. } => Step::Share,
        };
        let figures = ask.figures();
        let parts: Result<Vec<Trace>, AskError> = figures.iter().map(|part| self.value_trace(part, 0)).collect();
        let parts = parts?;
        // A change given as such rests on a stated figure beside the parts.
        let below: Vec<LineId> = parts.iter().flat_map(Trace::lines).collect();
        let own = answer.atoms.iter().filter(|id| !below.contains(id));
        let atoms = own.map(|id| (id, figures[0].stage)).collect();
        let money = answer.outcome.quantity().is_some_and(crate::money::Quantity::is_money);
        Ok(Trace { address: answer.address, step, value: answer.outcome.decimal(), money, parts, atoms })
    }

    fn value_trace(&self, of: &Address, depth: usize) -> Result<Trace, AskError> {
        let answer = self.answer(&Ask::Value(of.clone()))?;
        let mut trace = Trace {
            address: of.to_string(),
            step: Step::Lines,
            value: answer.outcome.decimal(),
            money: answer.outcome.quantity().is_none_or(crate::money::Quantity::is_money),
            parts: Vec::new(),
            atoms: Vec::new(),
        };
        if self.is_stated(of) {
            trace.step = Step::Stated;
        } else if let Some(parts) = self.parts(&of.expression).filter(|_| depth < DEEPEST) {
            trace.step = Step::Sum;
            for (sign, part) in parts {
                let mut part = self.value_trace(&Address { expression: part, stage: of.stage }, depth + 1)?;
                if sign == Sign::Minus {
                    part.value = part.value.map(|value| -value);
                }
                trace.parts.push(part);
            }
            return Ok(trace);
        }
        trace.atoms = answer.atoms.iter().map(|id| (id, of.stage)).collect();
        Ok(trace)
    }

    /// The parts of a sum, a lone named figure opened.
    fn parts(&self, expression: &Expression) -> Option<Vec<(Sign, Expression)>> {
        if let [(Sign::Plus, term)] = expression.0.as_slice() {
            let Head::Named(name) = &term.head else { return None };
            let inner = self.named().formula(name)?.narrowed(&term.filter);
            return self.parts(&inner);
        }
        Some(expression.0.iter().map(|(sign, term)| (*sign, Expression::single(term.clone()))).collect())
    }
}

impl Trace {
    /// All lines at the ends of the tree.
    #[must_use]
    pub fn lines(&self) -> Vec<LineId> {
        let own = self.atoms.iter().map(|(id, _)| *id);
        own.chain(self.parts.iter().flat_map(Self::lines)).collect()
    }
}
