//! JSON Schemas of everything a user writes, for editors. The descriptions are the doc comments of the records.

use schemars::{JsonSchema, SchemaGenerator};

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
        ("table", schema::<TableSpec>()),
        ("chart", schema::<ChartSpec>()),
    ]
}

fn schema<T: JsonSchema>() -> String {
    let root = SchemaGenerator::default().into_root_schema_for::<T>();
    serde_json::to_string_pretty(&root).map(|text| text + "\n").unwrap_or_default()
}
