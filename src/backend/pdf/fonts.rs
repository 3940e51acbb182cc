//! Fonts, parsed once and used for many documents.
//!
//! In: the bytes of font files. Out: faces in the order given, and which characters they cover.
//! Never knows: files, font folders, the system's fonts.

use std::sync::Arc;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Loaded faces. Cloning is cheap: the bytes are shared.
#[derive(Debug, Clone)]
pub struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    pub(super) faces: Vec<Font>,
    /// By code point, whether some face has a glyph. A face itself answers by counting through the runs it covers.
    covered: Arc<Vec<bool>>,
}

impl Fonts {
    /// Parses font files (collections give all their faces). What is no font gives none: see [`Fonts::is_empty`].
    pub fn load<B>(files: impl IntoIterator<Item = B>) -> Self
    where
        B: AsRef<[u8]> + Send + Sync + 'static,
    {
        let faces: Vec<Font> = files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
        let mut covered = vec![false; char::MAX as usize + 1];
        for point in faces.iter().flat_map(|face| face.info().coverage.iter()) {
            if let Some(mark) = usize::try_from(point).ok().and_then(|point| covered.get_mut(point)) {
                *mark = true;
            }
        }
        Self { book: LazyHash::new(FontBook::from_fonts(&faces)), faces, covered: Arc::new(covered) }
    }

    /// Family names, once each, in the order loaded.
    #[must_use]
    pub fn families(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for face in &self.faces {
            let name = face.info().family.as_str();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.faces.is_empty()
    }

    /// Whether some face has a glyph for the character.
    pub(super) fn covers(&self, character: char) -> bool {
        self.covered.get(character as usize).copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::Fonts;

    #[test]
    fn what_is_no_font_gives_no_face() {
        let fonts = Fonts::load([&b"not a font"[..], &b""[..]]);
        assert!(fonts.is_empty() && fonts.families().is_empty() && !fonts.covers('一'));
    }
}
