//! Rows of a table to ledger lines; sums are checked and left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    account::{Classification, Code},
    model::{Fund, IncomeSource, LineKind, Origin},
    money::{AmountUnit, Yuan},
    period::Stage,
};

use super::{
    Problem,
    coded::coded,
    grid::Grid,
    head::{Column, Head},
    ledger::{Entry, Given},
    mapping::{AmountHeads, Field, Mapping, Role},
};

/// Codes of a row: function and economic, either may be empty.
type Codes = (String, String);

/// A classification, its whole code's column, its levels' columns.
type CodeColumns = (Classification, Field, &'static [Field]);

const CODES: [CodeColumns; 3] = [
    (Classification::Function, Field::Function, &[Field::FunctionClass, Field::FunctionSection, Field::FunctionItem]),
    (Classification::Economic, Field::Economic, &[Field::EconomicClass, Field::EconomicSection]),
    (Classification::Government, Field::Government, &[Field::GovernmentClass, Field::GovernmentSection]),
];

/// A row before it is known whether it is a sum.
struct Row {
    /// Its number in the sheet, from 0.
    number: u32,
    codes: Codes,
    government: String,
    fields: BTreeMap<Field, String>,
    amounts: BTreeMap<u32, Amount>,
    /// 合计 and its like.
    total: bool,
}

impl Row {
    /// What only a line has, whatever its codes: sums over codes have no kind, no project.
    fn is_line(&self) -> bool {
        let own = [Field::Kind, Field::Project, Field::Origin, Field::Counterparty, Field::Source, Field::Balance];
        own.iter().any(|field| self.fields.contains_key(field))
    }
}

#[derive(Clone)]
struct Amount {
    given: Given,
    yuan: Option<Yuan>,
}

/// Reads the body of a table.
pub(super) struct Rows<'a> {
    pub(super) grid: &'a Grid,
    pub(super) head: &'a Head,
    pub(super) mapping: &'a Mapping,
    pub(super) unit: AmountUnit,
    pub(super) stage: Stage,
    /// Every column is known: sums over columns mean something.
    pub(super) whole: bool,
    pub(super) problems: Vec<Problem>,
}

