//! One change meets one record: three ways, group by group, at head office and in a preview alike.
//!
//! Different groups of a record go together. In one group a change is taken where its author had
//! seen everything that was accepted, or saw the very value that it replaces; otherwise the first
//! accepted value stays in effect and the second stands beside it as a conflict. A deletion gives
//! way to values that its author had not seen, and sticks until somebody who saw it brings the
//! record back.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::canonical;
use crate::change::{Base, Change, ChangeKind, FromTo};
use crate::id::Id;
use crate::sync::check;
use crate::sync::conflict::{Clash, Conflict, Side};
use crate::sync::entity::Entity;
use crate::sync::outcome::{Outcome, Reason, Stop, Why};
use crate::sync::row::{Row, Touch};
use crate::sync::standing::{Sight, Standing, Write};

/// Where a change is taken into the feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The position that it gets.
    pub seq: i64,
    /// Whether the base that it names is in this feed, [`crate::sync::chain::is_known`].
    pub is_base_known: bool,
}

/// What head office says of a record that a change would make: rights, lists, closed days. `Some` to
/// hold or reject it.
pub type Judge<'a> = &'a dyn Fn(&Change, &Row) -> Option<Stop>;

/// What became of a change, and what it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// What became of it.
    pub outcome: Outcome,
    /// The record afterwards, with who wrote it and what is open of it.
    pub standing: Standing,
    /// What it opened; in the standing, too.
    pub opened: Vec<Conflict>,
    /// What it settled, by change and spot; no longer in the standing.
    pub settled: Vec<(Id, String)>,
}

impl Merged {
    /// SHA-256 of what it leaves, for the chain: the record, what it opened, and what it settled. A
    /// laptop that has the same chain has the same of all three.
    ///
    /// # Panics
    /// Never: all of it is plain data.
    #[must_use]
    pub fn after(&self) -> [u8; 32] {
        let left = (&self.standing.row, &self.opened, &self.settled);
        let json = serde_json::to_value(left).expect("it is plain data");
        Sha256::digest(canonical::bytes(&json)).into()
    }
}

/// Merges a change into its record.
#[must_use]
pub fn merge(standing: &Standing, change: &Change, place: Place, judge: Judge<'_>) -> Merged {
    let entity = match check::form(change) {
        Ok(entity) => entity,
        Err(stop) => return stopped(standing, change, place, stop),
    };
    let mut work = Work {
        change,
        place,
        sight: Sight::of(change, place.is_base_known),
        standing: standing.clone(),
        opened: Vec::new(),
        is_new: standing.row.is_none(),
        has_altered: false,
    };
    let done = work.fits(entity).and_then(|()| {
        work.act();
        work.look(entity, judge)
    });
    match done {
        Ok(()) => work.finish(),
        Err(stop) => stopped(standing, change, place, stop),
    }
}

/// A change of which nothing is in force; it stands open as a whole.
#[must_use]
pub fn stopped(standing: &Standing, change: &Change, place: Place, stop: Stop) -> Merged {
    let clash = match stop.clone() {
        Stop::Held(reason) => Clash::Held { reason },
        Stop::Rejected(reason) => Clash::Rejected { reason },
    };
    let conflict = open(standing, change, place, "", clash);
    leave_open(standing, conflict, stop.into())
}

/// Leaves a record as it is, with one more conflict.
pub(super) fn leave_open(standing: &Standing, conflict: Conflict, outcome: Outcome) -> Merged {
    let mut standing = standing.clone();
    standing.open.push(conflict.clone());
    Merged { outcome, standing, opened: vec![conflict], settled: Vec::new() }
}

/// A conflict of a change with a record, about a group or about all of it.
pub(super) fn open(
    standing: &Standing,
    change: &Change,
    place: Place,
    spot: &str,
    clash: Clash,
) -> Conflict {
    let group = (!spot.is_empty()).then_some(spot);
    let saw: BTreeMap<_, _> = change
        .set
        .iter()
        .filter(|(name, _)| group.is_none_or(|group| group == name.as_str()))
        .map(|(name, set)| (name.clone(), set.from.clone()))
        .collect();
    let kept = standing.row.as_ref().and_then(|row| {
        let sight = Sight::of(change, place.is_base_known);
        // A deletion sets nothing; what stands against it is what its author had not seen.
        let names: Vec<&String> = if change.kind == ChangeKind::Void {
            row.groups.keys().filter(|name| standing.unseen(name, sight).is_some()).collect()
        } else {
            saw.keys().collect()
        };
        let writes = names.iter().filter_map(|name| standing.last(name));
        let all = standing.writes.values().filter_map(|writes| writes.last());
        let newest = |write: &&Write| write.at;
        let write = match (&standing.tombstone, group) {
            (Some(tombstone), _) => tombstone,
            (None, _) => writes.max_by_key(newest).or_else(|| all.max_by_key(newest))?,
        };
        Some(Side::in_effect(row, write, names.into_iter()))
    });
    Conflict {
        op: change.op.clone(),
        spot: spot.to_owned(),
        feed: change.feed.clone(),
        seq: place.seq,
        entity: change.entity.clone(),
        rec: change.rec.clone(),
        clash,
        kept,
        other: Side::of(change, group),
        saw,
        base: Base { seq: change.base.seq, chain: change.base.chain.clone() },
        key: change.key.clone(),
    }
}

/// A merge under way.
struct Work<'a> {
    change: &'a Change,
    place: Place,
    sight: Sight<'a>,
    standing: Standing,
    opened: Vec<Conflict>,
    /// Whether it would be the first of its record.
    is_new: bool,
    has_altered: bool,
}

