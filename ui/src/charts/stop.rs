//! The drawing or the table of a chart as one stop of Tab, walked with the arrows or the mouse.

use dioxus::prelude::*;

use super::draw::Frame;
use super::plot::{Form, Plot};
use super::svg::Drawing;
use super::table::Table;
use super::tell::{place, sentence};

/// Height of a drawing in pixels.
const HEIGHT: i64 = 196;
/// Height of a drawing that has the whole width.
const TALL: i64 = 320;
/// Width until the page has said how much room there is.
const WIDTH: i64 = 510;

/// The one stop of Tab: arrows and the mouse walk the places, T turns it into a table.
///
/// # Styling
/// `.chart-stop[data-table]`, `.chart-walked`, `.chart-mouse`, `.chart-tip`.
#[component]
pub fn Stop(
    /// Id of the chart.
    id: &'static str,
    /// Title of the chart.
    title: &'static str,
    /// What is shown.
    plot: Plot,
    /// What the legend leaves out.
    hidden: Vec<bool>,
    /// Whether it is shown as a table.
    is_table: Signal<bool>,
    /// Whether it has the whole width.
    is_full: bool,
    /// The chart in sentences.
    words: String,
) -> Element {
    let mut is_table = is_table;
    let mut walked = use_signal(|| None::<usize>);
    let mut width = use_signal(|| WIDTH);
    let count = plot.slots.len();
    let is_lying = plot.form == Form::Lying;
    let height = match (is_full, is_lying) {
        (true, _) => TALL,
        // Without a brush below there is room for it.
        (false, true) => HEIGHT + 48,
        (false, false) => HEIGHT,
    };
    let frame = frame_of(is_lying, width(), height);
    let on_key = move |event: KeyboardEvent| {
        if !event.modifiers().is_empty() {
            return;
        }
        let at = *walked.peek();
        match step(&event.key(), at, count, is_lying) {
            Step::To(at) => walked.set(Some(at)),
            Step::Off => walked.set(None),
            Step::Table => is_table.toggle(),
            Step::None => return,
        }
        event.prevent_default();
    };
    let shown = walked().filter(|at| *at < count);
    let on_mouse = move |event: MouseEvent| {
        let at = event.element_coordinates();
        let (x, y) = (whole(at.x), whole(at.y));
        let (along, room) =
            if is_lying { (y, frame.down().0 / 10) } else { (x, frame.across().0 / 10) };
        let slots = i64::try_from(count).unwrap_or(0);
        let slot = usize::try_from(along.max(0) * slots / room.max(1)).unwrap_or(0);
        let slot = Some(slot.min(count.saturating_sub(1)));
        let before = *walked.peek();
        if before != slot {
            walked.set(slot);
        }
    };
    rsx! {
        div {
            class: "chart-stop",
            tabindex: "0",
            role: "group",
            "aria-roledescription": "chart",
            "aria-label": "{title}. {words} Arrows walk the figures, T shows the table.",
            "data-table": is_table(),
            onkeydown: on_key,
            onfocusout: move |_| walked.set(None),
            onresize: move |event| {
                if let Ok(size) = event.data().get_content_box_size() {
                    let px = whole(size.width).max(240);
                    let before = *width.peek();
                    if before != px {
                        width.set(px);
                    }
                }
            },
            if is_table() {
                Table { plot: plot.clone() }
            } else {
                Drawing { id, plot: plot.clone(), hidden, frame }
                if let Some(at) = shown {
                    span { class: "chart-walked", "aria-hidden": "true", style: "{mark(frame, at, count, is_lying)}" }
                }
                div {
                    class: "chart-mouse",
                    "aria-hidden": "true",
                    style: "inset-inline-start: {frame.left}px; inset-block-start: {frame.top}px; inline-size: {frame.across().0 / 10}px; block-size: {frame.down().0 / 10}px",
                    onmousemove: on_mouse,
                    onmouseleave: move |_| walked.set(None),
                }
                if let Some(at) = shown {
                    Tip { plot: plot.clone(), at, frame, is_lying }
                }
            }
            p { class: "for-readers", role: "status",
                if let (Some(at), false) = (shown, is_table()) { "{sentence(&plot, at)}" }
            }
        }
    }
}

