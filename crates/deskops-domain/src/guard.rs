//! Questions about a record that is right by itself but unlike all others: never a refusal.
//!
//! Pure: what is usual is handed in. Each question says what it compares with, so that a clerk can
//! answer it with a note.

use crate::choice::EquipmentStatus;
use crate::day::Day;
use crate::loads::Loaded;
use crate::modules::{Dispatch, Equipment, Manpower, Received};
use crate::problem::Problem;
use crate::quantity::{Hours, Tons};
use crate::record::Record;
use crate::summary::{OUTLIER_FACTOR, Usual};
use crate::text::show_fixed;

/// A trip of less than one in so many of the usual tons is worth a question.
const LEAST_PART: i64 = 5;
/// What a truck carries where too few trips tell, in kilograms.
const ANY_TRIP: (i64, i64) = (5_000, 60_000);
/// So many times the usual heads are worth a question.
const MANY_HEADS: i64 = 2;

/// What is known of the past and of the plan, as far as it concerns a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Kilograms of a trip of the material; none where too few are known.
    pub trip: Option<Usual>,
    /// Heads of the role.
    pub heads: Option<Usual>,
    /// Hours of a day that are planned for the machine.
    pub planned: Option<Hours>,
    /// Records of the same day and the days beside it that say the same.
    pub twins: Vec<Day>,
    /// Heaps that hold less than is taken from them.
    pub short: Vec<Short>,
}

/// A heap that holds less than is taken from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// Name of the heap.
    pub heap: String,
    /// What lies there, in kilograms.
    pub lies_kg: i64,
    /// What is taken, in kilograms.
    pub taken_kg: i64,
}

/// A record that can be questioned.
pub trait Guarded: Record {
    /// What is worth a question; nothing where all is as usual.
    fn judge(&self, known: &Known) -> Vec<Problem>;

    /// What was noted about it: a reason answers every question.
    fn reason(&self) -> Option<&str>;
}

impl Guarded for Dispatch {
    fn judge(&self, known: &Known) -> Vec<Problem> {
        loads(self, known).into_iter().chain(known.short.iter().map(short)).collect()
    }

    fn reason(&self) -> Option<&str> {
        self.notes.as_deref()
    }
}

impl Guarded for Received {
    fn judge(&self, known: &Known) -> Vec<Problem> {
        loads(self, known)
    }

    fn reason(&self) -> Option<&str> {
        self.notes.as_deref()
    }
}

impl Guarded for Equipment {
    fn judge(&self, known: &Known) -> Vec<Problem> {
        let mut found = Vec::new();
        if self.status == Some(EquipmentStatus::Breakdown) && self.notes.is_none() {
            let message = "It broke down: say in the notes what happened.";
            found.push(Problem::new("notes", "G-BREAKDOWN", message));
        }
        found.extend(hours(self.hours, known.planned));
        found
    }

    fn reason(&self) -> Option<&str> {
        self.notes.as_deref()
    }
}

impl Guarded for Manpower {
    fn judge(&self, known: &Known) -> Vec<Problem> {
        let heads = i64::from(self.headcount);
        let many = known.heads.filter(|usual| heads > usual.median.max(1) * MANY_HEADS);
        many.map(|usual| {
            let message = format!("Usually {} heads; this is {heads}.", usual.median);
            Problem::new("headcount", "G-HEADS", message)
                .value(&heads.to_string())
                .max(usual.median * MANY_HEADS)
        })
        .into_iter()
        .collect()
    }

    fn reason(&self) -> Option<&str> {
        self.notes.as_deref()
    }
}

/// What is asked of truck loads of either way.
fn loads<R: Loaded>(record: &R, known: &Known) -> Vec<Problem> {
    let Some(tons) = record.tons() else { return Vec::new() };
    let mut found = Vec::new();
    if let Some(loads) = record.loads().filter(|loads| *loads > 0)
        && !record.is_estimated()
    {
        found.extend(trip(tons.raw() / i64::from(loads), known.trip));
    }
    if let Some(day) = known.twins.first() {
        let message = format!(
            "The same is there already on {}: {} t of the material. Is this another load?",
            day.short(),
            tons.show()
        );
        found.push(Problem::new("qtyTon", "G-TWICE", message).value(&tons.to_string()));
    }
    found
}

