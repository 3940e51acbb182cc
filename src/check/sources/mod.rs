//! Rules about single source files: codes, amounts, names, years.

pub(super) mod absurd;
pub(super) mod asset_day;
pub(super) mod code_depth;
pub(super) mod count_names;
pub(super) mod duplicate_line;
pub(super) mod fund_function;
pub(super) mod government;
pub(super) mod income_fund;
pub(super) mod kind_economic;
pub(super) mod members;
pub(super) mod negative;
pub(super) mod options;
pub(super) mod parent;
pub(super) mod project_line;
pub(super) mod project_names;
pub(super) mod year;
