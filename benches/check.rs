//! How long the findings of 300 disclosures take: `cargo bench --bench check`. No backend runs.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "a measurement, not the program"
)]

use std::{path::PathBuf, time::Instant};

use disclosure::{
    compile::Library,
    workspace::{Disk, Workspace},
};

fn main() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let workspace = Workspace { root };
    let disk = Disk::new(&workspace);
    let slugs = workspace.slugs();
    let library = Library::default();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let start = Instant::now();
    let findings: usize = std::thread::scope(|scope| {
        let parts: Vec<_> = (0..threads)
            .map(|thread| {
                let (disk, slugs, library) = (&disk, &slugs, &library);
                scope.spawn(move || {
                    (thread..300)
                        .step_by(threads)
                        .map(|index| library.compile(disk, &slugs[index % slugs.len()], None).diagnostics.len())
                        .sum::<usize>()
                })
            })
            .collect();
        parts.into_iter().map(|part| part.join().unwrap()).sum()
    });
    let milliseconds = start.elapsed().as_millis();
    println!("300 disclosures, {findings} findings, {threads} threads: {milliseconds} ms");
}
