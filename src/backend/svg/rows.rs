//! Lying bars, for long names: the name on the left, the bar, its figure at its end.
//!
//! In: points, those of one group under its name. Out: bars, names and figures on the canvas.
//! Never knows: what the groups are. Negative values grow to the left of the base line.

use super::canvas::{Anchor, Canvas, LINE, SIZE, UNIT, WIDTH};
use super::paint::Paints;
use super::value::{portion, value};
use super::{text_width, wrap};
use crate::document::{Chart, Point};

/// Room for names.
const NAMES: i64 = 168 * UNIT;
const THICK: i64 = 18 * UNIT;
const GAP: i64 = 10 * UNIT;

/// Where the bars of one chart begin and how long they may grow.
struct Scale {
    base: i64,
    length: i64,
    span: i128,
}

pub(super) fn draw(chart: &Chart, paints: &mut Paints<'_>, canvas: &mut Canvas) {
    let scale = scale(chart);
    let top = canvas.height;
    let mut group = "";
    for point in &chart.points {
        if point.group != group {
            group = &point.group;
            canvas.text(4 * UNIT, canvas.height + SIZE, Anchor::Start, true, group);
            canvas.height += LINE + 4 * UNIT;
        }
        row(point, &scale, paints, canvas);
    }
    canvas.line(&[(scale.base, top), (scale.base, canvas.height - GAP / 2)], "#1f3347");
}

fn scale(chart: &Chart) -> Scale {
    let values = || chart.points.iter().filter_map(|point| value(&point.figure));
    let (highest, deepest) = (values().max().unwrap_or(0).max(0), values().min().unwrap_or(0).min(0));
    let span = highest.saturating_sub(deepest);
    let figures = chart.points.iter().map(|point| text_width(&point.figure.text)).max().unwrap_or(0) + 10 * UNIT;
    let (before, after) = (if deepest < 0 { figures } else { 0 }, figures);
    let length = (WIDTH - NAMES - before - after).max(40 * UNIT);
    Scale { base: NAMES + before + portion(length, -deepest, span), length, span }
}

fn row(point: &Point, scale: &Scale, paints: &mut Paints<'_>, canvas: &mut Canvas) {
    let lines = wrap(&point.label, NAMES - 12 * UNIT);
    let text = LINE * i64::try_from(lines.len()).unwrap_or(1);
    let height = text.max(THICK);
    let middle = canvas.height + height / 2;
    let first = middle - text / 2 + SIZE;
    canvas.label(NAMES - 8 * UNIT, first, Anchor::End, &lines);
    let size = value(&point.figure).unwrap_or(0);
    let length = portion(scale.length, size.saturating_abs(), scale.span);
    let (left, anchor, end) = if size < 0 {
        (scale.base - length, Anchor::End, scale.base - length - 5 * UNIT)
    } else {
        (scale.base, Anchor::Start, scale.base + length + 5 * UNIT)
    };
    if length > 0 {
        let fill = paints.fill(0);
        canvas.bar(left, middle - THICK / 2, length, THICK, &fill);
    }
    canvas.text(end, middle + SIZE * 2 / 5, anchor, false, &point.figure.text);
    canvas.height += height + GAP;
}
