//! Draws a picture as SVG, one path for each series and cue.

use std::fmt::Write as _;

use dioxus::prelude::*;

use super::draw::{Frame, Mass, Picture, Shape};
use super::plot::{Cue, Form, Part, Plot, Series};
use super::{Tenths, draw};

/// The drawing of a plot. It is decoration for readers: the figures are told and stand in the table.
///
/// # Styling
/// `.chart-drawing[data-filled]`; `.mass[data-ink][data-cue]`, `.stroke[data-part]`, `.axis-line`, `.axis-words`.
#[component]
pub fn Drawing(
    /// Id of the chart, of which its patterns have theirs.
    id: &'static str,
    /// What is shown.
    plot: Plot,
    /// What the legend leaves out.
    hidden: Vec<bool>,
    /// Where it is drawn.
    frame: Frame,
) -> Element {
    let picture: Picture = draw::draw(&plot, &hidden, frame);
    let is_lying = plot.form == Form::Lying;
    rsx! {
        svg { class: "chart-drawing", "data-filled": plot.form == Form::Area || is_lying, view_box: "0 0 {frame.width} {frame.height}", "aria-hidden": "true",
            for (i , [from , to]) in picture.grid.iter().enumerate() {
                line { key: "{i}", class: "axis-line", x1: "{from.x}", y1: "{from.y}", x2: "{to.x}", y2: "{to.y}" }
            }
            for mass in &picture.masses {
                path {
                    key: "{mass.series}{mass.cue.name()}",
                    class: "mass",
                    "data-ink": plot.series[mass.series].ink.name(),
                    "data-cue": mass.cue.name(),
                    fill: fill(id, mass),
                    d: outline(&mass.outlines, true),
                }
            }
            line { class: "axis-zero", x1: "{picture.zero[0].x}", y1: "{picture.zero[0].y}", x2: "{picture.zero[1].x}", y2: "{picture.zero[1].y}" }
            for stroke in &picture.strokes {
                g { key: "{stroke.series}", class: "stroke", "data-part": part_name(plot.series[stroke.series].part),
                    path { class: "stroke-halo", d: outline(&stroke.runs, false) }
                    path { d: outline(&stroke.runs, false) }
                    if !stroke.points.is_empty() {
                        path { class: "stroke-marks", d: squares(&stroke.points) }
                    }
                }
            }
            for (i , mark) in picture.marks.iter().enumerate() {
                text {
                    key: "{i}",
                    class: "axis-words",
                    x: "{mark.at.x}",
                    y: "{mark.at.y}",
                    text_anchor: if is_lying { "middle" } else { "end" },
                    dominant_baseline: if is_lying { "auto" } else { "middle" },
                    "{mark.words}"
                }
            }
            for name in &picture.names {
                text {
                    key: "{name.words}{name.at.x}",
                    class: "axis-words",
                    x: "{name.at.x}",
                    y: "{name.at.y}",
                    text_anchor: if is_lying { "end" } else { "middle" },
                    dominant_baseline: if is_lying { "middle" } else { "auto" },
                    "{name.words}"
                }
            }
        }
    }
}

/// The patterns of a chart's series: one for its cue, one for the day that is not over.
#[component]
pub fn Patterns(
    /// Id of the chart.
    id: &'static str,
    /// The series.
    series: Vec<Series>,
) -> Element {
    let masses = series.iter().enumerate().filter(|(_, series)| series.is_mass());
    rsx! {
        svg { class: "chart-patterns", width: "0", height: "0", "aria-hidden": "true",
            defs {
                for (at , one) in masses {
                    for cue in [one.cue, Cue::SoFar] {
                        Pattern { key: "{at}{cue.name()}", id: pattern(id, at, cue), ink: one.ink.name(), cue }
                    }
                }
            }
        }
    }
}

#[component]
fn Pattern(id: String, ink: &'static str, cue: Cue) -> Element {
    let (size, turn, lines) = match cue {
        Cue::Hatch => (5, 45, "M0,0h2.5v5h-2.5z"),
        Cue::SoFar => (8, -45, "M0,0h2.5v8h-2.5z"),
        Cue::Cross => (6, 45, "M0,0h6v1.6h-6zM0,0h1.6v6h-1.6z"),
        Cue::Dots => (5, 0, "M2.5,0.6a1.9,1.9 0 1 0 0.1,0z"),
        Cue::Solid | Cue::Hollow => return rsx! {},
    };
    rsx! {
        pattern { id, width: "{size}", height: "{size}", pattern_units: "userSpaceOnUse", pattern_transform: "rotate({turn})", "data-ink": ink,
            rect { class: "pattern-ground", width: "{size}", height: "{size}" }
            path { class: "pattern-lines", d: lines }
        }
    }
}

/// The colour, pattern or emptiness of a mass, as a `fill`; none where the style sheet says it.
fn fill(id: &str, mass: &Mass) -> Option<String> {
    match mass.cue {
        Cue::Solid | Cue::Hollow => None,
        cue => Some(format!("url(#{})", pattern(id, mass.series, cue))),
    }
}

fn pattern(id: &str, series: usize, cue: Cue) -> String {
    format!("{id}-{series}-{}", cue.name())
}

/// A small square with the look of a series, or a piece of its line.
#[component]
pub fn Swatch(
    /// Id of the chart.
    id: &'static str,
    /// Which series.
    at: usize,
    /// The series.
    series: Series,
) -> Element {
    let mass = Mass { series: at, cue: series.cue, outlines: Vec::new() };
    rsx! {
        svg { class: "swatch", view_box: "0 0 16 12", width: "16", height: "12", "aria-hidden": "true",
            if series.is_mass() {
                rect { class: "mass", "data-ink": series.ink.name(), "data-cue": series.cue.name(), fill: fill(id, &mass), x: "2", y: "1", width: "12", height: "10" }
            } else {
                g { class: "stroke", "data-part": part_name(series.part),
                    path { d: "M0,6H16" }
                    if series.part == Part::Line {
                        path { class: "stroke-marks", d: "M5.5,3.5h5v5h-5z" }
                    }
                }
            }
        }
    }
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Mass => "mass",
        Part::Line => "line",
        Part::Step => "step",
        Part::Limit => "limit",
        Part::Told => "told",
    }
}

/// The `d` of a path through these points.
fn outline(shapes: &[Shape], is_closed: bool) -> String {
    let mut d = String::new();
    for shape in shapes {
        for (at, point) in shape.iter().enumerate() {
            let letter = if at == 0 { 'M' } else { 'L' };
            // Writing to a text cannot fail.
            let _ = write!(d, "{letter}{},{}", point.x, point.y);
        }
        if is_closed {
            d.push('Z');
        }
    }
    d
}

/// A small square around each point.
fn squares(points: &[draw::Point]) -> String {
    points
        .iter()
        .map(|point| format!("M{},{}h5v5h-5Z", Tenths(point.x.0 - 25), Tenths(point.y.0 - 25)))
        .collect()
}
