//! A plot as a table, newest day first.

use deskops_domain::text::show_fixed;
use dioxus::prelude::*;

use super::plot::Plot;

/// The figures of a chart.
///
/// # Styling
/// `.chart-table`.
#[component]
pub fn Table(
    /// What is shown.
    plot: Plot,
) -> Element {
    let is_time = plot.slots.first().is_some_and(|slot| slot.day.is_some());
    let mut order: Vec<usize> = (0..plot.slots.len()).collect();
    if is_time {
        order.reverse();
    }
    let unit = if plot.unit.is_empty() { String::new() } else { format!(" {}", plot.unit) };
    rsx! {
        div { class: "chart-table",
            table {
                thead {
                    tr {
                        th { scope: "col", if is_time { "Day" } else { "Name" } }
                        for series in &plot.series {
                            th { key: "{series.name}", scope: "col", class: "num", "{series.name}{unit}" }
                        }
                    }
                }
                tbody {
                    for at in order {
                        tr { key: "{at}",
                            th { scope: "row",
                                "{plot.slots[at].long}"
                                if plot.slots[at].is_so_far {
                                    " so far"
                                }
                            }
                            for series in &plot.series {
                                td { key: "{series.name}", class: "num",
                                    if let Some(raw) = series.values.get(at).copied().flatten() {
                                        "{show_fixed(raw, plot.decimals)}"
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
