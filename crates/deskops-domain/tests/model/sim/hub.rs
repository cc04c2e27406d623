//! Head office: feeds, numbers and standings, in memory. The rules are the real ones.

use std::collections::BTreeMap;
use std::rc::Rc;

use deskops_domain::change::{Change, ChangeKind};
use deskops_domain::id::Id;
use deskops_domain::sync::chain::{self, Link};
use deskops_domain::sync::conflict::Conflict;
use deskops_domain::sync::merge::{Merged, Place, merge};
use deskops_domain::sync::op::Op;
use deskops_domain::sync::outcome::{Outcome, Stop, Why};
use deskops_domain::sync::receive::{Known, Receipt, receive, runs};
use deskops_domain::sync::row::Row;
use deskops_domain::sync::standing::Standing;
use deskops_domain::sync::together::merge_run;

use super::Bug;
use super::laptop::Own;

/// A change in the feed, with what became of it.
pub struct Entry {
    pub seq: i64,
    pub own: Own,
    pub outcome: Outcome,
    pub after: Option<Row>,
    pub after_hash: Option<[u8; 32]>,
    pub opened: Vec<Conflict>,
    pub settled: Vec<(Id, String)>,
    pub link: Link,
}

/// Why a push was stopped.
#[derive(Debug, Clone, Copy)]
pub enum Halt {
    Gap { expected: i64 },
    NumberReused,
}

