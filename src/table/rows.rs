//! Bands to rows: fixed rows, code hierarchies, one row for each thing.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    account::Code,
    diagnostic::Diagnostic,
    document::numbered,
    facts::{Expression, Filter, Head, Query, Term},
    model::{Dimension, Measure, Value},
    period::Stage,
    profile::{BandSpec, BlockSpec, CodesSpec, RowSpec, Target},
    source::{Located, Span},
};

use super::{
    Context,
    columns::{dimension_of, expression_of, filter_of},
    fields::{Entity, entities, indicators},
};

/// A row before its cells.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) indent: u8,
    /// Code by dimension, where the row stands for one.
    pub(super) codes: BTreeMap<Dimension, Code>,
    /// Names of those codes.
    pub(super) names: BTreeMap<Dimension, String>,
    /// What the row sums up; none: only words, or columns with figures of their own.
    pub(super) expression: Option<Expression>,
    pub(super) filter: Filter,
    pub(super) total: bool,
    /// Counts in the partition of the base.
    pub(super) leaf: bool,
    pub(super) entity: Option<Entity>,
    pub(super) texts: Vec<(String, String)>,
    pub(super) span: Span,
    /// Filled up to the length of a neighbouring block.
    pub(super) padding: bool,
    /// 序号: place among the things or blank rows of its band.
    pub(super) ordinal: Option<usize>,
    /// How many columns its name spans, from the first one of its block.
    pub(super) across: usize,
}

/// A band with its name and rows.
pub(super) struct Band {
    pub(super) name: String,
    pub(super) rows: Vec<Row>,
}

/// What the rows of a block are made against.
pub(super) struct Ground<'a> {
    pub(super) block: &'a BlockSpec,
    pub(super) base: Filter,
    /// What the table's own object narrows everything to.
    pub(super) own: Filter,
    pub(super) stages: Vec<Stage>,
    pub(super) context: Context<'a>,
    pub(super) table_entity: Option<&'a Entity>,
}

fn measure_expression(measure: Measure) -> Expression {
    Expression::single(Term { head: Head::Measure(measure), filter: Filter::default() })
}

