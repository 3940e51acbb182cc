//! Typed tables and charts to document blocks.

use crate::{
    chart::{TypedChart, TypedPoint},
    document::{
        Block, Cell, CellKind, Chart, ContentsEntry, Figure, FigureKind, Paragraph, ParagraphRole, Point, Row, RowRole,
        Table, numbered,
    },
    facts::Answer,
    money::AmountUnit,
    profile::Style,
    table::{Content, TypedCell, TypedRow, TypedTable},
};

use super::{
    Linker, Listed,
    format::{print, print_answer},
};

impl<'a> Linker<'a> {
    /// All tables of one specification.
    pub(super) fn tables(&mut self, name: &str, listed: Listed) {
        let parts = self.parts;
        for typed in parts.tables.get(name).into_iter().flatten() {
            self.table(typed, listed);
        }
    }

    fn table(&mut self, typed: &TypedTable, listed: Listed) {
        let title = self.words(&typed.title);
        let id = self.id("table");
        self.tables += 1;
        self.tally.tables += 1;
        let in_contents = matches!(listed, Listed::Tables | Listed::Both) && typed.heading;
        if in_contents {
            let number = self
                .parts
                .profile
                .file
                .numbering
                .table
                .as_ref()
                .map(|pattern| numbered(pattern, self.tables))
                .unwrap_or_default();
            let listed = self.words(&typed.listed);
            self.entries.push(ContentsEntry { level: 2, text: format!("{number}{listed}"), target: id.clone() });
        }
        let own_label = self.words(&typed.label);
        let pattern = self.parts.profile.file.numbering.table_label.as_ref().filter(|_| in_contents);
        let label = match pattern {
            Some(pattern) if own_label.is_empty() => numbered(pattern, self.tables),
            Some(_) | None => own_label,
        };
        let continued = self.parts.profile.file.table_continued.as_deref().unwrap_or_default();
        let continued = continued.replace("{title}", &title).replace("{label}", &label);
        let table = Table {
            id,
            title_level: (typed.heading && !title.is_empty()).then(|| self.table_level()),
            title,
            label,
            caption_left: self.words(&typed.left),
            caption_right: self.words(&typed.right),
            continued,
            columns: typed.columns.clone(),
            head: typed.head.iter().map(|row| self.row(row, typed.unit)).collect(),
            body: typed.body.iter().map(|row| self.row(row, typed.unit)).collect(),
            notes: typed
                .notes
                .iter()
                .map(|note| Paragraph { role: ParagraphRole::Note, inlines: self.inlines_of(note) })
                .collect(),
            orientation: typed.orientation,
            head_columns: typed.head_columns,
        };
        self.blocks.push(Block::Table(table));
    }

    /// One below the heading the table stands under, so that levels stay consecutive.
    fn table_level(&self) -> u8 {
        let above = self.blocks.iter().rev().find_map(|block| match block {
            Block::Heading(heading) => Some(heading.level),
            Block::Contents(_)
            | Block::Paragraph(_)
            | Block::List(_)
            | Block::Table(_)
            | Block::Chart(_)
            | Block::PageBreak => None,
        });
        above.map_or(1, |level| (level + 1).min(5))
    }

    fn row(&mut self, row: &TypedRow, unit: Option<AmountUnit>) -> Row {
        let head = matches!(row.role, RowRole::Head | RowRole::Numbers | RowRole::Subhead);
        Row { role: row.role, cells: row.cells.iter().map(|cell| self.cell(cell, head, unit)).collect() }
    }

    fn cell(&mut self, typed: &TypedCell, head: bool, unit: Option<AmountUnit>) -> Cell {
        let mut cell = match &typed.content {
            Content::Blank => Cell::plain(CellKind::Blank, ""),
            Content::Head(text) => Cell::plain(CellKind::Head, self.words(text)),
            // Fields are the unit's own words; they hold no marks, and their digits are theirs.
            Content::Text(text) => Cell::plain(CellKind::Text, self.own_words(text)),
            Content::Code(text) => Cell::plain(CellKind::Code, text.clone()),
            Content::Number(number) => {
                Cell::plain(if head { CellKind::Head } else { CellKind::Count }, number.to_string())
            }
            Content::Figure { answer, style } => self.figure_cell(answer, style, unit),
        };
        if cell.text.is_empty() && cell.kind == CellKind::Text {
            cell.kind = CellKind::Blank;
        }
        cell.colspan = typed.colspan;
        cell.rowspan = typed.rowspan;
        cell.indent = typed.indent;
        cell.align = typed.align;
        cell
    }

