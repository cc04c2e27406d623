//! Closing a day: what is there, what is missing, and who has closed or locked it.
//!
//! Apart from the sheet, because it speaks of all modules of the day at once.

pub mod odd;
mod unlock;

use deskops_domain::access::Role;
use deskops_domain::api::Refusal;
use deskops_domain::api::periods::{Close, Input, Lock, Readiness};
use deskops_domain::choice::{Choices as _, PeriodKind, PeriodState};
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::modules::Period;
use dioxus::prelude::*;

use crate::browser;
use crate::desk::{Desk, Tone, use_desk};
use crate::parts::{Button, Icon, IconShape};
use crate::place::Screen;
use crate::words::{rows, tons};
use odd::OddFigures;
use unlock::Unlocking;

/// How far a day is closed: its own word, or its month's.
#[must_use]
pub fn state_of(ready: &Readiness) -> PeriodState {
    match (&ready.locked_month, &ready.period) {
        (Some(_), _) => PeriodState::Locked,
        (None, Some(period)) => period.body.state,
        (None, None) => PeriodState::Open,
    }
}

/// Who closed or locked the day, and when, in a sentence; none while it is open.
#[must_use]
pub fn told(desk: Desk, ready: &Readiness) -> Option<String> {
    let period = ready.locked_month.as_ref().or(ready.period.as_ref())?;
    let what = match (period.body.state, period.body.kind) {
        (PeriodState::Open, _) => return None,
        (PeriodState::Closed, _) => "Closed",
        (PeriodState::Locked, PeriodKind::Day) => "Locked",
        (PeriodState::Locked, PeriodKind::Month) => "Month locked",
    };
    let at = period.stamp.updated_at;
    Some(format!("{what} {} {} by {}", desk.local_day(at), desk.clock(at), period.stamp.updated_by))
}

/// Why nothing can be typed on a locked day.
#[must_use]
pub fn why_closed(desk: Desk, ready: &Readiness, day: Day) -> Option<String> {
    let told = told(desk, ready).filter(|_| state_of(ready) == PeriodState::Locked)?;
    Some(format!(
        "{} takes no changes. {told}. A supervisor can unlock it in Inventory.",
        day.long()
    ))
}

/// The day's four inputs, and the buttons that close, lock and open it.
///
/// # Styling
/// `.day-bar`, `.day-input[data-there]`, `.day-odd`, `.banner`.
#[component]
pub fn DayBar(
    /// The site.
    site: String,
    /// The day.
    day: Day,
    /// What is there and what is missing.
    ready: Readiness,
    /// Counts up when the key that closes was pressed.
    n_closes: Signal<u32>,
    /// The day is to be read anew.
    on_change: Callback<()>,
) -> Element {
    let desk = use_desk();
    let state = state_of(&ready);
    let is_supervisor = desk.session.read().role >= Role::Moderator;
    let mut missing = use_signal(Vec::<String>::new);
    let mut is_unlocking = use_signal(|| false);
    let act = use_callback({
        let site = site.clone();
        move |(deed, kind): (PeriodState, PeriodKind)| {
            let site = site.clone();
            spawn(async move {
                match ask(desk, site, day, deed, kind).await {
                    Ok(period) => {
                        desk.say(done(&period.body, day), Tone::Plain);
                        on_change.call(());
                    }
                    Err(refusal) => missing.set(sentences(&refusal)),
                }
            });
        }
    });
    use_effect(move || {
        if n_closes() == 0 {
            return;
        }
        match (is_supervisor, state) {
            (_, PeriodState::Locked) => desk.say("The day is locked already.", Tone::Plain),
            (true, _) => act.call((PeriodState::Locked, PeriodKind::Day)),
            (false, PeriodState::Open) => act.call((PeriodState::Closed, PeriodKind::Day)),
            (false, _) => {
                desk.say("The day is closed already. A supervisor locks it.", Tone::Plain)
            }
        }
    });
    let opening = match (ready.opening_from, ready.has_opening) {
        (Some(from), _) => (true, format!("from {}", from.short())),
        (None, true) => (true, "set".to_owned()),
        (None, false) => (false, "not known".to_owned()),
    };
    rsx! {
        div { class: "day-bar", "data-state": state.code(), "data-region": "readiness",
            for input in ready.inputs.iter().filter(|input| input.is_needed).cloned() {
                InputFact { key: "{input.module.code()}", input }
            }
            span { class: "day-input", "data-there": opening.0, "data-input": "opening",
                Icon { shape: if opening.0 { IconShape::Check } else { IconShape::Nothing } }
                "Opening {opening.1}"
            }
            span { class: "toolbar-gap" }
            if state == PeriodState::Open {
                Button { label: "Close day", icon: IconShape::Check, keys: if is_supervisor { "" } else { "Ctrl+L" }, onclick: move |()| act.call((PeriodState::Closed, PeriodKind::Day)) }
            }
            if is_supervisor && state != PeriodState::Locked {
                Button { label: "Lock day", icon: IconShape::Lock, keys: "Ctrl+L", look: "accent", onclick: move |()| act.call((PeriodState::Locked, PeriodKind::Day)) }
            }
            if is_supervisor && state == PeriodState::Locked && ready.locked_month.is_none() && day == day.last_of_month() {
                Button { label: "Lock month", icon: IconShape::Lock, look: "accent", onclick: move |()| act.call((PeriodState::Locked, PeriodKind::Month)) }
            }
            if is_supervisor && state != PeriodState::Open {
                Button { label: "Unlock …", icon: IconShape::Undo, onclick: move |()| is_unlocking.set(true) }
            }
        }
        if !missing.read().is_empty() {
            div { class: "banner", role: "alert", "data-tone": "warn", "data-missing": "{missing.read().len()}",
                strong { "It cannot be closed yet. " }
                for sentence in missing.read().iter() {
                    span { key: "{sentence}", "{sentence} " }
                }
            }
        }
        Odd { ready: ready.clone() }
        OddFigures { site: site.clone(), day }
        if is_unlocking() {
            Unlocking {
                site: site.clone(),
                day,
                kind: if ready.locked_month.is_some() { PeriodKind::Month } else { PeriodKind::Day },
                on_done: move |is_open: bool| {
                    is_unlocking.set(false);
                    if is_open {
                        on_change.call(());
                    } else {
                        browser::focus("[data-region='readiness'] button");
                    }
                },
            }
        }
    }
}

