//! Fonts, parsed once and used for many documents.
//!
//! In: the bytes of font files. Out: faces in the order given, and which characters they cover.
//! Never knows: files, font folders, the system's fonts.

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Loaded faces. Cloning is cheap: the bytes are shared.
#[derive(Debug, Clone)]
pub struct Fonts {
    pub(super) book: LazyHash<FontBook>,
    pub(super) faces: Vec<Font>,
}

impl Fonts {
    /// Parses font files (collections give all their faces). What is no font gives none: see [`Fonts::is_empty`].
    pub fn load<B>(files: impl IntoIterator<Item = B>) -> Self
    where
        B: AsRef<[u8]> + Send + Sync + 'static,
    {
        let faces: Vec<Font> = files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
        Self { book: LazyHash::new(FontBook::from_fonts(&faces)), faces }
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
        self.faces.iter().any(|face| face.info().coverage.contains(u32::from(character)))
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
