//! Cells that hold a code and its name together, as budget systems print them: `2080109-社会保险经办机构`,
//! `[30101]基本工资`, `111 一般公共预算资金`.

/// Code and name, the name empty where there is none. None where the cell does not begin with a code, or where what
/// follows the digits may belong to a number: `1e3`, `208.01`, `20801-05`.
pub(super) fn coded(text: &str) -> Option<(&str, &str)> {
    let opened = text.trim().trim_start_matches(['[', '【', '(', '（']);
    let end = opened.find(|c: char| !c.is_ascii_digit()).unwrap_or(opened.len());
    let (code, rest) = opened.split_at(end);
    let between =
        |c: char| c.is_whitespace() || matches!(c, ']' | '】' | ')' | '）' | '-' | '—' | '–' | '_' | ':' | '：');
    let name = rest.trim_start_matches(between);
    let divided = name.len() < rest.len() || !rest.starts_with(|c: char| c.is_ascii());
    let plain = !name.starts_with(|c: char| c.is_ascii_digit());
    (!code.is_empty() && divided && plain).then_some((code, name.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::coded;

    #[test]
    fn codes_come_with_their_names_in_several_ways() {
        let name = "社会保险经办机构";
        for text in [
            "2080109-社会保险经办机构",
            "[2080109]社会保险经办机构",
            "2080109 社会保险经办机构",
            "2080109社会保险经办机构",
            "【2080109】 社会保险经办机构",
            "（2080109）社会保险经办机构",
            "2080109：社会保险经办机构",
        ] {
            assert_eq!(coded(text), Some(("2080109", name)), "{text}");
        }
        assert_eq!(coded(" 2080109 "), Some(("2080109", "")));
        for text in ["", "合计", "1e3", "208.01", "20801-05", "２０８", "-208"] {
            assert_eq!(coded(text), None, "{text}");
        }
    }
}
