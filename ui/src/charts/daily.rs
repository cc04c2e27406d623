//! The chart of a run of days: drawn, told in words, walked with the arrows, and as a table.

use deskops_domain::api::days::DayFigure;
use deskops_domain::day::Day;
use deskops_domain::text::show_fixed;
use dioxus::prelude::*;

use super::Tenths;
use super::bars::{Frame, Look, bars};
use crate::parts::{Button, IconShape};
use crate::words::tons;

const FRAME: Frame = Frame { width: 1040, height: 260, left: 56, right: 8, top: 12, bottom: 28 };

/// A chart of what was made a day.
///
/// # Styling
/// `.chart`, `.bar[data-look]` = `working`, `day-off`, `today`; `.chart-walk` is the line of the walked day.
#[component]
pub fn DailyChart(
    /// What is shown: `Production, last 30 days`.
    title: String,
    /// The days, oldest first.
    days: Vec<DayFigure>,
    /// The day that is not over.
    today: Option<Day>,
) -> Element {
    let mut is_table = use_signal(|| false);
    let mut walked = use_signal(|| None::<usize>);
    let n_days = days.len();
    let on_key = move |event: KeyboardEvent| {
        let last = n_days.saturating_sub(1);
        let at = *walked.peek();
        let next = match event.key() {
            Key::ArrowLeft => at.map_or(last, |at| at.saturating_sub(1)),
            Key::ArrowRight => at.map_or(0, |at| (at + 1).min(last)),
            Key::PageUp => at.unwrap_or(last).saturating_sub(7),
            Key::PageDown => (at.unwrap_or(0) + 7).min(last),
            Key::Home => 0,
            Key::End => last,
            Key::Escape => {
                walked.set(None);
                return;
            }
            Key::Character(typed) if typed.eq_ignore_ascii_case("t") => {
                is_table.toggle();
                return;
            }
            _ => return,
        };
        if event.modifiers().is_empty() {
            event.prevent_default();
            walked.set(Some(next));
        }
    };
    let words = summary(&days, today);
    let told = walked().and_then(|at| days.get(at)).map(|figure| tell(figure, today));
    rsx! {
        figure { class: "chart", "aria-label": "{title}",
            div { class: "chart-head",
                h2 { "{title}" }
                Button {
                    label: if is_table() { "Show as chart" } else { "Show as table" },
                    icon: IconShape::Rows,
                    look: "quiet",
                    onclick: move |()| is_table.toggle(),
                }
            }
            div {
                class: "chart-stop",
                tabindex: "0",
                role: "group",
                "aria-roledescription": "chart",
                "aria-label": "{title}. {words} Arrows walk the days, T shows the table.",
                onkeydown: on_key,
                if is_table() {
                    Table { days: days.clone(), today }
                } else {
                    Drawing { days: days.clone(), today, walked }
                }
            }
            p { class: "chart-walk", role: "status",
                if let Some(told) = told { "{told}" } else { "Arrows walk the days, T shows the table." }
            }
            figcaption { "{words}" }
        }
    }
}

#[component]
fn Drawing(days: Vec<DayFigure>, today: Option<Day>, walked: Signal<Option<usize>>) -> Element {
    let mut walked = walked;
    let chart = bars(&days, today, FRAME);
    let floor = Tenths::px(FRAME.height - FRAME.bottom);
    let right = Tenths::px(FRAME.width - FRAME.right);
    let left = Tenths::px(FRAME.left);
    rsx! {
        svg { class: "chart-drawing", view_box: "0 0 {FRAME.width} {FRAME.height}", "aria-hidden": "true",
            defs {
                pattern { id: "hatch", width: "6", height: "6", pattern_units: "userSpaceOnUse", pattern_transform: "rotate(45)",
                    rect { class: "hatch-ground", width: "6", height: "6" }
                    rect { class: "hatch-line", width: "3", height: "6" }
                }
            }
            for mark in &chart.marks {
                line { key: "{mark.kg}", class: "axis-line", x1: "{left}", x2: "{right}", y1: "{mark.y}", y2: "{mark.y}" }
                text {
                    class: "axis-words",
                    x: "{Tenths::px(FRAME.left - 8)}",
                    y: "{mark.y}",
                    text_anchor: "end",
                    dominant_baseline: "middle",
                    "{show_fixed(mark.kg / 1_000, 0)}"
                }
            }
            for (i , bar) in chart.bars.iter().enumerate() {
                g {
                    key: "{bar.figure.day}",
                    class: "bar",
                    "data-look": bar.look.name(),
                    "data-walked": walked() == Some(i),
                    onmouseenter: move |_| walked.set(Some(i)),
                    rect { class: "bar-slot", x: "{bar.slot_x}", y: "{Tenths::px(FRAME.top)}", width: "{bar.slot_width}", height: "{Tenths::px(FRAME.height - FRAME.top - FRAME.bottom)}" }
                    if bar.height > Tenths(0) {
                        rect { class: "bar-body", x: "{bar.x}", y: "{bar.y}", width: "{bar.width}", height: "{bar.height}" }
                    } else if bar.look == Look::DayOff {
                        line { class: "bar-off", x1: "{bar.x}", x2: "{Tenths(bar.x.0 + bar.width.0)}", y1: "{floor}", y2: "{floor}" }
                    }
                    if has_words(i, chart.bars.len()) {
                        text { class: "axis-words", x: "{Tenths(bar.slot_x.0 + bar.slot_width.0 / 2)}", y: "{Tenths::px(FRAME.height - 8)}", text_anchor: "middle", "{bar.figure.day.short()}" }
                    }
                }
            }
        }
    }
}

