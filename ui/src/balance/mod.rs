//! The mass balance of a site: what was fed, what became of it, and what nobody can explain.
//!
//! Apart from the dashboard, because it is read for an auditor and not at a glance.

use deskops_domain::api::balance::{AskBalance, BalanceReport};
use deskops_domain::catalogue::{Catalogue, List};
use deskops_domain::day::Day;
use deskops_domain::rate_check::RateCheck;
use deskops_domain::text::show_fixed;
use dioxus::prelude::*;

use crate::desk::use_desk;
use crate::parts::states::{Failed, Loading};
use crate::records::TypedDay;
use crate::words::tons;

/// The balance of the month up to the day that is shown, or of days that are typed.
///
/// # Styling
/// `.balance`, `.balance-figures`, `.plain-table`.
#[component]
pub fn BalanceScreen(
    /// The site.
    site: String,
    /// The day that is shown elsewhere.
    day: Day,
) -> Element {
    let desk = use_desk();
    let mut from = use_signal(|| day.first_of_month());
    let mut to = use_signal(|| day);
    let mut report = use_resource(move || {
        let ask = AskBalance { site_id: site.clone(), date_from: from(), date_to: to() };
        async move { desk.client().call(ask).await }
    });
    let answer = report.read();
    rsx! {
        div { class: "page balance", "data-screen": "balance",
            div { class: "title-line",
                h1 { "Mass balance" }
                span { class: "title-day", "{from().long()} – {to().long()}" }
            }
            div { class: "toolbar", role: "toolbar", "aria-label": "Days", "data-region": "toolbar",
                TypedDay { label: "From", id: "balance-from", value: Some(from()), on_day: move |day: Option<Day>| from.set(day.unwrap_or(from())) }
                TypedDay { label: "To", id: "balance-to", value: Some(to()), on_day: move |day: Option<Day>| to.set(day.unwrap_or(to())) }
            }
            match &*answer {
                None => rsx! {
                    Loading { what: "the mass balance", rows: 8 }
                },
                Some(Err(refusal)) => rsx! {
                    Failed { what: "The mass balance", refusal: refusal.clone(), on_retry: move |()| report.restart() }
                },
                Some(Ok(found)) => rsx! {
                    Report { report: found.clone() }
                },
            }
        }
    }
}

/// A figure with its name, and what it means.
type Line = (&'static str, String, &'static str);

