//! Upright bars side by side, each with its figure at its end.
//!
//! In: points, those of one group beside each other. Out: bars, figures, names and a legend on the canvas.
//! Never knows: what the groups are. Negative values hang below the base line.

use super::canvas::{Anchor, Canvas, LINE, SIZE, UNIT, WIDTH};
use super::paint::Paints;
use super::value::{portion, value};
use super::{text_width, wrap};
use crate::document::{Chart, Point};

const LEFT: i64 = 8 * UNIT;
const PLOT: i64 = WIDTH - 2 * LEFT;
/// Height shared by the tallest bar and the deepest one.
const RISE: i64 = 190 * UNIT;
const WIDEST: i64 = 56 * UNIT;

/// Bars that stand together, and the name under them.
struct Cluster<'a> {
    name: &'a str,
    bars: Vec<Bar<'a>>,
}

struct Bar<'a> {
    series: usize,
    point: &'a Point,
}

/// Whether every figure finds room above its own bar.
pub(super) fn fit(chart: &Chart) -> bool {
    let clusters = clusters(chart);
    let places: i64 = clusters.iter().map(|cluster| count(cluster.bars.len()) + 1).sum();
    let slot = PLOT / places.max(1);
    chart.points.iter().all(|point| text_width(&point.figure.text) + 4 * UNIT <= slot.max(slot_alone(&clusters)))
}

/// Without groups a figure may spread over the gap beside its bar.
fn slot_alone(clusters: &[Cluster<'_>]) -> i64 {
    let widest = clusters.iter().map(|cluster| cluster.bars.len()).max().unwrap_or(1);
    if widest == 1 { PLOT / count(clusters.len()).max(1) } else { 0 }
}

pub(super) fn draw(chart: &Chart, paints: &mut Paints<'_>, canvas: &mut Canvas) {
    let clusters = clusters(chart);
    let series = series(chart);
    if series.len() > 1 {
        legend(&series, paints, canvas);
    }
    let values = || chart.points.iter().filter_map(|point| value(&point.figure));
    let (highest, deepest) = (values().max().unwrap_or(0).max(0), values().min().unwrap_or(0).min(0));
    let span = highest.saturating_sub(deepest);
    let above = portion(RISE, highest, span);
    let base = canvas.height + LINE + above;
    let depth = portion(RISE, -deepest, span);
    let room = PLOT / count(clusters.len()).max(1);
    let mut lowest = base;
    for (number, cluster) in clusters.iter().enumerate() {
        let left = LEFT + room * count(number);
        for (place, bar) in cluster.bars.iter().enumerate() {
            let slot = (room - 8 * UNIT) / count(cluster.bars.len()).max(1);
            let middle = left + 4 * UNIT + slot * count(place) + slot / 2;
            bar.draw((middle, slot, base), span, paints, canvas);
        }
        let names = wrap(cluster.name, room - 6 * UNIT);
        let first = base + depth + if depth > 0 { LINE } else { 0 } + SIZE + 4 * UNIT;
        canvas.label(left + room / 2, first, Anchor::Middle, &names);
        lowest = lowest.max(first + LINE * count(names.len()));
    }
    canvas.line(&[(LEFT, base), (LEFT + PLOT, base)], "#1f3347");
    canvas.height = lowest - SIZE + 8 * UNIT;
}

impl Bar<'_> {
    fn draw(&self, (middle, slot, base): (i64, i64, i64), span: i128, paints: &mut Paints<'_>, canvas: &mut Canvas) {
        let width = (slot * 4 / 5).min(WIDEST);
        let size = value(&self.point.figure).unwrap_or(0);
        let length = portion(RISE, size.saturating_abs(), span);
        let (top, text) =
            if size < 0 { (base, base + length + SIZE + 2 * UNIT) } else { (base - length, base - length - 5 * UNIT) };
        if length > 0 {
            let fill = paints.fill(self.series);
            canvas.bar(middle - width / 2, top, width, length, &fill);
        }
        canvas.text(middle, text, Anchor::Middle, false, &self.point.figure.text);
    }
}

/// Points in the order given; those of one group stand together, a point without a group stands alone.
fn clusters(chart: &Chart) -> Vec<Cluster<'_>> {
    let series = series(chart);
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
    for point in &chart.points {
        let number = series.iter().position(|name| *name == point.label).unwrap_or(0);
        let bar = Bar { series: if point.group.is_empty() { 0 } else { number }, point };
        let name = if point.group.is_empty() { point.label.as_str() } else { point.group.as_str() };
        let known = clusters.iter_mut().find(|cluster| cluster.name == name && !point.group.is_empty());
        match known {
            Some(cluster) => cluster.bars.push(bar),
            None => clusters.push(Cluster { name, bars: vec![bar] }),
        }
    }
    clusters
}

/// The names the legend explains: labels of grouped points, each once.
fn series(chart: &Chart) -> Vec<&str> {
    let mut names = Vec::new();
    for point in chart.points.iter().filter(|point| !point.group.is_empty()) {
        if !names.contains(&point.label.as_str()) {
            names.push(point.label.as_str());
        }
    }
    names
}

fn legend(series: &[&str], paints: &mut Paints<'_>, canvas: &mut Canvas) {
    let swatch = 14 * UNIT;
    let mut x = LEFT;
    let mut top = canvas.height;
    for (number, name) in series.iter().enumerate() {
        let width = swatch + 6 * UNIT + text_width(name) + 18 * UNIT;
        if x > LEFT && x + width > LEFT + PLOT {
            x = LEFT;
            top += LINE + 4 * UNIT;
        }
        let fill = paints.fill(number);
        canvas.bar(x, top + 2 * UNIT, swatch, swatch - 2 * UNIT, &fill);
        canvas.text(x + swatch + 6 * UNIT, top + SIZE - UNIT, Anchor::Start, false, name);
        x += width;
    }
    canvas.height = top + LINE + 8 * UNIT;
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
