//! Light, dark, or as the system has it; remembered on this computer.

use dioxus::prelude::*;

use crate::browser;
use crate::parts::{IconButton, IconShape};

const KEPT: &str = "deskops.theme";

/// What was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// As the system has it.
    System,
}

impl Theme {
    /// What was chosen before.
    #[must_use]
    pub fn kept() -> Self {
        match browser::kept(KEPT).as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// In a word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    /// The one that the toggle goes to.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
            Self::System => Self::Light,
        }
    }

    /// Paints the page in it and remembers it.
    pub fn put_on(self) {
        browser::keep(KEPT, self.name());
        let is_dark = self == Self::Dark || (self == Self::System && browser::prefers_dark());
        browser::set_theme(if is_dark { "dark" } else { "light" });
    }
}

/// Goes from light to dark to system.
#[component]
pub fn ThemeToggle() -> Element {
    let mut theme = use_signal(Theme::kept);
    let icon = match theme() {
        Theme::Light => IconShape::Sun,
        Theme::Dark => IconShape::Moon,
        Theme::System => IconShape::Monitor,
    };
    let next = theme().next();
    rsx! {
        IconButton {
            label: "Theme: {theme().name()}. Change to {next.name()}",
            icon,
            onclick: move |()| {
                next.put_on();
                theme.set(next);
            },
        }
    }
}
