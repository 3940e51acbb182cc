//! A015: the money a project file gives against the ledger.

use rust_decimal::Decimal;

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::Measure,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A015",
        severity: Severity::Error,
        title: "项目资金与台账不等",
        meaning: "项目文件的 funding 与支出台账里该项目的金额不是同一个数，项目表与绩效表会自相矛盾。",
        remedy: "删去 funding，让金额取自台账；确需并列公开的写明豁免理由。",
        basis: basis::BUDGET_FORMS,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for project in &subject.disclosure.projects {
        for stage in subject.stages() {
            if !subject.facts.covers(Measure::Expenditure, *stage) {
                continue;
            }
            let of = |measure: &str| subject.figure(&format!("{measure}{{project={}}}", project.slug), *stage);
            let (Some(own), Some(ledger)) = (of("project"), of("expenditure")) else { continue };
            // A stage whose lines name no project at all says nothing about this one.
            if ledger == Decimal::ZERO || !subject.unequal(own, ledger) {
                continue;
            }
            let message = format!(
                "项目“{}”的 funding 是 {}，台账是 {}",
                project.name.value,
                subject.show(own),
                subject.show(ledger)
            );
            let figure = subject.canonical(&format!("project{{project={}}}@{}", project.slug, stage.term()));
            let finding = RULE.found(message).at(project.span, stage.term()).figure(figure);
            found.push(finding.help("删去 funding，或改正台账。"));
        }
    }
    found
}
