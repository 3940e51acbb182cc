//! Heading slugs: the anchors forges give to headings by themselves.
//!
//! In: headings in reading order, as text. Out: the fragment a link must name.
//! Never knows: ids of the document; explicit anchors, because a large forge strips `<a id>` from Markdown.

use std::collections::BTreeMap;

/// Counts what was given, because the second heading of a name gets `-1`.
#[derive(Debug, Default)]
pub(super) struct Slugs {
    given: BTreeMap<String, usize>,
}

impl Slugs {
    /// The slug of the next heading.
    pub(super) fn next(&mut self, heading: &str) -> String {
        let slug = slug(heading);
        let count = self.given.entry(slug.clone()).or_default();
        let unique = if *count == 0 { slug } else { format!("{slug}-{count}") };
        *count += 1;
        unique
    }
}

/// Letters, digits, hyphens and underscores stay, blanks become hyphens, everything else goes.
fn slug(heading: &str) -> String {
    heading
        .trim()
        .chars()
        .filter_map(|sign| match sign {
            ' ' => Some('-'),
            '-' | '_' | '０'..='９' => Some(sign),
            other => (other.is_alphabetic() || other.is_ascii_digit()).then_some(other),
        })
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_those_of_the_forges() {
        for (heading, wanted) in [
            ("一、收支总表", "一收支总表"),
            ("第二部分 2024年度单位决算表", "第二部分-2024年度单位决算表"),
            ("（一）财政拨款“三公”经费(ABC)", "一财政拨款三公经费abc"),
            ("1. 甲", "1-甲"),
            ("①甲", "甲"),
        ] {
            assert_eq!(Slugs::default().next(heading), wanted);
        }
    }

    #[test]
    fn a_second_heading_of_one_name_gets_a_number() {
        let mut slugs = Slugs::default();
        let given: Vec<String> = ["甲", "甲", "乙", "甲"].iter().map(|heading| slugs.next(heading)).collect();
        assert_eq!(given, ["甲", "甲-1", "乙", "甲-2"]);
    }
}
