//! The devices that people sign in on: who has which, when it was seen last, and how to end it.

use deskops_domain::api::devices::{
    Device, DeviceState, ListDevices, ResumeDevice, RevokeDevice, SuspendDevice,
};
use deskops_domain::api::users::ListUsers;
use deskops_domain::api::{Command, Refusal};
use deskops_domain::choice::Choices as _;
use dioxus::prelude::*;

use super::when;
use crate::browser;
use crate::desk::{Desk, Tone, use_desk};
use crate::parts::states::{Empty, Failed, Loading};
use crate::parts::{Button, Icon, IconShape};

const REVOKE: &str = "revoke-device";

/// The devices of everybody.
///
/// # Styling
/// `.users`, `.plain-table`, `.device-state[data-state]`.
#[component]
pub fn DevicesScreen() -> Element {
    let desk = use_desk();
    let mut devices = use_resource(move || async move {
        let devices = desk.client().call(ListDevices {}).await?;
        // Who may not see the users sees their own devices only.
        let users = desk.client().call(ListUsers {}).await.unwrap_or_default();
        let sites = move |name: &str| {
            let found = users.iter().find(|user| user.name == name);
            found.map(|user| user.rights.sites.clone())
        };
        let of = |device: Device| (sites(&device.user), device);
        Ok::<_, Refusal>(devices.into_iter().map(of).collect::<Vec<_>>())
    });
    // The one of which it is asked whether it is meant.
    let mut asked = use_signal(|| None::<Device>);
    let changed = use_callback(move |()| devices.restart());
    let answer = devices.read();
    let list = match &*answer {
        None => {
            return rsx! { section { class: "users", Loading { what: "the devices", rows: 4 } } };
        }
        Some(Err(refusal)) => {
            return rsx! {
                section { class: "users", "data-screen": "devices",
                    Failed { what: "The list of devices", refusal: refusal.clone(), on_retry: move |()| devices.restart() }
                }
            };
        }
        Some(Ok(list)) => list,
    };
    rsx! {
        section { class: "users", "data-screen": "devices",
            div { class: "toolbar",
                h1 { "Devices" }
                span { class: "toolbar-gap" }
                Button { label: "Look again", icon: IconShape::Refresh, onclick: move |()| devices.restart() }
            }
            p { class: "muted", "Where people sign in. A suspended device waits until you let it go on; a revoked one is ended for ever." }
            if list.is_empty() {
                Empty { icon: IconShape::Monitor, sentence: "Nobody has signed in on a device of their own yet." }
            } else {
                div { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Devices",
                    table { class: "plain-table",
                        thead {
                            tr {
                                th { scope: "col", "Device" }
                                th { scope: "col", "User" }
                                th { scope: "col", "Sites" }
                                th { scope: "col", "Last seen" }
                                th { scope: "col", "State" }
                                th { scope: "col", span { class: "for-readers", "What can be done" } }
                            }
                        }
                        tbody {
                            for (sites , device) in list {
                                Line {
                                    key: "{device.id}",
                                    device: device.clone(),
                                    sites: sites_of(desk, sites.as_ref()),
                                    on_revoke: { let device = device.clone(); move |()| asked.set(Some(device.clone())) },
                                    on_changed: changed,
                                }
                            }
                        }
                    }
                }
            }
            if let Some(device) = asked() {
                Question {
                    device: device.clone(),
                    on_answer: move |is_meant: bool| {
                        asked.set(None);
                        if is_meant {
                            ask(desk, RevokeDevice { id: device.id.clone() }, changed);
                        }
                    },
                }
            }
        }
    }
}

/// Which sites a device reaches: those of its user.
fn sites_of(desk: Desk, sites: Option<&Option<Vec<String>>>) -> String {
    let session = desk.session.read();
    let code =
        |id: &String| session.catalogue.site(id).map_or(id.clone(), |site| site.code.clone());
    match sites {
        None => "–".into(),
        Some(None) => "Every site".into(),
        Some(Some(sites)) => sites.iter().map(code).collect::<Vec<_>>().join(", "),
    }
}

