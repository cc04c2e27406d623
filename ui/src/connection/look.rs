//! What was found at an address, as a table.

use deskops_domain::api::connection::Looked;
use dioxus::prelude::*;

use super::verdict::{Found, Tone, findings};
use crate::parts::{Icon, IconShape};

/// The table, and what is in the way above it.
///
/// # Styling
/// `.look`, `.verdict[data-tone]`.
#[component]
pub fn LookTable(
    /// What was found.
    looked: Looked,
) -> Element {
    let found = findings(&looked);
    let address = &looked.address;
    rsx! {
        div { class: "look",
            div { role: "status", class: "look-outcome",
                match &looked.trouble {
                    Some(trouble) => rsx! {
                        p { class: "verdict look-trouble", "data-tone": "bad",
                            Icon { shape: IconShape::CircleCross }
                            span { strong { "{trouble.message}" } " {trouble.hint}" }
                        }
                    },
                    None => rsx! {
                        p { class: "verdict", "data-tone": "ok",
                            Icon { shape: IconShape::Check }
                            span { strong { "DeskOps answers at {looked.name}." } }
                        }
                    },
                }
            }
            table { class: "plain-table look-table",
                caption { class: "for-readers", "What was found at {address}" }
                thead {
                    tr {
                        th { scope: "col", "What" }
                        th { scope: "col", "Found" }
                        th { scope: "col", "Result" }
                    }
                }
                tbody {
                    for line in found {
                        Line { key: "{line.what}", line: line.clone() }
                    }
                }
            }
            if let Some(certificate) = &looked.certificate {
                details { class: "look-more",
                    summary { "Fingerprint of the certificate" }
                    p { class: "hash", {super::verdict::grouped(&certificate.fingerprint)} }
                    p { class: "muted", "SHA-256. Subject: {certificate.subject}" }
                }
            }
        }
    }
}

#[component]
fn Line(line: Found) -> Element {
    rsx! {
        tr {
            th { scope: "row", "{line.what}" }
            td {
                for (at , words) in line.found.iter().enumerate() {
                    span { key: "{at}", class: "look-found", "{words}" }
                }
            }
            td {
                span { class: "verdict", "data-tone": line.tone.name(),
                    Icon { shape: icon(line.tone) }
                    "{line.verdict}"
                }
            }
        }
    }
}

fn icon(tone: Tone) -> IconShape {
    match tone {
        Tone::Good => IconShape::Check,
        Tone::Warn => IconShape::Warning,
        Tone::Bad => IconShape::CircleCross,
        Tone::Unknown => IconShape::Nothing,
    }
}
