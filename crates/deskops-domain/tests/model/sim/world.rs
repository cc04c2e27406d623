//! One schedule: who does what in which order, which messages are lost, who loses power, and, when
//! all has calmed down, what must hold.

use std::collections::{BTreeMap, BTreeSet};

use deskops_domain::id::Id;

use super::Bug;
use super::chance::Chance;
use super::edit::edit;
use super::hub::{Hub, Page};
use super::laptop::{Disk, Laptop, Own, State};
use super::line::{Message, Whose};
use super::oracle::{self, Author, Left};

/// What a schedule came to, for those who count.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    pub changes: usize,
    pub conflicts: usize,
    /// A hash of the feed, which says whether the same happened twice.
    pub trace: u64,
}

/// Rounds after which all must have come to rest.
const ROUNDS: usize = 40;

struct World {
    hub: Hub,
    saved_hub: Option<Hub>,
    laptops: Vec<Laptop>,
    copies: Vec<Option<Disk>>,
    line: Vec<(Whose, Message)>,
    chance: Chance,
    now: i64,
    next_no: usize,
    authors: BTreeMap<usize, Author>,
    must: BTreeSet<usize>,
    /// Whether head office is ever put back to an older copy of itself.
    has_restore: bool,
    bug: Bug,
}

/// Runs the schedule of a seed.
///
/// # Errors
/// Which invariant broke, and how.
pub fn run(seed: u64, bug: Bug) -> Result<Told, String> {
    let mut chance = Chance::new(seed);
    let n_laptops = 2 + chance.below(3);
    let n_steps = 40 + chance.below(60);
    let laptops = (0..n_laptops).map(|_| {
        let dev = Id::random(1, chance.entropy());
        let inc = Id::random(1, chance.entropy());
        let skew = [0, 0, -86_400_000, 40_000][chance.below(4)];
        Laptop {
            disk: Disk::new(dev, inc),
            session: 0,
            is_online: true,
            unsaved: Vec::new(),
            skew,
            bug,
        }
    });
    let laptops: Vec<Laptop> = laptops.collect();
    let has_restore = seed.is_multiple_of(3);
    let mut world = World {
        hub: Hub::new(bug),
        saved_hub: None,
        copies: vec![None; n_laptops],
        laptops,
        line: Vec::new(),
        chance,
        now: 1_795_000_000_000,
        next_no: 0,
        authors: BTreeMap::new(),
        must: BTreeSet::new(),
        has_restore,
        bug,
    };
    for _ in 0..n_steps {
        world.step()?;
    }
    world.calm_down()?;
    oracle::check(&Left {
        hub: &world.hub,
        laptops: &world.laptops,
        authors: &world.authors,
        must_come: &world.must,
        has_restore,
        is_thorough: seed.is_multiple_of(5),
    })
}

impl World {
    fn step(&mut self) -> Result<(), String> {
        self.now += 1_000;
        let at = self.chance.below(self.laptops.len());
        if self.has_restore && self.chance.percent(6) {
            self.save_or_restore_hub();
        }
        match self.chance.below(100) {
            0..26 => self.edit(at),
            26..40 => self.send(at),
            40..52 => self.ask(at),
            52..79 => self.deliver()?,
            79..83 => self.lose(),
            83..87 => self.double(),
            87..90 => self.laptops[at].is_online = !self.laptops[at].is_online,
            90..93 => self.crash(at),
            93..95 => {
                self.save(at);
                self.copies[at] = Some(self.laptops[at].disk.clone());
            }
            95..97 => {
                if let Some(disk) = self.copies[at].clone() {
                    self.replace(at, disk);
                }
            }
            _ => {
                let from = self.chance.below(self.laptops.len());
                self.save(from);
                let disk = self.laptops[from].disk.clone();
                self.replace(at, disk);
            }
        }
        Ok(())
    }

