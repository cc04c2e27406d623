//! Changes that stand or fall together: one paste, a record entered again under another key, a
//! closed day that a change opened.
//!
//! All of a run is taken, or none of it. Where one meets somebody, the others stand open beside it
//! with their values, so that a person settles the whole.

use std::collections::BTreeMap;

use crate::change::Change;
use crate::id::Id;
use crate::sync::conflict::Clash;
use crate::sync::merge::{Judge, Merged, Place, leave_open, merge, open, stopped};
use crate::sync::outcome::{Outcome, Stop, Why};
use crate::sync::standing::Standing;

/// Merges a run of changes, one or more, each at its place. What is left of a record after the last
/// of its changes is the standing of that one.
#[must_use]
pub fn merge_run(
    run: &[(&Change, Place)],
    standing: impl Fn(&Id) -> Standing,
    judge: Judge<'_>,
) -> Vec<Merged> {
    let mut now = Now { first: &standing, changed: BTreeMap::new() };
    let merged: Vec<Merged> = run
        .iter()
        .map(|(change, place)| {
            let merged = merge(&now.of(&change.rec), change, *place, judge);
            now.changed.insert(&change.rec, merged.standing.clone());
            merged
        })
        .collect();
    let obstacle = merged
        .iter()
        .zip(run)
        .filter(|(merged, _)| !merged.outcome.is_taken())
        .max_by_key(|(merged, _)| merged.outcome.is_stopped());
    let Some((obstacle, (because, _))) = obstacle.filter(|_| run.len() > 1) else {
        return merged;
    };
    let mut now = Now { first: &standing, changed: BTreeMap::new() };
    let fallen = merged.iter().zip(run).map(|(merged, (change, place))| {
        let there = now.of(&change.rec);
        let left = match &merged.outcome {
            Outcome::Held { reason } => stopped(&there, change, *place, Stop::Held(reason.clone())),
            Outcome::Rejected { reason } => {
                stopped(&there, change, *place, Stop::Rejected(reason.clone()))
            }
            _ if obstacle.outcome.is_stopped() => {
                stopped(&there, change, *place, Stop::held(Why::Together))
            }
            _ => {
                let clash = Clash::Together { because: because.op.clone() };
                leave_open(&there, open(&there, change, *place, "", clash), Outcome::Conflict)
            }
        };
        now.changed.insert(&change.rec, left.standing.clone());
        left
    });
    fallen.collect()
}

/// Records as they are in the middle of a run.
struct Now<'a, F> {
    first: &'a F,
    changed: BTreeMap<&'a Id, Standing>,
}

impl<F: Fn(&Id) -> Standing> Now<'_, F> {
    fn of(&self, rec: &Id) -> Standing {
        self.changed.get(rec).cloned().unwrap_or_else(|| (self.first)(rec))
    }
}