impl Ground<'_> {
    fn plain(&self, label: String, span: Span) -> Row {
        Row {
            label,
            indent: 0,
            codes: BTreeMap::new(),
            names: BTreeMap::new(),
            expression: self.block.measure.map(measure_expression),
            filter: self.base.clone(),
            total: false,
            leaf: true,
            entity: self.table_entity.cloned(),
            texts: Vec::new(),
            span,
            padding: false,
            ordinal: None,
            across: 1,
        }
    }

    /// The rows of all bands of the block.
    pub(super) fn bands(&self, found: &mut Vec<Diagnostic>) -> Vec<Band> {
        self.block.bands.iter().enumerate().map(|(index, band)| self.band(index, band, found)).collect()
    }

    fn band(&self, index: usize, band: &Located<BandSpec>, found: &mut Vec<Diagnostic>) -> Band {
        let extra = filter_of(&band.filter, found);
        let mut rows: Vec<Row> = band.rows.iter().map(|row| self.fixed(row, found)).collect();
        if let Some(codes) = &band.codes {
            rows.extend(self.codes(codes, band.span, &extra, found));
        }
        if let Some(target) = band.each {
            rows.extend(self.each(target, band, &extra));
        }
        for row in &mut rows {
            row.filter = row.filter.and(&extra);
            row.leaf &= !band.partial.unwrap_or(false);
            row.indent += band.indent.unwrap_or(0);
        }
        let mut fixed = band.rows.len();
        if band.occurring.unwrap_or(false) {
            fixed = rows.iter().take(fixed).filter(|row| self.occurs(row)).count();
            rows.retain(|row| self.occurs(row));
        }
        if let Some(pattern) = &band.numbering {
            let pattern = self.pattern(pattern);
            for (number, row) in rows.iter_mut().enumerate() {
                row.label = format!("{}{}", numbered(&pattern, number + 1), row.label);
            }
        }
        rows.extend((0..band.blank.unwrap_or(0)).map(|_| blank(band.span)));
        for (number, row) in rows.iter_mut().skip(fixed).enumerate() {
            row.ordinal = Some(number + 1);
        }
        let name = band.band.as_ref().map_or_else(|| format!("#{index}"), |name| name.value.clone());
        Band { name, rows }
    }

    /// A numbering pattern, or the profile's pattern of that name.
    fn pattern(&self, text: &str) -> String {
        self.context.profile.word(text).map_or_else(|| text.to_owned(), |word| word.value.clone())
    }

    /// Whether any line stands behind a row at the block's stages.
    fn occurs(&self, row: &Row) -> bool {
        let Some(expression) = &row.expression else { return true };
        let queries = self.context.facts.queries(&expression.narrowed(&row.filter));
        queries.iter().any(|query| self.context.facts.matching(query, &self.stages).next().is_some())
    }

    fn fixed(&self, spec: &Located<RowSpec>, found: &mut Vec<Diagnostic>) -> Row {
        let fields = self.table_entity.map(|entity| entity.fields.as_slice()).unwrap_or_default();
        let mut row = self.plain((self.context.expand)(&spec.label, fields), spec.span);
        if spec.figure.is_some() {
            // A figure of its own says completely what it sums up; only the table's object narrows it.
            row.filter = self.own.clone();
        }
        row.filter = row.filter.and(&filter_of(&spec.filter, found));
        row.indent = spec.indent.unwrap_or(0);
        row.total = spec.total.unwrap_or(false);
        row.across = spec.across.unwrap_or(1);
        row.leaf = !row.total && !spec.of_which.unwrap_or(false) && !spec.bare.unwrap_or(false);
        row.texts =
            spec.texts.iter().map(|(field, text)| (field.value.clone(), (self.context.expand)(text, fields))).collect();
        if let Some(text) = &spec.figure {
            row.expression = expression_of(text, self.context, found);
        }
        if spec.bare.unwrap_or(false) {
            row.expression = None;
        }
        row
    }

    fn each(&self, target: Target, band: &Located<BandSpec>, extra: &Filter) -> Vec<Row> {
        let things = match (target, self.table_entity.and_then(|entity| entity.field("project.slug"))) {
            (Target::Indicators, Some(slug)) => {
                let project = self.context.disclosure.projects.iter().find(|project| project.slug == slug);
                project.map(|project| indicators(project, self.context)).unwrap_or_default()
            }
            (target, _) => entities(target, self.context),
        };
        things
            .into_iter()
            .map(|entity| {
                let label = band
                    .label
                    .as_ref()
                    .map_or_else(|| entity.label.clone(), |text| (self.context.expand)(text, &entity.fields));
                let mut row = self.plain(label, band.span);
                row.filter = row.filter.and(&entity.filter).and(extra);
                row.entity = Some(entity);
                row
            })
            .collect()
    }

    fn codes(&self, spec: &CodesSpec, span: Span, extra: &Filter, found: &mut Vec<Diagnostic>) -> Vec<Row> {
        let Some(dimension) = dimension_of(&spec.by, found) else { return Vec::new() };
        let Some(classification) = dimension.classification() else {
            let help = "可以写：function、economic、government。";
            found.push(Diagnostic::new("T003", format!("“{}”不是编码", spec.by.value)).at(spec.by.span, "").help(help));
            return Vec::new();
        };
        let Some(measure) = self.block.measure else {
            found.push(
                Diagnostic::new("T003", "按编码展开的块要写 measure")
                    .at(span, "")
                    .help("在块里写上 measure: expenditure 等。"),
            );
            return Vec::new();
        };
        let query = Query { measure, filter: self.base.and(extra) };
        let codes = if spec.under.is_empty() {
            let values = self.context.facts.values(&query, dimension, &self.stages);
            values
                .into_iter()
                .filter_map(|value| if let Value::Code(code) = value { Some(code) } else { None })
                .collect()
        } else {
            self.known_codes(spec, classification)
        };
        if codes.is_empty() {
            // No row would come of these lines, so no row could miss them either.
            self.lacking(dimension, &query, span, found);
        }
        let listed = closure(&codes, &spec.levels);
        let other = spec.with.as_ref().and_then(|text| dimension_of(text, found));
        let mut rows = Vec::new();
        let mut classes = 0;
        for code in &listed {
            let leaf = !listed.iter().any(|below| below != code && code.covers(below));
            let mut row = self.code_row(dimension, *code, span);
            row.leaf = leaf;
            if spec.indent.unwrap_or(false) {
                row.indent = u8::try_from(code.level().saturating_sub(1)).unwrap_or(0);
            }
            if let (1, Some(pattern)) = (code.level(), &spec.numbering) {
                classes += 1;
                row.label = format!("{}{}", numbered(&self.pattern(pattern), classes), row.label);
            }
            match other {
                Some(other) => rows.extend(self.paired(row, other, &query, found)),
                None => rows.push(row),
            }
        }
        rows
    }

    /// Reports the lines that do not keep the dimension a table lists them by.
    fn lacking(&self, dimension: Dimension, query: &Query, span: Span, found: &mut Vec<Diagnostic>) {
        let lines = self.context.facts.matching(query, &self.stages).filter(|line| line.value(dimension).is_none());
        for line in lines {
            let message = format!("表格要按{}列示，这一行台账没有写", dimension.label());
            found.push(
                Diagnostic::new("F003", message)
                    .at(line.span, format!("没有 {}", dimension.term()))
                    .at(span, "表样的这一段")
                    .help(format!("给这一行补上 {}。", dimension.term())),
            );
        }
    }

    /// All known codes below the given ones, themselves included.
    fn known_codes(&self, spec: &CodesSpec, classification: crate::account::Classification) -> BTreeSet<Code> {
        let above: Vec<Code> = spec.under.iter().filter_map(|text| Code::parse(classification, text).ok()).collect();
        let known = self.context.disclosure.chart.codes(classification);
        known.into_keys().copied().filter(|code| above.iter().any(|top| top.covers(code))).collect()
    }

    fn code_row(&self, dimension: Dimension, code: Code, span: Span) -> Row {
        let name = self.name_of(dimension, code);
        let mut row = self.plain(name.clone(), span);
        row.filter = row.filter.and(&Filter::is(dimension, Value::Code(code)));
        row.codes.insert(dimension, code);
        row.names.insert(dimension, name);
        row
    }

    fn name_of(&self, dimension: Dimension, code: Code) -> String {
        let own = self.context.profile.code_name(code.as_str());
        let chart = dimension.classification().and_then(|list| self.context.disclosure.chart.name(list, &code));
        own.or(chart).unwrap_or("").to_owned()
    }

    /// A row for each pair with another classification; a parent shows the common class or nothing.
    fn paired(&self, row: Row, other: Dimension, query: &Query, found: &mut Vec<Diagnostic>) -> Vec<Row> {
        let narrowed = Query { measure: query.measure, filter: query.filter.and(&row.filter) };
        let values = self.context.facts.values(&narrowed, other, &self.stages);
        let codes: BTreeSet<Code> = values
            .into_iter()
            .filter_map(|value| if let Value::Code(code) = value { Some(code) } else { None })
            .collect();
        let pair = |code: &Code, narrow: bool| {
            let mut one = row.clone();
            one.codes.insert(other, *code);
            one.names.insert(other, self.name_of(other, *code));
            if narrow {
                one.filter = one.filter.and(&Filter::is(other, Value::Code(*code)));
            }
            one
        };
        if row.leaf && codes.is_empty() {
            self.lacking(other, &narrowed, row.span, found);
            return vec![row];
        }
        if row.leaf {
            return codes.iter().map(|code| pair(code, true)).collect();
        }
        let classes: BTreeSet<Code> = codes.iter().map(|code| code.at_level(1)).collect();
        match classes.iter().collect::<Vec<_>>().as_slice() {
            [only] => vec![pair(only, false)],
            _ => vec![row],
        }
    }
}

/// Codes at the listed levels that cover one of `codes`, in order, each once.
fn closure(codes: &BTreeSet<Code>, levels: &[u8]) -> Vec<Code> {
    let mut all = BTreeSet::new();
    for code in codes {
        let own = code.level();
        all.extend(
            levels
                .iter()
                .map(|level| usize::from(*level))
                .filter(|level| *level <= own)
                .map(|level| code.at_level(level)),
        );
    }
    all.into_iter().collect()
}

/// A row without anything in it.
pub(super) fn blank(span: Span) -> Row {
    Row {
        label: String::new(),
        indent: 0,
        codes: BTreeMap::new(),
        names: BTreeMap::new(),
        expression: None,
        filter: Filter::default(),
        total: false,
        leaf: false,
        entity: None,
        texts: Vec::new(),
        span,
        padding: true,
        ordinal: None,
        across: 1,
    }
}
