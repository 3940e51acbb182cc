//! Rules about sums that must agree (勾稽关系).

pub(super) mod asset_sums;
pub(super) mod balance;
pub(super) mod carry_over;
pub(super) mod function_balance;
pub(super) mod fund_balance;
pub(super) mod identities;
pub(super) mod last_year;
pub(super) mod over_budget;
pub(super) mod partition;
pub(super) mod procurement_amount;
pub(super) mod procurement_budget;
pub(super) mod procurement_share;
pub(super) mod project_money;
pub(super) mod running_costs;
pub(super) mod sme_share;
pub(super) mod soft_pairs;
pub(super) mod surplus;
pub(super) mod three_public_counts;
pub(super) mod three_public_parts;
pub(super) mod vehicles;
