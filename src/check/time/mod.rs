//! Rules about days.

pub(super) mod deadline;
pub(super) mod plausible;
