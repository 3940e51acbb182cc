//! The fills of a chart: neighbours differ in lightness and in hatching, so a grey print tells them apart.
//!
//! In: the number of a part. Out: a fill and, for hatched ones, the pattern behind it.
//! Never knows: what the part stands for.

use std::collections::BTreeSet;

use super::canvas::escape;

/// How a fill is hatched over its ground colour.
#[derive(Debug, Clone, Copy)]
enum Hatch {
    None,
    Rising,
    Falling,
    Level,
    Dots,
}

impl Hatch {
    /// The strokes inside a tile of 8 by 8 units; they run past its edges so that tiles join.
    fn strokes(self) -> &'static str {
        match self {
            Hatch::None => "",
            Hatch::Rising => "<path d=\"M-2 2L2 -2M0 8L8 0M6 10L10 6\" stroke=\"#2b4a68\" stroke-width=\"1.2\"/>",
            Hatch::Falling => "<path d=\"M-2 6L2 10M0 0L8 8M6 -2L10 2\" stroke=\"#2b4a68\" stroke-width=\"1.2\"/>",
            Hatch::Level => "<path d=\"M0 2H8M0 6H8\" stroke=\"#5b7186\" stroke-width=\"1\"/>",
            Hatch::Dots => "<path d=\"M1 1h2v2h-2zM5 5h2v2h-2z\" fill=\"#2b4a68\"/>",
        }
    }
}

/// Dark and light take turns; after the last the row begins anew.
const FILLS: [(&str, Hatch); 8] = [
    ("#2f5478", Hatch::None),
    ("#dbe7f1", Hatch::Rising),
    ("#6f9cc0", Hatch::None),
    ("#f5f8fb", Hatch::Level),
    ("#41474e", Hatch::None),
    ("#c3d3c4", Hatch::Falling),
    ("#9aa5af", Hatch::None),
    ("#efe6cf", Hatch::Dots),
];

/// The fills one chart has used. Pattern ids carry the id of the chart, for several charts share an HTML page.
pub(super) struct Paints<'a> {
    chart: &'a str,
    used: BTreeSet<usize>,
}

impl<'a> Paints<'a> {
    pub(super) fn new(chart: &'a str) -> Self {
        Self { chart, used: BTreeSet::new() }
    }

    /// The value of the `fill` attribute for the part with this number.
    pub(super) fn fill(&mut self, number: usize) -> String {
        let place = number % FILLS.len();
        let (ground, hatch) = FILLS[place];
        match hatch {
            Hatch::None => ground.to_owned(),
            Hatch::Rising | Hatch::Falling | Hatch::Level | Hatch::Dots => {
                self.used.insert(place);
                format!("url(#{}-hatch{place})", escape(self.chart))
            }
        }
    }

    /// The definitions of the patterns used; empty when there are none.
    pub(super) fn definitions(&self) -> String {
        if self.used.is_empty() {
            return String::new();
        }
        let chart = escape(self.chart);
        let pattern = |(place, (ground, hatch)): (usize, (&str, Hatch))| {
            format!(
                "<pattern id=\"{chart}-hatch{place}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\" fill=\"{ground}\"/>{}</pattern>",
                hatch.strokes()
            )
        };
        let used = FILLS.into_iter().enumerate().filter(|(place, _)| self.used.contains(place));
        let patterns = used.map(pattern).collect::<Vec<String>>().concat();
        format!("<defs>{patterns}</defs>")
    }
}

#[cfg(test)]
mod tests {
    use super::Paints;

    #[test]
    fn only_patterns_in_use_are_defined_and_they_carry_the_id_of_the_chart() {
        let mut paints = Paints::new("chart-1");
        assert_eq!(paints.fill(0), "#2f5478");
        assert_eq!(paints.definitions(), "");
        assert_eq!(paints.fill(9), "url(#chart-1-hatch1)");
        let defined = paints.definitions();
        assert!(defined.contains("id=\"chart-1-hatch1\"") && !defined.contains("hatch3"));
    }
}
