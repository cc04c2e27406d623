//! A laptop: what is on its disk, what it sends, and what it makes of what it hears.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use deskops_domain::change::Base;
use deskops_domain::id::Id;
use deskops_domain::sync::chain::Link;
use deskops_domain::sync::conflict::Conflict;
use deskops_domain::sync::op::Op;
use deskops_domain::sync::overlay;
use deskops_domain::sync::row::Row;

use super::Bug;
use super::chance::Chance;
use super::hub::{FEEDS, Halt, Page};

/// How far a change of one's own has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Pending,
    Answered,
    Covered,
}

/// A change, with a number by which the oracle knows it, whatever its id and stamp.
#[derive(Debug, Clone)]
pub struct Own {
    pub op: Rc<Op>,
    pub no: usize,
    pub state: State,
    /// Whether it is to be sent. Apart from its state, which is what is shown: head office may ask
    /// again for the number of a change that came back long ago.
    pub is_due: bool,
}

/// What is saved.
#[derive(Clone)]
pub struct Disk {
    pub dev: Id,
    pub inc: Id,
    pub next: i64,
    /// The change that has the number before.
    pub last: Option<Id>,
    pub own: Vec<Own>,
    pub base: BTreeMap<Id, Row>,
    pub cursors: BTreeMap<String, (i64, Link)>,
    pub open: BTreeMap<(Id, String), Conflict>,
    /// Changes that its user can have seen, by number.
    pub heard: BTreeSet<usize>,
}

/// A laptop.
pub struct Laptop {
    pub disk: Disk,
    /// Counts up when it starts; answers to an earlier one are dropped.
    pub session: u32,
    pub is_online: bool,
    /// What a planted bug has shown and not yet put into the outbox.
    pub unsaved: Vec<Own>,
    pub skew: i64,
    pub bug: Bug,
}

impl Disk {
    pub fn new(dev: Id, inc: Id) -> Self {
        Self {
            dev,
            inc,
            next: 1,
            last: None,
            own: Vec::new(),
            base: BTreeMap::new(),
            cursors: FEEDS.iter().map(|feed| ((*feed).to_owned(), (0, Link::START))).collect(),
            open: BTreeMap::new(),
            heard: BTreeSet::new(),
        }
    }

    /// What is shown of a record.
    pub fn view(&self, rec: &Id, bug: Bug) -> Option<Row> {
        let is_over = |own: &&Own| {
            let is_dropped = bug == Bug::ViewDropsOnAnswer && own.state == State::Answered;
            own.state != State::Covered && !is_dropped && own.op.change().rec == *rec
        };
        let own = self.own.iter().filter(is_over).map(|own| own.op.change());
        overlay::view(self.base.get(rec), own)
    }

    /// Up to where a feed was heard.
    pub fn base_of(&self, feed: &str) -> Base {
        let (seq, link) = self.cursors[feed];
        let chain = if seq == 0 { String::new() } else { link.mark() };
        Base { seq, chain }
    }

    fn is_mine(&self, own: &Own) -> bool {
        own.op.change().origin.inc == self.inc
    }

    /// Numbers changes anew that are numbered in another incarnation and not known to have come.
    fn stamp_again(&mut self, bug: Bug, which: impl Fn(&Own) -> bool) {
        let lacks = |own: &&Own| own.state != State::Covered && which(own);
        let runs = self.runs_of(bug, lacks);
        for at in 0..self.own.len() {
            let own = &self.own[at];
            let is_stuck = bug == Bug::OldIncarnationStuck && own.state != State::Pending;
            let is_of_run = own.op.change().group.as_ref().is_some_and(|it| runs.contains(it));
            if is_stuck || !(is_of_run || which(own)) {
                continue;
            }
            // It came under its old number; the new incarnation has none for it.
            if own.state == State::Covered && !is_of_run {
                self.own[at].is_due = false;
                continue;
            }
            let mut change = own.op.change().clone();
            change.origin.inc = self.inc.clone();
            change.origin.dev = self.dev.clone();
            change.origin.seq = self.next;
            change.origin.prev = self.last.replace(change.op.clone());
            self.next += 1;
            let own = &mut self.own[at];
            own.op = Rc::new(Op::of(change));
            own.is_due = true;
            if own.state == State::Answered {
                own.state = State::Pending;
            }
        }
    }

