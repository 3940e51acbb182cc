//! A017: shares of an item are parts of it.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::Measure,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A017",
        severity: Severity::Error,
        title: "中小企业份额大于采购金额",
        meaning: "预留份额、授予中小企业的合同金额不能大于采购金额，其中小微企业的不能大于中小企业的。",
        remedy: "核对 reserved、sme、micro 与 amount。",
        basis: basis::SME,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let stage = subject.main();
    let pairs = [
        (Measure::ProcurementReserved, "预留份额", Measure::Procurement, "采购金额"),
        (Measure::ProcurementSme, "授予中小企业的金额", Measure::Procurement, "采购金额"),
        (Measure::ProcurementMicro, "授予小微企业的金额", Measure::ProcurementSme, "授予中小企业的金额"),
    ];
    let mut found = Vec::new();
    for item in &subject.disclosure.procurement {
        for (part, part_name, whole, whole_name) in pairs {
            let (Some((less, span)), Some((more, _))) =
                (subject.of_item(part, &item.id), subject.of_item(whole, &item.id))
            else {
                continue;
            };
            if less > more {
                let message =
                    format!("{}：{part_name} {}，{whole_name} {}", item.name, subject.show(less), subject.show(more));
                let figure = subject.canonical(&format!("{}{{item={}}}@{}", part.term(), item.id, stage.term()));
                found.push(RULE.found(message).at(span, "").figure(figure).help("核对两个金额。"));
            }
        }
    }
    found
}
