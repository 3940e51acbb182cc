//! JSON Schemas of everything a user writes, for editors. The descriptions are the doc comments of the records.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

use crate::{
    model::files::{
        AssetsFile, DisclosureFile, GlossaryFile, LedgerFile, ProcurementFile, ProjectFile, ReasonsFile, StatedFile,
        ThreePublicFile, UnitFile,
    },
    profile::{ChartSpec, ProfileFile, TableSpec},
};

/// File name (without ending) and pretty JSON of each schema.
#[must_use]
pub fn schemas() -> Vec<(&'static str, String)> {
    vec![
        ("disclosure", schema::<DisclosureFile>()),
        ("unit", schema::<UnitFile>()),
        ("ledger", schema::<LedgerFile>()),
        ("stated", schema::<StatedFile>()),
        ("procurement", schema::<ProcurementFile>()),
        ("assets", schema::<AssetsFile>()),
        ("three-public", schema::<ThreePublicFile>()),
        ("reasons", schema::<ReasonsFile>()),
        ("glossary", schema::<GlossaryFile>()),
        ("project", schema::<ProjectFile>()),
        ("profile", schema::<ProfileFile>()),
        ("table", pretty(&with_pieces(root::<TableSpec>()))),
        ("chart", schema::<ChartSpec>()),
    ]
}

fn schema<T: JsonSchema>() -> String {
    pretty(&root::<T>())
}

fn root<T: JsonSchema>() -> Schema {
    SchemaGenerator::default().into_root_schema_for::<T>()
}

fn pretty(schema: &Schema) -> String {
    serde_json::to_string_pretty(schema).map(|text| text + "\n").unwrap_or_default()
}

/// What is resolved before a table is read: `{use: piece}` wherever a list of columns, bands or rows stands, and a table
/// without a title that extends another one.
fn with_pieces(table: Schema) -> Schema {
    let mut table = table.to_value();
    let piece = json!({
        "type": "object",
        "description": "pieces.yaml 里的组件，在此展开",
        "properties": { "use": { "description": "组件名称", "type": "string" } },
        "required": ["use"],
        "additionalProperties": false,
    });
    allow(&mut table, &piece);
    if let Some(table) = table.as_object_mut() {
        table.remove("required");
        table.insert("anyOf".to_owned(), json!([{ "required": ["title"] }, { "required": ["extends"] }]));
    }
    Schema::try_from(table).unwrap_or_default()
}

fn allow(schema: &mut Value, piece: &Value) {
    match schema {
        Value::Object(keys) => {
            let reference = keys.get("items").and_then(|items| items.get("$ref")).and_then(Value::as_str);
            if reference.is_some_and(|name| ["ColumnSpec", "BandSpec", "RowSpec"].iter().any(|own| name.ends_with(own)))
                && let Some(items) = keys.get_mut("items")
            {
                *items = json!({ "anyOf": [items.take(), piece] });
            } else {
                keys.values_mut().for_each(|inner| allow(inner, piece));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|inner| allow(inner, piece)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
