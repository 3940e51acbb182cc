//! What the compilations of one run share: profiles with everything they inherit, read once.
//!
//! In: a world, the name of a profile and a fiscal year. Out: a [`Shelf`], the same one every time. Never knows:
//! disclosures. A library believes that shared files stay as they are; whoever sees one change begins a new library.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    account::Book,
    diagnostic::Diagnostic,
    facts::NamedFigures,
    period::FiscalYear,
    profile::Profile,
    source::{Located, ReadError, Sources, World},
    template::Parsed,
};

use super::{
    load::Loader,
    severity::{self, Wanted},
};

/// Shelves by profile and year.
#[derive(Debug, Default)]
pub struct Library {
    shelves: Mutex<BTreeMap<(String, FiscalYear), Arc<Shelf>>>,
}

/// What was asked of a world, by paths from the workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    pub files: BTreeSet<String>,
    pub folders: BTreeSet<String>,
}

/// The files that do not belong to one disclosure, as they were read for one profile and year.
#[derive(Debug)]
pub(super) struct Shelf {
    /// Numbered from 1; file 0 is the `disclosure.yaml` of whoever asks.
    pub(super) sources: Sources,
    pub(super) book: Arc<Book>,
    pub(super) profile: Option<Arc<Profile>>,
    pub(super) named: Arc<NamedFigures>,
    pub(super) templates: Arc<Parsed>,
    pub(super) severities: Vec<Wanted>,
    pub(super) found: Vec<Diagnostic>,
    pub(super) asked: Arc<Asked>,
}

impl Library {
    /// The shelf of a profile. One that cannot be used is not kept: its findings point into who asked for it.
    pub(super) fn shelf(&self, world: &dyn World, profile: &Located<String>, year: FiscalYear) -> Arc<Shelf> {
        let key = (profile.value.clone(), year);
        let known = self.shelves.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let shelf = Arc::new(self.read(world, profile, year));
            if shelf.profile.is_some() {
                self.shelves.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&shelf));
            }
            shelf
        })
    }

    fn read(&self, world: &dyn World, name: &Located<String>, year: FiscalYear) -> Shelf {
        let noted = Noted { world, asked: RefCell::default() };
        let mut loader = Loader::new(&noted, self);
        loader.sources.add("", "");
        let severities = severity::read(&mut loader, &noted);
        let book = Arc::new(loader.book(year));
        let profile = loader.profile(name).map(Arc::new);
        let templates = Arc::new(profile.as_ref().map(|profile| Parsed::new(profile)).unwrap_or_default());
        let (named, problems) = profile.as_ref().map(|profile| NamedFigures::new(&profile.figures)).unwrap_or_default();
        let Loader { sources, mut found, .. } = loader;
        found.extend(problems);
        let (named, asked) = (Arc::new(named), Arc::new(noted.asked.into_inner()));
        Shelf { sources, book, profile, named, templates, severities, found, asked }
    }
}

/// A world that writes down what it is asked.
struct Noted<'w> {
    world: &'w dyn World,
    asked: RefCell<Asked>,
}

impl World for Noted<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        self.asked.borrow_mut().files.insert(path.to_owned());
        self.world.read(path)
    }

    fn list(&self, folder: &str) -> Vec<String> {
        self.asked.borrow_mut().folders.insert(folder.to_owned());
        self.world.list(folder)
    }
}