impl Work<'_> {
    /// A change names its record as it is; the first one makes it.
    fn fits(&self, entity: &Entity) -> Result<(), Stop> {
        let change = self.change;
        let Some(row) = &self.standing.row else {
            let is_first = change.set.values().all(|set| set.from.is_none());
            let makes = matches!(change.kind, ChangeKind::Put | ChangeKind::Resolve);
            return match change.kind {
                ChangeKind::Resolve if change.set.is_empty() => Ok(()),
                _ if !makes || !is_first => Err(Stop::held(Why::NoRecord)),
                _ if entity.has_key && change.key.is_none() => Err(Stop::rejected(Why::Key)),
                _ => Ok(()),
            };
        };
        let is_same =
            row.entity == change.entity && row.feed == change.feed && row.date == change.date;
        if is_same { Ok(()) } else { Err(Stop::rejected(Why::Elsewhere)) }
    }

    fn act(&mut self) {
        let is_voided = self.standing.is_voided();
        match self.change.kind {
            ChangeKind::Put if is_voided => self.meet("", Clash::EditVsVoid),
            ChangeKind::Put => self.put(),
            ChangeKind::Void if is_voided => {}
            ChangeKind::Void => self.void(),
            ChangeKind::Restore => {
                if is_voided && !self.saw_tombstone() {
                    self.meet("", Clash::RestoreVsVoid);
                } else {
                    self.revive();
                    self.put();
                }
            }
            ChangeKind::Resolve if is_voided => {
                // "Leave it deleted", by somebody who knows that it is.
                if !self.change.set.is_empty() || !self.saw_tombstone() {
                    self.meet("", Clash::EditVsVoid);
                }
            }
            ChangeKind::Resolve => self.put(),
        }
    }

    /// Sets each group where nothing unseen stands against it.
    fn put(&mut self) {
        for (group, set) in &self.change.set {
            let there = self.standing.row.as_ref();
            if there.is_some_and(|row| row.holds(group, &set.to)) {
                continue;
            }
            let is_free = self.standing.unseen(group, self.sight).is_none();
            if is_free || is_what_was_seen(there, group, set) {
                let write = Write::of(self.change, self.place.seq);
                self.standing.wrote(group, write);
                self.alter(|row| row.set(group, &set.to));
            } else {
                self.meet(group, Clash::Values);
            }
        }
    }

    fn void(&mut self) {
        let Some(row) = &self.standing.row else { return };
        let is_unseen = |group: &&String| {
            let saw = self.change.set.get(*group).is_some_and(|set| row.holds(group, &set.to));
            !saw && self.standing.unseen(group, self.sight).is_some()
        };
        if row.groups.keys().any(|group| is_unseen(&group)) {
            return self.meet("", Clash::VoidVsEdit);
        }
        self.standing.tombstone = Some(Write::of(self.change, self.place.seq));
        let change = self.change;
        self.alter(|row| row.void(change));
    }

    fn revive(&mut self) {
        if self.standing.tombstone.take().is_some() {
            self.alter(|row| row.voided = None);
        }
    }

    fn saw_tombstone(&self) -> bool {
        self.standing.tombstone.as_ref().is_none_or(|tombstone| self.sight.saw(tombstone))
    }

    fn alter(&mut self, how: impl FnOnce(&mut Row)) {
        let row = self.standing.row.get_or_insert_with(|| Row::begun(self.change));
        how(row);
        row.touched = Touch::of(self.change);
        row.seq = self.place.seq;
        self.has_altered = true;
    }

    fn meet(&mut self, spot: &str, clash: Clash) {
        let conflict = open(&self.standing, self.change, self.place, spot, clash);
        self.opened.push(conflict);
    }

    /// The record that comes out must be one, and head office must have nothing against it.
    fn look(&self, entity: &Entity, judge: Judge<'_>) -> Result<(), Stop> {
        let Some(row) = self.standing.row.as_ref().filter(|_| self.has_altered) else {
            return Ok(());
        };
        if row.voided.is_none() {
            let problems = entity.problems(row);
            match (problems.is_empty(), self.is_new) {
                (true, _) => {}
                (false, true) => return Err(Stop::wrong(problems)),
                (false, false) => {
                    let reason = Reason { why: Why::Contradiction, problems };
                    return Err(Stop::Held(reason));
                }
            }
        }
        judge(self.change, row).map_or(Ok(()), Err)
    }

    fn finish(mut self) -> Merged {
        let outcome = match (self.opened.is_empty(), self.has_altered) {
            (false, _) => Outcome::Conflict,
            (true, true) => Outcome::Applied,
            (true, false) => Outcome::Converged,
        };
        let mut settled = Vec::new();
        if self.opened.is_empty() {
            let (change, is_voided) = (self.change, self.standing.is_voided());
            self.standing.open.retain(|open| {
                let is_said =
                    open.spot.is_empty() || is_voided || change.set.contains_key(&open.spot);
                let is_settled = is_said && change.resolves.contains(&open.op);
                if is_settled {
                    settled.push((open.op.clone(), open.spot.clone()));
                }
                !is_settled
            });
        }
        self.standing.open.extend(self.opened.iter().cloned());
        Merged { outcome, standing: self.standing, opened: self.opened, settled }
    }
}

/// Whether the author saw the very values that would be replaced.
fn is_what_was_seen(row: Option<&Row>, group: &str, set: &FromTo) -> bool {
    let there = row.and_then(|row| row.groups.get(group));
    match (there, &set.from) {
        (None, None) => true,
        (Some(there), Some(from)) => {
            set.to.keys().all(|column| there.get(column) == from.get(column))
        }
        _ => false,
    }
}
