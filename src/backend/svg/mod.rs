//! Draws a chart as SVG: the same picture inside the HTML page and inside the PDF.
//!
//! In: a [`Chart`] with its exact values. Out: one `<svg>` element as text, the same bytes every time.
//! Never knows: files, fonts, the page it will stand on, money.
//!
//! Geometry is integer arithmetic in hundredths of a user unit; sines come from a short series in `value`.
//! Every part is named beside it and printed with its figure, so that neither colour nor script is needed to read it.

mod bars;
mod canvas;
pub(in crate::backend) mod metrics;
mod paint;
mod pie;
mod rows;
mod value;

use crate::document::{Chart, ChartKind};
use canvas::{Anchor, Canvas, LINE, SIZE, UNIT, WIDTH, escape, number};
use paint::Paints;

/// Draws a chart. Its caption becomes the title, its text alternative the description.
#[must_use]
pub fn draw(chart: &Chart) -> String {
    let mut paints = Paints::new(&chart.id.0);
    let mut canvas = Canvas::default();
    unit_line(chart, &mut canvas);
    match chart.kind {
        ChartKind::Pie => pie::draw(chart, &mut paints, &mut canvas),
        ChartKind::Bars if bars::fit(chart) => bars::draw(chart, &mut paints, &mut canvas),
        // Upright bars too narrow for their figures lie down instead.
        ChartKind::Bars | ChartKind::Rows => rows::draw(chart, &mut paints, &mut canvas),
    }
    frame(chart, &paints.definitions(), &canvas)
}

/// The unit in the upper right corner, unless the figures carry it themselves.
fn unit_line(chart: &Chart, canvas: &mut Canvas) {
    canvas.height = 4 * UNIT;
    let carried = chart.points.iter().all(|point| point.figure.text.ends_with(&chart.unit));
    if !chart.unit.is_empty() && !carried {
        canvas.text(WIDTH - 4 * UNIT, SIZE, Anchor::End, false, &format!("单位：{}", chart.unit));
        canvas.height = LINE + 6 * UNIT;
    }
}

fn frame(chart: &Chart, definitions: &str, canvas: &Canvas) -> String {
    let id = escape(&chart.id.0);
    let (width, height, size) = (number(WIDTH), number(canvas.height), number(SIZE));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" font-family=\"'Noto Sans SC', sans-serif\" font-size=\"{size}\" fill=\"#1a1a1a\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>{definitions}{}</svg>",
        escape(&chart.caption),
        escape(&chart.alt),
        canvas.body
    )
}

/// Width of a text at the type size of charts.
fn text_width(text: &str) -> i64 {
    metrics::width(text) * SIZE / 1000
}

/// Breaks a label into lines no wider than `limit`.
fn wrap(text: &str, limit: i64) -> Vec<String> {
    metrics::wrap(text, limit * 1000 / SIZE).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
