//! A pie: slices clockwise from the top, each named outside beside its share.
//!
//! In: points with values and shares. Out: slices, leaders and labels on the canvas.
//! Never knows: how a share was computed. Points without a slice (nothing, or less) are listed below.

use super::canvas::{Anchor, Canvas, LINE, SIZE, UNIT, WIDTH, number};
use super::paint::Paints;
use super::value::{TURN, on_circle, slice};
use super::{text_width, wrap};
use crate::document::{Chart, Point};

const RADIUS: i64 = 96 * UNIT;
const CENTRE: i64 = WIDTH / 2;
/// From the rim to the first letter of a label.
const REACH: i64 = 26 * UNIT;
/// Between two labels of one side.
const GAP: i64 = 8 * UNIT;

/// A slice with its place on the circle and the lines that name it.
struct Slice {
    number: usize,
    from: i128,
    to: i128,
    lines: Vec<String>,
}

impl Slice {
    fn middle(&self) -> i128 {
        i128::midpoint(self.from, self.to)
    }

    fn on_right(&self) -> bool {
        self.middle() < TURN / 2
    }

    fn height(&self) -> i64 {
        LINE * i64::try_from(self.lines.len()).unwrap_or(1)
    }
}

pub(super) fn draw(chart: &Chart, paints: &mut Paints<'_>, canvas: &mut Canvas) {
    let slices = slices(chart);
    let (right, left): (Vec<&Slice>, Vec<&Slice>) = slices.iter().partition(|slice| slice.on_right());
    let tallest = [&right, &left].map(|side| stack_height(side)).into_iter().max().unwrap_or(0);
    let top = canvas.height;
    let height = tallest.max(2 * RADIUS + 24 * UNIT);
    let centre = top + height / 2;
    disc(&slices, centre, paints, canvas);
    label_side(&right, centre, (top, top + height), canvas);
    label_side(&left, centre, (top, top + height), canvas);
    canvas.height = top + height + 4 * UNIT;
    list_sliceless(chart, canvas);
}

fn slices(chart: &Chart) -> Vec<Slice> {
    let whole: i128 = chart.points.iter().map(slice).fold(0, i128::saturating_add);
    let mut slices = Vec::new();
    let mut before: i128 = 0;
    for (number, point) in chart.points.iter().enumerate() {
        let part = slice(point);
        if part > 0 {
            let after = before.saturating_add(part);
            slices.push(Slice { number, from: angle(before, whole), to: angle(after, whole), lines: lines(point) });
            before = after;
        }
    }
    slices
}

fn angle(part: i128, whole: i128) -> i128 {
    i128::from(super::value::portion(1_000_000, part, whole)) * TURN / 1_000_000
}

/// Name, figure and share of a point, broken to the width beside the pie.
fn lines(point: &Point) -> Vec<String> {
    let room = WIDTH / 2 - RADIUS - REACH - 4 * UNIT;
    let mut lines = wrap(&point.label, room);
    let share = point.share.as_ref().map(|share| share.text.as_str()).unwrap_or_default();
    let both = joined(&point.figure.text, share);
    if text_width(&both) <= room {
        lines.push(both);
    } else {
        lines.extend([point.figure.text.clone(), share.to_owned()]);
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn joined(figure: &str, share: &str) -> String {
    match (figure.is_empty(), share.is_empty()) {
        (false, false) => format!("{figure}，{share}"),
        (false, true) => figure.to_owned(),
        (true, false | true) => share.to_owned(),
    }
}

fn disc(slices: &[Slice], centre: i64, paints: &mut Paints<'_>, canvas: &mut Canvas) {
    let (cx, cy, r) = (number(CENTRE), number(centre), number(RADIUS));
    match slices {
        [] => canvas.raw(format_args!(
            "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\" fill=\"none\" stroke=\"#6b7580\" stroke-dasharray=\"4 4\"/>"
        )),
        // An arc that ends where it begins draws nothing.
        [only] => {
            let fill = paints.fill(only.number);
            canvas.raw(format_args!("<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\" fill=\"{fill}\" stroke=\"#1f3347\"/>"));
        }
        [..] => {
            for slice in slices {
                let fill = paints.fill(slice.number);
                canvas.raw(format_args!("{}", sector(slice, centre, &fill)));
            }
        }
    }
}

fn sector(slice: &Slice, centre: i64, fill: &str) -> String {
    let place = |angle| {
        let (x, y) = on_circle(RADIUS, angle);
        format!("{} {}", number(CENTRE + x), number(centre + y))
    };
    let large = u8::from(slice.to - slice.from > TURN / 2);
    format!(
        "<path d=\"M{} {}L{}A{r} {r} 0 {large} 1 {}Z\" fill=\"{fill}\" stroke=\"#fff\" stroke-width=\"1.25\" stroke-linejoin=\"round\"/>",
        number(CENTRE),
        number(centre),
        place(slice.from),
        place(slice.to),
        r = number(RADIUS),
    )
}

fn stack_height(side: &[&Slice]) -> i64 {
    side.iter().map(|slice| slice.height() + GAP).sum()
}

/// Sets the labels of one side beside their slices, then moves them apart: down where they meet, up again from the lower edge.
fn label_side(side: &[&Slice], centre: i64, (top, bottom): (i64, i64), canvas: &mut Canvas) {
    let mut ordered: Vec<(&Slice, i64)> = side
        .iter()
        .map(|slice| (*slice, centre + on_circle(RADIUS + REACH / 2, slice.middle()).1 - slice.height() / 2))
        .collect();
    ordered.sort_by_key(|(slice, y)| (*y, slice.number));
    let mut free = top;
    for (slice, y) in &mut ordered {
        *y = (*y).max(free);
        free = *y + slice.height() + GAP;
    }
    let mut limit = bottom;
    for (slice, y) in ordered.iter_mut().rev() {
        *y = (*y).min(limit - slice.height());
        limit = *y - GAP;
    }
    for (slice, y) in ordered {
        label(slice, centre, y, canvas);
    }
}

fn label(slice: &Slice, centre: i64, y: i64, canvas: &mut Canvas) {
    let (side, anchor) = if slice.on_right() { (1, Anchor::Start) } else { (-1, Anchor::End) };
    let x = CENTRE + side * (RADIUS + REACH);
    let (rim_x, rim_y) = on_circle(RADIUS, slice.middle());
    let (bend_x, _) = on_circle(RADIUS + REACH / 2, slice.middle());
    let beside = y + slice.height() / 2;
    let reached = (CENTRE + bend_x, centre + rim_y);
    canvas
        .line(&[(CENTRE + rim_x, reached.1), (x - side * 12 * UNIT, beside), (x - side * 4 * UNIT, beside)], "#6b7580");
    canvas.label(x, y + SIZE, anchor, &slice.lines);
}

/// Points without a slice are still part of what the chart says.
fn list_sliceless(chart: &Chart, canvas: &mut Canvas) {
    for point in chart.points.iter().filter(|point| slice(point) == 0) {
        let share = point.share.as_ref().map(|share| share.text.as_str()).unwrap_or_default();
        let text = format!("{}：{}", point.label, joined(&point.figure.text, share));
        for line in wrap(&text, WIDTH - 16 * UNIT) {
            canvas.text(CENTRE, canvas.height + SIZE, Anchor::Middle, false, &line);
            canvas.height += LINE;
        }
    }
    canvas.height += 4 * UNIT;
}
