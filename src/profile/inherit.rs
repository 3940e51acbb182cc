//! Inheritance: mappings merge key by key, everything else is replaced.

use crate::source::{Node, NodeKind};

/// Lays `own` over `base`. Places stay with the values, so a message shows the file a value came from.
#[must_use]
pub fn merge(base: &Node, own: &Node) -> Node {
    let (NodeKind::Mapping(below), NodeKind::Mapping(above)) = (&base.kind, &own.kind) else {
        return own.clone();
    };
    let mut entries = below.clone();
    for (key, value) in above {
        match entries.iter_mut().find(|(name, _)| name.kind == key.kind) {
            Some(entry) => entry.1 = merge(&entry.1, value),
            None => entries.push((key.clone(), value.clone())),
        }
    }
    Node { span: own.span, kind: NodeKind::Mapping(entries) }
}

#[cfg(test)]
mod tests {
    use super::merge;
    use crate::source::{FileId, NodeKind, parse};

    #[test]
    fn a_profile_writes_only_what_differs() {
        let base = parse(FileId(0), "a: 1\nb: {x: 1, y: 2}\nc: [1, 2]\n").expect("base");
        let own = parse(FileId(1), "b: {y: 3}\nc: [9]\nd: 4\n").expect("own");
        let NodeKind::Mapping(entries) = merge(&base, &own).kind else { panic!("no mapping") };
        let text = format!("{:?}", entries.iter().map(|(_, value)| &value.kind).collect::<Vec<_>>());
        assert!(text.contains("Scalar(\"3\")") && text.contains("Scalar(\"9\")") && !text.contains("Scalar(\"2\")"));
        assert_eq!(entries.len(), 4);
        assert_eq!(entries[0].1.span.file, FileId(0));
    }
}
