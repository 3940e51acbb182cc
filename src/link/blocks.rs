//! Markdown events to blocks. A small part of Markdown is enough: headings, paragraphs, lists, emphasis, plain tables.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::{
    diagnostic::Diagnostic,
    document::{
        Align, Block, Cell, CellKind, Column, Inline, List, ListItem, Orientation, Paragraph, ParagraphRole, Row,
        RowRole, Table, numbered, text_of,
    },
    template::{Piece, Reference, pieces},
};

use super::{Chapter, Linker, Listed, inline::push_text};

/// An open element.
enum Open {
    Paragraph,
    Heading {
        level: u8,
        counted: bool,
    },
    Strong,
    Emphasis,
    Cell,
    /// Something that is not supported; its text is kept, the finding is made once.
    Other,
}

/// A list being read.
struct OpenList {
    ordered: bool,
    items: Vec<ListItem>,
    /// Blocks of the outer level, set aside while an item is read.
    outer: Vec<Block>,
}

/// A Markdown table being read.
#[derive(Default)]
struct OpenTable {
    head: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
}

struct Reading {
    open: Vec<(Open, Vec<Inline>)>,
    lists: Vec<OpenList>,
    table: OpenTable,
    listed: Listed,
}

impl Linker<'_> {
    /// Reads one chapter's Markdown into blocks.
    pub(super) fn markdown(&mut self, chapter: &Chapter) {
        let options = Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_TABLES;
        let mut reading =
            Reading { open: Vec::new(), lists: Vec::new(), table: OpenTable::default(), listed: chapter.contents };
        for event in Parser::new_ext(&chapter.body.markdown, options) {
            match event {
                Event::Start(tag) => self.start(tag, &mut reading),
                Event::End(tag) => self.end(tag, &mut reading),
                Event::Text(text) | Event::Code(text) => self.text(&text, &mut reading),
                Event::SoftBreak => {}
                Event::HardBreak => push(&mut reading, Inline::LineBreak),
                Event::Rule => self.blocks.push(Block::PageBreak),
                Event::Html(html) | Event::InlineHtml(html) if html.trim().is_empty() || html.starts_with("<!--") => {}
                Event::Html(html) | Event::InlineHtml(html) => self.unsupported(&format!("HTML“{}”", html.trim())),
                Event::InlineMath(_) | Event::DisplayMath(_) => self.unsupported("数学公式"),
                Event::FootnoteReference(_) => self.unsupported("脚注"),
                Event::TaskListMarker(_) => self.unsupported("任务列表"),
            }
        }
    }

    fn unsupported(&mut self, what: &str) {
        let finding = Diagnostic::new("E003", format!("章节里用了不支持的{what}")).at(self.place, "这个模板");
        let finding = finding.help("改用标题、段落、列表、强调、简单表格和引用。");
        if !self.found.contains(&finding) {
            self.found.push(finding);
        }
    }

    fn start(&mut self, tag: Tag<'_>, reading: &mut Reading) {
        let open = match tag {
            Tag::Paragraph => Open::Paragraph,
            Tag::Heading { level, classes, .. } => {
                Open::Heading { level: depth(level), counted: !classes.iter().any(|class| &**class == "plain") }
            }
            Tag::Strong => Open::Strong,
            Tag::Emphasis => Open::Emphasis,
            Tag::List(first) => {
                self.flush_tight(reading);
                let outer = std::mem::take(&mut self.blocks);
                reading.lists.push(OpenList { ordered: first.is_some(), items: Vec::new(), outer });
                return;
            }
            Tag::Item => Open::Paragraph,
            Tag::Table(_) => {
                reading.table = OpenTable::default();
                return;
            }
            Tag::TableHead | Tag::TableRow => {
                reading.table.row = Vec::new();
                return;
            }
            Tag::TableCell => Open::Cell,
            Tag::HtmlBlock => return,
            Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::MetadataBlock(_) => {
                self.unsupported("写法（引文、代码、链接、图片、脚注等）");
                Open::Other
            }
        };
        reading.open.push((open, Vec::new()));
    }

    fn end(&mut self, tag: TagEnd, reading: &mut Reading) {
        match tag {
            TagEnd::List(_) => self.close_list(reading),
            TagEnd::Item => self.close_item(reading),
            TagEnd::TableHead => reading.table.head = std::mem::take(&mut reading.table.row),
            TagEnd::TableRow => {
                let row = std::mem::take(&mut reading.table.row);
                reading.table.rows.push(row);
            }
            TagEnd::Table => self.close_table(reading),
            TagEnd::HtmlBlock => {}
            _ => self.close_element(reading),
        }
    }

    fn close_element(&mut self, reading: &mut Reading) {
        let Some((open, inlines)) = reading.open.pop() else { return };
        match open {
            Open::Paragraph => self.paragraph(inlines, ParagraphRole::Body),
            Open::Heading { level, counted } => {
                let listed = level == 2 && matches!(reading.listed, Listed::Headings | Listed::Both) || level == 1;
                self.heading(level, inlines, counted, false, listed);
            }
            Open::Strong => push(reading, Inline::Strong(inlines)),
            Open::Emphasis => push(reading, Inline::Emphasis(inlines)),
            Open::Cell => reading.table.row.push(Cell::plain(CellKind::Text, text_of(&inlines))),
            Open::Other => inlines.into_iter().for_each(|inline| push(reading, inline)),
        }
    }

    fn paragraph(&mut self, inlines: Vec<Inline>, role: ParagraphRole) {
        if !text_of(&inlines).trim().is_empty() {
            self.blocks.push(Block::Paragraph(Paragraph { role, inlines }));
        }
    }

    /// Text of a tight list item stands outside any paragraph; it becomes one before a nested list opens.
    fn flush_tight(&mut self, reading: &mut Reading) {
        if reading.lists.is_empty() {
            return;
        }
        if let Some((Open::Paragraph, inlines)) = reading.open.last_mut() {
            let inlines = std::mem::take(inlines);
            self.paragraph(inlines, ParagraphRole::Body);
        }
    }

    fn close_item(&mut self, reading: &mut Reading) {
        self.close_element(reading);
        let blocks = std::mem::take(&mut self.blocks);
        let depth = reading.lists.len();
        let numbering = &self.parts.profile.file.numbering;
        let pattern = if depth > 1 {
            numbering.subitem.clone().or_else(|| numbering.item.clone())
        } else {
            numbering.item.clone()
        };
        if let Some(list) = reading.lists.last_mut() {
            let number = list.items.len() + 1;
            let marker = pattern.filter(|_| list.ordered).map(|pattern| numbered(&pattern, number)).unwrap_or_default();
            list.items.push(ListItem { marker, blocks });
        }
    }

    fn close_list(&mut self, reading: &mut Reading) {
        if let Some(list) = reading.lists.pop() {
            self.blocks = list.outer;
            self.blocks.push(Block::List(List { items: list.items }));
        }
    }

    /// A table of the unit's own prose: plain text cells.
    fn close_table(&mut self, reading: &mut Reading) {
        let table = std::mem::take(&mut reading.table);
        let id = self.id("table");
        let mut head = table.head;
        for cell in &mut head {
            cell.kind = CellKind::Head;
        }
        self.blocks.push(Block::Table(Table {
            id,
            title: String::new(),
            title_level: None,
            label: String::new(),
            caption_left: String::new(),
            caption_right: String::new(),
            continued: String::new(),
            columns: head.iter().map(|_| Column { align: Align::Left, width: 1 }).collect(),
            head: vec![Row { role: RowRole::Head, cells: head }],
            body: table.rows.into_iter().map(|cells| Row { role: RowRole::Body, cells }).collect(),
            notes: Vec::new(),
            orientation: Orientation::Auto,
            head_columns: 1,
        }));
    }

    fn text(&mut self, text: &str, reading: &mut Reading) {
        for piece in pieces(text) {
            if let Piece::Reference(index) = piece
                && let Some(reference) = self.parts.references.get(index)
            {
                match reference {
                    Reference::Table(name) => self.tables(name, reading.listed),
                    Reference::Chart(name) => self.chart(name),
                    Reference::Figure { .. }
                    | Reference::Date(_)
                    | Reference::Code(_)
                    | Reference::Count(_)
                    | Reference::Literal(_) => {}
                }
            }
        }
        for inline in self.inlines_of(text) {
            push(reading, inline);
        }
    }
}

/// Appends an inline to the innermost open element.
fn push(reading: &mut Reading, inline: Inline) {
    if let Some((_, inlines)) = reading.open.last_mut() {
        match inline {
            Inline::Text(words) => push_text(inlines, &words),
            other => inlines.push(other),
        }
    }
}

/// `##` is the first level below a part.
const fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 | HeadingLevel::H6 => 5,
    }
}
