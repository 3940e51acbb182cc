//! A024: what the law sets apart for small enterprises.

use rust_decimal::Decimal;

use crate::{
    check::{Rule, Subject, basis, subject::given},
    diagnostic::{Diagnostic, Entry, Severity},
    model::Measure,
    source::Span,
};

pub(in crate::check) static RULE: Rule = Rule {
    entry: Entry {
        code: "A024",
        severity: Severity::Advice,
        title: "中小企业份额低于规定比例",
        meaning: "采购份额原则上三成以上预留给中小企业，其中给小微企业的不低于六成；低于这个比例的值得看一眼，也可能是数抄错了。",
        remedy: "核对 reserved、sme、micro；不适宜由中小企业提供的采购不必理会。",
        basis: basis::SME,
    },
    run,
};

/// A part, its whole, and the least tenths the regulation asks for.
const SHARES: &[(Measure, &str, Measure, &str, i64)] = &[
    (Measure::ProcurementReserved, "预留份额", Measure::Procurement, "采购金额", 3),
    (Measure::ProcurementSme, "授予中小企业的金额", Measure::Procurement, "采购金额", 3),
    (Measure::ProcurementMicro, "授予小微企业的金额", Measure::ProcurementSme, "授予中小企业的金额", 6),
];

/// The sum of a measure over all items; none where no item gives it.
fn sum(subject: &Subject<'_>, measure: Measure) -> Option<(Decimal, Span)> {
    let amounts: Vec<_> = subject.lines(measure).filter_map(|line| given(line, subject.main())).collect();
    amounts.first().map(|(_, span)| (amounts.iter().map(|(amount, _)| *amount).sum(), *span))
}

fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let share = |(part, part_name, whole, whole_name, tenths): &(Measure, &str, Measure, &str, i64)| {
        let ((less, span), (more, _)) = (sum(subject, *part)?, sum(subject, *whole)?);
        let least = more * Decimal::new(*tenths, 1);
        (less + subject.envelope(0) < least).then(|| {
            let message = format!(
                "{part_name}合计 {}，不到{whole_name} {} 的{}成",
                subject.show(less),
                subject.show(more),
                if *tenths == 3 { "三" } else { "六" }
            );
            let figure = subject.canonical(&format!("{}@{}", part.term(), subject.main().term()));
            RULE.found(message).at(span, "").figure(figure).help("核对这些金额；不适宜由中小企业提供的不必理会。")
        })
    };
    SHARES.iter().filter_map(share).collect()
}
