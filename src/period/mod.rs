//! Fiscal years, the stages of an amount, and the two kinds of disclosure.
//!
//! Never knows: text layout, files.

/// A fiscal year (公历年).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalYear(pub u16);

impl FiscalYear {
    #[must_use]
    pub const fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

/// What is disclosed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 预算
    Budget,
    /// 决算
    Final,
}

impl Kind {
    pub const ALL: &[Self] = &[Self::Budget, Self::Final];

    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Budget => "预算",
            Self::Final => "决算",
        }
    }

    #[must_use]
    pub fn from_term(term: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.term() == term)
    }

    /// The stages a disclosure of this kind may use; the first is the one it is about.
    #[must_use]
    pub const fn stages(self) -> &'static [Stage] {
        match self {
            Self::Budget => &[Stage::Budget, Stage::LastBudget, Stage::LastActual],
            Self::Final => &[Stage::Final, Stage::InitialBudget, Stage::AdjustedBudget, Stage::LastFinal],
        }
    }

    /// The stage of the year before that the main one is compared with, and that it is next year.
    #[must_use]
    pub const fn last_year(self) -> Stage {
        match self {
            Self::Budget => Stage::LastBudget,
            Self::Final => Stage::LastFinal,
        }
    }
}

/// The stage of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// 本年预算
    Budget,
    /// 上年预算
    LastBudget,
    /// 上年执行
    LastActual,
    /// 年初预算
    InitialBudget,
    /// 全年预算 (after adjustment)
    AdjustedBudget,
    /// 决算
    Final,
    /// 上年决算
    LastFinal,
}

impl Stage {
    pub const ALL: &[Self] = &[
        Self::Budget,
        Self::LastBudget,
        Self::LastActual,
        Self::InitialBudget,
        Self::AdjustedBudget,
        Self::Final,
        Self::LastFinal,
    ];

    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Budget => "本年预算",
            Self::LastBudget => "上年预算",
            Self::LastActual => "上年执行",
            Self::InitialBudget => "年初预算",
            Self::AdjustedBudget => "全年预算",
            Self::Final => "决算",
            Self::LastFinal => "上年决算",
        }
    }

    /// What the same amount of the year before is, where a disclosure prints it.
    #[must_use]
    pub const fn year_before(self) -> Option<Self> {
        match self {
            Self::Budget => Some(Kind::Budget.last_year()),
            Self::Final => Some(Kind::Final.last_year()),
            Self::LastBudget | Self::LastActual | Self::InitialBudget | Self::AdjustedBudget | Self::LastFinal => None,
        }
    }

    #[must_use]
    pub fn from_term(term: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|stage| stage.term() == term)
    }
}
