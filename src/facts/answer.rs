//! Questions about figures, and their answers.

use std::fmt;

use rust_decimal::Decimal;

use crate::{
    diagnostic::Diagnostic,
    model::{Dimension, LineId},
    money::{Change, Quantity, Ratio},
    period::Stage,
    source::Span,
};

use super::address::{Address, AddressError, Expression};

/// What may be asked. Every printed number is the answer to one of these.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ask {
    Value(Address),
    /// 增减额: figure − figure at the base stage.
    Difference {
        of: Address,
        base: Stage,
    },
    /// 增减率.
    Rate {
        of: Address,
        base: Stage,
    },
    /// 占比.
    Share {
        part: Address,
        whole: Address,
    },
    /// 完成率: figure ÷ figure at the base stage.
    Completion {
        of: Address,
        base: Stage,
    },
}

impl Ask {
    /// The figures a question is about: itself, or the two it compares.
    #[must_use]
    pub fn figures(&self) -> Vec<Address> {
        match self {
            Self::Value(of) => vec![of.clone()],
            Self::Share { part, whole } => vec![part.clone(), whole.clone()],
            Self::Difference { of, base } | Self::Rate { of, base } | Self::Completion { of, base } => {
                vec![of.clone(), Address { expression: of.expression.clone(), stage: *base }]
            }
        }
    }
}

impl fmt::Display for Ask {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(address) => address.fmt(out),
            Self::Difference { of, base } => write!(out, "difference({of}; {})", base.term()),
            Self::Rate { of, base } => write!(out, "rate({of}; {})", base.term()),
            Self::Share { part, whole } => write!(out, "share({part}; {whole})"),
            Self::Completion { of, base } => write!(out, "completion({of}; {})", base.term()),
        }
    }
}

/// The value of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Quantity(Quantity),
    Ratio(Ratio),
    /// Nobody gave it, or it does not exist (a rate on a zero base).
    Unknown,
}

impl Outcome {
    #[must_use]
    pub const fn quantity(self) -> Option<Quantity> {
        match self {
            Self::Quantity(quantity) => Some(quantity),
            Self::Ratio(_) | Self::Unknown => None,
        }
    }

    /// The exact number: 元, a count, or a plain ratio.
    #[must_use]
    pub const fn decimal(self) -> Option<Decimal> {
        match self {
            Self::Quantity(quantity) => Some(quantity.decimal()),
            Self::Ratio(ratio) => Some(ratio.decimal()),
            Self::Unknown => None,
        }
    }
}

/// Ledger lines and stated figures, in the order of their numbers, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Atoms(Vec<LineId>);

impl Atoms {
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[must_use]
    pub fn contains(&self, id: LineId) -> bool {
        self.0.binary_search(&id).is_ok()
    }

    pub fn iter(&self) -> impl Iterator<Item = LineId> {
        self.0.iter().copied()
    }

    /// Takes in others.
    pub(super) fn join(&mut self, others: Self) {
        if self.0.is_empty() {
            *self = others;
        } else if !others.0.is_empty() {
            self.0.extend(others.0);
            self.0.sort_unstable();
            self.0.dedup();
        }
    }
}

impl FromIterator<LineId> for Atoms {
    fn from_iter<I: IntoIterator<Item = LineId>>(ids: I) -> Self {
        let mut ids: Vec<LineId> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        Self(ids)
    }
}

/// An answer with its canonical address and the atoms (ledger lines, stated figures) it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub address: String,
    pub outcome: Outcome,
    pub atoms: Atoms,
    /// The comparison, where one was asked for.
    pub change: Option<Change>,
}

/// Why a question cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskError {
    Address {
        text: String,
        error: AddressError,
    },
    /// Lines that would count do not keep a dimension.
    Lacks {
        address: String,
        dimension: Dimension,
        lines: Vec<Span>,
    },
    /// Money and counts in one sum.
    Mixed {
        expression: Expression,
    },
    /// A named figure rests on itself.
    Circular {
        name: String,
    },
}

impl AskError {
    /// The finding, at the place that asked.
    #[must_use]
    pub fn diagnostic(&self, span: Span) -> Diagnostic {
        match self {
            Self::Address { text, error } => {
                Diagnostic::new("F001", format!("数字地址“{text}”无法解析：{error}")).at(span, "").help(error.help())
            }
            Self::Lacks { address, dimension, lines } => {
                let message = format!("“{address}”要按{}取数，有 {} 行台账没有写", dimension.label(), lines.len());
                let help = format!("给列出的行补上 {}；整个文件都相同的，写在 defaults 里。", dimension.term());
                let finding = Diagnostic::new("F003", message).figure(address.clone()).help(help);
                let finding = lines
                    .iter()
                    .take(5)
                    .fold(finding, |finding, line| finding.at(*line, format!("没有 {}", dimension.term())));
                finding.at(span, "这里要取数")
            }
            Self::Mixed { expression } => {
                Diagnostic::new("F005", format!("“{expression}”把金额和数量加在一起")).at(span, "").help("分别取数。")
            }
            Self::Circular { name } => Diagnostic::new("F002", format!("具名数字“{name}”绕回了自己"))
                .at(span, "")
                .help("改正 figures.yaml 里的公式。"),
        }
    }
}
