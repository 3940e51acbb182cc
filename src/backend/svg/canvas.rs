//! The drawing surface of a chart: shapes and text go in, SVG elements come out.
//!
//! Lengths are whole hundredths of a user unit, so that the same chart gives the same bytes on every machine.
//! Never knows: charts, documents.

use std::fmt::{self, Write as _};

/// One user unit.
pub(super) const UNIT: i64 = 100;
/// Width of every chart, in user units: a phone shows it whole with legible labels, a page at three quarters.
pub(super) const WIDTH: i64 = 520 * UNIT;
/// Type size of labels and figures.
pub(super) const SIZE: i64 = 14 * UNIT;
/// From one line of a label to the next.
pub(super) const LINE: i64 = 18 * UNIT;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn word(self) -> &'static str {
        match self {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

/// What has been drawn, and how tall it became.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    pub(super) body: String,
    pub(super) height: i64,
}

impl Canvas {
    /// One line of text with its baseline at `y`.
    pub(super) fn text(&mut self, x: i64, y: i64, anchor: Anchor, strong: bool, text: &str) {
        let weight = if strong { " font-weight=\"bold\"" } else { "" };
        let anchored = match anchor {
            Anchor::Start => String::new(),
            Anchor::Middle | Anchor::End => format!(" text-anchor=\"{}\"", anchor.word()),
        };
        let (x, y, text) = (number(x), number(y), escape(text));
        self.raw(format_args!("<text x=\"{x}\" y=\"{y}\"{anchored}{weight}>{text}</text>"));
    }

    /// Lines of a label, the first baseline at `y`.
    pub(super) fn label(&mut self, x: i64, y: i64, anchor: Anchor, lines: &[String]) {
        let mut baseline = y;
        for line in lines {
            self.text(x, baseline, anchor, false, line);
            baseline += LINE;
        }
    }

    /// A filled rectangle with a thin outline, so that a light fill keeps its edge.
    pub(super) fn bar(&mut self, x: i64, y: i64, width: i64, height: i64, fill: &str) {
        let (x, y, width, height) = (number(x), number(y), number(width), number(height));
        self.raw(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\" stroke=\"#1f3347\" stroke-width=\"0.75\"/>"
        ));
    }

    /// A line through the given points.
    pub(super) fn line(&mut self, points: &[(i64, i64)], stroke: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
        self.raw(format_args!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"1\"/>",
            points.join(" ")
        ));
    }

    /// An element written by its caller, numbers through [`number`].
    pub(super) fn raw(&mut self, element: fmt::Arguments<'_>) {
        // Writing into a string has no way to fail.
        let _ = self.body.write_fmt(element);
    }
}

/// A length as SVG wants it: `1234` is `12.34`.
pub(super) fn number(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.abs() / UNIT, hundredths.abs() % UNIT);
    match part {
        0 => format!("{sign}{whole}"),
        _ if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        _ => format!("{sign}{whole}.{part:02}"),
    }
}

/// Text made safe as XML content and as an attribute value; characters that XML forbids become U+FFFD.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            _ => safe.push(character),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{escape, number};

    #[test]
    fn hundredths_are_written_without_idle_zeros() {
        let written: Vec<String> = [0, 100, 1250, 1205, -5, -1200].into_iter().map(number).collect();
        assert_eq!(written, ["0", "1", "12.5", "12.05", "-0.05", "-12"]);
    }

    #[test]
    fn markup_and_control_characters_do_not_leave_the_text() {
        assert_eq!(escape("a<b>&\"c\"\u{1}"), "a&lt;b&gt;&amp;&quot;c&quot;\u{fffd}");
    }
}
