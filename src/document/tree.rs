//! The shapes of the tree. Everything is plain data; text is final (no marker, no reference, no unit left to add).

/// A finished disclosure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub meta: Meta,
    pub blocks: Vec<Block>,
}

/// What stands outside the running text: cover, metadata of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// The one title, as `单位名称 + 年度 + 单位决算`.
    pub title: String,
    /// The publishing body.
    pub author: String,
    /// Lines of the cover, top to bottom; empty means: no cover page, the title stands above the text.
    pub cover: Vec<String>,
    /// Lines at the foot of the cover (date, sign-off), may be empty.
    pub cover_foot: Vec<String>,
    /// ISO date that files carry in their metadata (`2024-02-05`); archival PDF demands one.
    pub date: Option<String>,
    /// ISO date of the release, where it is given; the only date that is printed.
    pub released: Option<String>,
    /// BCP 47 tag, `zh-CN`.
    pub language: String,
    /// Printed on every page when the document is not fit for release (`草稿`).
    pub watermark: Option<String>,
}

/// A block of the running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Contents(Contents),
    Heading(Heading),
    Paragraph(Paragraph),
    List(List),
    Table(Table),
    Chart(Chart),
    PageBreak,
}

impl Block {
    /// The table, if it is one.
    #[must_use]
    pub const fn table(&self) -> Option<&Table> {
        match self {
            Self::Table(table) => Some(table),
            Self::Contents(_)
            | Self::Heading(_)
            | Self::Paragraph(_)
            | Self::List(_)
            | Self::Chart(_)
            | Self::PageBreak => None,
        }
    }
}

/// 目录. Entries point at headings or tables by their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    pub title: String,
    pub entries: Vec<ContentsEntry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentsEntry {
    /// 1 for a part (第X部分), 2 for what stands below it.
    pub level: u8,
    /// Number and words, as printed: `一、收支总表`.
    pub text: String,
    pub target: Id,
}

/// An anchor, unique in the document: ASCII letters, digits and hyphens, begins with a letter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub String);

/// A heading. Levels are consecutive: the title of the document is the only h1, parts are level 1 here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub id: Id,
    /// 1 (第X部分) to 5.
    pub level: u8,
    /// `第一部分`, `一、`, `（一）`; printed before the text. Empty means none.
    pub number: String,
    pub text: Vec<Inline>,
    /// Begins a new page (parts).
    pub page_break: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    pub role: ParagraphRole,
    pub inlines: Vec<Inline>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphRole {
    /// Indented by two characters.
    Body,
    /// A note under a table or a statement of an empty one (注：…).
    Note,
    /// Set in the middle, no indent.
    Centred,
}

/// A list whose markers are computed text (`1、`, `（一）`); an empty marker is a bullet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    pub items: Vec<ListItem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    pub marker: String,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    Text(String),
    Strong(Vec<Inline>),
    Emphasis(Vec<Inline>),
    Figure(Figure),
    LineBreak,
}

/// A figure in the running text: what is printed and, where it is a value, the exact decimal behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub kind: FigureKind,
    /// As printed, unit included where the style has one: `2,181.31万元`.
    pub text: String,
    /// The exact value as a decimal string: 元 for amounts, the plain ratio for percents (`0.4613…`). None for codes and dates.
    pub raw: Option<String>,
    /// Address of the fact, opaque here.
    pub fact: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigureKind {
    Amount,
    Percent,
    Count,
    Code,
    Date,
    /// A digit sequence that no fact accounts for, declared as such by its author.
    Literal,
}

/// A compiled table. Spans are resolved: every row covers every column exactly once, counting spans from above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub id: Id,
    /// Title above the table (`收支总表`); empty means none.
    pub title: String,
    /// Heading level of the title where the title is a heading of the document (it then appears among the bookmarks); None: a plain caption.
    pub title_level: Option<u8>,
    /// Table number as the region prints it (`公开01表`), right above the table; empty means none.
    pub label: String,
    /// Line above the table: left side (`部门名称：…`), right side (`单位：万元`). Empty strings mean none.
    pub caption_left: String,
    pub caption_right: String,
    /// What the head of every further page says of the table (`续表`); empty means nothing.
    pub continued: String,
    pub columns: Vec<Column>,
    /// Head rows, repeated on every page.
    pub head: Vec<Row>,
    pub body: Vec<Row>,
    /// Notes below (注：…).
    pub notes: Vec<Paragraph>,
    pub orientation: Orientation,
    /// How many first columns name their row (row heads for screen readers and for the fixed column on a phone).
    pub head_columns: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub align: Align,
    /// Relative width, 1 = a figure column; names take 2 to 4.
    pub width: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
    /// On the decimal point.
    Decimal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    Auto,
    Portrait,
    Landscape,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub role: RowRole,
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowRole {
    Head,
    Body,
    Total,
    /// 栏次.
    Numbers,
    /// A row inside the body that names the cells below it (forms with several parts).
    Subhead,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub kind: CellKind,
    pub text: String,
    /// Exact decimal, as in [`Figure::raw`].
    pub raw: Option<String>,
    pub fact: Option<String>,
    pub colspan: usize,
    pub rowspan: usize,
    /// Steps of indentation of a name in a hierarchy.
    pub indent: u8,
    /// Overrides the alignment of the column.
    pub align: Option<Align>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    Amount,
    Percent,
    Count,
    Code,
    Text,
    /// Names what stands beside or below it.
    Head,
    Blank,
}

impl Cell {
    /// A cell without value or span.
    #[must_use]
    pub fn plain(kind: CellKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), raw: None, fact: None, colspan: 1, rowspan: 1, indent: 0, align: None }
    }
}

/// A chart, still as data: backends draw it as SVG with [`Chart::alt`] as its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    pub id: Id,
    pub kind: ChartKind,
    /// `图1：收入支出决算变动情况`.
    pub caption: String,
    /// Unit of the values as printed (`万元`).
    pub unit: String,
    pub points: Vec<Point>,
    /// What the picture says, in words, with its figures.
    pub alt: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Shares of a whole; [`Point::share`] is given.
    Pie,
    /// Upright bars side by side; points with one [`Point::group`] stand together.
    Bars,
    /// Lying bars, for long names.
    Rows,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub label: String,
    /// Points of one group stand together in a bar chart (a year, mostly); empty means no group.
    pub group: String,
    pub figure: Figure,
    /// Share of the whole, for pies.
    pub share: Option<Figure>,
}
