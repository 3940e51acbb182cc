//! Makes a published page a preview.
//!
//! In: the page as it would be published, what the preview adds. Out: the same page, its policy opened to this server
//! alone, with style and script added. Never knows: what the page says.

use crate::backend::html::Theme;

/// Where the published policy begins; the preview may ask its own server and nothing else.
const CLOSED: &str = "default-src 'none';";
const TO_SERVER: &str = " connect-src 'self';";

/// What the script is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks<'a> {
    /// `document`, `report` or `front`.
    pub(super) role: &'a str,
    /// Version of the page.
    pub(super) version: u64,
}

/// The page with the preview in it, its script before the page's own: it must see the page as it was sent. A page without the places to add it stays as it is.
pub(super) fn inject(page: &str, theme: &Theme<'_>, marks: Marks<'_>) -> String {
    let places = (page.find(CLOSED), page.find("</head>"), page.rfind("<script>").or(page.rfind("</body>")));
    let (Some(policy), Some(head), Some(body)) = places else { return page.to_owned() };
    let policy = policy + CLOSED.len();
    let style = format!("<style>\n{}\n</style>\n", theme.css.trim());
    let script = format!(
        "<script data-role=\"{}\" data-version=\"{}\">\n{}\n</script>\n",
        marks.role,
        marks.version,
        theme.script.trim()
    );
    [&page[..policy], TO_SERVER, &page[policy..head], &style, &page[head..body], &script, &page[body..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{backend::html, document::Document, document::Meta};

    const ADDED: Theme<'_> = Theme { css: "b { color: red }", script: "\"added\";" };
    const MARKS: Marks<'_> = Marks { role: "document", version: 7 };

    fn published() -> String {
        let meta = Meta {
            title: "标题</body>".to_owned(),
            author: String::new(),
            cover: Vec::new(),
            cover_foot: Vec::new(),
            date: None,
            released: None,
            language: "zh-CN".to_owned(),
            watermark: None,
        };
        html::print(&Document { meta, blocks: Vec::new() }, &Theme { css: "p { margin: 0 }", script: "\"own\";" })
    }

    #[test]
    fn without_what_was_added_it_is_the_published_page() {
        let page = inject(&published(), &ADDED, MARKS);
        assert!(page.contains("connect-src 'self'") && page.contains("data-version=\"7\""), "{page}");
        let script = "<script data-role=\"document\" data-version=\"7\">\n\"added\";\n</script>\n";
        let taken = page
            .replacen(TO_SERVER, "", 1)
            .replacen("<style>\nb { color: red }\n</style>\n", "", 1)
            .replacen(script, "", 1);
        assert_eq!(taken, published());
    }

    #[test]
    fn a_page_without_policy_gets_no_script() {
        assert_eq!(inject("<p>", &ADDED, MARKS), "<p>");
    }
}
