//! Findings for people at a terminal: the source lines with carets, what is to be seen there, and the way out.
//!
//! In: findings and files. Out: text, with ANSI colours on demand. Never knows: the terminal and its width.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Message, Renderer, Snippet};

use super::locate::{Lines, Located, Locator, Told};
use super::{is_c1, one_line, visible};
use crate::diagnostic::finding::{Diagnostic, Severity};
use crate::source::{FileId, Sources};

/// Columns of an excerpt; a longer line is cut around what it shows.
const WIDTH: usize = 100;
/// Places further apart than this many lines get excerpts of their own.
const LINES_APART: usize = 50;
/// An excerpt's carets keep within this many characters, full-width ones included.
const CHARACTERS_APART: usize = 60;
/// Takes a second cell but no second column; see [`label`].
const FILLER: char = '\u{2060}';

/// Every finding with its excerpts, a blank line after each; empty for no findings.
#[must_use]
pub fn human(findings: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    let renderer = if colour { Renderer::styled().hyperlink(false) } else { Renderer::plain() }.term_width(WIDTH);
    let locator = Locator::new(findings, sources);
    let mut text = String::new();
    for told in locator.tell(findings) {
        text.push_str(&renderer.render(&[group(&told, &locator)]).replace(FILLER, ""));
        text.push_str("\n\n");
    }
    text
}

fn group(told: &Told, locator: &Locator) -> Group<'static> {
    let finding = told.finding;
    let title = level(finding.severity).primary_title(one_line(&finding.message)).id(finding.code);
    let excerpts = excerpts(told);
    let snippets = excerpts.iter().filter_map(|excerpt| Some(excerpt.snippet(locator.file(excerpt.file)?)));
    Group::with_title(title).elements(snippets).elements(footers(finding))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::INFO,
    }
    .with_name(severity.term())
}

/// Help, basis, and the figure's address, which a waiver has to name.
fn footers(finding: &Diagnostic) -> impl Iterator<Item = Message<'static>> {
    let help = (Level::HELP, "帮助", &finding.help);
    let basis = (Level::NOTE, "依据", &finding.basis);
    let figure = (Level::NOTE, "数字", &finding.figure);
    [help, basis, figure]
        .into_iter()
        .filter_map(|(level, name, text)| text.as_deref().map(|text| level.with_name(name).message(visible(text))))
}

/// Neighbouring places of one file, shown together.
struct Excerpt<'a> {
    file: FileId,
    path: &'a str,
    lines: (usize, usize),
    columns: (usize, usize),
    /// The finding's first place is in this excerpt, and first in it.
    primary: bool,
    places: Vec<Located<'a>>,
}

/// The first place opens the first excerpt; a later place joins an excerpt that is near enough.
fn excerpts<'a>(told: &Told<'a>) -> Vec<Excerpt<'a>> {
    let mut excerpts: Vec<Excerpt<'a>> = Vec::new();
    for place in &told.places {
        if let Some(excerpt) = excerpts.iter_mut().find(|excerpt| excerpt.takes(place)) {
            excerpt.add(place);
        } else {
            excerpts.push(Excerpt::new(place, excerpts.is_empty()));
        }
    }
    excerpts
}

impl<'a> Excerpt<'a> {
    fn new(place: &Located<'a>, primary: bool) -> Self {
        let lines = (place.start.line, place.start.line);
        let (file, path, columns) = (place.file, place.path, columns(place));
        Self { file, path, lines, columns, primary, places: vec![place.clone()] }
    }

    /// The lines and columns shown if a place joins.
    fn joined(&self, place: &Located) -> ((usize, usize), (usize, usize)) {
        let (line, (left, right)) = (place.start.line, columns(place));
        let lines = (self.lines.0.min(line), self.lines.1.max(line));
        (lines, (self.columns.0.min(left), self.columns.1.max(right)))
    }

    fn takes(&self, place: &Located) -> bool {
        let (lines, columns) = self.joined(place);
        self.file == place.file && lines.1 - lines.0 <= LINES_APART && columns.1 - columns.0 <= CHARACTERS_APART
    }

    fn add(&mut self, place: &Located<'a>) {
        (self.lines, self.columns) = self.joined(place);
        self.places.push(place.clone());
    }

    fn snippet(&self, file: &Lines) -> Snippet<'static, Annotation<'static>> {
        let window = file.line(self.lines.0).start..file.line(self.lines.1).end;
        let mut text = file.text()[window.clone()].replace(is_c1, "·");
        if text.is_empty() || text.ends_with('\n') {
            text.push('\n');
        }
        let annotations = self.places.iter().enumerate().map(|(at, place)| {
            let primary = self.primary && at == 0;
            let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let shown = shown(place, file);
            let annotation = kind.span(shown.start - window.start..shown.end - window.start);
            if place.label.is_empty() { annotation } else { annotation.label(label(place.label)) }
        });
        Snippet::source(text).line_start(self.lines.0).path(one_line(self.path)).annotations(annotations)
    }
}

