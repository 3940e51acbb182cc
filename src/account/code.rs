//! Codes: 类 3 digits, 款 5, 项 7.

use std::fmt;

/// Which list a code belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Classification {
    /// 支出功能分类
    Function,
    /// 部门预算支出经济分类
    Economic,
    /// 政府预算支出经济分类
    Government,
}

impl Classification {
    /// Digits of the deepest level.
    #[must_use]
    pub const fn depth(self) -> usize {
        match self {
            Self::Function => 7,
            Self::Economic | Self::Government => 5,
        }
    }

    /// The other classification that a code's first digit stands for: 支出功能 2, 部门经济 3, 政府经济 5.
    #[must_use]
    pub fn other_by_digit(self, code: &str) -> Option<Self> {
        let all = [(Self::Function, '2'), (Self::Economic, '3'), (Self::Government, '5')];
        all.into_iter().find(|(other, digit)| *other != self && code.starts_with(*digit)).map(|(other, _)| other)
    }

    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Function => "支出功能分类",
            Self::Economic => "部门预算支出经济分类",
            Self::Government => "政府预算支出经济分类",
        }
    }
}

/// A code, 3, 5 or 7 digits; a code stands before those below it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// ASCII digits, zero bytes after them, and last their number: eight bytes that compare as one word.
    bytes: [u8; 8],
}

/// Why a text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeError;

impl Code {
    /// Reads a code of a classification.
    ///
    /// # Errors
    /// Anything but 3, 5 (and for functions 7) ASCII digits.
    pub fn parse(classification: Classification, text: &str) -> Result<Self, CodeError> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let length = text.len();
        if digits && (3..=classification.depth()).contains(&length) && length % 2 == 1 {
            Ok(Self::of(text.as_bytes()))
        } else {
            Err(CodeError)
        }
    }

    /// The first seven digits at most.
    fn of(text: &[u8]) -> Self {
        let mut bytes = [0; 8];
        let length = text.len().min(7);
        bytes[..length].copy_from_slice(&text[..length]);
        bytes[7] = u8::try_from(length).unwrap_or(0);
        Self { bytes }
    }

    fn length(self) -> usize {
        usize::from(self.bytes[7])
    }

    fn digits(&self) -> &[u8] {
        &self.bytes[..self.length()]
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.digits()).unwrap_or_default()
    }

    /// 1 类, 2 款, 3 项.
    #[must_use]
    pub fn level(&self) -> usize {
        (self.length() - 1) / 2
    }

    /// The code at a level, or the whole code where it is not that deep.
    #[must_use]
    pub fn at_level(&self, level: usize) -> Self {
        let length = (level * 2 + 1).min(self.length());
        Self::of(&self.digits()[..length])
    }

    /// The digits its own level adds: `208`, `05`, `01`.
    #[must_use]
    pub fn own_part(&self) -> &str {
        let text = self.as_str();
        if self.level() == 1 { text } else { &text[text.len() - 2..] }
    }

    /// Whether this code is `other` or stands above it.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let (own, other) = (u64::from_be_bytes(self.bytes), u64::from_be_bytes(other.bytes));
        (own ^ other) >> (64 - 8 * self.length()) == 0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Code({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::{Classification, Code};

    fn code(text: &str) -> Code {
        Code::parse(Classification::Function, text).expect("a code")
    }

    #[test]
    fn a_code_covers_itself_and_what_is_below() {
        for (above, below, covers) in [
            ("208", "208", true),
            ("208", "20805", true),
            ("208", "2080505", true),
            ("20805", "2080505", true),
            ("20805", "208", false),
            ("2080505", "20805", false),
            ("208", "2100505", false),
            ("20805", "2080605", false),
        ] {
            assert_eq!(code(above).covers(&code(below)), covers, "{above} {below}");
        }
    }

    #[test]
    fn codes_stand_as_their_texts_do() {
        let mut texts = ["2080505", "208", "210", "20805", "20899", "2080599"];
        let mut codes = texts.map(code);
        texts.sort_unstable();
        codes.sort_unstable();
        assert_eq!(codes.map(|code| code.to_string()), texts);
        assert_eq!((code("2080505").own_part(), code("208").own_part(), code("20805").level()), ("05", "208", 2));
        assert!(Code::parse(Classification::Economic, "3010101").is_err());
        assert!(Code::parse(Classification::Function, "2080").is_err());
    }
}
