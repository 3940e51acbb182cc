//! L003: what a 人员 or 公用 line may be spent on.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, LineKind, Measure, Value},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "L003",
        severity: Severity::Warning,
        title: "支出性质与经济分类不合",
        meaning: "人员经费列在工资福利、商品服务或对个人和家庭的补助，公用经费不列工资福利；基本支出也不列对企业和社会保障基金的补助。",
        remedy: "核对该行的 kind 和 economic，改正其中一个。",
        basis: basis::ACCOUNTS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let wrong = |kind: LineKind, class: &str| match kind {
        LineKind::Personnel => !matches!(class, "301" | "302" | "303"),
        LineKind::Operating => matches!(class, "301" | "311" | "312" | "313"),
        LineKind::Project | LineKind::Business | LineKind::ToSuperior | LineKind::ToSubordinate => false,
    };
    subject
        .lines(Measure::Expenditure)
        .filter_map(|line| match (line.value(Dimension::Kind), line.value(Dimension::Economic)) {
            (Some(Value::Kind(kind)), Some(Value::Code(code))) if wrong(*kind, code.at_level(1).as_str()) => {
                Some((kind, code, line.span))
            }
            _ => None,
        })
        .map(|(kind, code, span)| {
            RULE.found(format!("“{kind}”支出列在 {}", subject.named(Dimension::Economic, *code)))
                .at(span, "")
                .help("核对这一行的 kind 和 economic。")
        })
        .collect()
}
