//! Problems of files, told as findings.

use crate::source::{Problem, ProblemKind};

use super::finding::Diagnostic;

impl From<Problem> for Diagnostic {
    fn from(problem: Problem) -> Self {
        let span = problem.span;
        match problem.kind {
            ProblemKind::Encoding { gbk: true } => {
                Self::new("S002", "文件是 GBK 编码").at(span, "从这里起不是 UTF-8").help("用编辑器另存为 UTF-8 编码。")
            }
            ProblemKind::Encoding { gbk: false } => Self::new("S002", "文件不是 UTF-8 编码")
                .at(span, "这里不是 UTF-8")
                .help("用编辑器另存为 UTF-8 编码；若打不开，文件可能已损坏。"),
            ProblemKind::TooLarge { bytes, limit } => {
                Self::new("S003", format!("文件有 {} MB，上限是 {} MB", bytes / 1_048_576, limit / 1_048_576))
                    .at(span, "")
                    .help("台账拆成几份，或检查是否放错了文件。")
            }
            ProblemKind::Tab => {
                Self::new("S004", "缩进用了制表符（Tab）").at(span, "制表符").help("换成半角空格，每层两个。")
            }
            ProblemKind::OddBlank { character } => {
                Self::new("S004", format!("用了特殊空格（U+{:04X}）", u32::from(character)))
                    .at(span, "特殊空格")
                    .help("换成半角空格；缩进每层两个。")
            }
            ProblemKind::FullWidthColon => {
                Self::new("S005", "键后面是全角冒号").at(span, "全角冒号").help("改成半角冒号加一个空格“: ”。")
            }
            ProblemKind::Alias => Self::new("S006", "来源文件不能用锚点、别名、标签或合并键")
                .at(span, "")
                .help("把值直接写出来；确以 & * ! 开头的文字加上引号。"),
            ProblemKind::Budget => Self::new("S007", "文件结构过深或过大")
                .at(span, "到这里超过上限")
                .help("检查文件是否损坏，必要时拆分。"),
            ProblemKind::Syntax { message } => Self::new("S008", "YAML 语法错误，文件无法读完")
                .at(span, "在这里读不下去")
                .help(format!("{message}。检查这一处和上一行的缩进、引号、括号和冒号。")),
            ProblemKind::DuplicateKey { key, first } => Self::new("S009", format!("键“{key}”写了两次"))
                .at(span, "第二次")
                .at(first, "第一次")
                .help("删去其中一个。"),
            ProblemKind::UnknownKey { key, near, known } => Self::new("S010", format!("不认识的键“{key}”"))
                .at(span, "")
                .help(suggest(near.as_deref(), "这里可以写的键", &known)),
            ProblemKind::MissingKey { key } => Self::new("S011", format!("缺少“{key}”"))
                .at(span, format!("这里少了 {key}"))
                .help(format!("补上一行 {key}: …")),
            ProblemKind::Shape { wanted } => {
                Self::new("S012", format!("这里应是{wanted}")).at(span, "").help("对照 gen schema 或示例改正写法。")
            }
            ProblemKind::UnknownTerm { what, found, near, known } => Self::new(
                "S013",
                format!("{what}里没有“{found}”"),
            )
            .at(span, "")
            .help(suggest(near.as_deref(), "可以写", &known)),
            ProblemKind::Value { what, found, help } => {
                Self::new("S014", format!("“{found}”不是{what}")).at(span, "").help(help)
            }
            ProblemKind::Amount { found, reason } => Self::new("S015", format!("金额“{found}”写法不对"))
                .at(span, reason)
                .help("金额只用半角数字、小数点和正确的千分位逗号，如 1,234.50。"),
        }
    }
}

/// The nearest word first, then the whole list while it is short enough to read.
fn suggest(near: Option<&str>, lead: &str, known: &[&str]) -> String {
    let list = || format!("{lead}：{}。", known.join("、"));
    match near {
        Some(word) if known.len() <= 12 => format!("是不是想写“{word}”？{}", list()),
        Some(word) => format!("是不是想写“{word}”？"),
        None => list(),
    }
}
