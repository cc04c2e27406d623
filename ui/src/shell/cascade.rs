//! The question before an edit of an earlier day moves the days after it.
//!
//! It stands with the shell, because rows are saved although their screen has gone.

use deskops_domain::day::Day;
use dioxus::prelude::*;

use crate::browser;
use crate::desk::use_desk;
use crate::grid::pressed;
use crate::key::{self, Key, Scope};
use crate::parts::alone;
use crate::parts::{Button, IconShape};
use crate::sheet::cascade::{Answer, Question, lines, locked, words};

const ID: &str = "cascade";
/// So long after the question has come, its buttons take keys: who types on does not answer it.
const PAUSE_MS: i32 = 400;

/// The question, while there is one.
#[component]
pub(super) fn CascadeQuestion() -> Element {
    let desk = use_desk();
    let question = desk.counts.question.read().clone();
    match question {
        Some(question) => alone(rsx! {
            Asked { key: "{question.number}", question }
        }),
        None => rsx! {},
    }
}

/// What moves, and the two answers.
///
/// # Styling
/// `dialog.dialog.cascade`, `.cascade-lines`, `.cascade-locked`.
#[component]
fn Asked(question: Question) -> Element {
    let desk = use_desk();
    let session = desk.session.read();
    let (shown, left_out) = lines(&question.cascade, &session.catalogue);
    let locked = locked(&question.cascade, &session.catalogue);
    let has_counts = shown.iter().any(|line| line.variance.is_some());
    let mut takes_keys = use_signal(|| false);
    use_effect(move || {
        browser::open_dialog(ID);
        browser::focus("#cascade-title");
        spawn(async move {
            browser::sleep(PAUSE_MS).await;
            takes_keys.set(true);
            browser::focus("#cascade .button");
        });
    });
    let answer = use_callback({
        let question = question.clone();
        move |answer: Answer| {
            browser::close_dialog(ID);
            question.answer(answer);
            browser::focus("[role='grid'] [tabindex='0']");
        }
    });
    // A key that is meant for the sheet goes there, and the question comes again afterwards.
    let pass_on = move |event: KeyboardEvent| {
        let Some(press) = pressed(&event) else { return };
        let is_answer = press.typed().is_none_or(|typed| typed == ' ');
        if takes_keys() && is_answer {
            return;
        }
        if press.key == Key::Esc {
            event.prevent_default();
            return;
        }
        answer.call(Answer::TypedOn);
        if key::find(Scope::Everywhere, &press).is_none() {
            event.prevent_default();
            event.stop_propagation();
            let typed = desk.ear.peek().as_ref().and_then(|ear| ear.typed);
            typed.into_iter().for_each(|typed| typed.call(press));
        }
    };
    let days = |day: Day| format!("{} {}", &day.long()[..3], day.short());
    rsx! {
        dialog { class: "dialog cascade", id: ID, "aria-labelledby": "cascade-title",
            // Esc.
            oncancel: move |event| {
                event.prevent_default();
                if takes_keys() {
                    answer.call(Answer::TakeBack);
                }
            },
            onkeydown: pass_on,
            h2 { id: "cascade-title", tabindex: "-1", "{question.name} of {question.day.short()}: {words(&question.cascade)}" }
            p { "{question.title} of an earlier day moves the stock of the days after it. Nothing is written before you answer." }
            if !shown.is_empty() {
                table { class: "cascade-lines",
                    thead {
                        tr {
                            th { scope: "col", "Day" }
                            th { scope: "col", "Material" }
                            th { scope: "col", "data-num": "1", "Closing (t)" }
                            if has_counts {
                                th { scope: "col", "data-num": "1", "Count difference (t)" }
                            }
                        }
                    }
                    tbody {
                        for line in shown {
                            tr { key: "{line.day}{line.material}",
                                td { "{days(line.day)}" }
                                td { "{line.material}" }
                                td { "data-num": "1", "{line.closing.0} → {line.closing.1}" }
                                if has_counts {
                                    td { "data-num": "1",
                                        if let Some((before, after)) = line.variance {
                                            "{before} → {after}"
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            if left_out > 0 {
                p { class: "muted", "And {left_out} more." }
            }
            if !locked.is_empty() {
                ul { class: "cascade-locked",
                    for sentence in locked {
                        li { key: "{sentence}", "{sentence}" }
                    }
                }
            }
            div { class: "state-actions",
                Button { label: "Save", icon: IconShape::Check, keys: "Enter", look: "accent", onclick: move |()| answer.call(Answer::Save) }
                Button { label: "Take back", icon: IconShape::Undo, keys: "Esc", onclick: move |()| answer.call(Answer::TakeBack) }
            }
        }
    }
}
