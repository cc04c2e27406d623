//! The keys of DeskOps, as the table that binds them tells them.

use dioxus::prelude::*;

use crate::browser;
use crate::key;
use crate::parts::{IconButton, IconShape};

/// The dialog's id.
pub const ID: &str = "shortcuts";

/// The shortcut sheet under F1.
///
/// # Styling
/// `dialog.dialog`, `.keys-list`, `kbd`.
#[component]
pub fn Shortcuts() -> Element {
    rsx! {
        dialog { class: "dialog", id: ID, "aria-labelledby": "shortcuts-title",
            div { class: "dialog-head",
                h2 { id: "shortcuts-title", "Keys" }
                IconButton { label: "Close", icon: IconShape::Close, keys: "Esc", onclick: move |()| browser::close_dialog(ID) }
            }
            div { class: "keys-parts",
                for (scope , bindings) in key::sheet() {
                    section { key: "{scope.title()}", class: "keys-part",
                        h3 { "{scope.title()}" }
                        dl { class: "keys-list",
                            for binding in bindings {
                                div { key: "{binding.keys:?}", class: "keys-line",
                                    dt {
                                        for keys in binding.keys {
                                            kbd { key: "{keys}", "{keys}" }
                                        }
                                    }
                                    dd { "{binding.label}" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
