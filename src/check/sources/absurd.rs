//! L005, L006: amounts in another unit, slipped decimal points.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    check::subject::given,
    check::{Rule, Subject},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, Line, Measure, Value},
    period::Stage,
};

pub(in crate::check) static UNIT: Rule = Rule {
    entry: Entry {
        code: "L005",
        severity: Severity::Warning,
        title: "疑似把元写进了万元",
        meaning: "一行的金额比同一文件其他各行之和还大几百倍，或恰是另一阶段的一万倍上下。",
        remedy: "核对该行金额的单位与文件开头的 unit 是否一致。",
        basis: "",
    },
    run: unit,
};

pub(in crate::check) static POINT: Rule = Rule {
    entry: Entry {
        code: "L006",
        severity: Severity::Warning,
        title: "疑似小数点错位",
        meaning: "同一科目两个阶段的金额数字相同，只差小数点的位置。",
        remedy: "核对两个阶段的金额。",
        basis: "",
    },
    run: point,
};

fn unit(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for measure in [Measure::Expenditure, Measure::Income, Measure::Procurement, Measure::AssetValue] {
        for stage in subject.stages() {
            let amounts: Vec<_> = subject.lines(measure).filter_map(|line| given(line, *stage)).collect();
            let total: Decimal = amounts.iter().map(|(amount, _)| amount.abs()).sum();
            let suspects = amounts.iter().filter(|(amount, _)| {
                let others = total - amount.abs();
                amounts.len() > 2 && !others.is_zero() && *amount > others * Decimal::from(300)
            });
            found.extend(suspects.map(|(amount, span)| {
                let message = format!("{}的 {} 是其余各行之和的几百倍", stage.term(), subject.show(*amount));
                UNIT.found(message).at(*span, "").help("核对单位：文件的 unit 是元还是万元。")
            }));
        }
    }
    found
}

/// Amounts of one measure and functional item at two stages.
fn by_function<'a>(subject: &Subject<'a>, measure: Measure, stage: Stage) -> BTreeMap<String, Vec<&'a Line>> {
    let mut lines: BTreeMap<String, Vec<&Line>> = BTreeMap::new();
    for line in subject.disclosure.lines.iter().filter(|line| line.measure == measure) {
        if let (Some(Value::Code(code)), true) = (line.value(Dimension::Function), line.amounts.contains_key(&stage)) {
            let kind = line.value(Dimension::Kind).map(ToString::to_string).unwrap_or_default();
            lines.entry(format!("{code} {kind}")).or_default().push(line);
        }
    }
    lines
}

fn point(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let main = subject.main();
    let mut found = Vec::new();
    for measure in [Measure::Expenditure, Measure::Income] {
        let own = by_function(subject, measure, main);
        for stage in &subject.stages()[1..] {
            for (key, lines) in by_function(subject, measure, *stage) {
                let (Some([mine]), [theirs]) = (own.get(&key).map(Vec::as_slice), lines.as_slice()) else { continue };
                let (Some((a, span)), Some((b, other))) = (given(mine, main), given(theirs, *stage)) else { continue };
                if slipped(a, b) {
                    let message = format!("{} 与 {} 只差小数点的位置", subject.show(a), subject.show(b));
                    let finding = POINT.found(message).at(span, main.term()).at(other, stage.term());
                    found.push(finding.help("核对这两个金额。"));
                }
            }
        }
    }
    found
}

/// Ten, a hundred, a thousand or ten thousand times the other, in at least three different digits.
fn slipped(a: Decimal, b: Decimal) -> bool {
    let digits = a.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len();
    let times = |n: i64| a == b * Decimal::from(n) || b == a * Decimal::from(n);
    !a.is_zero() && digits >= 3 && [10, 100, 1000, 10_000].into_iter().any(times)
}