impl Rows<'_> {
    /// The lines; the problems are left in `self`.
    pub(super) fn entries(&mut self) -> Vec<Entry> {
        let rows: Vec<Row> = (self.head.body..self.grid.height()).filter_map(|row| self.row(row)).collect();
        let coded: BTreeSet<Codes> = rows.iter().filter(|row| !row.total).map(|row| row.codes.clone()).collect();
        let (sums, leaves): (Vec<&Row>, Vec<&Row>) =
            rows.iter().partition(|row| row.total || !row.is_line() && covers(&row.codes, &coded));
        self.check_sums(&sums, &leaves);
        leaves.iter().flat_map(|row| self.lines(row)).collect()
    }

    /// One row, unless it is blank or a placeholder.
    fn row(&mut self, row: u32) -> Option<Row> {
        if self.is_furniture(row) {
            return None;
        }
        let mut fields = BTreeMap::new();
        let mut amounts = BTreeMap::new();
        for (at, column) in &self.head.columns {
            let text = self.grid.cell(row, *at);
            match &column.role {
                _ if text.is_empty() => {}
                Role::Field(field) => {
                    fields.insert(*field, text.to_owned());
                }
                Role::Amount(_) | Role::Total | Role::Subtotal => {
                    if let Some(amount) = self.amount(row, *at, text) {
                        amounts.insert(*at, amount);
                    }
                }
                Role::Ignored => {}
            }
        }
        let total = fields.iter().any(|(field, text)| field.may_say_total() && self.says_total(text));
        if fields.is_empty() || amounts.is_empty() {
            self.loose(row, &fields, &amounts);
            return None;
        }
        let [function, economic, government] = if total { Default::default() } else { self.codes(row, &fields) };
        if self.whole {
            self.check_row(row, &amounts);
        }
        Some(Row { number: row, codes: (function, economic), government, fields, amounts, total })
    }

    /// Rows that hold no line: blank, placeholders, 栏次 with its numbers, a note merged over the whole width.
    fn is_furniture(&self, row: u32) -> bool {
        let texts: Vec<(u32, &str)> = self.grid.row(row).collect();
        let Some((_, first)) = texts.first() else { return true };
        let holds = |text: &str| self.mapping.placeholders.iter().any(|own| own == text);
        // A placeholder of dots beside an amount is a line that lacks its code; beside numbers a word heads 栏次.
        let word = holds(first) && first.chars().any(char::is_alphanumeric);
        let note =
            texts.len() > 1 && texts.iter().skip(1).all(|(at, text)| text == first && self.grid.is_filled(row, *at));
        word || note || texts.iter().all(|(_, text)| holds(text))
    }

    fn says_total(&self, text: &str) -> bool {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        self.mapping.total_rows.contains(&plain)
    }

    /// Amounts without any key would be lost silently; a row of 栏次 without its word is none.
    fn loose(&mut self, row: u32, fields: &BTreeMap<Field, String>, amounts: &BTreeMap<u32, Amount>) {
        let counted =
            (1_u32..).zip(amounts.values()).all(|(number, amount)| amount.given == Given::Known(number.to_string()));
        if let (true, false, Some(at)) = (fields.is_empty(), counted, amounts.keys().next()) {
            self.report(row, *at, "这一行有金额，却没有科目或项目", "补上编码；合计行在第一栏写“合计”。");
        }
    }

    fn report(&mut self, row: u32, column: u32, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Problem::new(self.grid.place(row, column), message, help));
    }

    fn amount(&mut self, row: u32, column: u32, text: &str) -> Option<Amount> {
        if self.grid.is_filled(row, column) {
            self.report(row, column, "合并的单元格里是金额，分不清属于哪一行、哪一栏", "拆开单元格，各写各的金额。");
            return None;
        }
        if text == "~" || text == "未知" {
            return Some(Amount { given: Given::Unknown, yuan: None });
        }
        if matches!(text, "-" | "—" | "--" | "——" | "…" | "……") {
            return None;
        }
        let text = text.trim_start_matches(['¥', '￥', '+']);
        match Yuan::parse(text, self.unit) {
            Ok(yuan) => Some(Amount { given: Given::Known(text.replace(',', "")), yuan: Some(yuan) }),
            Err(error) => {
                self.report(row, column, format!("“{text}”不是金额：{error}"), "改成数字；不知道的金额写“未知”。");
                None
            }
        }
    }

    /// The codes of a row (function, economic, government), from whole or split columns.
    fn codes(&mut self, row: u32, fields: &BTreeMap<Field, String>) -> [String; 3] {
        CODES.map(|(classification, whole, parts)| {
            let split = self.split(row, fields, parts);
            let text = split.or_else(|| fields.get(&whole).cloned()).unwrap_or_default();
            let code = coded(&text).map_or(text.as_str(), |(code, _)| code).to_owned();
            let other = classification.other_by_digit(&code);
            if !code.is_empty() && (Code::parse(classification, &code).is_err() || other.is_some()) {
                let column = [whole].iter().chain(parts).find_map(|field| self.head.field(*field)).unwrap_or(0);
                let message = format!("“{code}”不是{}的编码", classification.term());
                let depth = if parts.len() > 2 { "类 3 位、款 5 位、项 7 位" } else { "类 3 位、款 5 位" };
                let help = match other {
                    Some(other) => format!("像是{}的编码；在自己的对照文件里写明这一列的表头。", other.term()),
                    None => format!("{depth}；前导零丢失的，把这一栏设为文本。"),
                };
                self.report(row, column, message, help);
            }
            code
        })
    }

    /// 类, 款 and 项 in columns of their own; a 类 or 款 shown once stands for the rows below it.
    fn split(&self, row: u32, fields: &BTreeMap<Field, String>, levels: &[Field]) -> Option<String> {
        let depth = levels.iter().rposition(|field| fields.contains_key(field))?;
        let mut code = String::new();
        for field in &levels[..=depth] {
            let column = self.head.field(*field)?;
            let above =
                || (self.head.body..row).rev().map(|row| self.grid.cell(row, column)).find(|text| !text.is_empty());
            let part = fields.get(field).map(String::as_str).or_else(above).unwrap_or_default();
            let width = if code.is_empty() { 3 } else { 2 };
            // A column may hold the whole code so far, or its own digits, typed as a number without the zero.
            if part.len() > width && part.starts_with(&code) {
                part.clone_into(&mut code);
            } else {
                code.extend(std::iter::repeat_n('0', width.saturating_sub(part.len())));
                code.push_str(part);
            }
        }
        Some(code)
    }

    /// 合计 and 小计 columns of one row.
    fn check_row(&mut self, row: u32, amounts: &BTreeMap<u32, Amount>) {
        let head = self.head;
        for (at, column) in &head.columns {
            let under: &dyn Fn(&Column) -> bool = match &column.role {
                Role::Total => &|_| true,
                Role::Subtotal => &|other| {
                    let upper = &column.levels[..column.levels.len() - 1];
                    !upper.is_empty() && other.levels.starts_with(upper)
                },
                Role::Field(_) | Role::Amount(_) | Role::Ignored => continue,
            };
            let parts: Vec<&Amount> = amounts
                .iter()
                .filter(|(at, _)| head.columns.get(at).is_some_and(|c| matches!(c.role, Role::Amount(_)) && under(c)))
                .map(|(_, amount)| amount)
                .collect();
            let Some(stated) = amounts.get(at).and_then(|amount| amount.yuan) else { continue };
            if !parts.is_empty() {
                let sum = parts.iter().filter_map(|amount| amount.yuan).sum();
                self.compare(row, *at, stated, sum, parts.len(), "各栏之和");
            }
        }
    }

    /// 合计, 类 and 款 rows against the lines below them.
    fn check_sums(&mut self, sums: &[&Row], leaves: &[&Row]) {
        let mut below: BTreeMap<(Codes, u32), (Yuan, usize)> = BTreeMap::new();
        for leaf in leaves {
            for (at, amount) in &leaf.amounts {
                for codes in uppers(&leaf.codes) {
                    let entry = below.entry((codes, *at)).or_default();
                    entry.0 = entry.0 + amount.yuan.unwrap_or(Yuan::ZERO);
                    entry.1 += 1;
                }
            }
        }
        for sum in sums {
            for (at, amount) in &sum.amounts {
                let (wanted, count) = below.get(&(sum.codes.clone(), *at)).copied().unwrap_or_default();
                if let Some(stated) = amount.yuan {
                    self.compare(sum.number, *at, stated, wanted, count, "所列各行之和");
                }
            }
        }
    }

    /// In 万元 rounded parts may miss a rounded total by a tail.
    fn compare(&mut self, row: u32, column: u32, stated: Yuan, sum: Yuan, count: usize, what: &str) {
        let difference = (stated - sum).decimal().abs();
        let half_a_cent = match self.unit {
            AmountUnit::Yuan => 0,
            AmountUnit::TenThousand => 50,
        };
        let allowed = i64::try_from(count + 1).unwrap_or(i64::MAX).saturating_mul(half_a_cent);
        if difference > allowed.into() {
            let (stated, sum) = (stated.in_unit(self.unit), sum.in_unit(self.unit));
            let message = format!("合计 {stated} 与{what} {sum} 不等（单位：{}）", self.unit.term());
            self.report(row, column, message, "改正合计或明细；合计行只核对，不导入。");
        }
    }

    /// A row becomes a line for each set of dimensions its amount columns give.
    fn lines(&self, row: &Row) -> Vec<Entry> {
        let mut lines: Vec<(AmountHeads, Entry)> = Vec::new();
        for (at, amount) in &row.amounts {
            let Some(Role::Amount(own)) = self.head.columns.get(at).map(|column| &column.role) else { continue };
            let stage = own.stage.unwrap_or(self.stage);
            let same = lines.iter_mut().find(|(other, _)| other.same_line(own));
            if let Some((_, line)) = same {
                line.amounts.insert(stage, amount.given.clone());
            } else {
                let amounts = BTreeMap::from([(stage, amount.given.clone())]);
                lines.push((own.clone(), Entry { fields: self.fields(row, own), amounts }));
            }
        }
        lines.into_iter().map(|(_, line)| line).collect()
    }

    /// The keys of a line in the order in which ledgers write them.
    fn fields(&self, row: &Row, own: &AmountHeads) -> Vec<(&'static str, String)> {
        let get = |field: Field| row.fields.get(&field).cloned();
        let term = |field: Field| get(field).map(|text| self.term(field, &text));
        let named = |code: String, name: Field| {
            let inline = |field| get(field).and_then(|text| coded(&text).map(|(_, name)| name.to_owned()));
            let base = match name {
                Field::FunctionName => inline(Field::Function),
                // 科目名称 beside the only code column names that code, whichever classification it is of.
                Field::EconomicName => inline(Field::Economic)
                    .or_else(|| row.codes.0.is_empty().then(|| get(Field::FunctionName)).flatten()),
                _ => inline(Field::Government),
            };
            let name = get(name).or(base).unwrap_or_default();
            (!code.is_empty()).then(|| format!("{code} {name}").trim().to_owned())
        };
        let keys = [
            ("unit", get(Field::Unit)),
            ("function", named(row.codes.0.clone(), Field::FunctionName)),
            ("kind", own.kind.map(|kind| kind.term().to_owned()).or_else(|| term(Field::Kind))),
            ("economic", named(row.codes.1.clone(), Field::EconomicName)),
            ("government", named(row.government.clone(), Field::GovernmentName)),
            ("fund", own.fund.map(|fund| fund.term().to_owned()).or_else(|| term(Field::Fund))),
            ("origin", own.origin.map(|origin| origin.term().to_owned()).or_else(|| term(Field::Origin))),
            ("project", get(Field::Project)),
            ("counterparty", get(Field::Counterparty)),
            ("source", own.source.map(|source| source.term().to_owned()).or_else(|| term(Field::Source))),
            ("balance", get(Field::Balance)),
            ("note", get(Field::Note)),
        ];
        keys.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }

    /// A term as ledgers spell it: the code before it goes, and a word that heads a column of amounts means what the
    /// column means.
    fn term(&self, field: Field, text: &str) -> String {
        let name = coded(text).map(|(_, name)| name).filter(|name| !name.is_empty()).unwrap_or(text);
        let column = match self.mapping.role(&[name.to_owned()]) {
            Some((Role::Amount(own), _)) => match field {
                Field::Kind => own.kind.map(LineKind::term),
                Field::Fund => own.fund.map(Fund::term),
                Field::Origin => own.origin.map(Origin::term),
                Field::Source => own.source.map(IncomeSource::term),
                _ => None,
            },
            _ => None,
        };
        column.unwrap_or(name).to_owned()
    }
}

