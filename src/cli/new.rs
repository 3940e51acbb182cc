//! `gen new` and `gen schema`.

use std::path::Path;

use crate::{
    compile::schemas,
    period::{FiscalYear, Kind},
    source::World as _,
    workspace::{Disk, NewFile, Start, Workspace, advance, establish, replace, said, skeleton},
};

use super::{
    Exit,
    arguments::{NewOptions, SchemaOptions},
    talk::{line_err, line_out},
};

/// Makes a new folder under `data/`.
pub(super) fn new(options: &NewOptions) -> Exit {
    match files(options) {
        Ok((workspace, files)) => write(&workspace, options, &files),
        Err(message) => {
            line_err(&format!("错误：{message}"));
            Exit::Usage
        }
    }
}

fn files(options: &NewOptions) -> Result<(Workspace, Vec<NewFile>), String> {
    let here = std::env::current_dir().map_err(|error| said(&error))?;
    // A first disclosure makes the workspace.
    let workspace = Workspace::find(&here).unwrap_or(Workspace { root: here });
    let slug = &options.slug;
    if slug.is_empty() || !slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        return Err(format!("“{slug}”不能作文件夹名：只用小写字母、数字和连字符，如 anyang-2025-budget"));
    }
    if workspace.root.join("data").join(slug).exists() {
        return Err(format!("data/{slug} 已经存在"));
    }
    let files = match &options.from {
        Some(old) => from_last_year(&workspace, old)?,
        None => from_profile(&workspace, options)?,
    };
    Ok((workspace, files))
}

fn from_profile(workspace: &Workspace, options: &NewOptions) -> Result<Vec<NewFile>, String> {
    let disk = Disk::new(workspace);
    let known: Vec<String> = disk
        .list("templates/profiles/")
        .iter()
        .map(|name| name.trim_end_matches('/').to_owned())
        .filter(|name| !name.starts_with("base"))
        .collect();
    let list = format!("可以写：{}", known.join("、"));
    let profile = options.profile.clone().ok_or_else(|| format!("没有写文种。用 --profile 指定，{list}"))?;
    let path = format!("templates/profiles/{profile}/profile.yaml");
    let bytes = disk.read(&path).map_err(|_| format!("没有文种“{profile}”，{list}"))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let kind = text
        .lines()
        .find_map(|line| line.strip_prefix("kind:"))
        .and_then(|term| Kind::from_term(term.trim()))
        .unwrap_or(Kind::Budget);
    let year = options.year.ok_or("没有写年度。用 --year 指定，如 --year 2025")?;
    let unit = options.unit.clone().unwrap_or_else(|| "待填写：单位全称".to_owned());
    Ok(skeleton(&Start { profile, kind, year: FiscalYear(year), unit }))
}

fn from_last_year(workspace: &Workspace, old: &Path) -> Result<Vec<NewFile>, String> {
    let slugs = workspace.select(&[old.to_owned()]).map_err(|error| error.to_string())?;
    let slug = slugs.into_iter().next().ok_or("没有这份公开")?;
    let disk = Disk::new(workspace);
    let mut files = Vec::new();
    for below in ["", "ledgers/", "projects/", "texts/"] {
        for name in disk.list(&format!("data/{slug}/{below}")).into_iter().filter(|name| !name.ends_with('/')) {
            let bytes = disk
                .read(&format!("data/{slug}/{below}{name}"))
                .map_err(|error| format!("读不了 data/{slug}/{below}{name}（{error:?}）"))?;
            files.push(NewFile { name: format!("{below}{name}"), text: String::from_utf8_lossy(&bytes).into_owned() });
        }
    }
    let kind = files
        .iter()
        .find(|file| file.name == "disclosure.yaml")
        .and_then(|file| {
            file.text.lines().find_map(|line| line.strip_prefix("kind:")).and_then(|term| Kind::from_term(term.trim()))
        })
        .unwrap_or(Kind::Budget);
    Ok(advance(&files, kind, &slug))
}

fn write(workspace: &Workspace, options: &NewOptions, files: &[NewFile]) -> Exit {
    let folder = workspace.root.join("data").join(&options.slug);
    if let Err(error) = establish(&folder, files) {
        line_err(&format!("错误：写不了 {}：{}", folder.display(), said(&error)));
        return Exit::Internal;
    }
    line_out(&format!("已建 data/{}（{} 个文件）。", options.slug, files.len()));
    line_err(&format!(
        "接着填写各文件：\n  gen serve data/{0}          在浏览器里边填边看\n  gen check data/{0}          看哪里不对\n  \
         gen check data/{0} --todo   列出还要写的原因和文字\n  gen build data/{0}          没有错误后生成材料（--draft 为样稿）",
        options.slug
    ));
    if !workspace.root.join("schema").is_dir() {
        line_err("  gen schema --out schema     写一次：编辑器据此提示各键的含义");
    }
    Exit::Fine
}

/// Prints a schema, or writes all of them.
pub(super) fn schema(options: &SchemaOptions) -> Exit {
    let all = schemas();
    if let Some(out) = &options.out {
        for (name, text) in &all {
            if let Err(error) = replace(&out.join(format!("{name}.json")), text.as_bytes()) {
                line_err(&format!("错误：写不了 {}：{}", out.display(), said(&error)));
                return Exit::Internal;
            }
        }
        line_err(&format!("已写 {} 个 JSON Schema 到 {}。", all.len(), out.display()));
        return Exit::Fine;
    }
    let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    match options.name.as_ref().and_then(|wanted| all.iter().find(|(name, _)| name == wanted)) {
        Some((_, text)) => {
            line_out(text);
            Exit::Fine
        }
        None if options.name.is_none() => {
            for name in names {
                line_out(name);
            }
            Exit::Fine
        }
        None => {
            line_err(&format!("错误：没有这个 schema。可以写：{}。", names.join("、")));
            Exit::Usage
        }
    }
}