    /// The runs of some changes: whoever sends or numbers one of a run does so with all of it (F9).
    fn runs_of(&self, bug: Bug, which: impl Fn(&&Own) -> bool) -> BTreeSet<Id> {
        let some = self.own.iter().filter(|own| bug != Bug::RunCut && which(own));
        some.filter_map(|own| own.op.change().group.clone()).collect()
    }

    /// Where one of a run is to be sent, all of it is.
    fn complete_runs(&mut self, bug: Bug) {
        let runs = self.runs_of(bug, |own| own.is_due);
        for own in &mut self.own {
            own.is_due |= own.op.change().group.as_ref().is_some_and(|it| runs.contains(it));
        }
    }
}

impl Laptop {
    /// The database was restored or cloned: it counts anew, and sends what it has under new numbers.
    fn begin_incarnation(&mut self, chance: &mut Chance) {
        if self.bug == Bug::NoNewIncarnation {
            return;
        }
        let was = std::mem::replace(&mut self.disk.inc, Id::random(1, chance.entropy()));
        if self.bug != Bug::CountsOn {
            self.disk.next = 1;
            self.disk.last = None;
        }
        let is_stuck = self.bug == Bug::OldIncarnationStuck;
        self.disk.stamp_again(self.bug, |own| !is_stuck || own.op.change().origin.inc == was);
    }

    /// The next changes to send, whole runs, in the order of their numbers.
    pub fn next_push(&mut self, limit: usize) -> Vec<Own> {
        self.disk.complete_runs(self.bug);
        if self.bug != Bug::OldIncarnationStuck {
            let inc = self.disk.inc.clone();
            let is_old =
                |own: &Own| own.state == State::Pending && own.op.change().origin.inc != inc;
            self.disk.stamp_again(self.bug, is_old);
        }
        let disk = &self.disk;
        let mut due: Vec<Own> =
            disk.own.iter().filter(|own| own.is_due && disk.is_mine(own)).cloned().collect();
        due.sort_by_key(|own| own.op.change().origin.seq);
        let group = |own: &Own| own.op.change().group.clone();
        let mut n = due.len().min(limit);
        while n > 0
            && n < due.len()
            && group(&due[n]).is_some()
            && group(&due[n]) == group(&due[n - 1])
        {
            n += 1;
        }
        due.truncate(n);
        if self.bug == Bug::BaseWhenSent {
            for own in &mut due {
                let mut change = own.op.change().clone();
                change.base = disk.base_of(&change.feed);
                own.op = Rc::new(Op::of(change));
            }
        }
        due
    }

    /// Head office has answered a push.
    pub fn answered(&mut self, sent: &[Id], ids: &[Id], halt: Option<Halt>, chance: &mut Chance) {
        for own in &mut self.disk.own {
            if ids.contains(&own.op.change().op) {
                own.is_due = false;
                if own.state == State::Pending {
                    own.state = State::Answered;
                }
            }
        }
        if self.bug == Bug::ForgottenOnAnswer {
            self.disk.own.retain(|own| own.state != State::Answered);
        }
        match halt {
            None => {}
            Some(Halt::Gap { expected }) => {
                let inc = self.disk.inc.clone();
                for own in &mut self.disk.own {
                    let origin = &own.op.change().origin;
                    if origin.inc == inc && origin.seq >= expected {
                        own.is_due = true;
                    }
                }
            }
            Some(Halt::NumberReused) if self.bug == Bug::ReuseSkipped => {
                let next = sent.iter().find(|id| !ids.contains(id));
                for own in &mut self.disk.own {
                    if Some(&own.op.change().op) == next {
                        own.is_due = false;
                        own.state = State::Answered;
                    }
                }
            }
            Some(Halt::NumberReused) => self.begin_incarnation(chance),
        }
    }