/// One input of the day: entered, nothing by whom and when, or missing with the way to it.
#[component]
fn InputFact(input: Input) -> Element {
    let desk = use_desk();
    let name = input.module.label();
    let words = match &input.nil {
        Some((by, at)) => format!("nothing, {by} {}", desk.clock(*at)),
        None if input.rows > 0 => rows(input.rows),
        None => "not entered".to_owned(),
    };
    let is_there = input.is_there();
    let target = desk.place.read().on(Screen::Module(input.module));
    rsx! {
        a {
            class: "day-input",
            href: "#{target.hash()}",
            "data-there": is_there,
            "data-input": input.module.code(),
            Icon { shape: if is_there { IconShape::Check } else { IconShape::Nothing } }
            "{name} {words}"
            if input.drafts > 0 {
                " · {input.drafts} not right"
            }
            if input.pending > 0 {
                " · {input.pending} loads pending"
            }
        }
    }
}

/// Stock below nothing, and openings that are off: shown, never hidden.
#[component]
fn Odd(ready: Readiness) -> Element {
    let desk = use_desk();
    let session = desk.session.read();
    let name = |id: &str| {
        let list = deskops_domain::catalogue::List::Materials;
        session.catalogue.find(list, id).map_or_else(|| id.to_owned(), |item| item.name.clone())
    };
    let below = ready.negative.iter().map(|found| {
        let why = found.reason.as_ref().map_or_else(
            || "Note why, count it, or correct an earlier day.".to_owned(),
            |reason| format!("Noted: {reason}"),
        );
        let (name, stock) = (name(&found.material_id), tons(found.closing_kg));
        format!("{name} is below nothing since {}: {stock}. {why}", found.since.short())
    });
    let off = ready.off.iter().map(|off| {
        let (name, kg) = (name(&off.material_id), tons(off.off_kg));
        format!("{name}: {} opens {kg} off what the day before closed with.", off.day.short())
    });
    let all: Vec<String> = below.chain(off).collect();
    rsx! {
        if !all.is_empty() {
            ul { class: "day-odd", "aria-label": "What does not add up",
                for sentence in all {
                    li { key: "{sentence}",
                        Icon { shape: IconShape::Warning }
                        "{sentence}"
                    }
                }
            }
        }
    }
}

async fn ask(
    desk: Desk,
    site_id: String,
    date: Day,
    deed: PeriodState,
    kind: PeriodKind,
) -> Result<Entry<Period>, Refusal> {
    desk.leave();
    desk.reached().await;
    if deed == PeriodState::Locked {
        desk.client().call(Lock { site_id, date, kind }).await
    } else {
        desk.client().call(Close { site_id, date, kind }).await
    }
}

fn done(period: &Period, day: Day) -> String {
    match (period.kind, period.state) {
        (PeriodKind::Month, _) => {
            format!("The month of {} is locked. No day of it changes any more.", day.long())
        }
        (_, PeriodState::Locked) => {
            format!("{} is locked. Nothing of it changes any more.", day.long())
        }
        _ => format!("{} is closed. A change opens it again.", day.long()),
    }
}

fn sentences(refusal: &Refusal) -> Vec<String> {
    if refusal.details.is_empty() {
        return vec![refusal.to_string()];
    }
    refusal.details.iter().map(|problem| problem.message.clone()).collect()
}