    fn edit(&mut self, at: usize) {
        self.save(at);
        let laptop = &mut self.laptops[at];
        let last = laptop.disk.last.clone();
        let made = edit(laptop, self.now, &mut self.next_no, &mut self.chance);
        for own in &made {
            let rec = &own.op.change().rec;
            let disk = &mut laptop.disk;
            let is_earlier = |it: &&Own| it.no != own.no && it.op.change().rec == *rec;
            let earlier = disk.own.iter().rev().skip_while(|it| it.no != own.no).find(is_earlier);
            let author =
                Author { heard: disk.heard.clone(), before: earlier.map(|earlier| earlier.no) };
            self.authors.insert(own.no, author);
            disk.heard.insert(own.no);
            self.must.insert(own.no);
        }
        if self.bug == Bug::TwoTransactions {
            let n_before = laptop.disk.own.len() - made.len();
            laptop.disk.own.truncate(n_before);
            laptop.disk.next -= i64::try_from(made.len()).unwrap();
            laptop.disk.last = last;
            laptop.unsaved = made;
        }
    }

    /// Whatever a planted bug has left unsaved is saved now.
    fn save(&mut self, at: usize) {
        let laptop = &mut self.laptops[at];
        laptop.disk.next += i64::try_from(laptop.unsaved.len()).unwrap();
        if let Some(own) = laptop.unsaved.last() {
            laptop.disk.last = Some(own.op.change().op.clone());
        }
        laptop.disk.own.append(&mut laptop.unsaved);
    }

    fn whose(&self, at: usize) -> Whose {
        Whose { laptop: at, session: self.laptops[at].session }
    }

    fn send(&mut self, at: usize) {
        self.save(at);
        let limit = 1 + self.chance.below(6);
        let ops = self.laptops[at].next_push(limit);
        if !ops.is_empty() {
            self.line.push((self.whose(at), Message::Push { ops }));
        }
    }

    fn ask(&mut self, at: usize) {
        self.save(at);
        let limit = 1 + self.chance.below(8);
        let disk = &self.laptops[at].disk;
        let message = Message::Pull {
            cursors: disk.cursors.clone(),
            dev: disk.dev.clone(),
            inc: disk.inc.clone(),
            limit,
        };
        self.line.push((self.whose(at), message));
    }

    /// Any message arrives, in any order.
    fn deliver(&mut self) -> Result<(), String> {
        if self.line.is_empty() {
            return Ok(());
        }
        let at = self.chance.below(self.line.len());
        let (whose, message) = self.line.swap_remove(at);
        if self.laptops[whose.laptop].is_online { self.arrive(whose, message) } else { Ok(()) }
    }

    fn lose(&mut self) {
        if !self.line.is_empty() {
            let at = self.chance.below(self.line.len());
            self.line.swap_remove(at);
        }
    }

    fn double(&mut self) {
        if !self.line.is_empty() {
            let at = self.chance.below(self.line.len());
            self.line.push(self.line[at].clone());
        }
    }

    fn arrive(&mut self, whose: Whose, message: Message) -> Result<(), String> {
        match message {
            Message::Push { ops } => {
                let (ids, halt) = self.hub.push(&ops);
                let sent = ops.iter().map(|own| own.op.change().op.clone()).collect();
                self.line.push((whose, Message::Pushed { sent, ids, halt }));
                Ok(())
            }
            Message::Pull { cursors, dev, inc, limit } => {
                let pages = self.hub.pull(&cursors, limit);
                let last = self.hub.last(&dev, &inc);
                self.line.push((whose, Message::Pulled { pages, inc, last }));
                Ok(())
            }
            Message::Pushed { .. } | Message::Pulled { .. }
                if self.laptops[whose.laptop].session != whose.session =>
            {
                Ok(())
            }
            Message::Pushed { sent, ids, halt } => {
                self.save(whose.laptop);
                let laptop = &mut self.laptops[whose.laptop];
                let recs: BTreeSet<Id> =
                    laptop.disk.own.iter().map(|own| own.op.change().rec.clone()).collect();
                let views = |laptop: &Laptop| -> Vec<_> {
                    let view = |rec: &Id| laptop.disk.view(rec, laptop.bug).map(|row| row.groups);
                    recs.iter().map(view).collect()
                };
                let before = views(laptop);
                laptop.answered(&sent, &ids, halt, &mut self.chance);
                if self.bug != Bug::ForgottenOnAnswer && views(laptop) != before {
                    return Err("I8: an answer altered what is shown".to_owned());
                }
                Ok(())
            }
            Message::Pulled { pages, inc, last } => {
                self.save(whose.laptop);
                let laptop = &mut self.laptops[whose.laptop];
                laptop.told_last(&inc, last, &mut self.chance);
                for page in &pages {
                    let before = laptop.disk.cursors.clone();
                    laptop.hear(page, &mut self.chance)?;
                    let goes_back =
                        before.iter().any(|(feed, (seq, _))| laptop.disk.cursors[feed].0 < *seq);
                    if goes_back && matches!(page, Page::More { .. }) {
                        return Err("I7: a cursor went back".to_owned());
                    }
                }
                Ok(())
            }
        }
    }

