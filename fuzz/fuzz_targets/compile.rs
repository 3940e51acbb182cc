//! Any bytes as one source file of a disclosure: the compiler may complain, never panic, and point only into files.

#![no_main]

use std::{collections::BTreeMap, path::PathBuf};

use disclosure::{
    compile::compile,
    source::{ReadError, World},
    workspace::{Disk, Workspace},
};
use libfuzzer_sys::fuzz_target;

/// The gallery's budget with one file replaced; templates come from the program.
struct Fuzzed {
    files: BTreeMap<String, Vec<u8>>,
    below: Disk,
}

impl World for Fuzzed {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        match self.files.get(path) {
            Some(bytes) => Ok(bytes.clone()),
            None => self.below.read(path),
        }
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let root = format!("{}/", folder.trim_end_matches('/'));
        let own = self.files.keys().filter_map(|path| path.strip_prefix(&root));
        let mut names: Vec<String> = own
            .map(|rest| rest.split_once('/').map_or_else(|| rest.to_owned(), |(name, _)| format!("{name}/")))
            .chain(self.below.list(folder))
            .collect();
        names.sort();
        names.dedup();
        names
    }
}

const FILES: &[(&str, &[u8])] = &[
    ("disclosure.yaml", include_bytes!("../../tests/gallery/budget/disclosure.yaml")),
    ("unit.yaml", include_bytes!("../../tests/gallery/budget/unit.yaml")),
    ("reasons.yaml", include_bytes!("../../tests/gallery/budget/reasons.yaml")),
    ("ledgers/expenditure.yaml", include_bytes!("../../tests/gallery/budget/ledgers/expenditure.yaml")),
    ("ledgers/income.yaml", include_bytes!("../../tests/gallery/budget/ledgers/income.yaml")),
    ("ledgers/stated.yaml", include_bytes!("../../tests/gallery/budget/ledgers/stated.yaml")),
    ("projects/audit.yaml", include_bytes!("../../tests/gallery/budget/projects/audit.yaml")),
    ("glossary.yaml", include_bytes!("../../tests/gallery/budget/glossary.yaml")),
    ("ledgers/assets.yaml", include_bytes!("../../tests/gallery/budget/ledgers/assets.yaml")),
    ("ledgers/balances.yaml", include_bytes!("../../tests/gallery/budget/ledgers/balances.yaml")),
    ("ledgers/procurement.yaml", include_bytes!("../../tests/gallery/budget/ledgers/procurement.yaml")),
    ("ledgers/three-public.yaml", include_bytes!("../../tests/gallery/budget/ledgers/three-public.yaml")),
];

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let below = Disk::new(&Workspace { root: PathBuf::from(env!("CARGO_MANIFEST_DIR")) });
    let named = FILES.iter().map(|(name, bytes)| (format!("data/fuzz/{name}"), bytes.to_vec()));
    let mut files: BTreeMap<String, Vec<u8>> = named.collect();
    files.insert(format!("data/fuzz/{}", FILES[usize::from(*first) % FILES.len()].0), rest.to_vec());
    let compiled = compile(&Fuzzed { files, below }, "fuzz", None);
    for place in compiled.diagnostics.iter().flat_map(|finding| &finding.places) {
        let text = &compiled.sources.get(place.span.file).text;
        assert!(text.get(place.span.start as usize..place.span.end as usize).is_some());
    }
});
