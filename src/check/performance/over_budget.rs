//! P016: a project that spent more than it had.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    period::Stage,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "P016",
        severity: Severity::Warning,
        title: "项目执行数大于全年预算数",
        meaning: "执行率超过 100%，多半是全年预算数没有包括年中追加的资金，或执行数抄错。",
        remedy: "核对项目的全年预算数（含追加和结转）与执行数。",
        basis: basis::EVALUATION,
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let over = |project: &crate::model::Project| {
        let (spent, budget) = subject.execution(project)?;
        // A project whose budget nobody gave stands there with nothing.
        (!budget.is_zero() && spent > budget + subject.envelope(0)).then(|| {
            let message = format!(
                "项目“{}”{} {}，{} {}",
                project.name.value,
                Stage::Final.term(),
                subject.show(spent),
                Stage::AdjustedBudget.term(),
                subject.show(budget)
            );
            let finding = RULE.found(message).at(project.span, "").figure(format!("project/{}", project.slug));
            finding.help("核对全年预算数（含追加和结转）与执行数。")
        })
    };
    subject.disclosure.projects.iter().filter_map(over).collect()
}
