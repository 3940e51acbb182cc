//! “Did you mean”: the nearest of a set of words.

/// The candidate nearest to `word`, if it is near enough to be what was meant.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| {
            let longer = length.max(candidate.chars().count());
            *distance * 2 <= longer && *distance < longer
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_a_misspelt_word() {
        assert_eq!(nearest("一般公共预祘", ["政府性基金", "一般公共预算"]), Some("一般公共预算"));
    }

    #[test]
    fn stays_silent_when_nothing_is_near() {
        assert_eq!(nearest("天气", ["政府性基金", "一般公共预算"]), None);
    }
}
