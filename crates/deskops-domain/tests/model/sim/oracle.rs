//! What must hold in the end. It reads the log, what each author had seen, and the disks; of the
//! rules of merging it knows nothing.

use std::collections::{BTreeMap, BTreeSet};

use deskops_domain::change::ChangeKind;
use deskops_domain::id::Id;
use deskops_domain::sync::chain::Link;
use deskops_domain::sync::conflict::Conflict;
use deskops_domain::sync::digest::Digest;
use deskops_domain::sync::op::Op;
use deskops_domain::sync::row::Row;

use super::hub::{Entry, Hub};
use super::laptop::Laptop;
use super::world::Told;

/// What the author of a change had seen when it was made.
pub struct Author {
    /// Changes, by number; his own among them.
    pub heard: BTreeSet<usize>,
    /// The last change of the same record on the same disk.
    pub before: Option<usize>,
}

/// Records as the log tells them so far, and by whom.
#[derive(Default)]
struct Story {
    rows: BTreeMap<Id, Row>,
    writers: BTreeMap<(Id, String), Vec<usize>>,
    tombstones: BTreeMap<Id, usize>,
    open: BTreeMap<(Id, String), Conflict>,
    places: BTreeMap<usize, (String, i64)>,
}

macro_rules! must {
    ($holds:expr, $($said:tt)+) => {
        if !$holds {
            return Err(format!($($said)+));
        }
    };
}

/// What a schedule left.
pub struct Left<'a> {
    pub hub: &'a Hub,
    pub laptops: &'a [Laptop],
    pub authors: &'a BTreeMap<usize, Author>,
    /// Changes that were saved and that somebody still has.
    pub must_come: &'a BTreeSet<usize>,
    /// Whether head office was ever put back.
    pub has_restore: bool,
    /// Whether hashes are computed again, which takes most of the time.
    pub is_thorough: bool,
}

/// Checks everything.
pub fn check(left: &Left<'_>) -> Result<Told, String> {
    let Left { hub, laptops, authors, .. } = left;
    let mut told = Story::default();
    let mut sum = Told::default();
    for (feed, log) in &hub.feeds {
        let mut link = Link::START;
        for (at, entry) in log.iter().enumerate() {
            must!(entry.seq == i64::try_from(at).unwrap() + 1, "I7: {feed} has a gap at {at}");
            let raw = entry.own.op.raw();
            link = link.next(entry.seq, raw, &entry.outcome, entry.after_hash);
            must!(link == entry.link, "I7: the chain of {feed} breaks at {}", entry.seq);
            let place = (feed.clone(), entry.seq);
            let twice = told.places.insert(entry.own.no, place);
            must!(twice.is_none(), "I2: change {} is in the feed twice", entry.own.no);
            told.entry(entry, &authors[&entry.own.no])?;
            sum.changes += 1;
            sum.conflicts += usize::from(!entry.opened.is_empty());
        }
        for digit in link.mark().bytes() {
            sum.trace = sum.trace.rotate_left(5) ^ u64::from(digit);
        }
    }
    if let Some(lost) = left.must_come.iter().find(|no| !told.places.contains_key(no)) {
        return Err(format!("I2: change {lost} was saved and never came"));
    }
    if !left.has_restore {
        order(&told, authors)?;
    }
    runs(hub)?;
    told.ends(hub, laptops)?;
    if left.is_thorough {
        hashes(hub, laptops)?;
    }
    Ok(sum)
}

/// The digest that is kept up entry by entry is that of every laptop's rows, and hashes are those
/// of the rows.
fn hashes(hub: &Hub, laptops: &[Laptop]) -> Result<(), String> {
    let mut kept_up = Digest::default();
    let mut rows: BTreeMap<&Id, &Row> = BTreeMap::new();
    for entry in hub.feeds.values().flatten() {
        if let Some(row) = &entry.after {
            kept_up.turn(rows.insert(&row.rec, row), Some(row));
        }
    }
    for (at, laptop) in laptops.iter().enumerate() {
        let mut added_up = Digest::default();
        laptop.disk.base.values().for_each(|row| added_up.turn(None, Some(row)));
        let differences = added_up.differences(&kept_up);
        must!(differences.is_empty(), "I9: digests of laptop {at} differ: {differences:?}");
        let op = laptop.disk.own.first().map(|own| &own.op);
        let is_read = op.is_none_or(|op| Op::read(op.raw()).as_ref() == Ok(&**op));
        must!(is_read, "a change does not come back from its bytes");
    }
    Ok(())
}

/// Changes of one record by one author come in the order in which they were made.
fn order(told: &Story, authors: &BTreeMap<usize, Author>) -> Result<(), String> {
    for (no, (feed, seq)) in &told.places {
        let before = authors[no].before.and_then(|before| told.places.get(&before));
        let is_in_order = before.is_none_or(|(of, earlier)| of != feed || earlier < seq);
        must!(is_in_order, "I7: change {no} came before one that its author had made earlier");
    }
    Ok(())
}

/// Of what belongs together, all is in force or nothing.
fn runs(hub: &Hub) -> Result<(), String> {
    let mut taken: BTreeMap<Id, bool> = BTreeMap::new();
    for entry in hub.feeds.values().flatten() {
        if let Some(group) = &entry.own.op.change().group {
            let is_taken = entry.outcome.is_taken();
            let all = *taken.entry(group.clone()).or_insert(is_taken);
            must!(all == is_taken, "I4: a run is taken by halves at {}", entry.seq);
        }
    }
    Ok(())
}

