//! A chart with all that belongs to it: title, legend, drawing or table, menu, brush, summary.

use deskops_domain::day::Day;
use dioxus::prelude::*;

use super::brush::Brush;
use super::menu::ChartMenu;
use super::plot::{Form, Part, Plot};
use super::stop::Stop;
use super::svg::{Patterns, Swatch};
use super::tell::summary;
use crate::parts::{Icon, IconShape};

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Id in the page.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// The day that it is about, where it has no days along its axis.
    pub period: String,
    /// What it shows.
    pub plot: Plot,
    /// What is said where there is nothing to show.
    pub nothing: &'static str,
    /// Where that is entered.
    pub entry: String,
    /// First day of the site's week.
    pub week_start: u32,
}

/// A chart in its frame.
///
/// # Styling
/// `.chart[data-full]`, `.chart-head`, `.chart-legend`, `.legend-item[aria-pressed]`.
#[component]
pub fn ChartCard(
    /// The chart.
    chart: Chart,
) -> Element {
    let is_table = use_signal(|| false);
    let is_full = use_signal(|| false);
    let hidden = use_signal(|| vec![false; chart.plot.series.len()]);
    let brushed = use_signal(|| None::<(usize, usize)>);
    let Chart { id, title, .. } = chart;
    let whole = chart.plot.slots.len();
    let is_time = chart.plot.slots.first().is_some_and(|slot| slot.day.is_some());
    let (first, last) = brushed().unwrap_or((0, whole.saturating_sub(1)));
    let part = chart.plot.between(first, last);
    let words = summary(&part);
    let (plot, is_weekly) = part.readable(chart.week_start);
    let unit = if plot.form == Form::Share { "%" } else { plot.unit };
    let period = match (days(&chart.plot, first, last), is_weekly) {
        (Some(days), true) => format!("{days}, by week"),
        (Some(days), false) => days,
        (None, _) => chart.period.clone(),
    };
    rsx! {
        figure { class: "chart panel", id, "data-full": is_full(), "aria-label": "{title}",
            Patterns { id, series: plot.series.clone() }
            div { class: "chart-head",
                h2 { "{title}" if !unit.is_empty() {
                    span { class: "chart-unit", " {unit}" }
                } }
                span { class: "chart-period", "{period}" }
                ChartMenu { id, title, plot: plot.clone(), is_table, is_full, days: is_time.then(|| chart.plot.slots.iter().filter_map(|slot| slot.day).collect::<Vec<Day>>()), brushed }
            }
            if plot.is_empty() {
                div { class: "chart-nothing",
                    Icon { shape: IconShape::Nothing }
                    p { "{chart.nothing}" }
                    a { href: "{chart.entry}", "Enter it" }
                }
            } else {
                Legend { id, plot: plot.clone(), hidden }
                Stop { id, title, plot: plot.clone(), hidden: hidden(), is_table, is_full: is_full(), words: words.clone() }
            }
            if is_time && whole > 1 {
                Brush { title, days: chart.plot.slots.iter().filter_map(|slot| slot.day).collect::<Vec<Day>>(), brushed }
            }
            figcaption { "{words}" }
        }
    }
}

/// The days that are shown, in words.
fn days(plot: &Plot, first: usize, last: usize) -> Option<String> {
    let day = |at: usize| plot.slots.get(at)?.day;
    let (first, last) = (day(first)?, day(last)?);
    Some(if first == last { last.long() } else { format!("{} – {}", first.short(), last.long()) })
}

/// The series as buttons that put each of them in and out.
#[component]
fn Legend(id: &'static str, plot: Plot, hidden: Signal<Vec<bool>>) -> Element {
    let mut hidden = hidden;
    let count = plot.series.len();
    let toggle = move |at: usize| {
        let mut now = hidden.write();
        now.resize(count, false);
        now[at] = !now[at];
    };
    rsx! {
        div { class: "chart-legend", role: "group", "aria-label": "Series",
            for (at , series) in plot.series.iter().enumerate().filter(|(_, series)| series.part != Part::Told) {
                button {
                    key: "{series.name}",
                    r#type: "button",
                    class: "legend-item",
                    "aria-pressed": !hidden.read().get(at).copied().unwrap_or(false),
                    onclick: move |_| {
                        let mut toggle = toggle;
                        toggle(at)
                    },
                    Swatch { id, at, series: series.clone() }
                    "{series.name}"
                }
            }
        }
    }
}