#[component]
fn Line(
    device: Device,
    sites: String,
    on_revoke: EventHandler<()>,
    on_changed: Callback<()>,
) -> Element {
    let desk = use_desk();
    let about = match (&device.app, &device.address) {
        (Some(app), Some(address)) => format!("{} {app}, {address}", device.kind.label()),
        (None, Some(address)) => format!("{}, {address}", device.kind.label()),
        (Some(app), None) => format!("{} {app}", device.kind.label()),
        (None, None) => device.kind.label().to_owned(),
    };
    let icon = match device.state {
        DeviceState::Active => IconShape::Check,
        DeviceState::Suspended => IconShape::Lock,
        DeviceState::Revoked => IconShape::CircleCross,
    };
    let since = device.state_at.zip(device.state_by.clone());
    let since = since.map(|(at, by)| format!("{} by {by}", when(desk, at)));
    let (name, id) = (device.name.clone(), device.id.clone());
    rsx! {
        tr { "data-active": device.state == DeviceState::Active, "data-device": "{device.id}",
            th { scope: "row",
                "{device.name}"
                if device.is_this {
                    span { class: "muted", " (this one)" }
                }
                span { class: "line-about", "{about}" }
            }
            td { "{device.user}" }
            td { "{sites}" }
            td {
                {when(desk, device.last_seen_at)}
                span { class: "line-about", if device.is_signed_in { "signed in" } else { "signed out" } }
            }
            td {
                span { class: "device-state", "data-state": device.state.code(),
                    Icon { shape: icon }
                    {device.state.label()}
                }
                if let Some(since) = since {
                    span { class: "line-about", "{since}" }
                }
            }
            td { class: "line-tools",
                match device.state {
                    DeviceState::Active => rsx! {
                        Button { label: "Suspend {name}", icon: IconShape::Lock, look: "quiet",
                            onclick: { let id = id.clone(); move |()| ask(desk, SuspendDevice { id: id.clone() }, on_changed) } }
                    },
                    DeviceState::Suspended => rsx! {
                        Button { label: "Resume {name}", icon: IconShape::Undo, look: "quiet",
                            onclick: { let id = id.clone(); move |()| ask(desk, ResumeDevice { id: id.clone() }, on_changed) } }
                    },
                    DeviceState::Revoked => rsx! {},
                }
                if device.state != DeviceState::Revoked {
                    Button { label: "Revoke {name}", icon: IconShape::CircleCross, look: "quiet", onclick: move |()| on_revoke.call(()) }
                }
            }
        }
    }
}

/// Does something with a device, and shows the list anew.
fn ask<C: Command<Output = Device>>(desk: Desk, command: C, on_changed: Callback<()>) {
    spawn(async move {
        match desk.client().call(command).await {
            Ok(device) => {
                let said =
                    format!("{} is {} now.", device.name, device.state.label().to_lowercase());
                desk.say(said, Tone::Plain);
                on_changed.call(());
            }
            Err(refusal) => desk.say(refusal.to_string(), Tone::Bad),
        }
    });
}

/// Asks whether a device is to be ended.
#[component]
fn Question(
    /// Which.
    device: Device,
    /// The answer: whether it is.
    on_answer: EventHandler<bool>,
) -> Element {
    use_effect(|| {
        browser::open_dialog(REVOKE);
        browser::focus("#revoke-device button");
    });
    let answer = move |is_meant: bool| {
        browser::close_dialog(REVOKE);
        on_answer.call(is_meant);
    };
    rsx! {
        dialog { id: REVOKE, class: "dialog", "aria-labelledby": "revoke-title",
            // Esc.
            oncancel: move |event| {
                event.prevent_default();
                answer(false);
            },
            div { class: "dialog-head", h2 { id: "revoke-title", "Revoke {device.name}?" } }
            div { class: "dialog-body",
                p { "{device.user} is signed out there at once and for ever. What is on it and not sent yet stays there. To use it again, somebody has to sign in on it anew, as another device." }
                if device.is_this {
                    p { class: "form-problem",
                        Icon { shape: IconShape::Warning }
                        span { "This is the device that you are using: you will be signed out." }
                    }
                }
                div { class: "state-actions",
                    Button { label: "Leave it", icon: IconShape::Close, onclick: move |()| answer(false) }
                    Button { label: "Revoke", icon: IconShape::CircleCross, look: "bad", onclick: move |()| answer(true) }
                }
            }
        }
    }
}
