//! What every screen can reach: the core, the session, the place, the status line, the saving queue.

use std::collections::BTreeMap;

use deskops_domain::api::session::{Session, SiteDay};
use deskops_domain::catalogue::Site;
use deskops_domain::choice::Module;
use deskops_domain::day::Day;
use deskops_domain::entry::Moment;
use dioxus::prelude::*;

use crate::browser;
use crate::client::Client;
use crate::fresh::Heard;
use crate::key::KeyPress;
use crate::place::{EVERYWHERE, Place, Screen};
use crate::sheet::cascade::Subject;
use crate::sheet::{Asking, Counts, Job, RowJob, Verdict};

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// A hint, or what has just been done.
    #[default]
    Plain,
    /// Worth a look.
    Warn,
    /// Wrong.
    Bad,
}

impl Tone {
    /// The value of `data-tone`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// What stands in the status line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// About the focused cell, or what has just been done.
    pub message: String,
    /// How it is meant.
    pub tone: Tone,
    /// About the selected cells.
    pub facts: String,
}

/// What is known about a module's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dot {
    /// Nothing is entered.
    Nothing,
    /// Some rows are not right yet.
    Drafts(usize),
    /// So many records are entered.
    Entered(usize),
    /// Somebody said that nothing happened.
    Nil,
}

impl Dot {
    /// In words, for readers and as a tip.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Nothing => "nothing entered".into(),
            Self::Drafts(rows) => format!("{rows} not right yet"),
            Self::Entered(1) => "1 row".into(),
            Self::Entered(rows) => format!("{rows} rows"),
            Self::Nil => "nothing on this day, confirmed".into(),
        }
    }

    /// The value of `data-dot`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Drafts(_) => "drafts",
            Self::Entered(_) => "entered",
            Self::Nil => "nil",
        }
    }
}

/// What a screen does with an action that only it knows.
#[derive(Clone, Copy, PartialEq)]
pub struct Ear {
    /// Which screen it is, so that a screen that goes does not silence the one that comes.
    pub owner: u32,
    /// Told before the place changes: whatever is being typed is committed.
    pub commit: Callback<()>,
    /// Told about the keys of export, history and the like.
    pub act: Callback<crate::key::Action>,
    /// Takes a key that was meant for the sheet and met a question above it; none where nothing is
    /// typed.
    pub typed: Option<Callback<KeyPress>>,
}

/// What every screen can reach.
#[derive(Clone, Copy, PartialEq)]
pub struct Desk {
    /// Asks the core.
    client: CopyValue<Client>,
    /// Who is there, on what, and when.
    pub session: Signal<Session>,
    /// Where the user is.
    pub place: Signal<Place>,
    /// What is not sent, and what is not saved.
    pub counts: Counts,
    /// The status line.
    pub status: Signal<Status>,
    /// What is known about the modules of the shown day.
    pub dots: Signal<BTreeMap<Module, Dot>>,
    /// The screen that is shown, where it wants to be told.
    pub ear: Signal<Option<Ear>>,
    /// What was changed, here or elsewhere, since the page was opened.
    pub heard: Signal<Heard>,
    /// Saves rows, one after another.
    pub saving: Coroutine<Job>,
}

impl Desk {
    /// The desk of this session; called once, by the shell.
    #[must_use]
    pub fn open(
        client: &Client,
        session: &Session,
        counts: Counts,
        saving: Coroutine<Job>,
    ) -> Self {
        let kept = browser::kept(&kept_site(session));
        let first = settled(first_place(session, kept.as_deref()), session);
        let start = Place::read(&browser::hash(), &first);
        Self {
            client: CopyValue::new(client.clone()),
            session: Signal::new(session.clone()),
            place: Signal::new(settled(start, session)),
            counts,
            status: Signal::default(),
            dots: Signal::default(),
            ear: Signal::new(None),
            heard: Signal::default(),
            saving,
        }
    }

    /// Asks the core.
    #[must_use]
    pub fn client(&self) -> Client {
        self.client.read().clone()
    }

    /// Goes somewhere; what is being typed is committed before.
    pub fn go(mut self, place: Place) {
        let place = settled(place, &self.session.peek());
        if *self.place.peek() == place {
            return;
        }
        self.leave();
        let is_same_day = {
            let now = self.place.peek();
            (&now.site, now.day) == (&place.site, place.day)
        };
        if !is_same_day {
            self.dots.set(BTreeMap::new());
        }
        self.status.set(Status::default());
        if self.place.peek().screen != place.screen {
            // The new screen begins at its work: what is typed next goes there and not to the menu.
            browser::focus("#work");
        }
        // Until the new screen has asked for what it shows.
        let busy = self.client().busy();
        browser::after_drawing(move || drop(busy));
        browser::set_hash(&place.hash());
        if self.place.peek().site != place.site {
            browser::keep(&kept_site(&self.session.peek()), &place.site);
        }
        self.place.set(place);
    }

    /// Goes where the address says.
    pub fn follow_address(self) {
        let place = Place::read(&browser::hash(), &self.place.peek());
        self.go(place);
    }

    /// Commits what is being typed.
    pub fn leave(&self) {
        let ear = *self.ear.peek();
        if let Some(ear) = ear {
            ear.commit.call(());
        }
    }

    /// Saves a row after everything that was left before it.
    pub fn save(&self, job: RowJob) {
        self.saving.send(Job::Row(Box::new(job), self.client().busy()));
    }

