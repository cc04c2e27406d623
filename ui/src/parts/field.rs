//! Fields of a form: a label, what is typed, what it is for, and what is wrong with it.

use dioxus::prelude::*;

/// A line of text, or a password.
///
/// # Styling
/// `.field`, its input has `aria-invalid` while something is wrong.
#[component]
pub fn TextField(
    /// Of the input.
    id: String,
    /// What is asked for.
    label: String,
    /// What is typed.
    value: Signal<String>,
    /// `text` or `password`.
    #[props(default = "text")]
    kind: &'static str,
    /// What it is for, or which form it has.
    #[props(default)]
    hint: String,
    /// What is wrong with it.
    #[props(default)]
    problem: String,
    /// What a password keeper may fill in.
    #[props(default = "off")]
    autocomplete: &'static str,
    /// A list to choose from while typing.
    list: Option<&'static str>,
) -> Element {
    let mut value = value;
    let about = format!("{id}-about");
    rsx! {
        div { class: "field",
            label { r#for: "{id}", "{label}" }
            input {
                id: "{id}",
                r#type: kind,
                value: "{value}",
                autocomplete,
                list,
                spellcheck: "false",
                "aria-describedby": "{about}",
                "aria-invalid": if problem.is_empty() { None } else { Some("true") },
                oninput: move |event| value.set(event.value()),
            }
            p { id: "{about}", class: "field-about", "data-tone": if problem.is_empty() { "plain" } else { "bad" },
                if problem.is_empty() {
                    "{hint}"
                } else {
                    "{problem}"
                }
            }
        }
    }
}

/// Something that is so or not.
///
/// # Styling
/// `.check-field`.
#[component]
pub fn CheckField(
    /// What is so.
    label: String,
    /// Whether it is so.
    checked: bool,
    /// It was changed.
    onchange: EventHandler<bool>,
) -> Element {
    rsx! {
        label { class: "check-field",
            input { r#type: "checkbox", checked, onchange: move |event| onchange.call(event.checked()) }
            span { "{label}" }
        }
    }
}
