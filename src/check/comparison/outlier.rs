//! C006: changes so large that the figure may be wrong.

use rust_decimal::Decimal;

use crate::{
    check::{Rule, Subject},
    diagnostic::{Diagnostic, Entry, Severity},
    facts::Ask,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "C006",
        severity: Severity::Advice,
        title: "变动幅度异常",
        meaning: "与上年相比增长十倍以上，或减少了九成以上；数字可能无误，但读者一定会问。",
        remedy: "核对两个阶段的数和单位，并把原因写具体。",
        basis: "",
    },
    run,
};

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let base = subject.disclosure.kind.last_year();
    let totals = ["收入总计", "支出总计", "基本支出", "项目支出", "机关运行经费", "三公经费", "使用非财政拨款结余"];
    let items = subject.disclosure.stated.iter().filter_map(|stated| {
        let address = subject.address(&stated.figure)?;
        (address.stage == base).then(|| address.expression.to_string())
    });
    let mut found: Vec<Diagnostic> = Vec::new();
    for name in totals.into_iter().map(str::to_owned).chain(items) {
        let figure = format!("{name}@{}", subject.main().term());
        let Some(of) = subject.address(&figure) else { continue };
        let rate = subject.facts.answer(&Ask::Rate { of, base }).ok().and_then(|answer| answer.outcome.decimal());
        let Some(rate) = rate.filter(|rate| *rate > Decimal::TEN || *rate < Decimal::new(-9, 1)) else { continue };
        let canonical = subject.canonical(&figure);
        if found.iter().any(|finding| finding.figure.as_ref() == Some(&canonical)) {
            continue;
        }
        let percent = crate::money::round(rate * Decimal::ONE_HUNDRED, 2);
        let finding =
            RULE.found(format!("{}比{}变动 {percent}%", subject.spoken(&figure), base.term())).figure(canonical);
        let finding = subject.at_first(finding, &figure, "");
        found.push(finding.help("核对两个阶段的数和单位。"));
    }
    found
}
