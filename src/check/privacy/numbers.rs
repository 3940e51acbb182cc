//! Y001, Y002, Y003: identity cards, mobile telephones, bank cards.

use std::ops::Range;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    source::{FileId, Span},
};

pub(in crate::check) static IDENTITY: Rule = Rule {
    entry: Entry {
        code: "Y001",
        severity: Severity::Error,
        title: "文件里有身份证号码",
        meaning: "18 位数字符合身份证号码的校验规则，属于个人信息。",
        remedy: "删去，或用部分号码代替。",
        basis: basis::PERSONAL,
    },
    run: identity,
};

pub(in crate::check) static MOBILE: Rule = Rule {
    entry: Entry {
        code: "Y002",
        severity: Severity::Error,
        title: "文件里有手机号码",
        meaning: "公开材料的联系方式只写科室和固定电话，不写个人手机。",
        remedy: "改成办公电话或其他反馈渠道。",
        basis: basis::PERSONAL,
    },
    run: mobile,
};

pub(in crate::check) static BANK: Rule = Rule {
    entry: Entry {
        code: "Y003",
        severity: Severity::Error,
        title: "文件里有银行卡号",
        meaning: "16 至 19 位数字符合银行卡号的校验规则。",
        remedy: "删去；确不是卡号的（如项目编码）写在 code 里。",
        basis: basis::PERSONAL,
    },
    run: bank,
};

/// Digits of the shortest number that is looked for.
const SHORTEST: usize = 11;

/// Runs of digits in the disclosure's own files that have a shape, keys of codes aside.
fn runs(subject: &Subject<'_>, shape: fn(&str) -> bool) -> Vec<(String, Span)> {
    let own = format!("data/{}/", subject.disclosure.slug);
    let mut found = Vec::new();
    for (id, source) in subject.sources.iter().filter(|(_, source)| source.path.starts_with(&own)) {
        for hit in long_runs(&source.text) {
            let text = &source.text[hit.clone()];
            if !shape(text) {
                continue;
            }
            let before = &source.text[..hit.start];
            let line = before.rsplit('\n').next().unwrap_or("");
            let glued = line.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
            let after = source.text[hit.end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
            if !glued && !after && !line.trim_start().starts_with("code:") {
                found.push((text.to_owned(), span(id, hit.start, hit.end)));
            }
        }
    }
    found
}

/// Runs of so many digits or more, with the check character of an identity number. None can lie between two bytes that
/// far apart, so only those are looked at.
fn long_runs(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let digit = |at: &usize| bytes.get(*at).is_some_and(u8::is_ascii_digit);
    let (mut found, mut at) = (Vec::new(), SHORTEST - 1);
    while at < bytes.len() {
        if digit(&at) {
            let start = (0..at).rev().take_while(digit).last().unwrap_or(at);
            let end = at + (at..bytes.len()).take_while(digit).count();
            if end - start >= SHORTEST {
                found.push(start..end + usize::from(matches!(bytes.get(end), Some(b'X' | b'x'))));
            }
            at = end;
        }
        at += SHORTEST;
    }
    found
}

fn span(file: FileId, start: usize, end: usize) -> Span {
    let bound = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: bound(start), end: bound(end) }
}

fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|c| c.to_digit(10)).collect()
}

/// GB 11643: a plausible birthday and the check character.
fn is_identity(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    if text.len() != 18 {
        return false;
    }
    let own = digits(&text[..17]);
    let sum: u32 = own.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let born = chrono::NaiveDate::parse_from_str(&text[6..14], "%Y%m%d").is_ok();
    let last = text.chars().next_back().map(|c| c.to_ascii_uppercase());
    own.len() == 17 && born && last == CHECKS.get((sum % 11) as usize).copied()
}

/// Luhn's check.
fn is_bank(text: &str) -> bool {
    let own = digits(text);
    let sum: u32 = own
        .iter()
        .rev()
        .enumerate()
        .map(|(index, digit)| if index.is_multiple_of(2) { *digit } else { digit * 2 / 10 + digit * 2 % 10 })
        .sum();
    (16..=19).contains(&text.len())
        && own.len() == text.len()
        && text.starts_with(['4', '5', '6'])
        && sum.is_multiple_of(10)
}

fn is_mobile(text: &str) -> bool {
    text.len() == 11 && text.starts_with('1') && matches!(text.as_bytes()[1], b'3'..=b'9')
}

fn tell(subject: &Subject<'_>, rule: &Rule, shape: fn(&str) -> bool, help: &str) -> Vec<Diagnostic> {
    runs(subject, shape)
        .into_iter()
        // The number itself is not repeated: findings are copied into tickets and logs.
        .map(|(text, span)| {
            rule.found(format!("这里有 {} 位号码，像是{}", text.len(), rule.entry.title.trim_start_matches("文件里有")))
                .at(span, "")
                .help(help)
        })
        .collect()
}

fn identity(subject: &Subject<'_>) -> Vec<Diagnostic> {
    tell(subject, &IDENTITY, is_identity, "删去，或用部分号码代替。")
}

fn mobile(subject: &Subject<'_>) -> Vec<Diagnostic> {
    tell(subject, &MOBILE, is_mobile, "改成办公电话。")
}

fn bank(subject: &Subject<'_>) -> Vec<Diagnostic> {
    tell(subject, &BANK, |text| is_bank(text) && !is_identity(text), "删去；确是项目编码的，写在 code 里。")
}

#[cfg(test)]
mod tests {
    use super::long_runs;

    #[test]
    fn runs_of_eleven_digits_are_found_wherever_they_stand() {
        let runs = |text: &str| long_runs(text).into_iter().map(|run| text[run].to_owned()).collect::<Vec<_>>();
        for before in 0..25 {
            let lead = "字 ".repeat(before / 4) + &"-".repeat(before % 4);
            for (number, found) in [("1234567890", false), ("13800000000", true), ("11010519491231002X", true)] {
                let text = format!("{lead}{number}");
                assert_eq!(runs(&text), if found { vec![number] } else { Vec::new() }, "{text}");
                assert_eq!(runs(&format!("{text}，123")).len(), usize::from(found), "{text}");
                assert_eq!(runs(&format!("{text} {number}")).len(), 2 * usize::from(found), "{text}");
            }
        }
        assert!(runs("").is_empty() && runs("12.345.678.901").is_empty());
    }
}
