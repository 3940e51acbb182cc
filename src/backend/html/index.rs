//! The front page of a workspace: its disclosures by year, kind and unit.
//!
//! In: what there is to read, in any order. Out: one page with a list and a search box.
//! Never knows: how a disclosure looks inside, where files lie on disk.

use std::collections::BTreeMap;

use super::markup::Markup;
use super::{Theme, frame};

const TITLE: &str = "预算决算公开";

/// One disclosure with its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexEntry {
    /// Folder of the files, next to this page.
    pub slug: String,
    pub title: String,
    pub unit: String,
    /// `2024`.
    pub year: String,
    /// `部门预算`, `单位决算`.
    pub kind: String,
    pub region: Option<String>,
    /// The first is what the title links to.
    pub files: Vec<IndexFile>,
}

/// One file of a disclosure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexFile {
    /// Inside the folder of the disclosure.
    pub name: String,
    /// Words for the reader: `网页`, `PDF`.
    pub label: String,
    /// None where the file is made on demand.
    pub bytes: Option<u64>,
}

/// Prints the front page.
#[must_use]
pub fn index(entries: &[IndexEntry], theme: &Theme<'_>) -> String {
    let mut out = Markup::default();
    frame::open(
        &mut out,
        &frame::Head { title: TITLE, author: "", date: "", language: "zh-CN", class: "index" },
        theme,
    );
    out.raw("<header>\n");
    out.element("h1", &[], TITLE);
    out.line();
    let total = format!("共 {} 份", entries.len());
    out.element("p", &[], &total);
    out.raw("\n</header>\n<main id=\"text\">\n");
    search(&mut out);
    for (year, of_year) in grouped(entries, |entry| &entry.year).into_iter().rev() {
        out.raw("<div class=\"group\">\n");
        out.element("h2", &[], &year_text(year));
        out.line();
        for (kind, mut of_kind) in grouped(of_year, |entry| &entry.kind) {
            of_kind.sort_by(|one, other| (&one.unit, &one.slug).cmp(&(&other.unit, &other.slug)));
            out.raw("<div class=\"group\">\n");
            out.element("h3", &[], kind);
            out.raw("\n<ul class=\"entries\">\n");
            for entry in of_kind {
                self::entry(&mut out, entry);
            }
            out.raw("</ul>\n</div>\n");
        }
        out.raw("</div>\n");
    }
    out.raw("</main>\n");
    frame::close(&mut out, theme);
    out.into_text()
}

/// Hidden until the script that answers it shows it.
fn search(out: &mut Markup) {
    out.raw("<search class=\"search\" hidden>\n<label for=\"words\">查找</label>\n");
    out.raw("<input id=\"words\" type=\"search\" autocomplete=\"off\" placeholder=\"单位、年度、类别\">\n");
    out.raw("<p id=\"found\" role=\"status\"></p>\n</search>\n");
}

fn grouped<'a>(
    entries: impl IntoIterator<Item = &'a IndexEntry>,
    key: impl Fn(&'a IndexEntry) -> &'a String,
) -> BTreeMap<&'a str, Vec<&'a IndexEntry>> {
    let mut groups: BTreeMap<&str, Vec<&IndexEntry>> = BTreeMap::new();
    for entry in entries {
        groups.entry(key(entry)).or_default().push(entry);
    }
    groups
}

fn year_text(year: &str) -> String {
    if year.chars().all(|digit| digit.is_ascii_digit()) { format!("{year}年") } else { year.to_owned() }
}

fn entry(out: &mut Markup, entry: &IndexEntry) {
    out.raw("<li>\n");
    let address = |name: &str| format!("{}/{}", encoded(&entry.slug), encoded(name));
    match entry.files.first() {
        Some(file) => out.element("a", &[("href", &address(&file.name)), ("class", "name")], &entry.title),
        None => out.element("span", &[("class", "name")], &entry.title),
    }
    out.line();
    let region = entry.region.as_deref().unwrap_or_default();
    let whose = if region.is_empty() { entry.unit.clone() } else { format!("{} · {region}", entry.unit) };
    out.element("p", &[("class", "unit")], &whose);
    out.raw("\n<p class=\"files\">\n");
    for file in &entry.files {
        let described = format!("{}：{}", file.label, entry.title);
        out.element("a", &[("href", &address(&file.name)), ("aria-label", &described)], &file.label);
        out.raw(" ");
        out.element("span", &[], &file.bytes.map(size).unwrap_or_default());
        out.line();
    }
    out.raw("</p>\n</li>\n");
}

/// A path segment of a relative address: it must neither leave its folder nor become a scheme.
fn encoded(segment: &str) -> String {
    segment.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
        out
    })
}

/// Rounded to the nearest, one place for megabytes.
fn size(bytes: u64) -> String {
    const KILO: u64 = 1024;
    const MEGA: u64 = 1024 * 1024;
    if bytes < KILO {
        format!("{bytes} 字节")
    } else if bytes < MEGA - KILO / 2 {
        format!("{} KB", (bytes + KILO / 2) / KILO)
    } else {
        let tenths = (bytes * 10 + MEGA / 2) / MEGA;
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(slug: &str, year: &str, kind: &str, unit: &str) -> IndexEntry {
        IndexEntry {
            slug: slug.into(),
            title: format!("{unit}{year}年{kind}"),
            unit: unit.into(),
            year: year.into(),
            kind: kind.into(),
            region: None,
            files: [("index.html", "网页", Some(2048)), ("甲.pdf", "PDF", None)]
                .map(|(name, label, bytes)| IndexFile { name: name.into(), label: label.into(), bytes })
                .to_vec(),
        }
    }

    #[test]
    fn newest_year_first_then_kind_and_unit() {
        let entries = [
            sample("a", "2023", "单位预算", "甲"),
            sample("c", "2024", "单位预算", "丙<"),
            sample("b", "2024", "单位预算", "乙"),
        ];
        let page = index(&entries, &Theme { css: "", script: "" });
        let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} in {page}"));
        assert!(at("<h2>2024年") < at("href=\"b/index.html\""));
        assert!(at("href=\"c/index.html\"") < at("<h2>2023年"));
        assert!(page.contains("丙&lt;2024年单位预算"));
        assert!(page.contains("href=\"b/%E7%94%B2.pdf\""));
    }

    #[test]
    fn sizes_are_rounded_without_fractions_of_bytes() {
        for (bytes, text) in
            [(0, "0 字节"), (1023, "1023 字节"), (1536, "2 KB"), (1_048_575, "1.0 MB"), (1_600_000, "1.5 MB")]
        {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn an_address_stays_in_its_folder() {
        assert_eq!(encoded("../x?y#z"), "..%2Fx%3Fy%23z");
        assert_eq!(encoded("javascript:x"), "javascript%3Ax");
    }
}
