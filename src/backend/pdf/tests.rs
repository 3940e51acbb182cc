//! Documents in, PDF out: small ones, with the repository's own theme and fonts.

use super::sample::{body, document, heading, pie, table};
use super::{Fonts, Pdf, PdfProblem, Theme, print};
use crate::document::{Block, Cell, CellKind, Document, Row, RowRole, Table, validate};

const THEME: [(&str, &str); 3] = [
    ("main.typ", include_str!("../../../templates/theme/typst/main.typ")),
    ("table.typ", include_str!("../../../templates/theme/typst/table.typ")),
    ("faces.typ", include_str!("../../../templates/theme/typst/faces.typ")),
];

fn fonts() -> Fonts {
    Fonts::load([
        &include_bytes!("../../../assets/fonts/NotoSerifSC-Regular.otf")[..],
        include_bytes!("../../../assets/fonts/NotoSerifSC-Bold.otf"),
        include_bytes!("../../../assets/fonts/NotoSansSC-Regular.otf"),
        include_bytes!("../../../assets/fonts/DisclosureKai-Regular.ttf"),
    ])
}

fn printed(document: &Document) -> Result<Pdf, Vec<PdfProblem>> {
    print(document, &Theme::new(THEME), &fonts())
}

fn small() -> Document {
    let rows = table("t", "收支总表", "ld", &["项目|预算数"], Vec::new());
    document(vec![heading(1, "p", "第一部分", "部门概况"), body("正文。"), Block::Table(rows), pie()])
}

#[test]
fn the_same_document_gives_the_same_bytes_and_names_itself() {
    let first = printed(&small()).unwrap();
    assert_eq!(first, printed(&small()).unwrap());
    assert!(first.bytes.starts_with(b"%PDF-1.7"));
    let holds = |needle: &[u8]| first.bytes.windows(needle.len()).any(|window| window == needle);
    // The information dictionary is packed away; the XMP metadata stay readable.
    assert!(holds(b"<xmp:CreateDate>2024-02-05") && holds(b"<pdfuaid:part>1</pdfuaid:part>"));
}

#[test]
fn a_character_no_font_has_is_reported_with_the_text_around_it() {
    let problems = printed(&document(vec![body("联系人：王\u{20000}同志")])).unwrap_err();
    let expected =
        PdfProblem::MissingGlyph { character: '\u{20000}', around: "联系人：王\u{20000}同志".to_owned() };
    assert_eq!(problems, [expected]);
}

#[test]
fn a_mistake_in_the_theme_has_its_place() {
    let broken = Theme::new([("main.typ", "#let doc = json(\"document.json\")\n#doc.nope")]);
    let problems = print(&small(), &broken, &fonts()).unwrap_err();
    assert!(
        matches!(&problems[..], [PdfProblem::Theme { file, line: 2, message, .. }] if file == "main.typ" && message.contains("nope")),
        "{problems:?}"
    );
}

#[test]
fn a_theme_reads_nothing_but_its_own_files() {
    for path in ["/etc/hostname", "other.json", "../Cargo.toml"] {
        let source = format!("#read(\"{path}\")");
        assert!(print(&small(), &Theme::new([("main.typ", source.as_str())]), &fonts()).is_err(), "{path}");
    }
}

#[test]
fn no_font_no_theme_no_such_day_are_refused() {
    assert_eq!(print(&small(), &Theme::new(THEME), &Fonts::load([b""])).unwrap_err(), [PdfProblem::NoFont]);
    assert!(matches!(print(&small(), &Theme::new([]), &fonts()).unwrap_err()[..], [PdfProblem::Theme { .. }]));
    let mut undated = small();
    undated.meta.date = Some("2024-02-30".to_owned());
    assert_eq!(printed(&undated).unwrap_err(), [PdfProblem::Date { text: "2024-02-30".to_owned() }]);
}

#[test]
fn a_heading_level_left_out_is_refused_by_the_standard() {
    let skipped = document(vec![heading(1, "a", "", "一"), heading(3, "b", "", "三")]);
    assert!(matches!(&printed(&skipped).unwrap_err()[..], [PdfProblem::Theme { .. }, ..]));
}

#[test]
fn markup_in_a_text_is_printed_as_it_stands() {
    let source = "#panic(\"x\") *a* _b_ $c$ [d] @e <f> \\ // /* ` ~";
    assert!(printed(&document(vec![body(source)])).is_ok());
}

#[test]
fn a_document_without_cover_contents_or_date_is_printed() {
    let mut bare = small();
    bare.meta.cover = Vec::new();
    bare.meta.date = None;
    bare.meta.watermark = Some("草稿".to_owned());
    assert!(printed(&bare).is_ok_and(|pdf| pdf.pages >= 1));
}

/// A table of rows of words, every row the same.
fn of_rows(columns: &str, count: usize, cells: &[&str]) -> Table {
    let row = Row { role: RowRole::Body, cells: cells.iter().map(|text| Cell::plain(CellKind::Text, *text)).collect() };
    let mut made = table("t", "表", columns, &[], vec![row; count]);
    made.title_level = None;
    made
}

#[test]
fn figures_that_would_run_into_each_other_are_refused() {
    let crowded = of_rows(&"d".repeat(30), 2, &["123,456,789.01"; 30]);
    let problems = printed(&document(vec![Block::Table(crowded)])).unwrap_err();
    assert_eq!(problems, [PdfProblem::TooWide { table: "t".to_owned(), title: "表".to_owned() }]);
}

#[test]
fn rows_taller_than_a_page_are_printed_all_the_same() {
    let tall = of_rows("ll", 2, &["事项", &"确保待遇按时足额发放，".repeat(300)]);
    let mut joined = of_rows("ll", 300, &["行"]);
    joined.body[0].cells.insert(0, Cell { rowspan: 300, ..Cell::plain(CellKind::Head, "单位") });
    for (hard, pages) in [(tall, 3), (joined, 7)] {
        assert_eq!(validate(&document(vec![Block::Table(hard.clone())])), []);
        let printed = printed(&document(vec![Block::Table(hard)])).unwrap();
        assert!(printed.pages > pages, "{} pages", printed.pages);
    }
}