impl Story {
    /// One entry, after all before it.
    fn entry(&mut self, entry: &Entry, author: &Author) -> Result<(), String> {
        let change = entry.own.op.change();
        let (no, seq) = (entry.own.no, entry.seq);
        let was = self.rows.get(&change.rec).cloned();
        let was = was.as_ref();
        let is = entry.after.as_ref();
        let saw = |writer: &usize| author.heard.contains(writer);
        let none = BTreeMap::new();
        let groups = |row: Option<&Row>| row.map_or(none.clone(), |row| row.groups.clone());
        let (before, after) = (groups(was), groups(is));
        for (group, now) in &after {
            if before.get(group) == Some(now) {
                continue;
            }
            let set = change.set.get(group);
            must!(
                set.is_some_and(|set| set.to == *now),
                "I12: {seq} altered {group} to what it does not say"
            );
            let writers = self.writers.entry((change.rec.clone(), group.clone())).or_default();
            let is_seen = writers.iter().all(saw)
                || set.is_some_and(|set| set.from.as_ref() == before.get(group));
            must!(is_seen, "I3: {seq} overwrote {group} blindly");
            writers.push(no);
        }
        let (was_gone, is_gone) = (is_voided(was), is_voided(is));
        if is_gone && !was_gone {
            must!(change.kind == ChangeKind::Void, "I5: {seq} deleted and is no deletion");
            for (group, value) in &before {
                let writers = self.writers.get(&(change.rec.clone(), group.clone()));
                let is_seen = writers.is_none_or(|writers| writers.iter().all(saw))
                    || change.set.get(group).is_some_and(|set| set.to == *value);
                must!(is_seen, "I3: {seq} deleted {group} blindly");
            }
            self.tombstones.insert(change.rec.clone(), no);
        }
        if was_gone && !is_gone {
            let tombstone = self.tombstones.remove(&change.rec);
            must!(
                change.kind == ChangeKind::Restore && tombstone.as_ref().is_some_and(saw),
                "I5: {seq} brought back what its author did not know to be deleted"
            );
        }
        self.kept(entry, &after, is_gone)?;
        if let Some(row) = is {
            self.rows.insert(row.rec.clone(), row.clone());
        }
        Ok(())
    }

    /// What a change says is in force, or stands open.
    fn kept(
        &mut self,
        entry: &Entry,
        after: &BTreeMap<String, serde_json::Map<String, serde_json::Value>>,
        is_gone: bool,
    ) -> Result<(), String> {
        let change = entry.own.op.change();
        let seq = entry.seq;
        let is_taken = entry.outcome.is_taken();
        must!(is_taken == entry.opened.is_empty(), "I11: {seq} was not taken and is not open");
        must!(is_taken || entry.settled.is_empty(), "I11: {seq} settled and was not taken");
        if change.kind == ChangeKind::Void {
            let is_open = entry.opened.iter().any(|it| it.other.is_void);
            must!(is_gone || is_open, "I2: the deletion {seq} is lost");
        } else {
            for (group, set) in &change.set {
                let is_in_force = after.get(group) == Some(&set.to);
                let is_open =
                    entry.opened.iter().any(|it| it.other.set.get(group) == Some(&set.to));
                must!(is_in_force || is_open, "I2: {group} of {seq} is lost");
            }
        }
        for key in &entry.settled {
            must!(self.open.remove(key).is_some(), "I11: {seq} settled what was not open");
        }
        for it in &entry.opened {
            self.open.insert((it.op.clone(), it.spot.clone()), it.clone());
        }
        Ok(())
    }

    /// Head office and every laptop have what the log tells.
    fn ends(&self, hub: &Hub, laptops: &[Laptop]) -> Result<(), String> {
        let tables: BTreeMap<Id, Row> = hub
            .standings
            .values()
            .filter_map(|standing| standing.row.clone())
            .map(|row| (row.rec.clone(), row))
            .collect();
        must!(tables == self.rows, "I12: the tables of head office are not what the log tells");
        let mut keys = BTreeSet::new();
        for row in tables.values().filter(|row| row.voided.is_none() && row.key.is_some()) {
            let key = serde_json::to_string(&row.key).unwrap();
            must!(keys.insert(key), "I6: two records have the same key");
        }
        for (at, laptop) in laptops.iter().enumerate() {
            let disk = &laptop.disk;
            let seen = tables.keys().filter_map(|rec| disk.view(rec, laptop.bug));
            let seen: BTreeMap<Id, Row> = seen.map(|row| (row.rec.clone(), row)).collect();
            must!(seen == tables, "I1: laptop {at} shows something else than head office has");
            let only = |one: &BTreeMap<(Id, String), Conflict>, other: &BTreeMap<_, Conflict>| {
                let lacks =
                    |it: &&Conflict| other.get(&(it.op.clone(), it.spot.clone())) != Some(it);
                one.values().find(lacks).cloned()
            };
            let (more, less) = (only(&disk.open, &self.open), only(&self.open, &disk.open));
            must!(
                more.is_none() && less.is_none(),
                "I11: laptop {at} shows other conflicts; only there: {more:?}; missing: {less:?}"
            );
        }
        Ok(())
    }
}

fn is_voided(row: Option<&Row>) -> bool {
    row.is_some_and(|row| row.voided.is_some())
}
