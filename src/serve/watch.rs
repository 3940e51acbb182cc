//! Word of what changed on disk.
//!
//! In: the root of a workspace. Out: sets of changed paths, one a burst of events. Never knows: what the files mean.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{AccessKind, AccessMode, ModifyKind, RenameMode},
};

/// An editor that saves writes, renames and removes within a few milliseconds: quiet for this long, it is done.
const QUIET: Duration = Duration::from_millis(12);

/// The same once a file was closed or moved into its place: it is whole, and only its neighbours may follow.
const WHOLE: Duration = Duration::from_millis(3);

/// The folders of the workspace that are watched.
const FOLDERS: [&str; 2] = ["data", "templates"];

/// The file beside them that is.
const FILE: &str = "gen.yaml";

/// Changes as they come in.
pub(super) struct Changes {
    root: PathBuf,
    events: Receiver<notify::Result<Event>>,
}

/// Changed paths from the root, or everything where the system lost count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Changed {
    Paths(BTreeSet<String>),
    Everything,
}

/// Begins to watch `data/` and `templates/`; a `templates/` made later is watched from then on.
pub(super) fn watch(root: &Path) -> notify::Result<(RecommendedWatcher, Changes)> {
    let (sender, events) = channel();
    let mut watcher = notify::recommended_watcher(sender)?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS.iter().map(|name| root.join(name)).filter(|folder| folder.is_dir()) {
        watcher.watch(&folder, RecursiveMode::Recursive)?;
    }
    Ok((watcher, Changes { root: root.to_owned(), events }))
}

impl Changes {
    /// Waits for a burst of events to end. None: nobody watches any more.
    pub(super) fn gather(&self, watcher: &mut RecommendedWatcher) -> Option<Changed> {
        loop {
            let (mut paths, mut lost) = (BTreeSet::new(), false);
            let mut end = Instant::now();
            let mut next = Some(self.events.recv().ok()?);
            while let Some(event) = next {
                match event {
                    Ok(event) if event.need_rescan() => lost = true,
                    Ok(event) if is_change(event.kind) => {
                        let names: Vec<String> = event.paths.iter().filter_map(|path| self.name(path)).collect();
                        // What others read or write beside the sources does not hold up the user.
                        if !names.is_empty() {
                            end = Instant::now() + if is_whole(event.kind) { WHOLE } else { QUIET };
                        }
                        paths.extend(names);
                    }
                    Ok(_) => {}
                    Err(_) => lost = true,
                }
                next = self.events.recv_timeout(end.saturating_duration_since(Instant::now())).ok();
            }
            for folder in FOLDERS.iter().filter(|name| paths.contains(**name)) {
                // Made a moment ago: what is in it already has told nobody.
                lost |= watcher.watch(&self.root.join(folder), RecursiveMode::Recursive).is_ok();
            }
            if lost {
                return Some(Changed::Everything);
            }
            if !paths.is_empty() {
                return Some(Changed::Paths(paths));
            }
        }
    }

    /// The path from the root, with `/` between its parts; none for what an editor keeps beside its files.
    fn name(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix(&self.root).ok()?;
        let parts: Vec<&str> = below.iter().map(|part| part.to_str()).collect::<Option<_>>()?;
        let (last, first) = (parts.last()?, parts.first()?);
        let beside = last.starts_with('.') || last.ends_with('~') || last.starts_with('#');
        let watched = FOLDERS.contains(first) || parts.len() == 1 && *first == FILE;
        (watched && !beside).then(|| parts.join("/"))
    }
}

/// Whether the file of an event is complete with it.
const fn is_whole(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both))
    )
}

/// Reading is no change, or the compiler would wake itself.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Other => true,
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the test saves files to be noticed")]
mod tests {
    use super::*;

    #[test]
    fn a_saved_source_is_told_and_an_editors_own_file_is_not() {
        let root = tempfile::tempdir().expect("folder");
        let place = std::fs::canonicalize(root.path()).expect("real path");
        std::fs::create_dir_all(place.join("data/a")).expect("folder");
        let (mut watcher, changes) = watch(&place).expect("watched");
        std::fs::write(place.join("data/a/.unit.yaml.swp"), "x").expect("written");
        std::fs::write(place.join("data/a/unit.yaml~"), "x").expect("written");
        std::fs::write(place.join("data/a/unit.yaml"), "x").expect("written");
        let Some(Changed::Paths(paths)) = changes.gather(&mut watcher) else { panic!("paths expected") };
        assert_eq!(paths, BTreeSet::from(["data/a/unit.yaml".to_owned()]));
    }

    #[test]
    fn templates_made_later_are_watched() {
        let root = tempfile::tempdir().expect("folder");
        let place = std::fs::canonicalize(root.path()).expect("real path");
        std::fs::create_dir_all(place.join("data")).expect("folder");
        let (mut watcher, changes) = watch(&place).expect("watched");
        std::fs::create_dir(place.join("templates")).expect("folder");
        assert_eq!(changes.gather(&mut watcher), Some(Changed::Everything));
        std::fs::write(place.join("templates/x.md"), "x").expect("written");
        assert_eq!(changes.gather(&mut watcher), Some(Changed::Paths(BTreeSet::from(["templates/x.md".to_owned()]))));
    }

    #[test]
    fn reading_is_no_change() {
        assert!(!is_change(EventKind::Access(AccessKind::Open(AccessMode::Read))));
        assert!(!is_change(EventKind::Access(AccessKind::Close(AccessMode::Read))));
        assert!(is_change(EventKind::Access(AccessKind::Close(AccessMode::Write))));
    }
}
