//! Documents in, JSON out.

use super::emit;
use crate::backend::pdf::sample::{body, disclosure, document, heading, table};
use crate::document::{Block, Contents, ContentsEntry, Id, Inline, Paragraph, ParagraphRole, validate};

fn json(blocks: Vec<Block>) -> serde_json::Value {
    serde_json::from_str(&emit(&document(blocks))).unwrap()
}

#[test]
fn the_sample_is_a_valid_document_and_gives_the_same_json_twice() {
    assert_eq!(validate(&disclosure()), []);
    assert_eq!(emit(&disclosure()), emit(&disclosure()));
}

#[test]
fn markup_stays_text() {
    let source = "#import \"x\"; *strong* $a$ <b> @c \\ [d]";
    let value = json(vec![body(source)]);
    assert_eq!(value["sheets"][0]["blocks"][0]["inlines"][0], source);
}

#[test]
fn faces_wrap_their_text_and_figures_are_plain_words() {
    let inlines = vec![Inline::Strong(vec![Inline::Text("一是".to_owned())]), Inline::LineBreak];
    let paragraph = Block::Paragraph(Paragraph { role: ParagraphRole::Centred, inlines });
    let value = json(vec![paragraph]);
    let expected = serde_json::json!({
        "kind": "paragraph", "role": "centred", "inlines": [{ "strong": ["一是"] }, { "line_break": true }],
    });
    assert_eq!(value["sheets"][0]["blocks"][0], expected);
}

#[test]
fn a_table_the_contents_name_gets_a_heading_below_the_last_one() {
    let mut plain = table("t", "收支总表", "ld", &["项目|预算数"], Vec::new());
    plain.title_level = None;
    let entry = ContentsEntry { level: 2, text: "一、收支总表".to_owned(), target: Id("t".to_owned()) };
    let contents = Block::Contents(Contents { title: "目录".to_owned(), entries: vec![entry] });
    let blocks = vec![heading(1, "p", "第一部分", "表"), Block::Table(plain.clone())];
    let unnamed = json(blocks.clone());
    assert_eq!(unnamed["sheets"][0]["blocks"][1]["level"], serde_json::Value::Null);
    let named = json([vec![contents.clone()], blocks.clone()].concat());
    assert_eq!(named["sheets"][0]["blocks"][1]["level"], 2);
    assert_eq!(named["contents"]["entries"][0]["target"], "t");
    plain.title = String::new();
    let untitled = json([vec![contents], blocks[..1].to_vec(), vec![Block::Table(plain)]].concat());
    assert_eq!(untitled["sheets"][0]["blocks"][1]["title"], "一、收支总表");
    assert_eq!(untitled["sheets"][0]["blocks"][1]["level"], 2);
}

#[test]
fn every_cell_knows_its_place_and_what_it_names() {
    let value = emit(&disclosure());
    let value: serde_json::Value = serde_json::from_str(&value).unwrap();
    let blocks: Vec<&serde_json::Value> =
        value["sheets"].as_array().unwrap().iter().flat_map(|sheet| sheet["blocks"].as_array().unwrap()).collect();
    let spending = blocks.iter().find(|block| block["id"] == "table-3").unwrap();
    let first = &spending["body"][1]["cells"];
    assert_eq!(first[0], serde_json::json!({ "text": "200", "align": "left", "names": "row" }));
    assert_eq!(first[2], serde_json::json!({ "text": "2000.31", "align": "right" }));
    assert_eq!(spending["body"][2]["cells"][1]["indent"], 1);
    let three = blocks.iter().find(|block| block["id"] == "table-4").unwrap();
    assert_eq!(three["head"][1]["cells"][2]["colspan"], 3);
    assert_eq!(three["body"][0]["cells"][1]["text"], "0");
    assert!(three["body"][0]["cells"][5]["white"].is_null());
    assert!(three["body"][1]["cells"][5]["white"].as_i64().unwrap() > 0);
}

#[test]
fn lying_and_upright_blocks_stand_on_sheets_of_their_own() {
    let value: serde_json::Value = serde_json::from_str(&emit(&disclosure())).unwrap();
    let lying: Vec<bool> =
        value["sheets"].as_array().unwrap().iter().map(|sheet| sheet["landscape"].as_bool().unwrap()).collect();
    assert!(lying.contains(&true) && !lying[0], "{lying:?}");
}