    /// Head office says up to which number it has this incarnation.
    pub fn told_last(&mut self, inc: &Id, last: i64, chance: &mut Chance) {
        if *inc == self.disk.inc && last >= self.disk.next {
            self.begin_incarnation(chance);
        }
    }

    /// Hears a page, as one transaction. What is wrong with it, if anything is.
    pub fn hear(&mut self, page: &Page, chance: &mut Chance) -> Result<(), String> {
        match page {
            Page::More { feed, after, entries, is_head } => {
                let (cursor, mut link) = self.disk.cursors[*feed];
                if *after != cursor && self.bug != Bug::AnyPage {
                    return Ok(());
                }
                let is_cut = self.bug == Bug::CursorFirst && chance.percent(20);
                let mut is_double = false;
                let mut seq = *after;
                for entry in entries {
                    let raw = entry.own.op.raw();
                    let next = link.next(entry.seq, raw, &entry.outcome, entry.after_hash);
                    if self.bug != Bug::AnyPage && (entry.seq != seq + 1 || next != entry.link) {
                        return Err(format!("I7: entry {} of {feed} breaks the chain", entry.seq));
                    }
                    (seq, link) = (entry.seq, entry.link);
                    if !is_cut {
                        is_double |= self.hear_entry(entry);
                    }
                }
                self.disk.cursors.insert((*feed).to_owned(), (seq, link));
                if *is_head {
                    self.expect_again(feed);
                }
                if is_double {
                    self.begin_incarnation(chance);
                }
            }
            Page::Anew { feed, entries, rows, open } => {
                self.session += 1;
                let disk = &mut self.disk;
                disk.base.retain(|_, row| row.feed != *feed);
                disk.base.extend(rows.iter().map(|row| (row.rec.clone(), row.clone())));
                disk.open.retain(|_, conflict| conflict.feed != *feed);
                let keyed = |it: &Conflict| ((it.op.clone(), it.spot.clone()), it.clone());
                disk.open.extend(open.iter().map(keyed));
                let there: BTreeSet<usize> = entries.iter().map(|entry| entry.own.no).collect();
                for own in disk.own.iter_mut().filter(|own| own.op.change().feed == *feed) {
                    let is_there = there.contains(&own.no);
                    own.state = if is_there { State::Covered } else { State::Pending };
                    own.is_due |= !is_there;
                }
                let end = entries.last().map_or((0, Link::START), |entry| (entry.seq, entry.link));
                disk.cursors.insert((*feed).to_owned(), end);
                disk.heard.extend(there);
            }
        }
        Ok(())
    }

    /// Whether the entry is of this incarnation and not known here.
    fn hear_entry(&mut self, entry: &super::hub::Entry) -> bool {
        let disk = &mut self.disk;
        let change = entry.own.op.change();
        if let Some(row) = &entry.after {
            disk.base.insert(row.rec.clone(), row.clone());
        }
        for it in &entry.opened {
            disk.open.insert((it.op.clone(), it.spot.clone()), it.clone());
        }
        if self.bug != Bug::SettledUnheard {
            for key in &entry.settled {
                disk.open.remove(key);
            }
        }
        disk.heard.insert(entry.own.no);
        match disk.own.iter_mut().find(|own| own.op.change().op == change.op) {
            Some(own) => {
                own.state = State::Covered;
                false
            }
            None => change.origin.dev == disk.dev && change.origin.inc == disk.inc,
        }
    }

    /// What was answered and is not in the feed up to its head goes out again: head office may have
    /// been restored behind it.
    fn expect_again(&mut self, feed: &str) {
        for own in &mut self.disk.own {
            if own.state == State::Answered && own.op.change().feed == feed {
                own.state = State::Pending;
                own.is_due = true;
            }
        }
    }
}
