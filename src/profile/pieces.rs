//! What specifications share: `{use: name}` in a list stands for the items of a piece (`pieces.yaml`), and `extends`
//! lays a table over another one. A region that writes its codes in three columns changes one piece, not ten tables.
//!
//! In: nodes of a profile's chain. Out: one node for each table. Never knows: what the nodes mean.

use std::collections::BTreeMap;

use crate::{
    diagnostic::Diagnostic,
    source::{Node, NodeKind, Span, nearest},
};

use super::inherit::merge;

/// How many pieces or tables may stand inside each other.
const DEEPEST: usize = 8;

/// The files of one kind, by name; those of the base first.
pub(super) type Layers = BTreeMap<String, Vec<Node>>;

/// Puts tables together: what they extend below them, pieces in their places.
pub(super) fn resolve(layers: &Layers, pieces: Option<&Node>, found: &mut Vec<Diagnostic>) -> BTreeMap<String, Node> {
    let pieces = pieces.map(entries).unwrap_or_default();
    let mut finished = BTreeMap::new();
    for (name, own) in layers {
        if let Some(node) = layered(name, own.len(), layers, 0, found) {
            finished.insert(name.clone(), splice(&node, &pieces, 0, found));
        }
    }
    finished
}

/// The first `count` files of a table as one node. A file that does not say `extends` stands for itself.
fn layered(name: &str, count: usize, layers: &Layers, depth: usize, found: &mut Vec<Diagnostic>) -> Option<Node> {
    let own = layers.get(name)?.get(count.checked_sub(1)?)?;
    let Some((base, span)) = scalar_of(own, "extends") else { return Some(own.clone()) };
    if depth > DEEPEST {
        let finding = Diagnostic::new("M005", format!("表样“{name}”的 extends 绕回了自己"));
        found.push(finding.at(span, "").help("改正 extends。"));
        return None;
    }
    let below = if base == name { count - 1 } else { layers.get(base).map_or(0, Vec::len) };
    let Some(below) = layered(base, below, layers, depth + 1, found) else {
        found.push(unknown("表样", base, span, layers.keys().map(String::as_str)));
        return None;
    };
    Some(merge(&below, own))
}

/// Lists with the pieces they name in their places.
fn splice(node: &Node, pieces: &[(&str, &Node)], depth: usize, found: &mut Vec<Diagnostic>) -> Node {
    let kind = match &node.kind {
        NodeKind::Null | NodeKind::Scalar(_) => node.kind.clone(),
        NodeKind::Mapping(inner) => NodeKind::Mapping(
            inner.iter().map(|(key, value)| (key.clone(), splice(value, pieces, depth, found))).collect(),
        ),
        NodeKind::Sequence(items) => {
            NodeKind::Sequence(items.iter().flat_map(|item| spliced(item, pieces, depth, found)).collect())
        }
    };
    Node { span: node.span, kind }
}

fn spliced(item: &Node, pieces: &[(&str, &Node)], depth: usize, found: &mut Vec<Diagnostic>) -> Vec<Node> {
    let Some((name, span)) = scalar_of(item, "use") else { return vec![splice(item, pieces, depth, found)] };
    let Some((_, piece)) = pieces.iter().find(|(known, _)| *known == name).filter(|_| depth <= DEEPEST) else {
        found.push(unknown("组件", name, span, pieces.iter().map(|(known, _)| *known)));
        return Vec::new();
    };
    match splice(piece, pieces, depth + 1, found).kind {
        NodeKind::Sequence(items) => items,
        kind @ (NodeKind::Null | NodeKind::Scalar(_) | NodeKind::Mapping(_)) => vec![Node { span: piece.span, kind }],
    }
}

fn unknown<'a>(what: &str, name: &str, span: Span, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let help = nearest(name, known.iter().copied())
        .map_or_else(|| format!("可以写：{}。", known.join("、")), |near| format!("是不是想写“{near}”？"));
    Diagnostic::new("M005", format!("没有{what}“{name}”")).at(span, "").help(help)
}

fn entries(node: &Node) -> Vec<(&str, &Node)> {
    let NodeKind::Mapping(entries) = &node.kind else { return Vec::new() };
    let named = entries.iter();
    named
        .filter_map(
            |(key, value)| if let NodeKind::Scalar(name) = &key.kind { Some((name.as_str(), value)) } else { None },
        )
        .collect()
}

fn scalar_of<'n>(node: &'n Node, wanted: &str) -> Option<(&'n str, Span)> {
    let (_, value) = entries(node).into_iter().find(|(key, _)| *key == wanted)?;
    if let NodeKind::Scalar(text) = &value.kind { Some((text, value.span)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::{Layers, resolve};
    use crate::source::{FileId, parse};

    fn table(texts: &[&str], pieces: &str) -> (String, usize) {
        let nodes = texts.iter().map(|text| parse(FileId(0), text).expect("yaml")).collect();
        let pieces = parse(FileId(1), pieces).expect("yaml");
        let mut found = Vec::new();
        let resolved = resolve(&Layers::from([("t".to_owned(), nodes)]), Some(&pieces), &mut found);
        (resolved.get("t").map(|node| format!("{:?}", node.kind)).unwrap_or_default(), found.len())
    }

    #[test]
    fn a_piece_is_spliced_where_it_is_used() {
        let (text, found) = table(&["columns: [{use: codes}, {head: z}]\n"], "codes: [{head: x}, {head: y}]\n");
        let at = |word: &str| text.find(&format!("Scalar(\"{word}\")")).expect("the head");
        assert!(at("x") < at("y") && at("y") < at("z"));
        assert_eq!(found, 0);
    }

    #[test]
    fn a_table_says_only_what_differs_from_the_one_it_extends() {
        let (text, found) = table(&["title: a\nunit: 元\n", "extends: t\ntitle: b\n"], "{}\n");
        assert!(text.contains("\"b\"") && text.contains("\"元\"") && !text.contains("\"a\""));
        assert_eq!(found, 0);
        let (text, _) = table(&["title: a\nunit: 元\n", "title: b\n"], "{}\n");
        assert!(!text.contains("\"元\""), "without extends a file replaces the one below");
    }

    #[test]
    fn unknown_names_are_reported() {
        assert_eq!(table(&["columns: [{use: code}]\n"], "codes: []\n").1, 1);
        assert_eq!(table(&["extends: other\ntitle: b\n"], "{}\n").1, 1);
    }
}
