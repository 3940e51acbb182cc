//! Numbers of headings, items and rows: `{一}` Chinese numerals, `{1}` Arabic, `{01}` Arabic of two digits.

/// The n-th number of a pattern, `（{一}）` → `（十二）`.
#[must_use]
pub fn numbered(pattern: &str, number: usize) -> String {
    pattern
        .replace("{一}", &chinese(number))
        .replace("{1}", &number.to_string())
        .replace("{01}", &format!("{number:02}"))
}

/// 一 to 九千九百九十九 and beyond by repetition of the rule for 万; 0 is 〇.
#[must_use]
pub fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    const UNITS: [(usize, &str); 4] = [(10_000, "万"), (1000, "千"), (100, "百"), (10, "十")];
    if number < 10 {
        return DIGITS[number].to_owned();
    }
    let Some((unit, word)) = UNITS.iter().find(|(unit, _)| number >= *unit) else { return String::new() };
    let (high, rest) = (number / unit, number % unit);
    let lead = if number < 20 { String::new() } else { chinese(high) };
    let gap = if rest > 0 && rest < unit / 10 { "〇" } else { "" };
    let tail = if rest == 0 { String::new() } else { tail(rest) };
    format!("{lead}{word}{gap}{tail}")
}

/// Behind a higher unit, ten is 一十.
fn tail(rest: usize) -> String {
    if (10..20).contains(&rest) { format!("一{}", chinese(rest)) } else { chinese(rest) }
}

#[cfg(test)]
mod tests {
    use super::{chinese, numbered};

    #[test]
    fn numerals_as_headings_write_them() {
        let pairs = [
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (31, "三十一"),
            (100, "一百"),
            (101, "一百〇一"),
            (110, "一百一十"),
            (115, "一百一十五"),
        ];
        for (number, words) in pairs {
            assert_eq!(chinese(number), words);
        }
        assert_eq!(numbered("第{一}部分", 4), "第四部分");
        assert_eq!(numbered("图{1}：", 12), "图12：");
        assert_eq!(numbered("公开{01}表", 6), "公开06表");
    }
}
