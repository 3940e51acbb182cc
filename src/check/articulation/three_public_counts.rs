//! A011, A012: “三公” money and the counts behind it.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
};

pub(in crate::check) static MONEY: Rule = Rule {
    entry: Entry {
        code: "A011",
        severity: Severity::Warning,
        title: "“三公”经费与数量对不上",
        meaning: "有支出就有数量，没有支出就没有数量：出国费对团组和人次，接待费对批次和人次，购置费对购置数，运行费对保有量。",
        remedy: "核对金额与数量，补上漏填的数量。",
        basis: basis::OPENNESS,
    },
    run: money,
};

pub(in crate::check) static ORDER: Rule = Rule {
    entry: Entry {
        code: "A012",
        severity: Severity::Warning,
        title: "批次、团组大于人次",
        meaning: "每一批、每一团至少一人，人次不会小于批次或团组数。",
        remedy: "核对两个数，多半是填反了。",
        basis: basis::OPENNESS,
    },
    run: order,
};

fn money(subject: &Subject<'_>) -> Vec<Diagnostic> {
    if !subject.is_final() {
        return Vec::new();
    }
    // Money, its count, and whether a count without money is wrong too.
    let pairs = [
        ("因公出国（境）费", "因公出国（境）团组", true),
        ("因公出国（境）费", "因公出国（境）人次", true),
        ("公务接待费", "国内接待批次", false),
        ("公务接待费", "国内接待人次", false),
        ("公务用车购置费", "公务用车购置数", true),
        ("公务用车运行维护费", "公务用车保有量", false),
    ];
    let mut found = Vec::new();
    for (item, counted, both) in pairs {
        let (Some(amount), Some(number)) = (subject.figure(item, subject.main()), subject.three_public_count(counted))
        else {
            continue;
        };
        let abroad =
            subject.three_public_count(&counted.replace("国内", "国（境）外")).is_some_and(|other| !other.is_zero());
        if !amount.is_zero() && number.is_zero() && !abroad || both && amount.is_zero() && !number.is_zero() {
            let message = format!("{item} {}，{counted} {number}", subject.show(amount));
            let figure = format!("three_public_count{{item={counted}}}@{}", subject.main().term());
            let finding = MONEY.found(message).figure(subject.canonical(&figure));
            found.push(subject.at_first(finding, &figure, "").help("核对金额与数量。"));
        }
    }
    found
}

fn order(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let pairs = [
        ("因公出国（境）团组", "因公出国（境）人次"),
        ("国内接待批次", "国内接待人次"),
        ("外事接待批次", "外事接待人次"),
        ("国（境）外接待批次", "国（境）外接待人次"),
        ("外事接待批次", "国内接待批次"),
    ];
    pairs
        .into_iter()
        .filter_map(|(less, more)| {
            Some((less, more, subject.three_public_count(less)?, subject.three_public_count(more)?))
        })
        .filter(|(_, _, less, more)| less > more)
        .map(|(less_name, more_name, less, more)| {
            let figure = format!("three_public_count{{item={less_name}}}@{}", subject.main().term());
            let finding =
                ORDER.found(format!("{less_name} {less}，{more_name} {more}")).figure(subject.canonical(&figure));
            subject.at_first(finding, &figure, "").help("核对两个数。")
        })
        .collect()
}
