//! Two handles under a chart that say from which day to which it is drawn.
//!
//! They are two native sliders on one track, so that the mouse, touch, keys and readers know them.

use deskops_domain::day::Day;
use dioxus::prelude::*;

/// The handles.
///
/// # Styling
/// `.brush`, `.brush-track`, `.brush-shown`.
#[component]
pub fn Brush(
    /// Title of the chart.
    title: &'static str,
    /// All its days.
    days: Vec<Day>,
    /// The first and the last that are shown; none for all.
    brushed: Signal<Option<(usize, usize)>>,
) -> Element {
    let mut brushed = brushed;
    let end = days.len().saturating_sub(1);
    let (first, last) = brushed().map_or((0, end), |(first, last)| (first.min(end), last.min(end)));
    let put = move |from: usize, to: usize| brushed.set(ends(from, to, end));
    let (start, stop) = (first * 1_000 / end.max(1), last * 1_000 / end.max(1));
    let long = |at: usize| days.get(at).map(|day| day.long()).unwrap_or_default();
    let move_first = move |at: usize| {
        let mut put = put;
        put(at.min(last), last)
    };
    let move_last = move |at: usize| {
        let mut put = put;
        put(first, at.max(first))
    };
    rsx! {
        div { class: "brush", role: "group", "aria-label": "Days shown in {title}",
            span { class: "brush-track", "aria-hidden": "true" }
            span {
                class: "brush-shown",
                "aria-hidden": "true",
                style: "inset-inline-start: calc({start} * 0.1%); inset-inline-end: calc((1000 - {stop}) * 0.1%)",
            }
            Handle { label: "First day", at: first, end, words: long(first), on_move: move_first }
            Handle { label: "Last day", at: last, end, words: long(last), on_move: move_last }
        }
    }
}

#[component]
fn Handle(
    label: &'static str,
    at: usize,
    end: usize,
    words: String,
    on_move: EventHandler<usize>,
) -> Element {
    rsx! {
        input {
            r#type: "range",
            "aria-label": label,
            "aria-valuetext": words.clone(),
            title: "{label}: {words}",
            min: "0",
            max: "{end}",
            step: "1",
            value: "{at}",
            oninput: move |event| {
                if let Ok(at) = event.value().parse() {
                    on_move.call(at);
                }
            },
            onkeydown: move |event| {
                // A page is a week; by itself it would be a tenth of the days.
                let to = match event.key() {
                    Key::PageUp => (at + 7).min(end),
                    Key::PageDown => at.saturating_sub(7),
                    _ => return,
                };
                event.prevent_default();
                on_move.call(to);
            },
        }
    }
}

/// What is shown between two handles; all of it is none.
#[must_use]
pub fn ends(from: usize, to: usize, end: usize) -> Option<(usize, usize)> {
    let (from, to) = (from.min(end), to.min(end));
    (from != 0 || to != end).then_some((from.min(to), to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_days_are_no_choice_and_the_handles_do_not_pass_each_other() {
        assert_eq!(ends(0, 29, 29), None);
        assert_eq!(ends(3, 99, 29), Some((3, 29)));
        assert_eq!(ends(20, 10, 29), Some((10, 10)));
    }
}
