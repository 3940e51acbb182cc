//! L014 to L016: projects and the lines that pay for them.

use crate::{
    check::{Rule, Subject, basis},
    diagnostic::{Diagnostic, Entry, Severity},
    model::{Dimension, Line, LineKind, Measure, Value},
};

pub(in crate::check) static NAMELESS: Rule = Rule {
    entry: Entry {
        code: "L014",
        severity: Severity::Warning,
        title: "项目支出没有写项目",
        meaning: "有的项目支出行没有写 project，项目表的合计会小于项目支出。",
        remedy: "给该行补上 project；没有名称的余款也建一个项目文件。",
        basis: basis::REGULATION_6,
    },
    run: nameless,
};

pub(in crate::check) static BASIC: Rule = Rule {
    entry: Entry {
        code: "L015",
        severity: Severity::Warning,
        title: "基本支出写了项目",
        meaning: "基本支出不按项目管理，写了 project 的行多半性质写错。",
        remedy: "把 kind 改成项目，或删去 project。",
        basis: basis::REGULATION_6,
    },
    run: basic,
};

pub(in crate::check) static PENNILESS: Rule = Rule {
    entry: Entry {
        code: "L016",
        severity: Severity::Warning,
        title: "项目没有金额",
        meaning: "有项目文件，台账和 funding 却都没有它的资金。",
        remedy: "给台账行补上 project，或删去这个项目文件。",
        basis: basis::PRACTICE,
    },
    run: penniless,
};

fn kind(line: &Line) -> Option<LineKind> {
    if let Some(Value::Kind(kind)) = line.value(Dimension::Kind) { Some(*kind) } else { None }
}

fn nameless(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let main: Vec<&Line> =
        subject.lines(Measure::Expenditure).filter(|line| line.amounts.contains_key(&subject.main())).collect();
    let named = main.iter().any(|line| line.value(Dimension::Project).is_some());
    main.into_iter()
        .filter(|line| named && kind(line) == Some(LineKind::Project) && line.value(Dimension::Project).is_none())
        .map(|line| NAMELESS.found("这一行项目支出没有写 project").at(line.span, "").help("补上 project。"))
        .collect()
}

fn basic(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject
        .lines(Measure::Expenditure)
        .filter(|line| line.value(Dimension::Project).is_some())
        .filter(|line| matches!(kind(line), Some(LineKind::Personnel | LineKind::Operating)))
        .map(|line| BASIC.found("基本支出的一行写了 project").at(line.span, "").help("核对 kind，或删去 project。"))
        .collect()
}

fn penniless(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let paid = |slug: &str| {
        subject
            .lines(Measure::Project)
            .any(|line| line.value(Dimension::Project).is_some_and(|own| own.to_string() == slug))
    };
    subject
        .disclosure
        .projects
        .iter()
        .filter(|project| !paid(&project.slug))
        .map(|project| {
            let message = format!("项目“{}”没有资金", project.name.value);
            PENNILESS
                .found(message)
                .at(project.span, "")
                .figure(format!("project/{}", project.slug))
                .help("给台账行补上 project，或写 funding。")
        })
        .collect()
}