/// First and last column of the carets, roughly: a span over several lines counts as reaching as far as allowed.
fn columns(place: &Located) -> (usize, usize) {
    let left = place.start.column;
    let far = left + CHARACTERS_APART;
    (left, if place.start.line == place.end.line { place.end.column.min(far) } else { left })
}

/// What gets carets: the first line of the span, as far as an excerpt reaches. A span over many lines (a mapping, a
/// table) is found by its head; the machine-readable forms give its full extent.
fn shown(place: &Located, file: &Lines) -> Range<usize> {
    let line = file.line(place.start.line);
    let start = place.range.start.min(line.end);
    let end = place.range.end.min(line.end).max(start);
    let reach = file.text()[start..end].char_indices().nth(CHARACTERS_APART);
    start..reach.map_or(end, |(at, _)| start + at)
}

/// A label may stand left of further carets on the same line, and the renderer counts one cell a character there.
/// A filler of no width after each full-width character gives it the second cell; it is taken out afterwards.
fn label(text: &str) -> String {
    let mut label = String::with_capacity(text.len() * 2);
    for character in one_line(text).chars() {
        label.push(character);
        label.extend(is_wide(character).then_some(FILLER));
    }
    label
}

/// Characters of two columns: East Asian Width W and F, by block.
const fn is_wide(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
}

#[cfg(test)]
mod tests {
    use super::super::sample::{one_file, sample, span};
    use super::*;
    use crate::source::Span;

    fn told(text: &str, places: &[(u32, u32, &str)]) -> String {
        let (sources, file) = one_file(text);
        let start = Diagnostic::new("S009", "题");
        let place = |told: Diagnostic, (start, end, label): &(u32, u32, &str)| {
            told.at(Span { file, start: *start, end: *end }, *label)
        };
        human(&[places.iter().fold(start, place)], &sources, false)
    }

    #[test]
    fn findings_of_every_kind() {
        let (findings, sources) = sample();
        assert_eq!(human(&findings, &sources, false), SAMPLE);
    }

    #[test]
    fn colour_only_adds_escapes() {
        let (findings, sources) = sample();
        let coloured = human(&findings, &sources, true);
        let parts = coloured.split('\u{1b}').enumerate();
        let plain: String =
            parts.map(|(at, part)| if at == 0 { part } else { &part[part.find('m').unwrap() + 1..] }).collect();
        assert!(coloured.contains('\u{1b}'));
        assert_eq!(plain, SAMPLE);
    }

    #[test]
    fn nothing_to_tell() {
        assert_eq!(human(&[], &Sources::default(), true), "");
    }

    #[test]
    fn a_full_width_label_does_not_push_the_carets_behind_it() {
        let text = "资金: 一般公共预算财政拨款, 性质: 基本支出, 资金: 无";
        let (sources, file) = one_file(text);
        let first = span(&sources, file, "资金");
        let second = span(&sources, file, "资金: 无");
        let finding = Diagnostic::new("S009", "键“资金”写了两次").at(first, "第一次").at(second, "第二次");
        assert_eq!(human(&[finding], &sources, false), TWO_LABELS);
    }

    #[test]
    fn a_long_line_is_cut_around_its_carets() {
        let line = "说明文字，共十二个字abc".repeat(400);
        let at = |n: usize| u32::try_from(line.char_indices().nth(n).map_or(line.len(), |(at, _)| at)).unwrap();
        let text = told(&line, &[(at(2600), at(2604), "这里"), (at(9), at(5000), "很长"), (at(5200), at(5200), "")]);
        assert_eq!(text, LONG_LINE);
    }

    #[test]
    fn ends_of_files_and_empty_spans() {
        assert_eq!(told("甲: 1\n", &[(7, 7, "少了一行")]), END_OF_FILE);
        assert_eq!(told("", &[(0, 0, "空文件")]), EMPTY_FILE);
        assert_eq!(told("甲:\r\n\t乙\r\n", &[(7, 10, "这里"), (4, 9, "一组")]), LINE_BREAKS);
    }

    #[test]
    fn distant_places_get_their_own_excerpts() {
        let text = "键: 1\n".repeat(200);
        assert_eq!(told(&text, &[(7 * 149, 7 * 149 + 3, "又一次"), (0, 3, "第一次")]), DISTANT);
    }

    #[test]
    fn nothing_reaches_the_terminal_that_it_would_obey() {
        let (sources, file) = one_file("a: \u{1b}[31m\u{9b}2J甲\n");
        let finding = Diagnostic::new("S014", "“\u{1b}[31m”\n不是金额").at(span(&sources, file, "甲"), "\u{1b}c");
        let text = human(&[finding.help("\u{9b}2J")], &sources, false);
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    }

