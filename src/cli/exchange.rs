//! `gen import` and `gen export`: spreadsheets to ledgers and back.

use std::{fs, path::Path};

use crate::{
    diagnostic::{self, Diagnostic},
    import::{Ledger, Mapping, Wishes, import as read},
    source::{Problem, Sources, World as _},
    workspace::{Disk, Workspace, replace, said},
};

use super::{
    Exit,
    arguments::{ExportOptions, ImportOptions},
    talk::{coloured, line_err, line_out},
};

/// The mapping every import knows.
const DEFAULT: &str = "default";

/// Turns a spreadsheet into a ledger file.
pub(super) fn import(options: &ImportOptions) -> Exit {
    let prepared = mapping(&options.mapping).and_then(|mapping| {
        let bytes =
            fs::read(&options.file).map_err(|error| format!("读不了 {}：{}", options.file.display(), said(&error)))?;
        Ok((mapping, bytes))
    });
    let (mapping, bytes) = match prepared {
        Ok(prepared) => prepared,
        Err(message) => {
            line_err(&format!("错误：{message}"));
            return Exit::Usage;
        }
    };
    let name = options.file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let wishes = Wishes { sheet: options.sheet.clone(), unit: options.unit, ignore: options.ignore.clone() };
    match read(name, bytes, &mapping, options.stage, &wishes) {
        Ok(ledger) => {
            line_err(&format!("{name}：{} 行，单位{}。", ledger.entries.len(), ledger.unit.term()));
            put(options.out.as_deref(), &ledger.to_yaml(name))
        }
        Err(problems) => {
            for problem in &problems {
                line_err(&format!("错误：{problem}"));
            }
            line_err(&format!("有 {} 处要改，没有导入。", problems.len()));
            Exit::Findings
        }
    }
}

/// The mapping built in (or the workspace's in its place), and what the named one adds to it.
fn mapping(name: &str) -> Result<Mapping, String> {
    let here = std::env::current_dir().map_err(|error| said(&error))?;
    let workspace = Workspace::find(&here).unwrap_or(Workspace { root: here });
    let disk = Disk::new(&workspace);
    let read = |name: &str, base: Option<Mapping>| {
        let path = format!("templates/import/{name}.yaml");
        let bytes = disk.read(&path).map_err(|_| format!("没有对照文件 {path}"))?;
        let text = String::from_utf8_lossy(&bytes);
        Mapping::read(&text, base)
            .map_err(|problems| format!("对照文件 {path} 写得不对：\n{}", told(&path, &text, problems)))
    };
    let base = read(DEFAULT, None)?;
    if name == DEFAULT { Ok(base) } else { read(name, Some(base)) }
}

/// Problems of a YAML file with its lines.
fn told(path: &str, text: &str, problems: Vec<Problem>) -> String {
    let mut sources = Sources::default();
    sources.add(path, text);
    let found: Vec<Diagnostic> = problems.into_iter().map(Diagnostic::from).collect();
    diagnostic::human(&found, &sources, coloured())
}

/// Turns a ledger file into CSV.
pub(super) fn export(options: &ExportOptions) -> Exit {
    let text = match fs::read_to_string(&options.file) {
        Ok(text) => text,
        Err(error) => {
            line_err(&format!("错误：读不了 {}：{}", options.file.display(), said(&error)));
            return Exit::Usage;
        }
    };
    match Ledger::from_yaml(&text).map(|ledger| ledger.to_csv()) {
        Ok(Ok(csv)) => put(options.out.as_deref(), &csv),
        Ok(Err(error)) => {
            line_err(&format!("错误：{error}"));
            Exit::Internal
        }
        Err(problems) => {
            let path = options.file.display().to_string();
            line_err(&told(&path, &text, problems));
            line_err(&format!("错误：{path} 写得不对，没有导出。"));
            Exit::Findings
        }
    }
}

/// To a file, else to standard output.
fn put(out: Option<&Path>, text: &str) -> Exit {
    let Some(out) = out else {
        line_out(text);
        return Exit::Fine;
    };
    match replace(out, text.as_bytes()) {
        Ok(()) => Exit::Fine,
        Err(error) => {
            line_err(&format!("错误：写不了 {}：{}", out.display(), said(&error)));
            Exit::Internal
        }
    }
}