#[component]
fn Report(report: BalanceReport) -> Element {
    let desk = use_desk();
    let session = desk.session.read();
    let balance = &report.balance;
    let shares: [Line; 3] = [
        ("Recovery", percent(report.recovery), "products of what was fed"),
        ("Diversion", percent(report.diversion), "of what was fed and did not go to landfill"),
        ("Recycled content", percent(report.recycled_content), "debris of what was fed"),
    ];
    let plant: [Line; 5] = [
        ("Fed", tons(report.fed_kg), "crusher runs"),
        ("Made", tons(report.products_kg), "production"),
        ("Residue", tons(balance.residue_kg), "to landfill"),
        ("Lost", tons(balance.loss_kg), "moisture, dust"),
        ("Not explained", tons(report.unexplained_kg), "fed less made, residue and lost"),
    ];
    let stock = &balance.stock;
    let yard: [Line; 7] = [
        ("Opening", tons(stock.opening_kg), "before the first day"),
        ("Set", tons(stock.set_kg), "openings that were set"),
        ("Received", tons(stock.received_kg), "came in"),
        ("Dispatched", tons(stock.dispatched_kg), "left"),
        ("Adjusted", tons(stock.typed_kg), "by hand, with a reason"),
        ("Counted less computed", tons(stock.variance_kg), "differences of counts"),
        ("Closing", tons(stock.closing_kg), "after the last day"),
    ];
    let feeds = balance.feeds.iter().map(|feed| {
        let about = if feed.estimated_kg > 0 {
            format!("{} of it not weighed", tons(feed.estimated_kg))
        } else {
            String::new()
        };
        (name(&session.catalogue, &feed.material_id), tons(feed.kg), about)
    });
    let products = balance.products.iter().map(|product| {
        let about = if product.from_hours_kg > 0 {
            format!("{} of it from hours", tons(product.from_hours_kg))
        } else {
            String::new()
        };
        (name(&session.catalogue, &product.material_id), tons(product.kg), about)
    });
    let rates = report.rates.iter().flat_map(|check| {
        let product = name(&session.catalogue, &check.material_id);
        let about = against_counts(check);
        let session = &session;
        check.cards.iter().map(move |card| {
            let machine = session.catalogue.find(List::Equipment, &card.equipment_id);
            let machine = machine.map_or(card.equipment_id.as_str(), |item| item.name.as_str());
            let (now, then) = (tons(card.per_hour_kg), tons(card.suggested_kg));
            (format!("{product} · {machine}"), format!("{now} → {then} an hour"), about.clone())
        })
    });
    let rates = rates.collect::<Vec<_>>();
    let adds_up = report.in_kg == report.out_kg;
    rsx! {
        if report.fed_kg == 0 {
            p { class: "muted", "No crusher run is entered in these days, so nothing is known of what the products were made of." }
        }
        if balance.pending_loads > 0 {
            p { class: "banner", "The weight of {balance.pending_loads} loads is pending: they are in no figure here." }
        }
        div { class: "balance-figures",
            Table { title: "Rates", lines: lines(&shares) }
            Table { title: "Plant", lines: lines(&plant) }
            Table { title: "Yard", lines: lines(&yard) }
            Table { title: "Fed", lines: feeds.collect::<Vec<_>>() }
            Table { title: "Made", lines: products.collect::<Vec<_>>() }
            if !rates.is_empty() {
                Table { title: "Rates that the counts suggest", lines: rates }
            }
        }
        p { class: "summary", "data-adds-up": adds_up,
            if adds_up {
                "What came to the yard ({tons(report.in_kg)}) is what left it, lies there, was lost or is not explained, to the kilogram."
            } else {
                "What came to the yard is {tons(report.in_kg)}, what became of it {tons(report.out_kg)}: the ledger is damaged. Tell whoever keeps this computer."
            }
            if report.is_estimated {
                " Some of it was not weighed but worked out from loads or hours."
            }
        }
    }
}

/// What hours said, and how far the counts were from it.
fn against_counts(check: &RateCheck) -> String {
    let made = tons(check.from_hours_kg);
    match check.variance_kg {
        0 => format!("{made} from hours, as counted"),
        more @ 1.. => format!("{made} from hours; counts found {} more", tons(more)),
        less => format!("{made} from hours; counts found {} less", tons(-less)),
    }
}

fn lines(lines: &[Line]) -> Vec<(String, String, String)> {
    lines
        .iter()
        .map(|(name, figure, about)| ((*name).to_owned(), figure.clone(), (*about).to_owned()))
        .collect()
}

#[component]
fn Table(title: &'static str, lines: Vec<(String, String, String)>) -> Element {
    rsx! {
        section { class: "panel",
            h2 { "{title}" }
            if lines.is_empty() {
                p { class: "muted", "Nothing in these days." }
            }
            table { class: "plain-table",
                tbody {
                    for (name , figure , about) in lines {
                        tr { key: "{name}",
                            th { scope: "row", "{name}" }
                            td { class: "num", "{figure}" }
                            td { class: "muted", "{about}" }
                        }
                    }
                }
            }
        }
    }
}

fn percent(share: Option<i64>) -> String {
    share.map_or_else(|| "no feed".to_owned(), |share| format!("{} %", show_fixed(share, 2)))
}

fn name(catalogue: &Catalogue, id: &str) -> String {
    catalogue.find(List::Materials, id).map_or_else(|| id.to_owned(), |item| item.name.clone())
}