impl Field {
    /// Where 合计 is written.
    const fn may_say_total(self) -> bool {
        match self {
            Self::FunctionClass | Self::FunctionSection | Self::FunctionItem | Self::Function | Self::FunctionName => {
                true
            }
            Self::EconomicClass | Self::EconomicSection | Self::Economic | Self::EconomicName => true,
            Self::GovernmentClass | Self::GovernmentSection | Self::Government | Self::GovernmentName => true,
            Self::Unit => true,
            Self::Project | Self::Source | Self::Balance => true,
            Self::Kind | Self::Fund | Self::Origin | Self::Counterparty | Self::Note => false,
        }
    }
}

/// Whether another row stands below these codes: then they are a 类 or 款 row, a sum.
fn covers(codes: &Codes, all: &BTreeSet<Codes>) -> bool {
    let (function, economic) = codes;
    let deeper = |other: &&Codes| {
        other.0.starts_with(function.as_str()) && other.1.starts_with(economic.as_str()) && *other != codes
    };
    let end = |code: &str| format!("{code}:"); // the character after 9
    let from = (function.clone(), economic.clone());
    if function.is_empty() && economic.is_empty() {
        return false;
    }
    all.range::<Codes, _>(from..(end(function), String::new())).any(|other| deeper(&other))
}

/// The codes a line adds to: itself, its 款, its 类, everything; for both classifications.
fn uppers(codes: &Codes) -> Vec<Codes> {
    let levels = |code: &str| -> Vec<String> {
        let mut all = vec![String::new()];
        all.extend([3, 5, 7].into_iter().filter_map(|length| code.get(..length)).map(str::to_owned));
        all
    };
    let economics = levels(&codes.1);
    levels(&codes.0).into_iter().flat_map(|a| economics.iter().map(move |b| (a.clone(), b.clone()))).collect()
}
