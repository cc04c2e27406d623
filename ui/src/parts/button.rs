//! Buttons: one with words, one with an icon alone, which then has its words for readers and as a tip.

use dioxus::prelude::*;

use super::icon::{Icon, Shape};

/// A button with words, and an icon before them where one helps.
///
/// # Styling
/// `.button`, `data-look` = `plain`, `accent`, `quiet`.
#[component]
pub fn Button(
    /// What it does, in words.
    label: String,
    /// Drawn before the words.
    icon: Option<Shape>,
    /// How much it stands out.
    #[props(default = "plain")]
    look: &'static str,
    /// The keys that do the same, shown as a tip.
    #[props(default)]
    keys: String,
    /// Why it cannot be used now; it then says so instead of doing nothing.
    #[props(default)]
    disabled: bool,
    /// What is done.
    onclick: EventHandler<()>,
) -> Element {
    let tip = if keys.is_empty() { None } else { Some(format!("{label} ({keys})")) };
    rsx! {
        button { r#type: "button", class: "button", "data-look": look, title: tip, disabled, onclick: move |_| onclick.call(()),
            if let Some(shape) = icon {
                Icon { shape }
            }
            span { "{label}" }
        }
    }
}

/// A button that is only an icon.
///
/// # Styling
/// `.icon-button`.
#[component]
pub fn IconButton(
    /// What it does, in words.
    label: String,
    /// What is drawn.
    icon: Shape,
    /// The keys that do the same, shown in the tip.
    #[props(default)]
    keys: String,
    /// Whether it cannot be used now.
    #[props(default)]
    disabled: bool,
    /// What is done.
    onclick: EventHandler<()>,
) -> Element {
    let tip = if keys.is_empty() { label.clone() } else { format!("{label} ({keys})") };
    rsx! {
        button { r#type: "button", class: "icon-button", title: tip, "aria-label": label, disabled, onclick: move |_| onclick.call(()),
            Icon { shape: icon }
        }
    }
}
