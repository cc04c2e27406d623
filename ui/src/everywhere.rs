//! What stands in place of a screen that belongs to one site while every site is shown: what each
//! has entered, and the way there. Records are entered at one site, so that nobody types a load into
//! the wrong one.

use deskops_domain::api::Refusal;
use deskops_domain::api::dashboard::{Board, Dashboard, ModuleDay, SiteLine, SiteSums};
use deskops_domain::choice::{Choices as _, Module};
use deskops_domain::day::Day;
use dioxus::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::face::{face, lists, notes};
use crate::fresh::use_fresh;
use crate::parts::states::{Failed, Loading, ReadOnly};
use crate::parts::{Icon, IconShape};
use crate::place::Screen;
use crate::shell::icon_of;
use crate::words::{rows, tons};

/// What others enter is shown soon, but not asked for more often than so.
const GAP_MS: i32 = 4_000;

/// The sites, and what each has of the screen's module on the day.
///
/// # Styling
/// `.page[data-screen="choose-site"]`, `.plain-table`.
#[component]
pub fn ChooseSite(
    /// The screen that belongs to one site.
    screen: Screen,
    /// The day.
    day: Day,
) -> Element {
    let desk = use_desk();
    let module = if let Screen::Module(module) = screen { Some(module) } else { None };
    let mut board = use_resource(move || async move {
        match module {
            None => Ok(None),
            Some(_) => {
                let ask = Dashboard {
                    date_from: Some(day),
                    date_to: Some(day),
                    ..Dashboard::everywhere(day)
                };
                desk.client().call(ask).await.map(Some)
            }
        }
    });
    let fresh = use_callback(move |()| board.restart());
    use_fresh(move |touched| module.is_some() && touched.site_id.is_some(), GAP_MS, fresh);
    let answer = board.read();
    let title = title_of(screen);
    let (is_of_day, why) = match screen {
        Screen::Module(_) => (
            true,
            "Records are entered at one site. Open it here, or choose it above; this is what each site has for the day.",
        ),
        Screen::List(_) => {
            (false, "Each site has its own. Open it here, or choose the site above.")
        }
        _ => (true, "This belongs to one site. Open it here, or choose the site above."),
    };
    rsx! {
        div { class: "page", "data-screen": "choose-site",
            div { class: "title-line",
                h1 { "{title}" }
                if is_of_day {
                    span { class: "title-day", "{day.long()} · all sites" }
                }
            }
            ReadOnly { why }
            match &*answer {
                None => rsx! {
                    Loading { what: "the sites", rows: 4 }
                },
                Some(Err(refusal)) => {
                    let refusal: &Refusal = refusal;
                    rsx! {
                        Failed { what: "What the sites have", refusal: refusal.clone(), on_retry: move |()| board.restart() }
                    }
                }
                Some(Ok(board)) => rsx! {
                    Sites { screen, module, board: board.clone() }
                },
            }
        }
    }
}

fn title_of(screen: Screen) -> &'static str {
    match screen {
        Screen::Module(module) => face(module).title,
        Screen::Balance => "Mass balance",
        Screen::Note(name) | Screen::List(name) => {
            let faces = notes().into_iter().chain(lists());
            faces.into_iter().find(|face| face.name == name).map_or(name, |face| face.title)
        }
        _ => "",
    }
}

/// What a site has of a module on the day, in figures: none where the module is no mass.
fn figure(module: Module, sums: &SiteSums) -> Option<String> {
    Some(match module {
        Module::Production => tons(sums.moved.produced_kg),
        Module::Dispatch => tons(sums.moved.dispatched_kg),
        Module::Received => tons(sums.moved.received_kg),
        Module::Equipment => crate::words::amount(sums.run, 2, "h"),
        Module::Inventory => sums.stock_kg.map_or_else(|| "–".to_owned(), tons),
        Module::Manpower => return None,
    })
}

/// Whether there is a figure: nothing that is not entered is told as zero.
fn is_entered_of(line: &SiteLine, module: Module) -> bool {
    own(line, Some(module)).is_none_or(|day| !day.is_missing())
}

/// What a site has of a module.
fn own(line: &SiteLine, module: Option<Module>) -> Option<ModuleDay> {
    line.modules.iter().find(|day| Some(day.module) == module).copied()
}

/// What is said of a module's day, in words and with an icon.
#[component]
fn State(day: Option<ModuleDay>) -> Element {
    let (shape, words) = match day {
        Some(day) if day.rows > 0 => (IconShape::Check, rows(day.rows)),
        Some(day) if day.is_nil => (IconShape::Nothing, "nothing, confirmed".into()),
        Some(day) if day.n_missing == 0 => (IconShape::Bar, "day off".into()),
        _ => (IconShape::Ring, "not entered".into()),
    };
    rsx! {
        span { class: "site-words",
            Icon { shape }
            "{words}"
        }
    }
}

#[component]
fn Sites(screen: Screen, module: Option<Module>, board: Option<Board>) -> Element {
    let desk = use_desk();
    let sites = reached(desk);
    let lines = board.map(|board| board.sites).unwrap_or_default();
    let line = |site: &str| lines.iter().find(|line: &&SiteLine| line.site_id == site);
    let column = module.and_then(|module| {
        figure(module, &SiteSums::default()).map(|_| match module {
            Module::Inventory => "Closing stock",
            Module::Equipment => "Machine hours",
            module => module.label(),
        })
    });
    let is_entered = module.is_some_and(|module| module != Module::Inventory);
    rsx! {
        div { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Sites", "data-region": "grid",
            table { class: "plain-table site-table",
                thead {
                    tr {
                        th { scope: "col", "Site" }
                        th { scope: "col", "Its day is" }
                        if is_entered {
                            th { scope: "col", "Entered" }
                        }
                        if let Some(column) = column {
                            th { scope: "col", class: "num", "{column}" }
                        }
                    }
                }
                tbody {
                    for (at , (site , code , name , today)) in sites.into_iter().enumerate() {
                        tr { key: "{site}", "data-site": "{site}",
                            th { scope: "row",
                                a {
                                    href: "#{desk.place.read().at_site(&site).on(screen).hash()}",
                                    "data-autofocus": (at == 0).then_some("true"),
                                    if let Some(module) = module {
                                        Icon { shape: icon_of(module) }
                                    }
                                    "{code}"
                                }
                                span { class: "site-name", "{name}" }
                            }
                            td { "{today.long()}" }
                            if is_entered {
                                td { State { day: line(&site).and_then(|line| own(line, module)) } }
                            }
                            if let Some(module) = module.filter(|_| column.is_some()) {
                                td { class: "num",
                                    {line(&site).filter(|line| is_entered_of(line, module)).and_then(|line| figure(module, &line.now)).unwrap_or_else(|| "–".to_owned())}
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The sites within reach: id, code, name and the day that it is there.
fn reached(desk: Desk) -> Vec<(String, String, String, Day)> {
    let session = desk.session.read();
    let sites = session.catalogue.sites.iter().filter_map(|site| {
        let today = session.today.iter().find(|day| day.site_id == site.id)?.today;
        Some((site.id.clone(), site.code.clone(), site.name.clone(), today))
    });
    sites.collect()
}
