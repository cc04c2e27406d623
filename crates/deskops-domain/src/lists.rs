//! The catalogues as records, so that they are entered, changed and sent like all others.
//!
//! The date of each is the first day on which it may be used. Nothing here is deleted, because
//! records name it: it is taken out of use. [`crate::catalogue`] is how the rest reads them.

use crate::choice::{MachineType, MaterialCategory, Unit};
use crate::day::Day;
use crate::field::Rule::*;
use crate::problem::{Problem, Problems};
use crate::record::{Rules, no_rules, record};

/// Minutes of a day, less one.
const LAST_MINUTE: i64 = 1_439;

record! {
    /// A material that is produced, dispatched or received.
    Material, "materials", "Materials", CATALOGUE {
        /// Short code, as on tickets.
        code: String => "code", "Code", [Unique, Longest(20)], "code";
        /// Name on screen and paper.
        name: String => "name", "Name", [Longest(100)], "name";
        /// Name in Arabic.
        name_ar: Option<String> => "nameAr", "Name (Arabic)", [Longest(100)], "name";
        /// What kind of material it is.
        category: MaterialCategory => "category", "Category", [], "kind";
        /// The unit in which it is entered.
        unit: Unit => "unit", "Unit", [Default("TON")], "kind";
        /// Whether it is a product that is sold, as against raw feed.
        is_final: bool => "isFinal", "Product", [Default("true")], "kind";
        /// Place in lists.
        position: u32 => "position", "Place", [Default("100"), AtMost(9_999)], "place";
        /// First day on which it may no longer be used.
        inactive_from: Option<Day> => "inactiveFrom", "Out of use from", [], "use";
    }
}

record! {
    /// A machine, or machines of one type.
    Machine, "equipment_types", "Machines", CATALOGUE {
        /// Short code.
        code: String => "code", "Code", [Unique, Longest(20)], "code";
        /// Name on screen and paper.
        name: String => "name", "Name", [Longest(100)], "name";
        /// Name in Arabic.
        name_ar: Option<String> => "nameAr", "Name (Arabic)", [Longest(100)], "name";
        /// What kind of machine it is.
        category: MachineType => "category", "Type", [], "kind";
        /// Place in lists.
        position: u32 => "position", "Place", [Default("100"), AtMost(9_999)], "place";
        /// First day on which it may no longer be used.
        inactive_from: Option<Day> => "inactiveFrom", "Out of use from", [], "use";
    }
}

record! {
    /// What people of the crew do.
    CrewRole, "crew_roles", "Crew roles", CATALOGUE {
        /// Short code.
        code: String => "code", "Code", [Unique, Longest(20)], "code";
        /// Name on screen and paper.
        name: String => "name", "Name", [Longest(100)], "name";
        /// Name in Arabic.
        name_ar: Option<String> => "nameAr", "Name (Arabic)", [Longest(100)], "name";
        /// Place in lists.
        position: u32 => "position", "Place", [Default("100"), AtMost(9_999)], "place";
        /// First day on which it may no longer be used.
        inactive_from: Option<Day> => "inactiveFrom", "Out of use from", [], "use";
    }
}

record! {
    /// A site and its calendar.
    SiteCard, "sites", "Sites", CATALOGUE {
        /// Short code, three characters or more.
        code: String => "code", "Code", [Unique, Longest(20)], "code";
        /// Name on documents.
        name: String => "name", "Name", [Longest(100)], "name";
        /// Town.
        location: Option<String> => "location", "Place", [Longest(200)], "name";
        /// Time zone, as IANA calls it.
        timezone: String => "timezone", "Time zone", [Default("UTC"), Longest(60)], "calendar";
        /// Minutes after midnight at which a business day begins.
        day_cut_minutes: u32 => "dayCutMinutes", "Day begins (minutes after midnight)", [Default("0"), AtMost(LAST_MINUTE)], "calendar";
        /// First day of the week, Monday 1 to Sunday 7.
        week_start: u32 => "weekStart", "Week starts on (Monday 1, Sunday 7)", [Default("7"), AtLeast(1), AtMost(7)], "calendar";
        /// Days of the week without work, the same numbers joined by commas.
        off_days: Option<String> => "daysOff", "Days off (Monday 1, Sunday 7)", [Longest(20)], "calendar";
        /// Whether new records are taken.
        is_active: bool => "isActive", "In use", [Default("true")], "use";
    }
}

no_rules! { Material Machine CrewRole }

/// The numbers of a list of weekdays; `None` where something in it is no weekday.
#[must_use]
pub fn weekdays(text: &str) -> Option<Vec<u32>> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().ok().filter(|day| (1..=7).contains(day))).collect()
}

impl Rules for SiteCard {
    /// A code can be told apart, and days off are weekdays.
    fn rules(&self, problems: &mut Problems) {
        if self.code.chars().count() < 3 {
            let message = format!("Code takes 3 to 20 characters; `{}` is too short.", self.code);
            problems.add(Problem::new("code", "E-TEXT", message).value(&self.code).min(3));
        }
        let off = self.off_days.as_deref().unwrap_or_default();
        if weekdays(off).is_none() {
            let message = format!(
                "Days off `{off}` are numbers from 1 (Monday) to 7 (Sunday), joined by commas."
            );
            problems.add(Problem::new("daysOff", "E-DAYS", message).value(off).min(1).max(7));
        }
    }
}