/// Every fifth day from the last one back is named.
fn has_words(i: usize, count: usize) -> bool {
    (count - 1 - i).is_multiple_of(5)
}

#[component]
fn Table(days: Vec<DayFigure>, today: Option<Day>) -> Element {
    rsx! {
        div { class: "chart-table",
            table {
                thead {
                    tr {
                        th { scope: "col", "Day" }
                        th { scope: "col", class: "num", "Rows" }
                        th { scope: "col", class: "num", "Produced t" }
                        th { scope: "col", "Remark" }
                    }
                }
                tbody {
                    for figure in days.iter().rev() {
                        tr { key: "{figure.day}",
                            th { scope: "row", "{figure.day.long()}" }
                            td { class: "num", "{figure.rows}" }
                            td { class: "num", if figure.rows > 0 { "{show_fixed(figure.kg, 3)}" } else { "" } }
                            td { "{remark(figure, today)}" }
                        }
                    }
                }
            }
        }
    }
}

fn remark(figure: &DayFigure, today: Option<Day>) -> &'static str {
    match (Some(figure.day) == today, figure.is_working, figure.rows) {
        (true, _, _) => "today so far",
        (false, false, _) => "no working day",
        (false, true, 0) => "nothing entered",
        (false, true, _) => "",
    }
}

fn tell(figure: &DayFigure, today: Option<Day>) -> String {
    let amount = if figure.rows == 0 { String::new() } else { format!(": {}", tons(figure.kg)) };
    let remark = remark(figure, today);
    let remark = if remark.is_empty() { String::new() } else { format!(", {remark}") };
    format!("{}{amount}{remark}", figure.day.long())
}

/// The chart in sentences.
#[must_use]
pub fn summary(days: &[DayFigure], today: Option<Day>) -> String {
    let entered: Vec<_> = days.iter().filter(|day| day.rows > 0).collect();
    let Some(highest) = entered.iter().max_by_key(|day| day.kg) else {
        return "Nothing was entered in these days.".into();
    };
    let total: i64 = entered.iter().map(|day| day.kg).sum();
    let missing =
        days.iter().filter(|day| day.is_working && day.rows == 0 && Some(day.day) != today).count();
    let missing = match missing {
        0 => String::new(),
        1 => " 1 working day has no entry.".into(),
        many => format!(" {many} working days have no entry."),
    };
    let so_far = if entered.iter().any(|day| Some(day.day) == today) {
        " The last bar is today so far."
    } else {
        ""
    };
    format!(
        "Produced {} on {} days; most on {} with {}.{missing}{so_far}",
        tons(total),
        entered.len(),
        highest.day.long(),
        tons(highest.kg)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: &str, is_working: bool, kg: i64) -> DayFigure {
        DayFigure { day: Day::parse(date).unwrap(), is_working, rows: u64::from(kg > 0), kg }
    }

    #[test]
    fn the_chart_is_told_in_sentences() {
        let days = [
            day("2026-11-19", true, 0),
            day("2026-11-20", false, 0),
            day("2026-11-21", true, 1_310_000),
            day("2026-11-22", true, 90_500),
        ];
        let today = Day::parse("2026-11-22");
        assert_eq!(
            summary(&days, today),
            "Produced 1,400.500 t on 2 days; most on Sat 21 Nov 2026 with 1,310.000 t. 1 working day has no entry. The last bar is today so far."
        );
        assert_eq!(summary(&days[..2], today), "Nothing was entered in these days.");
        assert_eq!(tell(&days[1], today), "Fri 20 Nov 2026, no working day");
        assert_eq!(tell(&days[3], today), "Sun 22 Nov 2026: 90.500 t, today so far");
    }
}
