//! What is built into the program: templates and fonts.

use std::{
    borrow::Cow,
    sync::{Arc, LazyLock},
    thread,
};

use include_dir::{Dir, include_dir};

use crate::{
    backend::{html, pdf},
    compile::Theme,
    source::World,
};

pub(super) static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

static FONTS: [(&str, &[u8]); 4] = [
    ("NotoSerifSC-Regular.otf", include_bytes!("../../assets/fonts/NotoSerifSC-Regular.otf")),
    ("NotoSerifSC-Bold.otf", include_bytes!("../../assets/fonts/NotoSerifSC-Bold.otf")),
    ("NotoSansSC-Regular.otf", include_bytes!("../../assets/fonts/NotoSansSC-Regular.otf")),
    ("DisclosureKai-Regular.ttf", include_bytes!("../../assets/fonts/DisclosureKai-Regular.ttf")),
];

/// Fonts, parsed when the first PDF wants them.
type Faces = LazyLock<pdf::Fonts, Box<dyn FnOnce() -> pdf::Fonts + Send>>;

/// A text without what editors on Windows add to it, which would end up in what is published.
fn plain(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes).unwrap_or_default();
    text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n")
}

/// Themes as the world has them (a user's file overrides the embedded one) and the fonts.
#[derive(Debug)]
pub struct Assets {
    css: String,
    script: String,
    preview_css: String,
    preview_script: String,
    typst: Vec<(String, String)>,
    fonts: Arc<Faces>,
}

impl Assets {
    /// Reads the themes, once for a run; `extra_fonts` stand before the embedded ones.
    #[must_use]
    pub fn load(world: &dyn World, extra_fonts: Vec<Vec<u8>>) -> Self {
        let text = |path: &str| world.read(path).map(plain).unwrap_or_default();
        let folder = "templates/theme/typst";
        let typst = world
            .list(&format!("{folder}/"))
            .into_iter()
            .filter(|name| name.ends_with(".typ"))
            .map(|name| {
                let source = text(&format!("{folder}/{name}"));
                (name, source)
            })
            .collect();
        let faces = move || {
            // The user's faces come first, so that the theme's lists find them.
            let embedded = FONTS.iter().map(|(_, bytes)| Cow::Borrowed(*bytes));
            pdf::Fonts::load(extra_fonts.into_iter().map(Cow::Owned).chain(embedded))
        };
        Self {
            css: text("templates/theme/html/style.css"),
            script: text("templates/theme/html/script.js"),
            preview_css: text("templates/theme/html/preview.css"),
            preview_script: text("templates/theme/html/preview.js"),
            typst,
            fonts: Arc::new(Faces::new(Box::new(faces))),
        }
    }

    /// Makes the typesetter ready on a thread beside the caller's own work. Without one it is made ready when needed.
    pub(super) fn prepare(&self) {
        let fonts = Arc::clone(&self.fonts);
        let beside = thread::Builder::new().spawn(move || pdf::prepare(&fonts));
        drop(beside);
    }

    /// The theme the backends take.
    #[must_use]
    pub fn theme(&self) -> Theme<'_> {
        Theme {
            html: html::Theme { css: &self.css, script: &self.script },
            pdf: pdf::Theme::new(self.typst.iter().map(|(name, source)| (name.as_str(), source.as_str()))),
            fonts: &self.fonts,
        }
    }

    /// Names and sources of the typesetter's theme.
    pub(super) fn typst(&self) -> impl Iterator<Item = (&str, &str)> {
        self.typst.iter().map(|(name, source)| (name.as_str(), source.as_str()))
    }

    /// Names and bytes of the embedded fonts.
    #[allow(clippy::unused_self, reason = "what is embedded is one of the assets")]
    pub(super) fn font_files(&self) -> impl Iterator<Item = (&'static str, &'static [u8])> {
        FONTS.into_iter()
    }

    /// Families of all loaded fonts, in the order in which they are searched.
    pub(super) fn families(&self) -> Vec<&str> {
        self.fonts.families()
    }

    /// Families among some fonts that the typesetter's theme does not name: it only takes from them what its own faces lack.
    #[must_use]
    pub fn unnamed<'f>(&self, fonts: &'f pdf::Fonts) -> Vec<&'f str> {
        let named = |family: &str| {
            let quoted = format!("\"{}\"", family.to_lowercase());
            self.typst.iter().any(|(_, source)| source.to_lowercase().contains(&quoted))
        };
        fonts.families().into_iter().filter(|family| !named(family)).collect()
    }

    /// Style and script that the preview adds to a page.
    #[must_use]
    pub fn preview(&self) -> html::Theme<'_> {
        html::Theme { css: &self.preview_css, script: &self.preview_script }
    }
}
