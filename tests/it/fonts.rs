//! Fonts an office adds with `--font-path`: seen in the PDF by poppler, or refused in plain words.

use std::{fs, path::Path, process::Command};

use crate::workspace::{Workspace, repository, talk};

const SLUG: &str = "archives-2024-budget";
/// The name an office's face goes by in the theme, and the one it has in a PDF.
const FAMILY: &str = "仿宋_GB2312";
pub(crate) const POSTSCRIPT: &str = "FangSong_GB2312";

/// An embedded face under the name of an office's; its licence, the OFL, allows that. Nothing of it is kept.
pub(crate) fn renamed() -> Vec<u8> {
    renamed_as(FAMILY)
}

fn renamed_as(family: &str) -> Vec<u8> {
    let font = fs::read(repository().join("assets/fonts/NotoSansSC-Regular.otf")).unwrap();
    let number = |at: usize| usize::from(u16::from_be_bytes([font[at], font[at + 1]]));
    let long = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) as usize;
    let records = (0..number(4)).map(|table| 12 + 16 * table);
    let tables = records.map(|at| (&font[at..at + 4], &font[long(at + 8)..long(at + 8) + long(at + 12)]));
    let names = names(family);
    let tables: Vec<(&[u8], &[u8])> =
        tables.map(|(tag, bytes)| (tag, if tag == b"name" { names.as_slice() } else { bytes })).collect();
    let mut head = font[..12].to_vec();
    let mut body = Vec::new();
    for (tag, bytes) in &tables {
        let place = 12 + 16 * tables.len() + body.len();
        head.extend_from_slice(tag);
        // Checksums of tables are not looked at.
        for value in [0, place, bytes.len()] {
            head.extend_from_slice(&u32::try_from(value).unwrap().to_be_bytes());
        }
        body.extend_from_slice(bytes);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    head.extend(body);
    head
}

/// A `name` table with family, style and PostScript name for Windows, in UTF-16.
fn names(family: &str) -> Vec<u8> {
    let entries = [(1_u16, family), (2, "Regular"), (4, family), (6, POSTSCRIPT)];
    let count = u16::try_from(entries.len()).unwrap();
    let mut table: Vec<u8> = [0, count, 6 + 12 * count].iter().flat_map(|value| value.to_be_bytes()).collect();
    let mut words = Vec::new();
    for (name, text) in entries {
        let text: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let place = [3, 1, 0x409, name, u16::try_from(text.len()).unwrap(), u16::try_from(words.len()).unwrap()];
        table.extend(place.iter().flat_map(|value| value.to_be_bytes()));
        words.extend(text);
    }
    table.extend(words);
    table
}

/// Names of the fonts in a PDF, without the mark of a subset; all must be embedded.
pub(crate) fn fonts_of(pdf: &Path) -> Vec<String> {
    let output = Command::new("pdffonts").arg(pdf).output().expect("poppler's pdffonts");
    assert!(output.status.success(), "{}", talk(&output));
    let table = String::from_utf8(output.stdout).unwrap();
    let rows = table.lines().skip(2);
    rows.inspect(|row| assert!(row.contains(" yes yes yes "), "{row}"))
        .map(|row| row.split(' ').next().unwrap().rsplit('+').next().unwrap().to_owned())
        .collect()
}

#[test]
fn a_face_of_the_office_is_set_instead_of_the_embedded_one() {
    let workspace = Workspace::small();
    let pdf = workspace.path().join(format!("out/{SLUG}/{SLUG}.pdf"));
    let build = |options: &[&str]| {
        let output = workspace.run(&[&["build", "--formats", "pdf"], options].concat());
        assert!(output.status.success(), "{}", talk(&output));
        fonts_of(&pdf)
    };
    let has = |fonts: &[String]| fonts.iter().any(|font| font.contains(POSTSCRIPT));
    let own = build(&[]);
    assert!(!own.is_empty() && !has(&own), "{own:?}");

    let folder = workspace.path().join("字体");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("fang.OTF"), renamed()).unwrap();
    fs::write(folder.join("license.txt"), "OFL").unwrap();
    // One process, workers, and the file itself: a changed font is a reason to build again.
    for options in [["--font-path", "字体", "--jobs=1"], ["--font-path", "字体/fang.OTF", "--jobs=2"]] {
        assert!(!has(&build(&[])));
        let fonts = build(&options);
        assert!(has(&fonts), "{options:?}: {fonts:?}");
    }
}

#[test]
fn a_face_that_the_theme_does_not_name_is_told() {
    let workspace = Workspace::small();
    fs::write(workspace.path().join("fang.otf"), renamed()).unwrap();
    fs::write(workspace.path().join("other.otf"), renamed_as("某体")).unwrap();
    for (font, told) in [("fang.otf", false), ("other.otf", true)] {
        let output = workspace.run(&["build", "--formats", "markdown", "--font-path", font]);
        assert!(output.status.success(), "{}", talk(&output));
        assert_eq!(talk(&output).contains("提示：字体“某体”不是版面点名的字体"), told, "{}", talk(&output));
        assert_eq!(talk(&output).contains("提示："), told, "{}", talk(&output));
    }
}

#[test]
fn a_font_path_that_gives_no_font_is_refused_before_anything_is_written() {
    let workspace = Workspace::small();
    fs::create_dir(workspace.path().join("empty")).unwrap();
    workspace.write("empty/readme.txt", "");
    workspace.write("broken.ttf", "not a font");
    for (path, message) in [
        ("absent", "错误：--font-path：读不了 absent：没有这个文件或文件夹"),
        ("empty", "错误：--font-path：文件夹 empty 里没有字体文件（.otf、.ttf、.ttc、.otc）"),
        ("broken.ttf", "错误：--font-path：broken.ttf 不是能用的字体文件（要 OpenType 或 TrueType 字体）"),
    ] {
        for command in ["build", "serve"] {
            let output = workspace.run(&[command, "--font-path", path]);
            assert_eq!(output.status.code(), Some(2), "{command} {path}");
            assert_eq!(talk(&output).trim_end(), message, "{command}");
        }
    }
    assert!(!workspace.path().join(format!("out/{SLUG}")).exists());
}
