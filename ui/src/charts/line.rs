//! A small line without axes: which way figures went.

use dioxus::prelude::*;

use super::Tenths;

const WIDTH: i64 = 120;
const HEIGHT: i64 = 32;

/// The points of a line through these figures, in the form of an SVG `points`.
#[must_use]
pub fn sparkline(figures: &[i64]) -> String {
    let most = figures.iter().copied().max().unwrap_or(0).max(1);
    let least = figures.iter().copied().min().unwrap_or(0).min(0);
    let last = i64::try_from(figures.len()).unwrap_or(1) - 1;
    let room = Tenths::px(HEIGHT - 4).0;
    let points = (0..).zip(figures).map(|(i, kg)| {
        let x = Tenths(Tenths::px(WIDTH).0 * i / last.max(1));
        let y = Tenths(Tenths::px(HEIGHT - 2).0 - rise(kg - least, most - least, room));
        format!("{x},{y}")
    });
    points.collect::<Vec<_>>().join(" ")
}

/// Length of a figure, where the most fills the whole room.
fn rise(figure: i64, most: i64, room: i64) -> i64 {
    let length = i128::from(figure) * i128::from(room) / i128::from(most.max(1));
    i64::try_from(length).unwrap_or(room)
}

/// The line. It is decoration: the figures stand in the chart and its table.
///
/// # Styling
/// `.sparkline`.
#[component]
pub fn Sparkline(
    /// The figures, oldest first.
    figures: Vec<i64>,
) -> Element {
    rsx! {
        svg { class: "sparkline", view_box: "0 0 {WIDTH} {HEIGHT}", width: "{WIDTH}", height: "{HEIGHT}", "aria-hidden": "true",
            polyline { points: sparkline(&figures), fill: "none" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_from_edge_to_edge_and_up_with_its_figures() {
        assert_eq!(sparkline(&[0, 50, 100]), "0.0,30.0 60.0,16.0 120.0,2.0");
        assert_eq!(sparkline(&[-50, 0, 50]), "0.0,30.0 60.0,16.0 120.0,2.0", "below nothing");
        assert_eq!(sparkline(&[7]), "0.0,2.0");
        assert_eq!(sparkline(&[]), "");
    }
}
