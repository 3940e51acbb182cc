//! What Tera says of a mistake, in the words of those who write chapters.
//!
//! In: a message of Tera's. Out: Chinese. What is not known here stays as it is and is marked as Tera's own words.
//! Never knows: places, findings.

/// Patterns of Tera's messages: what stands before and after the name, and the same said in Chinese.
const SENTENCES: &[(&str, &str, &str)] = &[
    ("Unknown function `", "`", "没有“{}”这个函数"),
    ("Unknown filter `", "`", "没有“{}”这个过滤器"),
    ("Unknown test `", "`", "没有“{}”这个判断"),
    ("Missing keyword argument `", "`", "少了参数 {}"),
    ("Variable `", "` is not defined", "没有“{}”这个名称"),
    ("Field `", "` is not defined", "没有“{}”这个字段"),
    ("Unexpected end of input", "", "模板没有写完：少了 {% endif %}、{% endfor %} 或括号"),
];

/// A message of Tera's in Chinese.
pub(super) fn plainly(message: &str) -> String {
    for (before, after, said) in SENTENCES {
        if let Some((_, rest)) = message.split_once(before) {
            let name = rest.split_once(after).map_or("", |(name, _)| name);
            return said.replace("{}", name) + &candidates(rest);
        }
    }
    if let Some((found, _)) = message.strip_prefix("Found ").and_then(|rest| rest.split_once(" but expected ")) {
        return format!("写法不对：这里不应是 {found}");
    }
    if message.chars().any(|c| ('一'..='鿿').contains(&c)) {
        return message.to_owned();
    }
    format!("写法不对（模板引擎原话：{message}）")
}

/// `Available variables: a, b` and the like.
fn candidates(rest: &str) -> String {
    let list = rest.split_once("Available ").and_then(|(_, list)| list.split_once(": "));
    list.map(|(_, names)| format!("；可以写：{}", names.trim().replace(", ", "、"))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::plainly;

    #[test]
    fn common_mistakes_are_told_in_chinese() {
        for (message, said) in [
            ("Unknown function `jahr`", "没有“jahr”这个函数"),
            ("Missing keyword argument `of`", "少了参数 of"),
            (
                "Variable `unti` is not defined. Available variables: kind, unit",
                "没有“unti”这个名称；可以写：kind、unit",
            ),
            ("Found `}}` but expected identifier.", "写法不对：这里不应是 `}}`"),
            ("没有表样“x”", "没有表样“x”"),
            ("odd", "写法不对（模板引擎原话：odd）"),
        ] {
            assert_eq!(plainly(message), said, "{message}");
        }
    }
}