    #[test]
    fn carets_stand_under_their_characters() {
        let text = "资金a， b：（表）1";
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let width = |text: &str| text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum::<usize>();
        for (at, start) in starts.iter().enumerate() {
            for end in &starts[at..] {
                let place = (u32::try_from(*start).unwrap(), u32::try_from(*end).unwrap(), "");
                let carets = "^".repeat(width(&text[*start..*end]).max(1));
                let expected = format!("  | {}{carets}", " ".repeat(width(&text[..*start])));
                assert_eq!(told(text, &[place]).lines().nth(4), Some(expected.as_str()));
            }
        }
    }

    #[test]
    fn any_span_is_told() {
        let (sources, _) = one_file("资金: 一般\r\n\n\t- b：\u{200d}\u{feff}\r 甲\u{301}\n尾");
        let ends = [0, 1, 2, 5, 9, 14, 17, 18, 19, 22, 25, 29, 33, 36, 39, 40, 41, 99, u32::MAX];
        for (start, end, number) in ends.iter().flat_map(|s| ends.iter().flat_map(move |e| [(*s, *e, 0), (*s, *e, 7)]))
        {
            let near = Span { file: FileId(0), start, end };
            let finding = Diagnostic::new("S001", "题").at(Span { file: FileId(number), ..near }, "甲").at(near, "乙");
            assert!(human(&[finding], &sources, false).starts_with("错误[S001]: 题\n"));
        }
    }

    const SAMPLE: &str = r"建议[M002]: 科目表里没有 2019999
 --> ledger/台账 2024.yaml:1:1
  |
1 | unit: 万元
  | ^ 100%, 确认: 一次

错误[S010]: 不认识的键“fnud”
 --> ledger/台账 2024.yaml:3:19
  |
3 |   - { kind: 基本支出, fnud: 一般公共预算 }
  |                       ^^^^
  |
  = 帮助: 是不是想写“fund”？

错误[S009]: 键“amount”写了两次
 --> ledger/台账 2024.yaml:4:35
  |
4 |   - { kind: 项目支出, amount: 1,20.5, amount: 3 }
  |                       ------          ^^^^^^ 第二次
  |                       |
  |                       第一次
  |
  = 帮助: 删去其中一个。

警告[K001]: 收入总计 18 与支出总计 20 不等
 --> 项目.yaml:2:9
  |
2 | amount: 18
  |         ^^ 项目金额
  |
 ::: ledger/台账 2024.yaml:4:13
  |
4 |   - { kind: 项目支出, amount: 1,20.5, amount: 3 }
  |             -------- 台账合计
  |
  = 依据: 《预算法》第三十二条
  = 数字: 支出.总计@本年

错误[W001]: 豁免“K001”不再对应任何问题
 |
 = 帮助: 删去这条豁免。

";
    const TWO_LABELS: &str = r"错误[S009]: 键“资金”写了两次
 --> 台账.yaml:1:1
  |
1 | 资金: 一般公共预算财政拨款, 性质: 基本支出, 资金: 无
  | ^^^^ 第一次                                 -------- 第二次

";
    const LONG_LINE: &str = r"错误[S009]: 题
 --> 台账.yaml:1:2601
  |
1 | ... 共十二个字abc说明文字，共十二个字abc说明文字，共十二个字abc说明文字，共十二个字abc说明文...
  |                                         ^^^^^^^^ 这里
  |
 ::: 台账.yaml:1:10
  |
1 | ... 个字abc说明文字，共十二个字abc说明文字，共十二个字abc说明文字，共十二个字abc说明文字，共十二个字abc说明文字，...
  |       --------------------------------------------------------------------------------------------------------- 很长
  |
 ::: 台账.yaml:1:5201
  |
1 | ...明文字，共十二个字abc说明文字，共十二个字abc
  |                                                -

";
    const END_OF_FILE: &str = r"错误[S009]: 题
 --> 台账.yaml:2:1
  |
2 |
  | ^ 少了一行

";
    const EMPTY_FILE: &str = r"错误[S009]: 题
 --> 台账.yaml:1:1
  |
1 |
  | ^ 空文件

";
    const LINE_BREAKS: &str = r"错误[S009]: 题
 --> 台账.yaml:2:2
  |
1 | 甲:
  |    - 一组
2 |     乙
  |     ^^ 这里

";
    const DISTANT: &str = r"错误[S009]: 题
   --> 台账.yaml:150:1
    |
150 | 键: 1
    | ^^ 又一次
    |
   ::: 台账.yaml:1:1
    |
  1 | 键: 1
    | -- 第一次

";
}
