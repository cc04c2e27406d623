//! Taking records away as a file, and what was written: name, rows, size, SHA-256.

use deskops_domain::api::Refusal;
use deskops_domain::api::exports::Exported;
use deskops_domain::api::records::Filter;
use deskops_domain::choice::{Choices as _, Format, Granularity};
use dioxus::prelude::*;

use crate::browser;
use crate::client::download;
use crate::desk::{Desk, Tone, use_desk};
use crate::face::Face;
use crate::parts::{Button, Icon, IconButton, IconShape};
use crate::words::{amount, bytes, rows};

/// How far a file has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Taking {
    /// None is asked for.
    Nothing,
    /// It is being written.
    Writing(Format),
    /// It is there.
    Written(Exported),
    /// It could not be written.
    Failed(Refusal),
}

/// Starts to write a file of these records, in rows of their own or by week or month.
pub fn take_away(
    desk: Desk,
    face: Face,
    filter: Filter,
    (format, granularity): (Format, Granularity),
    mut taking: Signal<Taking>,
) {
    taking.set(Taking::Writing(format));
    spawn(async move {
        let done = face.export(&desk.client(), filter, format, granularity).await;
        taking.set(match done {
            Ok(exported) => Taking::Written(exported),
            Err(refusal) => Taking::Failed(refusal),
        });
    });
}

/// The two buttons of export.
#[component]
pub fn ExportButtons(
    /// Starts to write a file of this form.
    on_export: EventHandler<Format>,
) -> Element {
    rsx! {
        Button { label: "Export Excel", icon: IconShape::Download, keys: "Ctrl+E", onclick: move |()| on_export.call(Format::Xlsx) }
        Button { label: "Export CSV", icon: IconShape::Download, onclick: move |()| on_export.call(Format::Csv) }
    }
}

/// What became of the file that was asked for.
///
/// # Styling
/// `.file-panel[data-state]` = `writing`, `written`, `failed`.
#[component]
pub fn FilePanel(
    /// How far it is.
    taking: Signal<Taking>,
) -> Element {
    let desk = use_desk();
    let mut taking = taking;
    let close = move |()| taking.set(Taking::Nothing);
    let state = taking.read();
    match &*state {
        Taking::Nothing => rsx! {},
        Taking::Writing(format) => rsx! {
            div { class: "file-panel", role: "status", "data-state": "writing", "Writing the {format.label()} file …" }
        },
        Taking::Failed(refusal) => rsx! {
            div { class: "file-panel", role: "alert", "data-state": "failed",
                Icon { shape: IconShape::Warning }
                p {
                    strong { "No file was written. " }
                    "{refusal.message} "
                    if let Some(hint) = &refusal.hint {
                        "{hint}"
                    }
                }
                IconButton { label: "Close", icon: IconShape::Close, onclick: close }
            }
        },
        Taking::Written(file) => {
            let name = file.file_name.clone();
            rsx! {
                div { class: "file-panel", role: "status", "data-state": "written",
                    Icon { shape: IconShape::Check }
                    div { class: "file-words",
                        p {
                            strong { class: "file-name", "{file.file_name}" }
                            " {rows(file.rows)}, {bytes(file.bytes)}"
                            for sum in &file.totals.sums {
                                ", {sum.label} {amount(sum.raw, sum.decimals, &sum.unit)}"
                            }
                        }
                        p { class: "muted",
                            "SHA-256 "
                            code { title: "{file.sha256}", "data-sha256": "{file.sha256}", "{short(&file.sha256)}" }
                        }
                        if let Some(path) = &file.path {
                            p { class: "muted file-path", "{path}" }
                        }
                    }
                    Copier { label: "Copy SHA-256", text: file.sha256.clone() }
                    if let Some(path) = file.path.clone().filter(|_| browser::is_window()) {
                        Button {
                            label: "Show in folder",
                            icon: IconShape::Folder,
                            look: "accent",
                            onclick: move |()| {
                                if !browser::show_in_folder(&path) {
                                    desk.say(format!("The file lies at {path}."), Tone::Plain);
                                }
                            },
                        }
                    } else {
                        Button {
                            label: "Download",
                            icon: IconShape::Download,
                            look: "accent",
                            onclick: move |()| fetch(desk, name.clone()),
                        }
                    }
                    IconButton { label: "Close", icon: IconShape::Close, onclick: close }
                }
            }
        }
    }
}

/// Brings a file over HTTP, and says so where it does not come.
fn fetch(desk: Desk, name: String) {
    spawn(async move {
        if let Err(refusal) = download(&format!("/api/exports/{name}"), &name).await {
            desk.say(refusal.to_string(), Tone::Bad);
        }
    });
}

/// The first and last digits of a hash, enough to compare by eye.
fn short(sha256: &str) -> String {
    match (sha256.get(..8), sha256.get(sha256.len().saturating_sub(8)..)) {
        (Some(first), Some(last)) if sha256.len() > 16 => format!("{first}…{last}"),
        _ => sha256.to_owned(),
    }
}

#[component]
fn Copier(label: &'static str, text: String) -> Element {
    let mut is_copied = use_signal(|| false);
    rsx! {
        Button {
            label: if is_copied() { "Copied" } else { label },
            icon: IconShape::Copy,
            onclick: move |()| {
                browser::copy_text(&text);
                is_copied.set(true);
            },
        }
    }
}