    /// Words that may hold references, whose typed digits are data.
    fn own_words(&mut self, text: &str) -> String {
        if text.contains('\u{e000}') { self.words(text) } else { crate::template::plain(text) }
    }

    fn figure_cell(&mut self, answer: &Answer, style: &str, unit: Option<AmountUnit>) -> Cell {
        let Some(style) = self.style(style) else { return Cell::plain(CellKind::Blank, "") };
        let printed = match unit {
            Some(unit) if unit != style.unit => print_answer(answer, &Style { unit, ..style.clone() }, false),
            Some(_) | None => print_answer(answer, style, false),
        };
        self.tally.figures += 1;
        self.used(answer, &printed.text);
        if printed.blank {
            return Cell::plain(CellKind::Blank, "");
        }
        let kind = match printed.kind {
            FigureKind::Amount => CellKind::Amount,
            FigureKind::Percent => CellKind::Percent,
            FigureKind::Count => CellKind::Count,
            FigureKind::Code | FigureKind::Date | FigureKind::Literal => CellKind::Text,
        };
        Cell { raw: printed.raw, fact: Some(answer.address.clone()), ..Cell::plain(kind, printed.text) }
    }

    fn style(&mut self, name: &str) -> Option<&'a Style> {
        let style = self.parts.profile.style(name);
        if style.is_none() {
            let known = self.parts.profile.style_names().join("、");
            let finding = crate::diagnostic::Diagnostic::new("M005", format!("没有“{name}”这种数字样式"));
            let finding = finding.at(self.place, "").help(format!("可以写：{known}。"));
            if !self.found.contains(&finding) {
                self.found.push(finding);
            }
        }
        style
    }

    pub(super) fn chart(&mut self, name: &str) {
        let parts = self.parts;
        let Some(typed) = parts.charts.get(name) else { return };
        let Some(style) = self.style(&typed.style) else { return };
        self.charts += 1;
        self.tally.charts += 1;
        let number = parts
            .profile
            .file
            .numbering
            .chart
            .as_ref()
            .map(|pattern| numbered(pattern, self.charts))
            .unwrap_or_default();
        let caption = format!("{number}{}", self.words(&typed.caption));
        let points: Vec<Point> = typed.points.iter().map(|point| self.point(point, style)).collect();
        let alt = self.alternative(typed, &caption, &points);
        let id = self.id("chart");
        let unit = style.suffix.clone();
        self.blocks.push(Block::Chart(Chart { id, kind: typed.kind, caption, unit, points, alt }));
        let line = self.inlines_of(&typed.unit_line);
        if !line.is_empty() {
            self.blocks.push(Block::Paragraph(Paragraph { role: ParagraphRole::Centred, inlines: line }));
        }
    }

    fn point(&mut self, point: &TypedPoint, style: &Style) -> Point {
        let percent = self.style("percent");
        let mut figure = |answer: &Answer, style: &Style| {
            let printed = print(answer.outcome, style, false);
            self.used(answer, &printed.text);
            Figure { kind: printed.kind, text: printed.text, raw: printed.raw, fact: Some(answer.address.clone()) }
        };
        let amount = figure(&point.answer, style);
        let share = point.share.as_ref().zip(percent.as_ref()).map(|(share, percent)| figure(share, percent));
        Point { label: self.words(&point.label), group: self.words(&point.group), figure: amount, share }
    }

    /// What the picture says, in words: the lead, then every point.
    fn alternative(&mut self, typed: &TypedChart, caption: &str, points: &[Point]) -> String {
        let lead = if typed.alt.is_empty() { caption.to_owned() } else { self.words(&typed.alt) };
        let said: Vec<String> = points
            .iter()
            .map(|point| {
                let share = point.share.as_ref().map(|share| format!("，占{}", share.text)).unwrap_or_default();
                format!("{}{}{}{share}", point.group, point.label, point.figure.text)
            })
            .collect();
        format!("{lead}：{}。", said.join("；"))
    }
}
