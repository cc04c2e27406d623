//! What a day of the made-up site looks like: which records, when they are typed, what goes wrong.
//!
//! Pure: a seed and a day in, records out. The shapes are those of a real site's sheets.

mod crew;
mod dispatch;
mod plant;
mod production;
mod received;

use deskops_domain::calendar::is_working_day;
use deskops_domain::catalogue::Site;
use deskops_domain::choice::Module;
use deskops_domain::day::Day;
use deskops_domain::modules::{Dispatch, Equipment, Manpower, NilReturn, Production, Received};

use crate::chance::Chance;
use plant::Plant;

/// What is written in a record.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Body {
    /// What the crusher made.
    Production(Production),
    /// What left.
    Dispatch(Dispatch),
    /// What came in.
    Received(Received),
    /// Machines.
    Equipment(Equipment),
    /// Crew.
    Manpower(Manpower),
    /// Nothing, said on purpose.
    Nil(NilReturn),
}

/// What becomes of a record on the morning after.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Later {
    /// It is put right.
    Correct(Body),
    /// It is deleted.
    Void(&'static str),
    /// It is deleted, and brought back at once.
    VoidByMistake,
}

/// One record as it is typed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Act {
    /// Minutes after the site's midnight.
    pub minute: i64,
    /// What is typed.
    pub body: Body,
    /// What becomes of it.
    pub later: Option<Later>,
}

impl Act {
    /// Typed once and left so.
    pub(crate) fn new(minute: i64, body: Body) -> Self {
        Self { minute, body, later: None }
    }
}

/// Which part of a day is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it.
    Whole,
    /// All of it, with a ticket of 700 t on one truck.
    WithOutlier,
    /// The first tickets of a day that is still to be typed.
    Begun,
}

/// Everything that is typed on a day, in the order of the clock.
pub(crate) fn day(seed: u64, site: &Site, day: Day, part: Part) -> Vec<Act> {
    let is_working = is_working_day(site, day);
    let closed = is_working.then(|| why_closed(&Chance::of(seed, day, 0), day)).flatten();
    let mut acts = match closed {
        Some(why) if part != Part::Begun => nothing_at_all(why),
        _ => {
            let mut acts = dispatch::acts(
                &Chance::of(seed, day, 1),
                day,
                is_working,
                part == Part::WithOutlier,
            );
            if is_working {
                acts.extend(received::acts(&Chance::of(seed, day, 2)));
                let plant = Plant::of(&Chance::of(seed, day, 3));
                acts.extend(production::acts(&Chance::of(seed, day, 4), day, &plant));
                acts.extend(plant.acts(&Chance::of(seed, day, 5)));
                acts.extend(crew::acts(&Chance::of(seed, day, 6)));
            }
            acts
        }
    };
    acts.sort_by_key(|act| act.minute);
    if part == Part::Begun {
        begin_only(&mut acts);
    }
    acts
}

/// What nobody has entered on a day that is still open: now and then what came in, or all of it.
pub(crate) fn forget(seed: u64, day: Day, acts: &mut Vec<Act>) {
    let chance = Chance::of(seed, day, 7);
    match chance.between(0, 9) {
        0 | 1 => acts.clear(),
        2..=5 => acts.retain(|act| !matches!(act.body, Body::Received(_))),
        _ => {}
    }
}

/// The first loads of the day only, early enough that any clock shows a later hour.
fn begin_only(acts: &mut Vec<Act>) {
    const FIRST_LOADS: usize = 7;
    const FIRST_MINUTE: i64 = 5 * 60 + 10;
    acts.retain(|act| matches!(act.body, Body::Dispatch(_) | Body::Received(_)));
    acts.truncate(FIRST_LOADS);
    for (minute, act) in (FIRST_MINUTE..).step_by(9).zip(acts) {
        act.minute = minute;
        act.later = None;
    }
}

/// Holidays, and a few days on which the yard could not work.
fn why_closed(chance: &Chance, day: Day) -> Option<&'static str> {
    match day.to_string().get(5..) {
        Some("02-22") => Some("Founding Day"),
        Some("09-23") => Some("National Day"),
        _ if chance.per_mille(10) => Some(*chance.pick(&[
            "Rain, the yard was under water",
            "No power from the grid",
            "Dust storm",
        ])),
        _ => None,
    }
}

fn nothing_at_all(why: &'static str) -> Vec<Act> {
    let modules = [
        Module::Production,
        Module::Dispatch,
        Module::Received,
        Module::Equipment,
        Module::Manpower,
    ];
    (16 * 60..).zip(modules).map(|(minute, module)| nothing(minute, module, Some(why))).collect()
}

/// "Nothing today" in one module.
fn nothing(minute: i64, module: Module, why: Option<&str>) -> Act {
    Act::new(minute, Body::Nil(NilReturn { module, notes: why.map(str::to_owned) }))
}

#[cfg(test)]
mod tests;
