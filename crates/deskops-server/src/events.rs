//! Tells pages that wait for it what was changed: at `/api/events`, as server-sent events.
//!
//! One watcher of the process reads the log of changes, and only while anybody listens: at once when
//! something was saved here, and each second because other servers write on the same database. Who
//! listens is looked up again before each word: a session that has ended ends its stream, and nobody
//! hears of a site that is not theirs any more. Looking so does not make a session last. Whoever has
//! no role hears nothing, and no day is told that lies before those that the role sees.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse as _, Response};
use deskops_core::store::since::{self, End};
use deskops_core::{Asking, Desk, Router};
use deskops_domain::access::Caller;
use deskops_domain::api::events::News;
use deskops_domain::api::metrics::Metrics;
use deskops_domain::api::{Code, Command as _, Refusal};
use deskops_domain::day::Day;
use futures_util::stream::unfold;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};

use crate::asks::Asks;
use crate::shared::{Shared, away, refuse};

/// So often a quiet stream says that it is still there; many proxies cut what is silent for a minute.
const STILL_HERE_EVERY: Duration = Duration::from_secs(15);
/// Other servers are looked for so often.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// What is saved within so long is told together.
const TOGETHER: Duration = Duration::from_millis(150);
/// After so long a page asks again when its stream has ended.
const RETRY: Duration = Duration::from_secs(2);
/// News that wait for a slow listener; one that is further behind is told to look anew.
const MOST_WAITING: usize = 64;

/// Who listens, and how they are told.
pub(crate) struct Newsroom {
    news: broadcast::Sender<Arc<News>>,
    closing: watch::Sender<bool>,
    room: Mutex<Room>,
}

#[derive(Default)]
struct Room {
    /// Streams of each user.
    streams: HashMap<String, u32>,
    is_watched: bool,
}

impl Default for Newsroom {
    fn default() -> Self {
        let (news, closing) = (broadcast::Sender::new(MOST_WAITING), watch::Sender::new(false));
        Self { news, closing, room: Mutex::default() }
    }
}

