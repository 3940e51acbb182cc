//! Charts: the picture, its caption and the data behind it.
//!
//! In: a chart as data. Out: a figure whose picture has words and whose points can be read as a table.
//! Never knows: how a chart is drawn.

use crate::backend::svg;
use crate::document::Chart;

use super::{Page, running};

pub(super) fn chart(page: &mut Page, chart: &Chart) {
    let caption = format!("{}_caption", chart.id.0);
    page.out.open("figure", &[("class", "chart"), ("id", &chart.id.0), ("aria-labelledby", &caption)]);
    page.out.line();
    // The drawing brings its own title and description.
    page.out.open("div", &[("class", "picture")]);
    page.out.raw(&svg::draw(chart));
    page.out.close("div");
    page.out.line();
    page.out.open("figcaption", &[]);
    page.out.element("p", &[("id", &caption)], &chart.caption);
    page.out.line();
    page.out.open("details", &[]);
    page.out.element("summary", &[], "图中数据");
    page.out.line();
    data(page, chart);
    page.out.close("details");
    page.out.close("figcaption");
    page.out.line();
    page.out.close("figure");
    page.out.line();
}

fn data(page: &mut Page, chart: &Chart) {
    let name = format!("{}（数据）", chart.caption);
    let grouped = chart.points.iter().any(|point| !point.group.is_empty());
    let shared = chart.points.iter().any(|point| point.share.is_some());
    let out = &mut page.out;
    out.open("div", &[("class", "frame"), ("role", "region"), ("tabindex", "0"), ("aria-label", &name)]);
    out.open("table", &[]);
    out.open("caption", &[]);
    out.element("span", &[("class", "unseen")], &name);
    out.close("caption");
    out.line();
    out.raw("<thead><tr>");
    let value = if chart.unit.is_empty() { "数值".to_owned() } else { format!("数值（{}）", chart.unit) };
    let heads = [("组别", grouped), ("项目", true), (value.as_str(), true), ("占比", shared)];
    for (head, _) in heads.iter().filter(|(_, printed)| *printed) {
        out.element("th", &[("scope", "col")], head);
    }
    out.raw("</tr></thead>");
    out.line();
    out.open("tbody", &[]);
    out.line();
    for point in &chart.points {
        out.open("tr", &[]);
        if grouped {
            out.element("td", &[], &point.group);
        }
        out.element("th", &[("scope", "row"), ("class", "t")], &point.label);
        for figure in std::iter::once(&point.figure).chain(&point.share) {
            out.open("td", &[("class", "n r")]);
            running::figure(out, figure);
            out.close("td");
        }
        if shared && point.share.is_none() {
            out.element("td", &[], "");
        }
        out.close("tr");
        out.line();
    }
    out.raw("</tbody></table></div>");
    out.line();
}