/// Tons of one trip that no truck carries, or that none of the material did.
fn trip(kg: i64, usual: Option<Usual>) -> Option<Problem> {
    let tons = |kg: i64| show_fixed((kg + 50) / 100, 1);
    let (low, high, message) = match usual {
        Some(Usual { median, .. }) => (
            median / LEAST_PART,
            median * OUTLIER_FACTOR,
            format!("Usually {} t a trip; this is {} t a trip.", tons(median), tons(kg)),
        ),
        None => (
            ANY_TRIP.0,
            ANY_TRIP.1,
            format!(
                "A truck carries {} to {} t; this is {} t a trip.",
                ANY_TRIP.0 / 1_000,
                ANY_TRIP.1 / 1_000,
                tons(kg)
            ),
        ),
    };
    (kg < low || kg > high).then(|| {
        Problem::new("qtyTon", "G-TRIP", message)
            .value(&Tons::kg(kg).to_string())
            .min(Tons::kg(low))
            .max(Tons::kg(high))
    })
}

/// Longer than planned.
fn hours(hours: Hours, planned: Option<Hours>) -> Option<Problem> {
    let planned = planned.filter(|planned| hours > *planned)?;
    let message = format!("Planned are {} h; this is {} h.", planned.show(), hours.show());
    Some(Problem::new("hours", "G-HOURS", message).value(&hours.to_string()).max(planned))
}

fn short(short: &Short) -> Problem {
    let tons = |kg: i64| Tons::kg(kg).show();
    let message = format!(
        "Of {} there are {} t; {} t are taken, {} t more than lie there.",
        short.heap,
        tons(short.lies_kg),
        tons(short.taken_kg),
        tons(short.taken_kg - short.lies_kg)
    );
    Problem::new("qtyTon", "G-STOCK", message).max(Tons::kg(short.lies_kg))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::Operation;
    use crate::field::MaterialId;
    use crate::summary::usual;

    fn ticket(kg: i64, trips: u32) -> Dispatch {
        Dispatch {
            material_id: MaterialId("MAT002".into()),
            qty_kg: Some(Tons::kg(kg)),
            trips: Some(trips),
            is_estimated: false,
            owner: None,
            reference: None,
            operation: Operation::CrusherDispatch,
            notes: None,
        }
    }

    fn known(kg: i64) -> Known {
        Known { trip: usual(vec![kg; 20]), ..Known::default() }
    }

    fn codes(found: &[Problem]) -> Vec<&str> {
        found.iter().map(|problem| problem.code.as_str()).collect()
    }

    #[test]
    fn a_ticket_of_700_tons_explains_itself() {
        let found = ticket(700_000, 1).judge(&known(31_750));
        assert_eq!(codes(&found), ["G-TRIP"]);
        assert_eq!(found[0].message, "Usually 31.8 t a trip; this is 700.0 t a trip.");
        assert!(ticket(700_000, 22).judge(&known(31_750)).is_empty(), "in 22 trips it is usual");
        assert_eq!(codes(&ticket(6_000, 1).judge(&known(31_750))), ["G-TRIP"], "far too little");
    }

    #[test]
    fn without_a_past_any_truck_is_the_measure() {
        let none = Known::default();
        assert!(ticket(5_000, 1).judge(&none).is_empty());
        assert!(ticket(60_000, 1).judge(&none).is_empty());
        assert_eq!(codes(&ticket(60_001, 1).judge(&none)), ["G-TRIP"]);
        assert_eq!(codes(&ticket(4_999, 1).judge(&none)), ["G-TRIP"]);
    }

    #[test]
    fn heads_are_measured_by_the_past() {
        let crew = |headcount| Manpower {
            role_id: crate::field::CrewRoleId("ROLE_LABORER".into()),
            shift: crate::choice::Shift::All,
            headcount,
            hours: Hours::hundredths(1_000),
            notes: None,
        };
        let known = Known { heads: usual(vec![8; 10]), ..Known::default() };
        assert!(crew(16).judge(&known).is_empty());
        let found = crew(17).judge(&known);
        assert_eq!(codes(&found), ["G-HEADS"]);
        assert_eq!(found[0].message, "Usually 8 heads; this is 17.");
    }
}
