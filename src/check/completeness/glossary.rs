//! K005, K006: terms used without an explanation, and explained without use.

use crate::{
    account::Code,
    check::{Rule, Subject, basis, subject::given},
    diagnostic::{Diagnostic, Entry, Severity},
    document::{Block, text_of},
    model::{Dimension, Line, Measure, Value},
};

pub(in crate::check) static UNEXPLAINED: Rule = Rule {
    entry: Entry {
        code: "K005",
        severity: Severity::Advice,
        title: "用到的名词没有解释",
        meaning: "正文用到的专门名词应在名词解释里说明，外行的读者才看得懂。",
        remedy: "在 glossary.yaml 里补上这个词条。",
        basis: basis::UNITS,
    },
    run: unexplained,
};

pub(in crate::check) static UNUSED: Rule = Rule {
    entry: Entry {
        code: "K006",
        severity: Severity::Advice,
        title: "解释了没有用到的名词",
        meaning: "解释的词条在正文和表格里都没有出现。",
        remedy: "从 glossary.yaml 里删去，或核对名称；文种词条库里的，写 term 和 omit: true 就不印。",
        basis: basis::UNITS,
    },
    run: unused,
};

const TERMS: &[&str] = &[
    "机关运行经费",
    "“三公”经费",
    "基本支出",
    "项目支出",
    "政府性基金",
    "国有资本经营预算",
    "使用非财政拨款结余",
    "结余分配",
    "上级补助收入",
    "附属单位上缴收入",
    "年末结转和结余",
];

/// The blocks of the glossary and those of everything else.
fn halves<'a>(subject: &Subject<'a>) -> (Vec<&'a Block>, Vec<&'a Block>) {
    let (mut glossary, mut rest) = (Vec::new(), Vec::new());
    let mut inside = None;
    for block in &subject.document.blocks {
        if let Block::Heading(heading) = block {
            let text = text_of(&heading.text);
            if text.contains("名词解释") {
                inside = Some(heading.level);
            } else if inside.is_some_and(|level| heading.level <= level) {
                inside = None;
            }
        }
        if inside.is_some() { &mut glossary } else { &mut rest }.push(block);
    }
    (glossary, rest)
}

/// The text of some blocks, without quotation marks.
fn text(blocks: &[&Block]) -> String {
    let mut all = String::new();
    for block in blocks {
        append(block, &mut all);
    }
    plain(&all)
}

fn append(block: &Block, into: &mut String) {
    match block {
        Block::Heading(heading) => into.push_str(&text_of(&heading.text)),
        Block::Paragraph(paragraph) => into.push_str(&text_of(&paragraph.inlines)),
        Block::List(list) => list.items.iter().flat_map(|item| &item.blocks).for_each(|block| append(block, into)),
        Block::Table(table) => {
            into.push_str(&table.title);
            for cell in table.head.iter().chain(&table.body).flat_map(|row| &row.cells) {
                into.push_str(&cell.text);
                into.push('\n');
            }
        }
        Block::Contents(_) | Block::Chart(_) | Block::PageBreak => {}
    }
    into.push('\n');
}

fn plain(text: &str) -> String {
    text.replace(['“', '”', '"'], "")
}

fn unexplained(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let explained = text(&halves(subject).0);
    if explained.is_empty() {
        return Vec::new();
    }
    let mut found = items(subject);
    let running = plain(&subject.text);
    let lacking = TERMS.iter().filter(|term| running.contains(&plain(term)) && !explained.contains(&plain(term)));
    found.extend(lacking.map(|term| {
        let finding = UNEXPLAINED.found(format!("用到“{term}”，名词解释里没有")).figure(format!("glossary/{term}"));
        finding.at(subject.home(), "这个文种").help("在 glossary.yaml 里补上。")
    }));
    found
}

/// A body that explains its functional items explains all it spends on.
fn items(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let own: Vec<&Code> = subject.disclosure.glossary.iter().filter_map(|item| item.function.as_ref()).collect();
    let spent = |line: &&Line| given(line, subject.main()).is_some_and(|(amount, _)| !amount.is_zero());
    let mut lacking: Vec<&Code> = subject
        .lines(Measure::Expenditure)
        .filter(spent)
        .filter_map(|line| match line.value(Dimension::Function) {
            Some(Value::Code(code)) if !own.iter().any(|own| own.covers(code)) => Some(code),
            _ => None,
        })
        .collect();
    lacking.sort();
    lacking.dedup();
    if own.is_empty() || lacking.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = lacking.into_iter().map(|code| subject.named(Dimension::Function, *code)).collect();
    let finding = UNEXPLAINED.found(format!("名词解释里有功能科目，却没有 {}", names.join("、")));
    vec![finding.figure("glossary/function").at(subject.home(), "这个文种").help("在 glossary.yaml 里补上这些科目。")]
}

fn unused(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let (glossary, rest) = halves(subject);
    let (explained, rest) = (text(&glossary), text(&rest));
    let own = subject.disclosure.glossary.iter().filter(|item| !item.omit);
    let mut found = from_bank(subject, &explained, &rest);
    found.extend(own.filter_map(|item| {
        if let Some(code) = &item.function {
            let figure = format!("expenditure{{function={code}}}@{}", subject.main().term());
            let used = subject.answer(&figure).is_none_or(|answer| !answer.atoms.is_empty());
            return (!used).then(|| {
                UNUSED.found(format!("{code} 没有支出，却有词条")).at(item.span, "").help("删去，或核对编码。")
            });
        }
        let term = item.term.as_ref()?;
        (!rest.contains(&head(&term.value))).then(|| {
            UNUSED.found(format!("“{}”在正文里没有出现", term.value)).at(term.span, "").help("删去，或核对名称。")
        })
    }));
    found
}

/// A term without its brackets and quotation marks.
fn head(term: &str) -> String {
    plain(term.split(['（', '(']).next().unwrap_or(term))
}

/// Entries of the profile's bank that are printed and not needed, told together: they have one remedy.
fn from_bank(subject: &Subject<'_>, explained: &str, rest: &str) -> Vec<Diagnostic> {
    let own = |term: &str| {
        let mut items = subject.disclosure.glossary.iter();
        items.any(|item| item.term.as_ref().is_some_and(|own| own.value == term))
    };
    let idle: Vec<String> = subject
        .profile
        .file
        .glossary
        .iter()
        .map(|entry| entry.term.value.as_str())
        .filter(|term| !term.contains("{{") && !own(term))
        .filter(|term| explained.contains(&plain(term)) && !rest.contains(&head(term)))
        .map(|term| format!("“{}”", plain(term)))
        .collect();
    if idle.is_empty() {
        return Vec::new();
    }
    let finding = UNUSED.found(format!("名词解释里的{}在正文和表格里没有出现", idle.join(""))).figure("glossary");
    vec![finding.at(subject.home(), "这个文种").help("不用解释的，在 glossary.yaml 里写 term 和 omit: true。")]
}
