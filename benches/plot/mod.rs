//! The growth of times as a drawing with logarithmic axes: a straight line that climbs one square a square is linear.

use std::time::Duration;

/// A named line: counts and times, smallest first.
pub(crate) struct Line<'a> {
    pub(crate) name: &'a str,
    pub(crate) colour: &'a str,
    pub(crate) points: Vec<(usize, Duration)>,
}

/// Pixels of one power of ten.
const DECADE: f64 = 90.0;

/// Powers of ten on the axes: counts from 10 to 10,000, seconds from a hundredth to a hundred.
const COUNTS: [(i32, &str); 4] = [(1, "10"), (2, "100"), (3, "1,000"), (4, "10,000")];
const SECONDS: [(i32, &str); 5] = [(-2, "0.01 秒"), (-1, "0.1 秒"), (0, "1 秒"), (1, "10 秒"), (2, "100 秒")];

/// An SVG of all lines.
pub(crate) fn plot(title: &str, lines: &[Line<'_>]) -> String {
    let across = |power: f64| 60.0 + (power - 1.0) * DECADE * 1.4;
    let down = |power: f64| 20.0 + (2.0 - power) * DECADE / 2.0;
    let (right, bottom) = (across(4.0), down(-2.0));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 560 {}\" font-family=\"sans-serif\" font-size=\"11\" \
         role=\"img\"><title>{title}</title><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
        bottom + 40.0
    );
    for (power, words) in COUNTS {
        let x = across(f64::from(power));
        out += &format!("<line x1=\"{x}\" x2=\"{x}\" y1=\"20\" y2=\"{bottom}\" stroke=\"#ddd\"/>");
        out += &format!("<text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{words}</text>\n", bottom + 16.0);
    }
    for (power, words) in SECONDS {
        let y = down(f64::from(power));
        out += &format!("<line x1=\"60\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\" stroke=\"#ddd\"/>");
        out += &format!("<text x=\"54\" y=\"{}\" text-anchor=\"end\">{words}</text>\n", y + 4.0);
    }
    for Line { name, colour, points } in lines {
        let places: Vec<(f64, f64)> = points
            .iter()
            .filter_map(|(count, time)| {
                Some((across(f64::from(u32::try_from(*count).ok()?).log10()), down(time.as_secs_f64().log10())))
            })
            .collect();
        let path: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        out += &format!(
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{}\"/>\n",
            path.join(" ")
        );
        for (x, y) in &places {
            out += &format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>\n");
        }
        if let Some((x, y)) = places.last() {
            out += &format!("<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\">{name}</text>\n", x - 60.0, y - 9.0);
        }
    }
    out + "</svg>\n"
}
