//! L018: money of the state-capital budget and function 223 go together.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, Fund, Measure, Value},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "L018",
        severity: Severity::Warning,
        title: "资金性质与功能分类不合",
        meaning: "国有资本经营预算支出列在功能分类 223 类，223 类也只列这种资金。",
        remedy: "核对该行的 fund 和 function。",
        basis: basis::ACCOUNTS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    [Measure::Expenditure, Measure::Income]
        .into_iter()
        .flat_map(|measure| subject.lines(measure))
        .filter_map(|line| match (line.value(Dimension::Fund), line.value(Dimension::Function)) {
            (Some(Value::Fund(fund)), Some(Value::Code(code)))
                if (*fund == Fund::StateCapital) != (code.at_level(1).as_str() == "223") =>
            {
                Some((fund, code, line.span))
            }
            _ => None,
        })
        .map(|(fund, code, span)| {
            RULE.found(format!("“{fund}”的资金列在 {}", subject.named(Dimension::Function, *code)))
                .at(span, "")
                .help("核对这一行的 fund 和 function。")
        })
        .collect()
}