/// The figures of the walked place, beside it.
#[component]
fn Tip(plot: Plot, at: usize, frame: Frame, is_lying: bool) -> Element {
    let slots = i64::try_from(plot.slots.len()).unwrap_or(1).max(1);
    let nth = i64::try_from(at).unwrap_or(0);
    let (across, down) = (frame.across().0 / 10, frame.down().0 / 10);
    let is_late = !is_lying && 2 * nth >= slots;
    let style = if is_lying {
        format!("inset-inline-end: 8px; inset-block-start: {}px", frame.top + down * nth / slots)
    } else if is_late {
        let from_end = frame.right + across * (slots - nth) / slots + 6;
        format!("inset-inline-end: {from_end}px; inset-block-start: 4px")
    } else {
        let from_start = frame.left + across * (nth + 1) / slots + 6;
        format!("inset-inline-start: {from_start}px; inset-block-start: 4px")
    };
    rsx! {
        div { class: "chart-tip", "aria-hidden": "true", style,
            strong {
                "{plot.slots[at].long}"
                if plot.slots[at].is_so_far {
                    " so far"
                }
            }
            for (name , words) in place(&plot, at) {
                span { key: "{name}", class: "tip-line",
                    span { "{name}" }
                    span { class: "tip-figure", "{words}" }
                }
            }
        }
    }
}

fn frame_of(is_lying: bool, width: i64, height: i64) -> Frame {
    if is_lying {
        Frame { width, height, left: 128, right: 20, top: 4, bottom: 24 }
    } else {
        Frame { width, height, left: 46, right: 22, top: 10, bottom: 24 }
    }
}

/// Where the band of the walked place lies.
fn mark(frame: Frame, at: usize, count: usize, is_lying: bool) -> String {
    let (nth, count) = (i64::try_from(at).unwrap_or(0), i64::try_from(count).unwrap_or(1).max(1));
    let (across, down) = (frame.across().0 / 10, frame.down().0 / 10);
    if is_lying {
        let (from, to) = (down * nth / count, down * (nth + 1) / count);
        format!(
            "inset-inline-start: 0; inline-size: {}px; inset-block-start: {}px; block-size: {}px",
            frame.width,
            frame.top + from,
            to - from
        )
    } else {
        let (from, to) = (across * nth / count, across * (nth + 1) / count);
        format!(
            "inset-inline-start: {}px; inline-size: {}px; inset-block-start: {}px; block-size: {down}px",
            frame.left + from,
            (to - from).max(2),
            frame.top
        )
    }
}

/// What a key does to a chart.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    To(usize),
    Off,
    Table,
    None,
}

fn step(key: &Key, at: Option<usize>, count: usize, is_lying: bool) -> Step {
    let last = count.saturating_sub(1);
    match key {
        Key::ArrowLeft => Step::To(at.map_or(last, |at| at.saturating_sub(1))),
        Key::ArrowRight => Step::To(at.map_or(0, |at| (at + 1).min(last))),
        Key::ArrowUp if is_lying => Step::To(at.map_or(last, |at| at.saturating_sub(1))),
        Key::ArrowDown if is_lying => Step::To(at.map_or(0, |at| (at + 1).min(last))),
        Key::PageUp => Step::To(at.unwrap_or(last).saturating_sub(7)),
        Key::PageDown => Step::To((at.unwrap_or(0) + 7).min(last)),
        Key::Home => Step::To(0),
        Key::End => Step::To(last),
        Key::Escape if at.is_some() => Step::Off,
        Key::Character(typed) if typed.eq_ignore_ascii_case("t") => Step::Table,
        _ => Step::None,
    }
}

/// A length on the screen in whole pixels.
fn whole(px: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a screen is far smaller than 2^53 pixels")]
    let px = px as i64;
    px
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_walk_and_stop_at_the_ends() {
        let right = |at| step(&Key::ArrowRight, at, 30, false);
        assert_eq!(
            (right(None), right(Some(3)), right(Some(29))),
            (Step::To(0), Step::To(4), Step::To(29))
        );
        assert_eq!(step(&Key::ArrowLeft, None, 30, false), Step::To(29));
        assert_eq!(step(&Key::PageUp, Some(9), 30, false), Step::To(2));
        assert_eq!(step(&Key::Character("T".into()), None, 30, false), Step::Table);
        assert_eq!(step(&Key::Escape, None, 30, false), Step::None, "the shell may have it");
        assert_eq!(step(&Key::ArrowDown, Some(0), 5, false), Step::None, "the page may scroll");
        assert_eq!(step(&Key::ArrowDown, Some(0), 5, true), Step::To(1));
    }
}
