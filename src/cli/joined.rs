//! `gen verify` and `gen merge`: output folders as wholes.

use std::path::{Path, PathBuf};

use crate::workspace::{Assets, Disk, Workspace, lock, merge as join, recover, said, verify as compare};

use super::{
    Exit,
    arguments::{MergeOptions, VerifyOptions},
    talk::{line_err, line_out},
};

/// The named folder, else the workspace's `out`.
fn folder(named: Option<&Path>) -> Result<PathBuf, Exit> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    let here = std::env::current_dir().map_err(|_| Exit::Internal)?;
    Workspace::find(&here).map(|workspace| workspace.root.join("out")).map_err(|error| {
        line_err(&format!("错误：{error}"));
        Exit::Usage
    })
}

/// Compares an output folder with its manifests and sums.
pub(super) fn verify(options: &VerifyOptions) -> Exit {
    let out = match folder(options.out.as_deref()) {
        Ok(out) => out,
        Err(exit) => return exit,
    };
    match compare(&out) {
        Ok(verified) => {
            verified.problems.iter().for_each(|problem| line_out(problem));
            line_err(&format!(
                "{} 份公开，{} 个文件与 SHA256SUMS 相符，{} 处不符。",
                verified.disclosures,
                verified.files,
                verified.problems.len()
            ));
            if verified.problems.is_empty() { Exit::Fine } else { Exit::Findings }
        }
        Err(error) => {
            line_err(&format!("错误：核对不了 {}：{}", out.display(), said(&error)));
            Exit::Usage
        }
    }
}

/// Joins output folders.
pub(super) fn merge(options: &MergeOptions) -> Exit {
    let out = match folder(options.out.as_deref()) {
        Ok(out) => out,
        Err(exit) => return exit,
    };
    let waiting = || line_err(&format!("{} 正由另一次运行使用，等它结束……", out.display()));
    let joined = lock(&out, waiting).and_then(|lock| {
        recover(&out)?;
        let here = std::env::current_dir()?;
        let workspace = Workspace::find(&here).unwrap_or(Workspace { root: here });
        let assets = Assets::load(&Disk::new(&workspace), Vec::new());
        let count = join(&options.parts, &out, &assets.theme().html)?;
        drop(lock);
        Ok(count)
    });
    match joined {
        Ok(count) => {
            line_err(&format!("合并 {} 个文件夹，共 {count} 份公开。", options.parts.len()));
            Exit::Fine
        }
        Err(error) => {
            line_err(&format!("错误：合并不了：{}", said(&error)));
            Exit::Findings
        }
    }
}
