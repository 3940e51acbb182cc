//! Rules about performance goals and their evaluation.

pub(super) mod actual_cost;
pub(super) mod cost;
pub(super) mod deviation;
pub(super) mod execution;
pub(super) mod grade;
pub(super) mod key_projects;
pub(super) mod missing;
pub(super) mod operator;
pub(super) mod over_budget;
pub(super) mod points;
pub(super) mod repeated;
mod target;
pub(super) mod weights;
