//! Text-to-text pairs: a small document in, its page out.

use super::*;
use crate::document::{
    Align, Block, Cell, CellKind, Column, Contents, ContentsEntry, Figure, FigureKind, Heading, Id, Inline, List,
    ListItem, Orientation, Paragraph, ParagraphRole, Row, RowRole, Table,
};

const THEME: Theme<'_> = Theme { css: "p { margin: 0 }", script: "" };

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.into())]
}

fn paragraph(inlines: Vec<Inline>) -> Block {
    Block::Paragraph(Paragraph { role: ParagraphRole::Body, inlines })
}

fn heading(id: &str, level: u8, number: &str, words: &str) -> Block {
    Block::Heading(Heading {
        id: Id(id.into()),
        level,
        number: number.into(),
        text: text(words),
        page_break: level == 1,
    })
}

fn document(blocks: Vec<Block>) -> Document {
    let meta = Meta {
        title: "某中心2024年度单位决算".into(),
        author: "某中心".into(),
        cover: vec!["某中心".into(), "2024年度单位决算".into()],
        cover_foot: Vec::new(),
        date: Some("2025-09-05".into()),
        released: Some("2025-09-05".into()),
        language: "zh-CN".into(),
        watermark: None,
    };
    Document { meta, blocks }
}

/// What stands in `main`.
fn printed(blocks: Vec<Block>) -> String {
    let page = print(&document(blocks), &THEME);
    let (_, rest) = page.split_once("<main id=\"text\">\n").unwrap_or_default();
    rest.split_once("</main>").unwrap_or_default().0.trim_end().to_owned()
}

fn head_cell(words: &str, colspan: usize, rowspan: usize) -> Cell {
    Cell { colspan, rowspan, ..Cell::plain(CellKind::Head, words) }
}

fn amount(words: &str) -> Cell {
    Cell { raw: Some("12345000".into()), fact: Some("总计".into()), ..Cell::plain(CellKind::Amount, words) }
}

fn row(role: RowRole, cells: Vec<Cell>) -> Row {
    Row { role, cells }
}

fn table(title: &str, columns: usize, head: Vec<Row>, body: Vec<Row>) -> Table {
    let column = |at| Column { align: if at == 0 { Align::Left } else { Align::Decimal }, width: 1 };
    Table {
        id: Id("t1".into()),
        title: title.into(),
        title_level: Some(2),
        label: String::new(),
        caption_left: String::new(),
        caption_right: "单位：万元".into(),
        continued: String::new(),
        columns: (0..columns).map(column).collect(),
        head,
        body,
        notes: Vec::new(),
        orientation: Orientation::Auto,
        head_columns: 1,
    }
}

#[test]
fn the_page_has_language_policy_landmarks_and_one_h1() {
    let page = print(&document(vec![heading("a", 1, "第一部分", "概况")]), &THEME);
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">"));
    assert_eq!(page.matches("<h1>").count(), 1);
    assert!(page.contains("<h1><span>某中心</span><span>2024年度单位决算</span></h1>"));
    for part in [
        "default-src 'none'",
        "name=\"viewport\"",
        "<header",
        "<nav ",
        "<main ",
        "<footer>",
        "<time datetime=\"2025-09-05\">2025年9月5日</time>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    for never in ["http:", "https:", " onclick", "url(", "<link", " src="] {
        assert!(!page.contains(never), "{never}");
    }
}

#[test]
fn a_draft_says_so_and_a_release_does_not() {
    let mut draft = document(Vec::new());
    assert!(!print(&draft, &THEME).contains("草稿"));
    draft.meta.watermark = Some("草稿".into());
    assert!(print(&draft, &THEME).contains("<p class=\"draft\">草稿</p>"));
}

#[test]
fn hostile_text_stays_text() {
    let page = printed(vec![paragraph(text("</main><script>alert(1)</script>&amp;\"")), heading("a", 1, "<b>", "<i>")]);
    assert!(page.contains("&lt;/main&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&quot;"), "{page}");
    assert!(!page.contains("<b>") && !page.contains("<i>"));
}

#[test]
fn a_figure_carries_its_value_and_its_address() {
    let figure = |raw: Option<&str>| {
        let figure = Figure {
            kind: FigureKind::Amount,
            text: "1,234.50万元".into(),
            raw: raw.map(Into::into),
            fact: Some("收入/总计".into()),
        };
        printed(vec![paragraph(vec![Inline::Figure(figure)])])
    };
    assert_eq!(
        figure(Some("12345000")),
        "<p><data value=\"12345000\" class=\"figure amount\" data-fact=\"收入/总计\">1,234.50万元</data></p>"
    );
    assert_eq!(figure(None), "<p><span class=\"figure amount\" data-fact=\"收入/总计\">1,234.50万元</span></p>");
}

