//! Rules about personal data and secrets.

pub(super) mod names;
pub(super) mod numbers;
pub(super) mod secrets;