    /// Power is lost: what is on the disk stays.
    fn crash(&mut self, at: usize) {
        let laptop = &mut self.laptops[at];
        laptop.unsaved.clear();
        laptop.session += 1;
    }

    /// The disk of a laptop is replaced by an older copy, or by a clone of another's.
    fn replace(&mut self, at: usize, disk: Disk) {
        self.crash(at);
        self.laptops[at].disk = disk;
        self.forget_lost();
    }

    /// Head office is copied, or put back to its copy; what it heard since is gone.
    fn save_or_restore_hub(&mut self) {
        match self.saved_hub.take() {
            None => self.saved_hub = Some(self.hub.clone()),
            Some(saved) => {
                self.hub = saved;
                self.forget_lost();
            }
        }
    }

    /// What neither a laptop nor head office has any more cannot come.
    fn forget_lost(&mut self) {
        let mut held: BTreeSet<usize> = BTreeSet::new();
        for laptop in &self.laptops {
            held.extend(laptop.disk.own.iter().chain(&laptop.unsaved).map(|own| own.no));
        }
        held.extend(self.hub.feeds.values().flatten().map(|entry| entry.own.no));
        // A planted bug may have dropped what it should hold.
        if self.bug != Bug::ForgottenOnAnswer {
            self.must.retain(|no| held.contains(no));
        }
    }

    /// The line is good again, and everybody talks until nothing is left to say.
    fn calm_down(&mut self) -> Result<(), String> {
        for at in 0..self.laptops.len() {
            self.save(at);
            self.laptops[at].is_online = true;
        }
        while !self.line.is_empty() {
            if self.chance.percent(50) { self.deliver()? } else { self.lose() }
        }
        for _ in 0..ROUNDS {
            for at in 0..self.laptops.len() {
                let ops = self.laptops[at].next_push(20);
                let whose = self.whose(at);
                if !ops.is_empty() {
                    self.arrive(whose, Message::Push { ops })?;
                }
                self.settle_line()?;
                self.ask(at);
                self.settle_line()?;
            }
            if self.is_calm() {
                return Ok(());
            }
        }
        let due = |laptop: &Laptop| -> Vec<_> {
            let own =
                laptop.disk.own.iter().filter(|own| own.is_due || own.state != State::Covered);
            own.map(|own| (own.no, own.state, own.op.change().origin.seq)).collect()
        };
        let stuck: Vec<_> = self.laptops.iter().map(due).collect();
        Err(format!(
            "I10: it does not come to rest; number, state and stamp of what waits: {stuck:?}"
        ))
    }

    fn settle_line(&mut self) -> Result<(), String> {
        while let Some((whose, message)) = self.line.pop() {
            self.arrive(whose, message)?;
        }
        Ok(())
    }

    fn is_calm(&self) -> bool {
        let heads = self
            .hub
            .feeds
            .iter()
            .map(|(feed, log)| (feed, log.last().map_or(0, |entry| entry.seq)));
        let heads: Vec<_> = heads.collect();
        self.laptops.iter().all(|laptop| {
            laptop.disk.own.iter().all(|own| own.state == State::Covered && !own.is_due)
                && heads.iter().all(|(feed, head)| laptop.disk.cursors[*feed].0 == *head)
        })
    }
}