#[test]
fn a_table_names_its_rows_and_columns() {
    let head = vec![
        row(RowRole::Head, vec![head_cell("项目", 1, 2), head_cell("支出", 2, 1)]),
        row(RowRole::Head, vec![head_cell("小计", 1, 1), head_cell("", 1, 1)]),
        row(RowRole::Numbers, vec![head_cell("栏次", 1, 1), head_cell("1", 1, 1), head_cell("2", 1, 1)]),
    ];
    let body = vec![row(
        RowRole::Total,
        vec![Cell::plain(CellKind::Text, "合计"), amount("1,234.50"), Cell::plain(CellKind::Blank, "")],
    )];
    let page = printed(vec![Block::Table(table("收支总表", 3, head, body))]);
    for part in [
        "<div class=\"frame\" role=\"region\" tabindex=\"0\" aria-labelledby=\"t1_title\">",
        "<h3 id=\"t1_title\" class=\"title\">收支总表</h3>",
        "<colgroup><col class=\"w1\"></colgroup><colgroup><col class=\"w1\"><col class=\"w1\"></colgroup>",
        "<th class=\"t m h0\" scope=\"col\" rowspan=\"2\">项目</th>",
        "<th class=\"t m\" scope=\"colgroup\" colspan=\"2\">支出</th>",
        "<th class=\"t m\" scope=\"col\">小计</th><td class=\"t m\"></td>",
        "<tr class=\"numbers\"><td class=\"t m h0\">栏次</td>",
        "<tr class=\"total\"><th class=\"t h0 w1\" scope=\"row\">合计</th>",
        "<td class=\"n r\" data-fact=\"总计\" data-raw=\"12345000\">1,234.50</td><td class=\"r\"></td>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn merged_rows_are_a_group_under_their_head() {
    let name = |words: &str, rowspan| Cell { rowspan, ..Cell::plain(CellKind::Text, words) };
    let body = vec![
        row(RowRole::Body, vec![name("甲", 1), amount("1.00")]),
        row(RowRole::Body, vec![name("乙", 2), amount("2.00")]),
        row(RowRole::Body, vec![amount("3.00")]),
        row(RowRole::Body, vec![name("丙", 1), amount("4.00")]),
    ];
    let page = printed(vec![Block::Table(table("表", 2, Vec::new(), body))]);
    assert_eq!(page.matches("<tbody>").count(), 3);
    assert!(page.contains("scope=\"rowgroup\" rowspan=\"2\">乙</th>"), "{page}");
    assert!(page.contains("scope=\"row\">丙</th>"), "{page}");
}

#[test]
fn frames_of_tables_with_one_title_or_none_have_their_own_names() {
    let own =
        |id: &str, title: &str| Block::Table(Table { id: Id(id.into()), ..table(title, 1, Vec::new(), Vec::new()) });
    let page = printed(vec![heading("a", 1, "附件", "绩效"), own("t1", "自评表"), own("t2", "自评表"), own("t3", "")]);
    assert!(page.contains("aria-labelledby=\"t1_title\""));
    assert!(page.contains("aria-label=\"自评表（2）\""));
    assert!(page.contains("aria-label=\"附件 绩效，表3\""));
    assert!(page.contains("<span class=\"unseen\">附件 绩效，表3</span>"));
}

#[test]
fn markers_are_words() {
    let item = |marker: &str| ListItem { marker: marker.into(), blocks: vec![paragraph(text("甲"))] };
    let page = printed(vec![Block::List(List { items: vec![item("（一）"), item("1."), item("")] })]);
    assert!(page.contains("<li><p><span class=\"marker\">（一）</span>甲</p></li>"));
    assert!(page.contains("<li><p><span class=\"marker\">1.</span> 甲</p></li>"));
    assert!(page.contains("<li class=\"bullet\"><p>甲</p></li>"));
}

#[test]
fn contents_are_nested_and_come_from_headings_where_there_are_none() {
    let nav = |blocks| {
        let page = print(&document(blocks), &THEME);
        let (_, rest) = page.split_once("<ol>").unwrap_or_default();
        rest.split_once("</details>").unwrap_or_default().0.replace('\n', "")
    };
    let wanted = "<li><a href=\"#a\">第一部分 概况</a><ol><li><a href=\"#b\">一、职能</a></li></ol></li></ol>";
    let headings =
        || vec![heading("a", 1, "第一部分", "概况"), heading("b", 2, "一、", "职能"), heading("c", 3, "1.", "细目")];
    assert_eq!(nav(headings()), wanted);
    let entry =
        |level, words: &str, target: &str| ContentsEntry { level, text: words.into(), target: Id(target.into()) };
    let entries = vec![entry(2, "一、职能", "b"), entry(1, "第一部分 概况", "a")];
    let mut blocks = vec![Block::Contents(Contents { title: "目录".into(), entries })];
    blocks.extend(headings());
    assert_eq!(nav(blocks), "<li><a href=\"#b\">一、职能</a></li><li><a href=\"#a\">第一部分 概况</a></li></ol>");
}
