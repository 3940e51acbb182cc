//! All rules, one row each, in the order of their codes: L 台账, A 勾稽, C 比较, P 绩效, K 完整, X 文字, Y 隐私保密, Z 时限.

use super::{Rule, articulation, comparison, completeness, performance, privacy, sources, text, time};

/// The registry.
pub static RULES: &[&Rule] = &[
    &sources::code_depth::FUNCTION,
    &sources::code_depth::ECONOMIC,
    &sources::kind_economic::RULE,
    &sources::negative::RULE,
    &sources::absurd::UNIT,
    &sources::absurd::POINT,
    &sources::duplicate_line::RULE,
    &sources::project_names::RULE,
    &sources::year::RULE,
    &sources::asset_day::RULE,
    &sources::members::RULE,
    &sources::count_names::RULE,
    &sources::options::RULE,
    &sources::project_line::NAMELESS,
    &sources::project_line::BASIC,
    &sources::project_line::PENNILESS,
    &sources::government::RULE,
    &sources::fund_function::RULE,
    &sources::income_fund::RULE,
    &sources::parent::RULE,
    &articulation::balance::ALL,
    &articulation::balance::APPROPRIATION,
    &articulation::fund_balance::RULE,
    &articulation::function_balance::RULE,
    &articulation::carry_over::RULE,
    &articulation::identities::RULE,
    &articulation::partition::PARTS,
    &articulation::partition::SHORT,
    &articulation::last_year::RULE,
    &articulation::three_public_parts::RULE,
    &articulation::three_public_counts::MONEY,
    &articulation::three_public_counts::ORDER,
    &articulation::vehicles::RULE,
    &articulation::over_budget::RULE,
    &articulation::project_money::RULE,
    &articulation::procurement_amount::RULE,
    &articulation::procurement_share::RULE,
    &articulation::procurement_budget::RULE,
    &articulation::asset_sums::RULE,
    &articulation::soft_pairs::RULE,
    &articulation::surplus::USED,
    &articulation::surplus::CARRIED,
    &articulation::running_costs::RULE,
    &articulation::sme_share::RULE,
    &articulation::carry_over::FUNDS,
    &comparison::missing::RULE,
    &comparison::direction::RULE,
    &comparison::idle::RULE,
    &comparison::vague::RULE,
    &comparison::zero_base::RULE,
    &comparison::outlier::RULE,
    &comparison::differences::RULE,
    &performance::weights::WEIGHTS,
    &performance::weights::SCORES,
    &performance::points::RULE,
    &performance::execution::RULE,
    &performance::deviation::FULL,
    &performance::deviation::SILENT,
    &performance::operator::RULE,
    &performance::cost::RULE,
    &performance::grade::RULE,
    &performance::missing::GOAL,
    &performance::missing::VALUE,
    &performance::missing::KINDS,
    &performance::repeated::RULE,
    &performance::key_projects::RULE,
    &performance::actual_cost::RULE,
    &performance::over_budget::RULE,
    &performance::cost::SUM,
    &completeness::chapters::RULE,
    &completeness::tables::RULE,
    &completeness::empty::SILENT,
    &completeness::empty::WRONG,
    &completeness::glossary::UNEXPLAINED,
    &completeness::glossary::UNUSED,
    &completeness::unit::UNIT,
    &completeness::unit::ASSETS,
    &completeness::comparable::RULE,
    &completeness::counts::RULE,
    &completeness::sme::RULE,
    &completeness::withheld::RULE,
    &completeness::contents::RULE,
    &completeness::listed::RULE,
    &completeness::unknown::RULE,
    &completeness::headings::RULE,
    &text::residue::RULE,
    &text::doubled::RULE,
    &text::brackets::RULE,
    &text::width::RULE,
    &text::unitless::RULE,
    &text::zeros::RULE,
    &text::other_year::RULE,
    &text::other_unit::RULE,
    &text::half_pair::RULE,
    &text::old_name::RULE,
    &text::table_unit::RULE,
    &privacy::numbers::IDENTITY,
    &privacy::numbers::MOBILE,
    &privacy::numbers::BANK,
    &privacy::secrets::RULE,
    &privacy::names::RULE,
    &time::deadline::LATE,
    &time::deadline::EARLY,
    &time::plausible::YEAR,
    &time::plausible::NONE,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::RULES;
    use crate::diagnostic::CATALOGUE;

    #[test]
    fn codes_are_unique_sorted_and_not_the_compilers() {
        let codes: Vec<&str> = RULES.iter().map(|rule| rule.entry.code).collect();
        let unique: BTreeSet<&str> = codes.iter().copied().chain(CATALOGUE.iter().map(|entry| entry.code)).collect();
        assert_eq!(unique.len(), codes.len() + CATALOGUE.len());
        assert!(codes.windows(2).all(|pair| pair[0].as_bytes()[0] != pair[1].as_bytes()[0] || pair[0] < pair[1]));
    }

    #[test]
    fn every_page_is_short_and_chinese() {
        for rule in RULES {
            let entry = &rule.entry;
            for text in [entry.title, entry.meaning, entry.remedy] {
                assert!(text.matches('。').count() <= 3 && !text.is_empty(), "{}", entry.code);
            }
            assert!(!entry.title.ends_with('。'), "{}", entry.code);
        }
    }
}
