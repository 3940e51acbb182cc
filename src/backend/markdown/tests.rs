//! Text-to-text pairs: a small document in, its Markdown out.

use super::*;
use crate::document::{
    Align, Cell, CellKind, ChartKind, Column, ContentsEntry, Figure, FigureKind, Orientation, Row, RowRole,
};

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.into())]
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(Paragraph { role: ParagraphRole::Body, inlines: text(words) })
}

fn heading(id: &str, level: u8, number: &str, words: &str) -> Block {
    Block::Heading(Heading { id: Id(id.into()), level, number: number.into(), text: text(words), page_break: false })
}

fn document(blocks: Vec<Block>) -> Document {
    let meta = Meta {
        title: "某中心2024年度单位决算".into(),
        author: "某中心".into(),
        cover: vec!["某中心".into(), "2024年度单位决算".into()],
        cover_foot: Vec::new(),
        date: None,
        released: None,
        language: "zh-CN".into(),
        watermark: None,
    };
    Document { meta, blocks }
}

fn table(title_level: Option<u8>) -> Table {
    let row = |role, name: &str, amount: &str| Row {
        role,
        cells: vec![Cell::plain(CellKind::Text, name), Cell::plain(CellKind::Amount, amount)],
    };
    Table {
        id: Id("t1".into()),
        title: "收支总表".into(),
        title_level,
        label: "公开01表".into(),
        caption_left: "单位：某中心".into(),
        caption_right: "单位：万元".into(),
        continued: String::new(),
        columns: vec![Column { align: Align::Left, width: 3 }, Column { align: Align::Decimal, width: 1 }],
        head: vec![row(RowRole::Head, "项目", "决算数")],
        body: vec![row(RowRole::Total, "合计", "1,234.50")],
        notes: vec![Paragraph { role: ParagraphRole::Note, inlines: text("注：本表反映总收支。") }],
        orientation: Orientation::Auto,
        head_columns: 1,
    }
}

/// What is printed below the title.
fn printed(blocks: Vec<Block>) -> String {
    let text = print(&document(blocks));
    text.strip_prefix("# 某中心2024年度单位决算\n\n").unwrap_or(&text).trim_end().to_owned()
}

#[test]
fn headings_have_number_and_words_on_one_line() {
    let blocks = vec![
        heading("a", 1, "第一部分", "单位概况"),
        heading("b", 2, "一、", "主要职能"),
        heading("c", 3, "1.", "甲#乙"),
    ];
    assert_eq!(printed(blocks), "## 第一部分 单位概况\n\n### 一、主要职能\n\n#### 1. 甲#乙");
}

#[test]
fn contents_link_to_the_slugs_of_headings() {
    let entry =
        |level, words: &str, target: &str| ContentsEntry { level, text: words.into(), target: Id(target.into()) };
    let contents = Contents {
        title: "目录".into(),
        entries: vec![entry(1, "第一部分 概况", "a"), entry(2, "一、职能", "b"), entry(2, "收支总表", "t1")],
    };
    let blocks = vec![
        Block::Contents(contents),
        heading("a", 1, "第一部分", "概况"),
        heading("b", 2, "一、", "职能"),
        Block::Table(table(None)),
    ];
    let text = printed(blocks);
    assert!(
        text.starts_with(
            "## 目录\n\n- [第一部分 概况](#第一部分-概况)\n  - [一、职能](#一职能)\n  - [收支总表](#t1)\n\n## 第一部分"
        ),
        "{text}"
    );
    assert!(text.contains("\n\n<a id=\"t1\"></a>\n\n**收支总表**\n\n"), "what is no heading has an anchor: {text}");
}

#[test]
fn a_table_has_its_lines_above_and_its_notes_below() {
    let pipes = "| 项目 | 决算数 |\n|:---|---:|\n| 合计 | 1,234.50 |";
    let line = "单位：某中心　　公开01表　　单位：万元";
    assert_eq!(
        printed(vec![Block::Table(table(Some(2)))]),
        format!("### 收支总表\n\n{line}\n\n{pipes}\n\n注：本表反映总收支。")
    );
    assert!(printed(vec![Block::Table(table(None))]).starts_with("**收支总表**\n\n"));
}

#[test]
fn markers_are_text_and_bullets_are_bullets() {
    let item = |marker: &str, words: &str| ListItem { marker: marker.into(), blocks: vec![paragraph(words)] };
    let nested = ListItem {
        marker: "（一）".into(),
        blocks: vec![paragraph("甲"), Block::List(List { items: vec![item("1.", "乙"), item("1、", "丙")] })],
    };
    let bullets = List { items: vec![item("", "丁"), item("", "戊")] };
    assert_eq!(
        printed(vec![Block::List(List { items: vec![nested] }), Block::List(bullets)]),
        "（一）甲\n\n1\\. 乙\n\n1、丙\n\n- 丁\n- 戊"
    );
}

#[test]
fn stress_next_to_quotation_marks_is_a_tag() {
    let strong = |words: &str| Inline::Strong(text(words));
    let run = vec![
        strong("人员经费"),
        Inline::Text("与".into()),
        strong("“三公”经费"),
        Inline::LineBreak,
        Inline::Text("- 甲".into()),
    ];
    let block = Block::Paragraph(Paragraph { role: ParagraphRole::Body, inlines: run });
    assert_eq!(printed(vec![block]), "**人员经费**与<strong>“三公”经费</strong><br>\n\\- 甲");
}

#[test]
fn a_chart_is_words_and_caption_and_no_table() {
    let figure =
        Figure { kind: FigureKind::Amount, text: "12.00万元".into(), raw: Some("120000".into()), fact: None };
    let chart = Chart {
        id: Id("c".into()),
        kind: ChartKind::Pie,
        caption: "图1：支出构成".into(),
        unit: "万元".into(),
        points: vec![crate::document::Point {
            label: "基本支出".into(), group: String::new(), figure, share: None
        }],
        alt: "基本支出12.00万元。".into(),
    };
    assert_eq!(printed(vec![Block::Chart(chart)]), "> 基本支出12.00万元。\n\n图1：支出构成");
}

#[test]
fn the_cover_prints_only_what_the_title_lacks() {
    let mut release = document(Vec::new());
    assert_eq!(print(&release), "# 某中心2024年度单位决算\n");
    release.meta.cover.push("（公开稿）".into());
    release.meta.cover_foot.push("2025年9月".into());
    release.meta.watermark = Some("草稿".into());
    assert_eq!(print(&release), "# 某中心2024年度单位决算\n\n**【草稿】**\n\n（公开稿）\n\n2025年9月\n");
}
