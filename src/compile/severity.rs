//! The workspace's own view of rules: `gen.yaml` at its root.

use crate::{
    check,
    diagnostic::{Diagnostic, Severity, entry},
    source::{NodeKind, ReadError, Span, World, decode, nearest, parse},
};

use super::load::Loader;

/// The workspace file.
pub(super) const WORKSPACE_FILE: &str = "gen.yaml";

/// What a workspace wants of one code; none leaves its findings out.
pub(super) type Wanted = (String, Option<Severity>);

/// Reads `severity: {X101: 警告}`. Slips in the file are findings like any other.
pub(super) fn read(loader: &mut Loader<'_>, world: &dyn World) -> Vec<Wanted> {
    let bytes = match world.read(WORKSPACE_FILE) {
        Ok(bytes) => bytes,
        Err(ReadError::Missing) => return Vec::new(),
        Err(_) => {
            let span = Span::start_of(loader.sources.add(WORKSPACE_FILE, ""));
            loader.found.push(Diagnostic::new("S001", "读不了 gen.yaml").at(span, "").help("检查这个文件的权限。"));
            return Vec::new();
        }
    };
    let id = loader.sources.add(WORKSPACE_FILE, "");
    let (text, problems) = decode(id, &bytes);
    loader.sources.set(id, text.clone());
    loader.found.extend(problems.into_iter().map(Diagnostic::from));
    match parse(id, &text) {
        Ok(node) => file(&node.kind, node.span, &mut loader.found),
        Err(problem) => {
            loader.found.push(problem.into());
            Vec::new()
        }
    }
}

fn file(kind: &NodeKind, span: Span, found: &mut Vec<Diagnostic>) -> Vec<Wanted> {
    let NodeKind::Mapping(entries) = kind else {
        if !matches!(kind, NodeKind::Null) {
            found.push(
                Diagnostic::new("S012", "gen.yaml 应是一组键值").at(span, "").help("写成 severity: {编码: 警告}。"),
            );
        }
        return Vec::new();
    };
    let mut wanted = Vec::new();
    for (key, value) in entries {
        match (&key.kind, &value.kind) {
            (NodeKind::Scalar(name), NodeKind::Mapping(levels)) if name == "severity" => {
                for (code, level) in levels {
                    if let (NodeKind::Scalar(code_text), NodeKind::Scalar(word)) = (&code.kind, &level.kind) {
                        wanted.extend(one((code_text, code.span), (word, level.span), found));
                    }
                }
            }
            _ => found.push(
                Diagnostic::new("S010", "gen.yaml 里只认识 severity")
                    .at(key.span, "")
                    .help("写成 severity: {编码: 警告}。"),
            ),
        }
    }
    wanted
}

fn one(code: (&str, Span), word: (&str, Span), found: &mut Vec<Diagnostic>) -> Option<Wanted> {
    let known = |code: &str| entry(code).or_else(|| check::entry(code));
    if known(code.0).is_none() {
        let codes = check::RULES.iter().map(|rule| rule.entry.code);
        let near = nearest(code.0, codes)
            .map_or_else(|| "用 gen explain 列出全部编码。".to_owned(), |near| format!("是不是想写“{near}”？"));
        found.push(Diagnostic::new("M005", format!("没有编码“{}”", code.0)).at(code.1, "").help(near));
        return None;
    }
    let level = match word.0 {
        "错误" => Some(Severity::Error),
        "警告" => Some(Severity::Warning),
        "建议" => Some(Severity::Advice),
        "关闭" if check::entry(code.0).is_some() => None,
        _ => {
            let help = "规则可以写：错误、警告、建议、关闭；程序自身的编码不能关闭。";
            found.push(Diagnostic::new("S013", format!("轻重里没有“{}”", word.0)).at(word.1, "").help(help));
            return None;
        }
    };
    Some((code.0.to_owned(), level))
}

/// Applies it to findings.
pub(super) fn apply(wanted: &[Wanted], found: &mut Vec<Diagnostic>) {
    let of =
        |finding: &Diagnostic| wanted.iter().find(|(code, _)| finding.code == code.as_str()).map(|(_, level)| *level);
    found.retain(|finding| of(finding) != Some(None));
    for finding in found {
        if let Some(Some(level)) = of(finding) {
            finding.severity = level;
        }
    }
}
