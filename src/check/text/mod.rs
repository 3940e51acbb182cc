//! Rules about wording: left-overs, slips, other units and years.

pub(super) mod brackets;
pub(super) mod doubled;
pub(super) mod half_pair;
pub(super) mod old_name;
pub(super) mod other_unit;
pub(super) mod other_year;
pub(super) mod residue;
pub(super) mod table_unit;
pub(super) mod unitless;
pub(super) mod width;
pub(super) mod zeros;
