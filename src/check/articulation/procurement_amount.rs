//! A016: quantity × price = amount.

use rust_decimal::Decimal;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::Measure,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A016",
        severity: Severity::Error,
        title: "采购数量乘单价不等于金额",
        meaning: "同一采购项目的数量、单价和金额互相矛盾。",
        remedy: "核对三个数，改正其中一个。",
        basis: basis::BUDGET_FORMS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let stage = subject.main();
    let mut found = Vec::new();
    for item in &subject.disclosure.procurement {
        let quantity = subject.of_item(Measure::ProcurementQuantity, &item.id);
        let (Some((quantity, _)), Some((price, _)), Some((amount, span))) = (
            quantity,
            subject.of_item(Measure::ProcurementPrice, &item.id),
            subject.of_item(Measure::Procurement, &item.id),
        ) else {
            continue;
        };
        let product: Decimal = quantity * price;
        if subject.unequal(product, amount) {
            let message = format!(
                "{}：{quantity} × {} = {}，金额写的是 {}",
                item.name,
                subject.show(price),
                subject.show(product),
                subject.show(amount)
            );
            let figure = subject.canonical(&format!("procurement{{item={}}}@{}", item.id, stage.term()));
            found.push(RULE.found(message).at(span, "").figure(figure).help("核对数量、单价和金额。"));
        }
    }
    found
}
