//! A list of what holds from a day on: settings of a site, and catalogues. Typed in the same sheet.
//!
//! Apart from the day, because a list has no day, no shifts and no "nothing today".

use deskops_domain::api::Refusal;
use deskops_domain::api::records::Filter;
use deskops_domain::choice::Shift;
use deskops_domain::field::{Kind, Value};
use deskops_domain::habit::GLOBAL;
use dioxus::prelude::*;

use super::add_unsaved;
use super::adds_up::beside;
use super::editor::SheetEditor;
use crate::desk::{Desk, use_desk};
use crate::face::{DayRows, Face, Row};
use crate::parts::alone;
use crate::parts::states::{Failed, Loading};

/// The whole list of a kind of record at a site, or at all sites where it belongs to none.
///
/// # Styling
/// `.page[data-screen]` with the name of what is listed.
#[component]
pub fn ListScreen(
    /// What is listed.
    face: Face,
    /// The site.
    site: String,
) -> Element {
    let desk = use_desk();
    let mut n_opened = use_signal(|| 0_u32);
    let place = if face.habit.is_global { GLOBAL.to_owned() } else { site };
    let (asked, asked_place) = (face.clone(), place.clone());
    let mut opened = use_resource(move || {
        let (face, place) = (asked.clone(), asked_place.clone());
        async move {
            desk.reached().await;
            let rows = in_order(&face, desk, all(&face, desk, &place).await?);
            let beside = match beside(&face) {
                Some(other) => all(&other, desk, &place).await?,
                None => Vec::new(),
            };
            let mut rows = DayRows { rows, beside, ..DayRows::default() };
            add_unsaved(&mut rows, &face, desk, &place, desk.place.peek().day);
            *n_opened.write() += 1;
            Ok::<_, Refusal>((*n_opened.peek(), rows))
        }
    });
    let answer = opened.read();
    let what = face.title.to_lowercase();
    match &*answer {
        None => rsx! {
            div { class: "page", "data-screen": face.name,
                h1 { "{face.title}" }
                Loading { what: "the {what}", rows: 8 }
            }
        },
        Some(Err(refusal)) => rsx! {
            div { class: "page", "data-screen": face.name,
                h1 { "{face.title}" }
                Failed { what: face.title, refusal: refusal.clone(), on_retry: move |()| opened.restart() }
            }
        },
        Some(Ok((number, rows))) => alone(rsx! {
            SheetEditor {
                key: "{number}",
                face: face.clone(),
                site: place.clone(),
                day: desk.today(),
                shift: Shift::All,
                opened: rows.clone(),
                on_shift: |_| {},
                on_reload: |()| {},
            }
        }),
    }
}

/// Every live row, page after page.
async fn all(face: &Face, desk: Desk, site: &str) -> Result<Vec<Row>, Refusal> {
    let filter = Filter::all(site);
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = face.list(&desk.client(), filter.clone(), after).await?;
        rows.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return Ok(rows);
        }
    }
}

/// A catalogue as it is picked from; what holds from a day on by that day, so that what begins
/// together stands together.
fn in_order(face: &Face, desk: Desk, mut rows: Vec<Row>) -> Vec<Row> {
    let session = desk.session.peek();
    let place = |row: &Row| {
        let position = match face.value(&row.values, "position") {
            Value::Int(position) => *position,
            Value::Empty | Value::Text(_) => 0,
        };
        let day = (!face.habit.is_kept).then_some(row.day);
        let keys =
            face.keys().map(|shape| match (shape.kind, face.value(&row.values, shape.name)) {
                (Kind::Code(list), Value::Text(id)) => {
                    session.catalogue.items(list).iter().position(|item| item.id == *id)
                }
                _ => None,
            });
        (position, day, keys.collect::<Vec<_>>(), row.stamp.created_at, row.id.clone())
    };
    rows.sort_by_cached_key(place);
    rows
}