    /// Waits until everything that was left before is saved, or known not to be.
    pub async fn reached(&self) {
        let (tell, reached) = futures_channel::oneshot::channel();
        self.saving.send(Job::Reached(tell));
        // The queue lives as long as the page.
        let _ = reached.await;
    }

    /// Asks whether something that moves other days is meant, after everything that was left before.
    pub async fn is_meant(&self, subject: Subject) -> Verdict {
        let (tell, told) = futures_channel::oneshot::channel();
        self.saving.send(Job::Ask(Box::new(Asking { subject, tell })));
        // The queue lives as long as the page.
        told.await.unwrap_or(Verdict::TakeBack)
    }

    /// Says something in the status line.
    pub fn say(mut self, message: impl Into<String>, tone: Tone) {
        let mut status = self.status.write();
        status.message = message.into();
        status.tone = tone;
    }

    /// What is known about a module's day.
    pub fn mark(mut self, module: Module, dot: Dot) {
        let known = self.dots.peek().get(&module).copied();
        if known != Some(dot) {
            self.dots.write().insert(module, dot);
        }
    }

    /// The business day at the site that is shown; of every site, the latest one.
    #[must_use]
    pub fn today(&self) -> Day {
        let place = self.place.read();
        today_at(&self.session.read(), &place.site).unwrap_or(place.day)
    }

    /// The site that is shown; none where it is every one within reach.
    #[must_use]
    pub fn site(&self) -> Option<Site> {
        self.session.read().catalogue.site(&self.place.read().site).cloned()
    }

    /// An instant by the clocks of the site that is shown: `10:42`.
    #[must_use]
    pub fn clock(&self, at: Moment) -> String {
        self.clock_of(&self.place.peek().site, at)
    }

    /// The civil day of an instant at the site that is shown: `22 Nov`.
    #[must_use]
    pub fn local_day(&self, at: Moment) -> String {
        self.local_day_of(&self.place.peek().site, at)
    }

    /// An instant by the clocks of a site; by UTC, which is said, where several sites' clocks differ.
    #[must_use]
    pub fn clock_of(&self, site: &str, at: Moment) -> String {
        match self.minutes_ahead(site) {
            Some(minutes) => at.clock(minutes),
            None => format!("{} UTC", at.clock(0)),
        }
    }

    /// The civil day of an instant at a site.
    #[must_use]
    pub fn local_day_of(&self, site: &str, at: Moment) -> String {
        let minutes = i64::from(self.minutes_ahead(site).unwrap_or(0));
        let local = Moment(at.0 + minutes * 60_000).to_string();
        Day::parse(local.get(..10).unwrap_or_default()).map(Day::short).unwrap_or_default()
    }

    fn minutes_ahead(&self, site: &str) -> Option<i32> {
        let session = self.session.peek();
        let own = |day: &&SiteDay| site == EVERYWHERE || day.site_id == site;
        let mut ahead = session.today.iter().filter(own).map(|day| day.offset_minutes);
        let first = ahead.next()?;
        ahead.all(|other| other == first).then_some(first)
    }
}

/// Where the chosen site of a user is kept in this browser.
fn kept_site(session: &Session) -> String {
    format!("deskops.site.{}", session.user)
}

fn today_at(session: &Session, site: &str) -> Option<Day> {
    let days = session.today.iter();
    if site == EVERYWHERE {
        // One site is not every site.
        return days.map(|day| day.today).max().filter(|_| session.today.len() > 1);
    }
    days.into_iter().find(|day| day.site_id == site).map(|day| day.today)
}

/// The dashboard of today: at the site of the last time, or at every one where there are several.
fn first_place(session: &Session, kept: Option<&str>) -> Place {
    let first = session.today.first().map(|day| day.site_id.as_str());
    let known = kept.filter(|site| today_at(session, site).is_some());
    let every = today_at(session, EVERYWHERE).map(|_| EVERYWHERE);
    let site = known.or(every).or(first).unwrap_or_default();
    Place {
        screen: Screen::Dashboard,
        site: site.to_owned(),
        day: today_at(session, site).unwrap_or(deskops_domain::day::FIRST_DAY),
        view: crate::place::View::Sheet,
        only: None,
    }
}

/// A place that exists: a site within reach, and no day in the future.
fn settled(mut place: Place, session: &Session) -> Place {
    if today_at(session, &place.site).is_none() {
        let first = first_place(session, None);
        place.site = first.site;
    }
    if let Some(today) = today_at(session, &place.site) {
        place.day = place.day.min(today).max(deskops_domain::day::FIRST_DAY);
    }
    place
}

/// The desk that this screen belongs to.
#[must_use]
pub fn use_desk() -> Desk {
    use_context::<Desk>()
}

/// The keys that only this screen understands reach it, for as long as it is shown.
pub fn use_ear(
    desk: Desk,
    commit: Callback<()>,
    act: Callback<crate::key::Action>,
    typed: Option<Callback<KeyPress>>,
) {
    let mut ear = desk.ear;
    let owner = use_hook(|| {
        let owner = ear.peek().as_ref().map_or(1, |ear| ear.owner + 1);
        ear.set(Some(Ear { owner, commit, act, typed }));
        owner
    });
    use_drop(move || {
        let mut ear = desk.ear;
        let is_own = ear.peek().as_ref().is_some_and(|ear| ear.owner == owner);
        if is_own {
            ear.set(None);
        }
    });
}
