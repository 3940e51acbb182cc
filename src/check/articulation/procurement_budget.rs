//! A018: procurement stays within the money it is paid from.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    check::subject::given,
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, Measure},
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A018",
        severity: Severity::Warning,
        title: "采购金额超过其资金",
        meaning: "一个项目（或一笔基本支出）的采购合计大于它的预算资金，或某种资金的采购大于该资金的支出。",
        remedy: "核对采购金额，或采购所属的项目。",
        basis: basis::BUDGET_FORMS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let stage = subject.main();
    let mut sums: BTreeMap<String, (Decimal, crate::source::Span)> = BTreeMap::new();
    for line in subject.lines(Measure::Procurement) {
        let Some((amount, span)) = given(line, stage) else { continue };
        let id = line.value(Dimension::Item).map(ToString::to_string);
        let item = subject.disclosure.procurement.iter().find(|item| Some(&item.id) == id.as_ref());
        let project = line.value(Dimension::Project).map(|slug| format!("project{{project={slug}}}@{}", stage.term()));
        let budget = item.and_then(|item| item.budget_figure.as_ref()).map(|figure| figure.value.clone());
        let fund = line.value(Dimension::Fund).map(|fund| format!("expenditure{{fund={fund}}}@{}", stage.term()));
        for source in [project, budget, fund].into_iter().flatten() {
            sums.entry(source).or_insert((Decimal::ZERO, span)).0 += amount;
        }
    }
    sums.into_iter()
        .filter_map(|(figure, (sum, span))| Some((subject.value(&figure)?, figure, sum, span)))
        .filter(|(money, _, sum, _)| *sum > money + subject.envelope(1))
        .map(|(money, figure, sum, span)| {
            let message =
                format!("采购合计 {}，{}只有 {}", subject.show(sum), subject.spoken(&figure), subject.show(money));
            RULE.found(message).at(span, "").figure(subject.canonical(&figure)).help("核对采购金额和所属项目。")
        })
        .collect()
}