/// What a laptop hears of a feed.
#[derive(Clone)]
pub enum Page {
    /// What follows its cursor.
    More { feed: &'static str, after: i64, entries: Vec<Rc<Entry>>, is_head: bool },
    /// Its past is not this one's: all as it is now.
    Anew { feed: &'static str, entries: Vec<Rc<Entry>>, rows: Vec<Row>, open: Vec<Conflict> },
}

pub const FEEDS: [&str; 2] = ["global", "site:s1"];

/// Head office.
#[derive(Clone)]
pub struct Hub {
    pub feeds: BTreeMap<String, Vec<Rc<Entry>>>,
    pub standings: BTreeMap<Id, Standing>,
    known: BTreeMap<Id, (String, bool)>,
    /// Which change counts under which number, from 1.
    numbers: BTreeMap<(Id, Id), Vec<Id>>,
    bug: Bug,
}

/// What head office has against a change: here, a day that is locked.
fn judge(_: &Change, row: &Row) -> Option<Stop> {
    let is_late = row.groups.get("note").and_then(|note| note.get("notes"))
        == Some(&serde_json::json!("late"));
    is_late.then(|| Stop::held(Why::PeriodLocked))
}

impl Hub {
    pub fn new(bug: Bug) -> Self {
        Self {
            feeds: FEEDS.iter().map(|feed| ((*feed).to_owned(), Vec::new())).collect(),
            standings: BTreeMap::new(),
            known: BTreeMap::new(),
            numbers: BTreeMap::new(),
            bug,
        }
    }

    pub fn last(&self, dev: &Id, inc: &Id) -> i64 {
        let numbers = self.numbers.get(&(dev.clone(), inc.clone()));
        numbers.map_or(0, |numbers| i64::try_from(numbers.len()).unwrap())
    }

    /// Takes a push; the ids that are answered, and why it went no further.
    pub fn push(&mut self, ops: &[Own]) -> (Vec<Id>, Option<Halt>) {
        let mut answered = Vec::new();
        let plain: Vec<&Op> = ops.iter().map(|own| &*own.op).collect();
        let mut at = 0;
        for run in runs(&plain) {
            let run = &ops[at..at + run.len()];
            at += run.len();
            let mut fresh = Vec::new();
            for own in run {
                let origin = &own.op.change().origin;
                let key = (origin.dev.clone(), origin.inc.clone());
                let mut numbers = self.numbers.get(&key).cloned().unwrap_or_default();
                numbers.extend(fresh.iter().map(|own: &&Own| own.op.change().op.clone()));
                let number = |n: i64| numbers.get(usize::try_from(n - 1).ok()?);
                let known = self.known.get(&own.op.change().op);
                let is_blind = matches!(self.bug, Bug::KnownByNumber | Bug::NotKnown);
                let known = known.filter(|_| !is_blind);
                let receipt = receive(
                    Known {
                        hash: known.map(|(hash, _)| hash.as_str()),
                        last: i64::try_from(numbers.len()).unwrap(),
                        holder: number(origin.seq),
                        before: number(origin.seq - 1),
                    },
                    &own.op,
                );
                match receipt {
                    Receipt::New => fresh.push(own),
                    Receipt::Again { is_counted } | Receipt::IdReused { is_counted } => {
                        let is_skipped = self.bug == Bug::AgainNotCounted
                            || (self.bug == Bug::HeldNotCounted && known.is_some_and(|it| it.1));
                        if is_counted && !is_skipped {
                            self.count(own);
                        }
                        answered.push(own.op.change().op.clone());
                    }
                    Receipt::NumberReused if self.bug == Bug::KnownByNumber => {
                        answered.push(own.op.change().op.clone());
                    }
                    Receipt::NumberReused if self.bug == Bug::NotKnown => fresh.push(own),
                    Receipt::NumberReused => return (answered, Some(Halt::NumberReused)),
                    Receipt::Gap { expected } => return (answered, Some(Halt::Gap { expected })),
                }
            }
            let n_runs = if self.bug == Bug::RunTornApart { 1 } else { fresh.len().max(1) };
            for part in fresh.chunks(n_runs) {
                if !self.take(part, &mut answered) {
                    return (answered, None);
                }
            }
        }
        (answered, None)
    }

    fn count(&mut self, own: &Own) {
        let origin = &own.op.change().origin;
        let key = (origin.dev.clone(), origin.inc.clone());
        self.numbers.entry(key).or_default().push(own.op.change().op.clone());
    }

    /// Merges a run and appends it. Whether the next one may follow.
    fn take(&mut self, run: &[&Own], answered: &mut Vec<Id>) -> bool {
        let mut heads: BTreeMap<&str, i64> = BTreeMap::new();
        let changes: Vec<Change> = run.iter().map(|own| self.bend_change(&own.op)).collect();
        let places: Vec<Place> = run
            .iter()
            .map(|own| {
                let change = own.op.change();
                let head = i64::try_from(self.feeds[&change.feed].len()).unwrap();
                let seq = heads.entry(&change.feed).or_insert(head);
                *seq += 1;
                Place { seq: *seq, is_base_known: self.is_base_known(change) }
            })
            .collect();
        let pairs: Vec<(&Change, Place)> = changes.iter().zip(places.iter().copied()).collect();
        let there = |rec: &Id| self.standings.get(rec).cloned().unwrap_or_default();
        let merged: Vec<Merged> = match pairs.as_slice() {
            [(change, place)] => {
                let standing = self.bend_standing(there(&change.rec), change);
                vec![merge(&standing, change, *place, &judge)]
            }
            _ => merge_run(&pairs, there, &judge),
        };
        let is_refused =
            merged.iter().any(|merged| matches!(merged.outcome, Outcome::Rejected { .. }));
        if is_refused && self.bug == Bug::RefusedBlocks {
            return false;
        }
        for ((own, place), merged) in run.iter().zip(places).zip(merged) {
            answered.push(own.op.change().op.clone());
            self.append(own, place.seq, merged);
        }
        true
    }

    fn append(&mut self, own: &Own, seq: i64, mut merged: Merged) {
        let change = own.op.change();
        let is_held = matches!(merged.outcome, Outcome::Held { .. });
        if !(is_held && self.bug == Bug::HeldNotCounted) {
            self.count(own);
        }
        if self.bug == Bug::ConflictForgotten && merged.outcome == Outcome::Conflict {
            merged.standing.open.retain(|open| !merged.opened.contains(open));
            merged.opened.clear();
        }
        if self.bug == Bug::SettledAnyway && merged.outcome == Outcome::Conflict {
            let standing = &mut merged.standing;
            for open in standing.open.extract_if(.., |open| change.resolves.contains(&open.op)) {
                merged.settled.push((open.op, open.spot));
            }
        }
        self.known.insert(change.op.clone(), (own.op.payload_hash().to_owned(), is_held));
        let log = self.feeds.get_mut(&change.feed).unwrap();
        let before = log.last().map_or(Link::START, |entry| entry.link);
        let after = merged.standing.row.clone();
        let after_hash = Some(merged.after());
        let link = before.next(seq, own.op.raw(), &merged.outcome, after_hash);
        log.push(Rc::new(Entry {
            seq,
            own: own.clone(),
            outcome: merged.outcome,
            after,
            after_hash,
            opened: merged.opened,
            settled: merged.settled,
            link,
        }));
        self.standings.insert(change.rec.clone(), merged.standing);
    }

    fn link_at(&self, feed: &str, seq: i64) -> Option<Link> {
        if seq == 0 {
            return Some(Link::START);
        }
        let at = usize::try_from(seq - 1).ok()?;
        self.feeds[feed].get(at).map(|entry| entry.link)
    }

    fn is_base_known(&self, change: &Change) -> bool {
        self.bug == Bug::BaseChainIgnored
            || chain::is_known(&change.base, |seq| self.link_at(&change.feed, seq))
    }

    /// What a laptop hears that is at these cursors.
    pub fn pull(&self, cursors: &BTreeMap<String, (i64, Link)>, limit: usize) -> Vec<Page> {
        let page = |feed: &'static str| {
            let (after, link) = cursors[feed];
            let log = &self.feeds[feed];
            if self.link_at(feed, after) == Some(link) {
                let rest = &log[usize::try_from(after).unwrap()..];
                let entries = rest.iter().take(limit).cloned().collect();
                return Page::More { feed, after, entries, is_head: rest.len() <= limit };
            }
            let standings = || {
                let all = self.standings.values();
                all.filter(|it| {
                    let of = it.row.as_ref().map(|row| &row.feed);
                    of.or(it.open.first().map(|open| &open.feed)).is_some_and(|of| of == feed)
                })
            };
            Page::Anew {
                feed,
                entries: log.clone(),
                rows: standings().filter_map(|it| it.row.clone()).collect(),
                open: standings().flat_map(|it| it.open.clone()).collect(),
            }
        };
        FEEDS.into_iter().map(page).collect()
    }

    /// A change as a planted bug sees it.
    fn bend_change(&self, op: &Op) -> Change {
        let mut change = op.change().clone();
        if self.bug == Bug::TwinIgnored
            && change.kind == ChangeKind::Put
            && let Some(row) = self.standings.get(&change.rec).and_then(|it| it.row.as_ref())
        {
            for (group, set) in &mut change.set {
                if set.from.is_none() {
                    set.to = row.groups[group].clone();
                }
            }
        }
        change
    }

    /// A record as a planted bug sees it.
    fn bend_standing(&self, mut standing: Standing, change: &Change) -> Standing {
        match self.bug {
            Bug::LastWriterOnly => {
                for writes in standing.writes.values_mut() {
                    writes.drain(..writes.len().saturating_sub(1));
                }
            }
            Bug::LaptopClockWins => {
                for writes in standing.writes.values_mut() {
                    writes.retain(|write| write.when > change.at);
                }
            }
            Bug::DeleteIgnoresEdits if change.kind == ChangeKind::Void => standing.writes.clear(),
            Bug::UnseenIgnored | Bug::WholeRow if change.kind == ChangeKind::Put => {
                standing.writes.clear();
            }
            Bug::EditRevives if change.kind == ChangeKind::Put => {
                standing.tombstone = None;
                if let Some(row) = &mut standing.row {
                    row.voided = None;
                }
            }
            Bug::RestoreBlind => {
                if let Some(tombstone) = &mut standing.tombstone {
                    tombstone.origin = change.origin.clone();
                    tombstone.origin.seq = 0;
                }
            }
            Bug::IncarnationIgnored => {
                for write in standing.writes.values_mut().flatten() {
                    if write.origin.dev == change.origin.dev {
                        write.origin.inc = change.origin.inc.clone();
                    }
                }
            }
            _ => {}
        }
        standing
    }
}
