//! The sites side by side: what the days of the charts came to at each, against as many days before.

use deskops_domain::api::dashboard::{SiteLine, SiteSums};
use deskops_domain::choice::Choices as _;
use deskops_domain::day::Day;
use deskops_domain::summary::change_percent;
use dioxus::prelude::*;

use crate::desk::use_desk;
use crate::parts::{Icon, IconShape};
use crate::words::{amount, percent, tons};

/// What a column shows of a site's sums, and how it is written.
type Column = (&'static str, fn(&SiteSums) -> Option<i64>, fn(i64) -> String);

/// The columns. Hours stand in their own, because they are never added to tons.
const COLUMNS: [Column; 5] = [
    ("Production", |sums| Some(sums.moved.produced_kg), tons),
    ("Received", |sums| Some(sums.moved.received_kg), tons),
    ("Dispatched", |sums| Some(sums.moved.dispatched_kg), tons),
    ("Stock at the end", |sums| sums.stock_kg, tons),
    ("Machine hours", |sums| Some(sums.run), |raw| amount(raw, 2, "h")),
];

/// How a figure compares with the days before, and the way it went.
#[must_use]
pub fn change(now: Option<i64>, before: Option<i64>) -> (Option<IconShape>, String) {
    let Some((now, before)) = now.zip(before) else { return (None, String::new()) };
    match change_percent(now, before) {
        None if now == 0 => (None, "nothing before either".into()),
        None => (None, "nothing before".into()),
        Some(0) => (None, "the same".into()),
        Some(change) if change > 0 => (Some(IconShape::ArrowUp), format!("up {}", percent(change))),
        Some(change) => (Some(IconShape::ArrowDown), format!("down {}", percent(change))),
    }
}

/// The sum of a column over all sites.
#[must_use]
pub fn total(lines: &[SiteLine], of: impl Fn(&SiteLine) -> Option<i64>) -> Option<i64> {
    lines.iter().filter_map(of).reduce(|sum, one| sum + one)
}

/// The table. A site's name opens its own dashboard.
///
/// # Styling
/// `.side-by-side`, `.site-change[data-way]`.
#[component]
pub fn SideBySide(
    /// The sites.
    lines: Vec<SiteLine>,
    /// The day in question.
    day: Day,
    /// First day of the figures.
    from: Day,
    /// Last day of the figures.
    to: Day,
) -> Element {
    let desk = use_desk();
    let session = desk.session.read();
    let named = lines.iter().map(|line| {
        let site = session.catalogue.site(&line.site_id);
        let today = session.today.iter().find(|own| own.site_id == line.site_id);
        let behind = today.map(|own| own.today).filter(|today| *today < day);
        (line, site.map_or_else(|| line.site_id.clone(), |site| site.code.clone()), behind)
    });
    let n_days = to.since(from) + 1;
    let before = (from.plus(-n_days), from.plus(-1));
    let is_compared = lines.iter().any(|line| line.before.is_some());
    rsx! {
        section { class: "panel side-by-side", "aria-label": "Sites side by side", "data-region": "sites",
            div { class: "tab-tools",
                h2 { "Sites side by side" }
                span { class: "muted",
                    "{from.long()} – {to.long()}, "
                    if is_compared { "against {before.0.long()} – {before.1.long()}" } else { "the days before are further back than your role sees" }
                }
            }
            div { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Figures of the sites",
                table { class: "plain-table",
                    thead {
                        tr {
                            th { scope: "col", "Site" }
                            for (title , ..) in COLUMNS {
                                th { key: "{title}", scope: "col", class: "num", "{title}" }
                            }
                            th { scope: "col", class: "site-missing", "{day.short()}" }
                        }
                    }
                    tbody {
                        for (line , code , behind) in named {
                            tr { key: "{line.site_id}", "data-site": "{line.site_id}",
                                th { scope: "row",
                                    a { href: "#{desk.place.read().at_site(&line.site_id).hash()}", "{code}" }
                                }
                                for (title , of , write) in COLUMNS {
                                    Figure {
                                        key: "{title}",
                                        figure: of(&line.now).map(write),
                                        change: change(of(&line.now), line.before.as_ref().and_then(of)),
                                    }
                                }
                                td { class: "site-missing",
                                    span { class: "site-words",
                                        if let Some(today) = behind {
                                            Icon { shape: IconShape::History }
                                            "it is {today.short()} there"
                                        } else {
                                            {missing(line)}
                                        }
                                    }
                                }
                            }
                        }
                    }
                    tfoot {
                        tr {
                            th { scope: "row", "All sites" }
                            for (title , of , write) in COLUMNS {
                                Figure {
                                    key: "{title}",
                                    figure: total(&lines, |line| of(&line.now)).map(write),
                                    change: change(
                                        total(&lines, |line| of(&line.now)),
                                        total(&lines, |line| line.before.as_ref().and_then(of)),
                                    ),
                                }
                            }
                            td { class: "site-missing" }
                        }
                    }
                }
            }
        }
    }
}

/// What a site has not entered of the day, in words.
fn missing(line: &SiteLine) -> Element {
    let gone = line.modules.iter().filter(|day| day.n_missing > 0);
    let gone: Vec<&str> = gone.map(|day| day.module.label()).collect();
    let (icon, words) = match gone.len() {
        0 => (IconShape::Check, "all entered".to_owned()),
        n if n == line.modules.len() => (IconShape::Ring, "nothing entered".to_owned()),
        _ => (IconShape::Warning, format!("{} missing", gone.join(", "))),
    };
    rsx! {
        Icon { shape: icon }
        "{words}"
    }
}

#[component]
fn Figure(figure: Option<String>, change: (Option<IconShape>, String)) -> Element {
    let (icon, words) = change;
    rsx! {
        td { class: "num",
            bdi { {figure.unwrap_or_else(|| "–".to_owned())} }
            span { class: "site-change",
                if let Some(shape) = icon {
                    Icon { shape }
                }
                "{words}"
            }
        }
    }
}
