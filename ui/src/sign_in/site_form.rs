//! The fields of a site at the set-up, and what they come to.

use deskops_domain::account::site_problems;
use deskops_domain::api::Refusal;
use deskops_domain::api::session::NewSite;
use deskops_domain::catalogue::Site;
use deskops_domain::problem::{Problem, Problems};
use dioxus::prelude::*;

use super::problem_of;
use crate::parts::{CheckField, TextField};
use crate::words::WEEKDAYS;

/// A site as it is being typed.
#[derive(Clone, Copy, PartialEq)]
pub struct Typed {
    code: Signal<String>,
    name: Signal<String>,
    location: Signal<String>,
    timezone: Signal<String>,
    day_cut: Signal<String>,
    week_start: Signal<u32>,
    days_off: Signal<Vec<u32>>,
}

impl Typed {
    /// What stands there before anything is typed. A hook: called once in a component.
    pub fn of(site: &Site) -> Self {
        let minutes = site.day_cut_minutes;
        Self {
            code: use_signal(|| site.code.clone()),
            name: use_signal(|| site.name.clone()),
            location: use_signal(|| site.location.clone().unwrap_or_default()),
            timezone: use_signal(|| site.timezone.clone()),
            day_cut: use_signal(|| format!("{:02}:{:02}", minutes / 60, minutes % 60)),
            week_start: use_signal(|| site.week_start),
            days_off: use_signal(|| site.days_off.clone()),
        }
    }

    /// The site, or all that is wrong with it; the rules are the domain's.
    ///
    /// # Errors
    /// All that is wrong.
    pub fn read(self, zones: &[String]) -> Result<NewSite, Problems> {
        let mut problems = Problems::default();
        let timezone = self.timezone.peek().trim().to_owned();
        let known = zones.iter().find(|zone| zone.eq_ignore_ascii_case(&timezone));
        if known.is_none() {
            let message = "There is no such time zone. Take one of the list, such as Asia/Riyadh.";
            problems.add(Problem::new("timezone", "E-TIMEZONE", message).value(&timezone));
        }
        let day_cut = minutes(&self.day_cut.peek());
        if day_cut.is_none() {
            let message = "Write the hour like 00:00 or 6:30.";
            problems.add(Problem::new("dayCutMinutes", "E-DAY-CUT", message));
        }
        let location = self.location.peek().trim().to_owned();
        let site = NewSite {
            code: self.code.peek().clone(),
            name: self.name.peek().clone(),
            location: Some(location).filter(|location| !location.is_empty()),
            timezone: known.cloned().unwrap_or_default(),
            day_cut_minutes: day_cut.unwrap_or_default(),
            week_start: *self.week_start.peek(),
            days_off: self.days_off.peek().clone(),
        };
        problems.0.extend(site_problems(&site).0);
        problems.or(Some(site))
    }
}

/// Minutes after midnight of `6:30`.
fn minutes(typed: &str) -> Option<u32> {
    let (hours, minutes) = typed.trim().split_once(':')?;
    let (hours, minutes) = (hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// The fields.
///
/// # Styling
/// `.field-pair`, `.field-set`.
#[component]
pub fn SiteForm(
    /// What is typed.
    typed: Typed,
    /// The names of all time zones.
    zones: Vec<String>,
    /// What is wrong.
    refusal: Option<Refusal>,
) -> Element {
    let told = refusal.as_ref();
    let Typed { code, name, location, timezone, day_cut, mut week_start, mut days_off } = typed;
    rsx! {
        div { class: "field-pair",
            TextField { id: "site-code", label: "Site code", value: code, hint: "Short, as on documents.", problem: problem_of(told, "site.code") }
            TextField { id: "site-name", label: "Site name", value: name, problem: problem_of(told, "site.name") }
        }
        div { class: "field-pair",
            TextField { id: "site-town", label: "Town", value: location, problem: problem_of(told, "site.location") }
            TextField { id: "site-zone", label: "Time zone", value: timezone, list: "zones", hint: "Type to search, such as Riyadh.",
                problem: problem_of(told, "site.timezone") }
            datalist { id: "zones",
                for zone in zones {
                    option { key: "{zone}", value: "{zone}" }
                }
            }
        }
        div { class: "field-pair",
            TextField { id: "site-cut", label: "The day begins at", value: day_cut,
                hint: "00:00, or later where a night shift counts to its evening.", problem: problem_of(told, "site.dayCutMinutes") }
            div { class: "field",
                label { r#for: "site-week", "The week begins on" }
                select { id: "site-week", onchange: move |event| week_start.set(event.value().parse().unwrap_or(7)),
                    for (number , day) in WEEKDAYS {
                        option { key: "{number}", value: "{number}", selected: week_start() == number, "{day}" }
                    }
                }
            }
        }
        fieldset { class: "field-set",
            legend { "Days without work" }
            for (number , day) in WEEKDAYS {
                CheckField {
                    key: "{number}",
                    label: day,
                    checked: days_off.read().contains(&number),
                    onchange: move |is_off| {
                        days_off.write().retain(|day| *day != number);
                        if is_off {
                            days_off.write().push(number);
                        }
                    },
                }
            }
            p { class: "field-about", "data-tone": "bad", {problem_of(told, "site.daysOff")} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_read_as_minutes_after_midnight() {
        assert_eq!(minutes("00:00"), Some(0));
        assert_eq!(minutes(" 6:30 "), Some(390));
        for wrong in ["", "6", "24:00", "6:60", "six:00"] {
            assert_eq!(minutes(wrong), None, "{wrong}");
        }
    }
}
