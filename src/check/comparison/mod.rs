//! Rules about comparisons with another stage and the reasons for them.

pub(super) mod differences;
pub(super) mod direction;
pub(super) mod idle;
pub(super) mod missing;
pub(super) mod outlier;
pub(super) mod vague;
pub(super) mod zero_base;