impl Newsroom {
    /// Ends every stream, because the server stops.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    fn room(&self) -> MutexGuard<'_, Room> {
        self.room.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the newsroom, left when it is dropped.
struct Seat {
    shared: Arc<Shared>,
    user: String,
}

impl Seat {
    /// Takes a place, unless a user has so many already.
    fn take(shared: &Arc<Shared>, user: &str) -> Option<Self> {
        let most = shared.config.rates.streams_per_user;
        let mut room = shared.newsroom.room();
        let n_taken = room.streams.entry(user.to_owned()).or_default();
        if most > 0 && *n_taken >= most {
            return None;
        }
        *n_taken += 1;
        Some(Self { shared: shared.clone(), user: user.to_owned() })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut room = self.shared.newsroom.room();
        if let Some(n_taken) = room.streams.get_mut(&self.user) {
            *n_taken -= 1;
            if *n_taken == 0 {
                room.streams.remove(&self.user);
            }
        }
    }
}

/// Somebody who listens.
struct Listener {
    asking: Asking,
    seat: Seat,
    news: broadcast::Receiver<Arc<News>>,
    closing: watch::Receiver<bool>,
    still_here: Interval,
    has_begun: bool,
}

/// Tells whoever has a role what is changed from now on.
pub(crate) async fn listen(State(shared): State<Arc<Shared>>, Asks(asking): Asks) -> Response {
    let caller = match who(&shared, &asking).await {
        Ok(caller) => caller,
        Err(refusal) => return refuse(refusal),
    };
    let Some(seat) = Seat::take(&shared, &caller.user) else {
        let most = shared.config.rates.streams_per_user;
        let message = format!("Rate limit exceeded: maximum {most} streams of events per user");
        let refusal = Refusal::new(Code::RateLimitExceeded, message).hint("Close other pages.");
        return refuse(refusal.retry_after_ms(60_000));
    };
    let newsroom = &shared.newsroom;
    let mut still_here = interval_at(Instant::now() + STILL_HERE_EVERY, STILL_HERE_EVERY);
    still_here.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (news, closing) = (newsroom.news.subscribe(), newsroom.closing.subscribe());
    let watched = shared.clone();
    if let Err(refusal) = away(move || begin_watching(&watched)).await {
        return refuse(refusal);
    }
    let listener = Listener { asking, seat, news, closing, still_here, has_begun: false };
    let stream = unfold(listener, async |mut listener| {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    let mut answer = Sse::new(stream).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A proxy that collects answers would hold the news back.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    answer
}

impl Listener {
    /// The next event; nothing when the stream is over.
    async fn next(&mut self) -> Option<Event> {
        if !self.has_begun {
            self.has_begun = true;
            return Some(Event::default().event("listening").data("{}").retry(RETRY));
        }
        loop {
            let heard = tokio::select! {
                _ = self.closing.wait_for(|is_closing| *is_closing) => return None,
                heard = self.news.recv() => Some(heard),
                _ = self.still_here.tick() => None,
            };
            let shared = &self.seat.shared;
            match heard {
                None => {
                    who(shared, &self.asking).await.ok()?;
                    return Some(Event::default().comment("still here"));
                }
                Some(Ok(news)) => {
                    let seen = seen(shared, &self.asking, news).await.ok()?;
                    if seen.changes > 0 {
                        return Event::default().event("changed").json_data(&seen).ok();
                    }
                }
                // What was missed is not known: everything may be another.
                Some(Err(RecvError::Lagged(_))) => {
                    who(shared, &self.asking).await.ok()?;
                    return Some(Event::default().event("missed").data("{}"));
                }
                Some(Err(RecvError::Closed)) => return None,
            }
        }
    }
}

/// Who listens, while they may.
async fn who(shared: &Arc<Shared>, asking: &Asking) -> Result<Caller, Refusal> {
    let (shared, asking) = (shared.clone(), asking.clone());
    away(move || listener(&*shared.desk.found()?, &asking)).await
}

/// What of the news they see who listen, while they may.
async fn seen(shared: &Arc<Shared>, asking: &Asking, news: Arc<News>) -> Result<News, Refusal> {
    let (shared, asking) = (shared.clone(), asking.clone());
    away(move || {
        let desk = shared.desk.found()?;
        let caller = listener(&desk, &asking)?;
        Ok(in_sight(&desk, &caller, news.seen_by(|site| caller.reaches(site))))
    })
    .await
}

/// News are for whoever may ask for the figures of a site: everybody who has a role.
fn listener(desk: &Desk, asking: &Asking) -> Result<Caller, Refusal> {
    static ROUTER: LazyLock<Router> = LazyLock::new(Router::all);
    let caller = desk.caller_still(asking)?;
    ROUTER.may(&caller, &Metrics::name())?;
    Ok(caller)
}

/// The news without days that the role does not see. What was changed before the first of them is
/// told as of that day: the stock of each day comes from those before it.
fn in_sight(desk: &Desk, caller: &Caller, mut news: News) -> News {
    let catalogue = desk.catalogue();
    for touched in &mut news.touched {
        let site = touched.site_id.as_deref().and_then(|id| catalogue.site(id));
        let today = site.and_then(|site| desk.today(site));
        let begins = caller.role.zip(today).and_then(|(role, today)| role.first_day(today));
        if let Some(begins) = begins {
            let clamped = |day: Option<Day>| day.map(|day| day.max(begins));
            (touched.first, touched.last) = (clamped(touched.first), clamped(touched.last));
        }
    }
    news
}

/// Has the log watched from where it ends now, unless it is watched already.
fn begin_watching(shared: &Arc<Shared>) -> Result<(), Refusal> {
    let mut room = shared.newsroom.room();
    if room.is_watched {
        return Ok(());
    }
    let desk = shared.desk.found()?;
    let end = desk.read(since::end).map_err(|error| error.refusal(&desk.new_id()))?;
    room.is_watched = true;
    let shared = shared.clone();
    tokio::task::spawn_blocking(move || watch(&shared, end));
    Ok(())
}

/// Reads what is new in the log for as long as anybody listens. The desk is held only while it is
/// read, so that it can be closed.
fn watch(shared: &Shared, mut end: End) {
    let newsroom = &shared.newsroom;
    let mut heard = 0;
    loop {
        {
            let mut room = newsroom.room();
            if newsroom.news.receiver_count() == 0 || *newsroom.closing.borrow() {
                room.is_watched = false;
                return;
            }
        }
        let Ok(desk) = shared.desk.found() else {
            std::thread::sleep(LOOK_EVERY);
            continue;
        };
        let bell = desk.bell();
        let read = desk.read(|conn| since::since(conn, &end));
        drop(desk);
        match read {
            Ok((now, news)) => {
                end = now;
                if news.changes > 0 {
                    // Who has gone meanwhile needs none.
                    let _ = newsroom.news.send(Arc::new(news));
                }
            }
            Err(error) => tracing::warn!(%error, "what is new could not be read"),
        }
        let rung = bell.wait(heard, LOOK_EVERY);
        if rung != heard {
            heard = rung;
            std::thread::sleep(TOGETHER);
        }
    }
}
