//! How a day of a site is told: in a word and an icon in its cell, in a sentence below the board.

use deskops_domain::api::completeness::{NEEDED, SiteDayState, Stage};
use deskops_domain::choice::{Choices as _, Module};

use crate::parts::IconShape;

/// What is said of a day of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellWords {
    /// In the cell.
    pub short: String,
    /// Below the board, and to readers: without the site and the day.
    pub long: String,
}

impl CellWords {
    /// Of a day, with the moment of its closing in the site's own time.
    #[must_use]
    pub fn of(day: &SiteDayState, closed_at: Option<String>) -> Self {
        let mut long = match (&day.by, day.stage) {
            (Some((by, _)), stage) => {
                let at = closed_at.map(|at| format!(" on {at}")).unwrap_or_default();
                format!("{} by {by}{at}", stage.label())
            }
            (None, Stage::Partial) => format!("{} of {NEEDED} inputs are there", day.n_there),
            (None, Stage::Entered) => "Everything is entered; the day can be closed".to_owned(),
            (None, stage) => stage.label().to_owned(),
        };
        if day.stage == Stage::Partial {
            let gone: Vec<&str> = day.missing.iter().map(|name| input(name)).collect();
            if !gone.is_empty() {
                long.push_str(&format!("; missing: {}", gone.join(", ")));
            }
            if day.drafts > 0 {
                long.push_str(&format!("; {} not right yet", crate::words::rows(day.drafts)));
            }
        }
        if day.is_overdue {
            long.push_str("; overdue");
        }
        let short = match day.stage {
            Stage::Partial => format!("{} of {NEEDED}", day.n_there),
            Stage::Empty => "Nothing".to_owned(),
            Stage::NotYet | Stage::NotInUse => "–".to_owned(),
            stage => stage.label().to_owned(),
        };
        Self { short, long }
    }
}

/// An input by the name under which it is missed.
fn input(name: &str) -> &str {
    Module::from_code(name).map_or("opening stock", Module::label)
}

/// The icon of a stage.
#[must_use]
pub fn icon_of(stage: Stage) -> IconShape {
    match stage {
        Stage::Empty => IconShape::Ring,
        Stage::Partial => IconShape::Pencil,
        Stage::Entered => IconShape::Check,
        Stage::Closed => IconShape::Done,
        Stage::Locked => IconShape::Lock,
        Stage::DayOff | Stage::NotYet | Stage::NotInUse => IconShape::Bar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_in_a_word_and_in_a_sentence() {
        let day = SiteDayState {
            stage: Stage::Partial,
            n_there: 2,
            missing: vec!["dispatch".into(), "opening".into()],
            drafts: 1,
            by: None,
            is_overdue: true,
        };
        let told = CellWords::of(&day, None);
        assert_eq!(told.short, "2 of 4");
        assert_eq!(
            told.long,
            "2 of 4 inputs are there; missing: Dispatch, opening stock; 1 row not right yet; overdue"
        );
        let closed = SiteDayState {
            stage: Stage::Locked,
            by: Some(("huda".into(), deskops_domain::entry::Moment(0))),
            is_overdue: false,
            ..day
        };
        let told = CellWords::of(&closed, Some("17 Nov, 10:42".into()));
        assert_eq!(
            (told.short.as_str(), told.long.as_str()),
            ("Locked", "Locked by huda on 17 Nov, 10:42")
        );
    }
}
