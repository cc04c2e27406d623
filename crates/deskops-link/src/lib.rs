//! The one way in which a laptop speaks to head office: address, trust, sign-in, questions.
//!
//! Read [`address`] and [`trust`] for where and with whom, `line` for how, `session` for who is
//! signed in, [`keyring`] for what keeps it. A [`Link`] is all of it, and what a desk is given.

#![deny(missing_docs)]

pub mod address;
pub mod certificate;
pub mod keyring;
mod line;
mod look;
mod session;
mod trouble;
pub mod trust;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use deskops_core::clock::{Clock, SystemClock};
use deskops_core::head_office::{Contact, HeadOffice, Place};
use deskops_domain::api::connection::{Looked, Standing, Trouble};
use deskops_domain::api::session::{Hello, Person, Welcome};
use deskops_domain::api::{Code, Command, Refusal};
use deskops_domain::entry::Moment;
use deskops_domain::id::Id;
use serde_json::{Value as Json, json};
use tokio::runtime::Runtime;

use address::Address;
use keyring::Keyring;
use line::{Answer, Failure, Line};
use session::Session;
use trust::Roots;

/// The line of a desk to its head office. Its calls wait; they are made on threads that may.
pub struct Link {
    /// Taken when the link is dropped; none where the system gave no thread.
    runtime: Option<Runtime>,
    asker: Arc<Asker>,
}

/// What a link is made of.
pub struct Parts {
    /// Whom this computer trusts to vouch for others.
    pub roots: Roots,
    /// Where secrets are.
    pub keyring: Keyring,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
}

impl Parts {
    /// Those of this computer, for the desk with this id.
    #[must_use]
    pub fn of_this_computer(desk: &Id) -> Self {
        Self {
            roots: Roots::of_this_computer(),
            keyring: Keyring::of_this_computer(desk.as_str()),
            clock: Arc::new(SystemClock),
        }
    }
}

struct Asker {
    roots: Roots,
    clock: Arc<dyn Clock>,
    keyring: Arc<Keyring>,
    session: Session,
    line: Mutex<Option<Arc<Line>>>,
    contact: Mutex<Option<Contact>>,
    trouble: Mutex<Option<Trouble>>,
}

impl Link {
    /// A link that does not know yet where head office is.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            // A keyring may hold one of them for some seconds.
            .worker_threads(2)
            .thread_name("link")
            .enable_all()
            .build()
            .inspect_err(|error| tracing::error!(%error, "head office cannot be asked"))
            .ok();
        let keyring = Arc::new(parts.keyring);
        let asker = Asker {
            session: Session::new(keyring.clone(), parts.clock.clone()),
            roots: parts.roots,
            clock: parts.clock,
            keyring,
            line: Mutex::default(),
            contact: Mutex::default(),
            trouble: Mutex::default(),
        };
        Self { runtime, asker: Arc::new(asker) }
    }

    /// Does a command at head office, as whoever is signed in there.
    ///
    /// # Errors
    /// What is in the way ([`Code::Offline`]), that nobody is signed in ([`Code::Unauthorized`]), or
    /// why head office does not do it.
    pub fn call<C: Command>(&self, command: C) -> Result<C::Output, Refusal> {
        let input = serde_json::to_value(&command).map_err(|error| {
            tracing::error!(%error, "a command could not be written");
            Refusal::new(Code::InternalError, "Something failed inside DeskOps.")
        })?;
        self.wait(move |asker| async move {
            let (line, answer) = asker.ask(&C::name(), &input).await?;
            session::read::<C>(&line, answer)
        })
    }

    /// Works on the link's own threads, so that nothing is cut off when the one who waits goes away.
    fn wait<T: Send + 'static, F: Future<Output = Result<T, Failure>> + Send + 'static>(
        &self,
        work: impl FnOnce(Arc<Asker>) -> F,
    ) -> Result<T, Refusal> {
        let runtime = self.runtime()?;
        let done = runtime.block_on(runtime.spawn(work(self.asker.clone())));
        let done = done.map_err(|error| {
            tracing::error!(%error, "a question to head office was not finished");
            unable()
        })?;
        self.asker.note(&done);
        done.map_err(Failure::refusal)
    }

    fn runtime(&self) -> Result<&Runtime, Refusal> {
        self.runtime.as_ref().ok_or_else(unable)
    }
}

fn unable() -> Refusal {
    Refusal::new(Code::InternalError, "Head office cannot be asked now.")
        .hint("Close DeskOps and start it again.")
}

impl Drop for Link {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Whoever closes the window does not wait for the network.
            runtime.shutdown_background();
        }
    }
}

impl HeadOffice for Link {
    fn address(&self, typed: &str) -> Result<String, Refusal> {
        Ok(Address::read(typed)?.text())
    }

    fn look(&self, address: &str, pin: Option<&str>) -> Result<Looked, Refusal> {
        let asker = &self.asker;
        let (address, pin) = (Address::read(address)?, pin.map(str::to_owned));
        let line = Line::to(address, asker.roots.clone(), pin, asker.clock.clone())?;
        let now = asker.clock.now();
        Ok(self.runtime()?.block_on(async move { look::look(&line, now).await }))
    }

    fn turn_to(&self, place: Option<&Place>) {
        let asker = &self.asker;
        let line = place.and_then(|place| {
            let address = Address::read(&place.address);
            let line = address.and_then(|address| {
                Line::to(address, asker.roots.clone(), place.pin.clone(), asker.clock.clone())
            });
            line.inspect_err(|refusal| tracing::error!(%refusal, "head office cannot be asked"))
                .ok()
        });
        *lock(&asker.line) = line.map(Arc::new);
        *lock(&asker.contact) = None;
        *lock(&asker.trouble) = None;
    }

    fn sign_in(&self, name: &str, password: &str) -> Result<Person, Refusal> {
        let (name, password) = (name.to_owned(), password.to_owned());
        let signed_in = self.wait(move |asker| async move {
            let line = asker.line()?;
            // Its clock and version are learned on the way.
            asker.hello(&line, None).await?;
            asker.session.sign_in(&line, &name, &password).await
        });
        signed_in.map(|signed_in| signed_in.user).map_err(not_let_in)
    }

    fn greet(&self) -> Result<(), Refusal> {
        self.wait(|asker| async move { asker.greet().await })
    }

    fn sign_out(&self) -> Result<(), Refusal> {
        self.wait(|asker| async move {
            let line = asker.line()?;
            asker.session.sign_out(&line).await
        })
    }

    fn standing(&self) -> Standing {
        let line = lock(&self.asker.line).clone();
        line.map_or(Standing::Ended, |line| self.asker.session.standing(&line))
    }

    fn has_keyring(&self) -> bool {
        self.asker.keyring.works()
    }

    fn contact(&self) -> Option<Contact> {
        lock(&self.asker.contact).clone()
    }

    fn trouble(&self) -> Option<Trouble> {
        lock(&self.asker.trouble).clone()
    }
}

impl Asker {
    fn line(&self) -> Result<Arc<Line>, Failure> {
        lock(&self.line).clone().ok_or_else(|| {
            let message = "Nobody has said yet where head office is.";
            Failure::Refused(Refusal::new(Code::NotReady, message))
        })
    }

    /// Does a command as whoever is signed in; a token that is not taken is exchanged once.
    async fn ask(&self, name: &str, input: &Json) -> Result<(Arc<Line>, Json), Failure> {
        let line = self.line()?;
        let mut stale = None;
        loop {
            let token = self.session.token(&line, stale.as_deref()).await?;
            let token = token.ok_or_else(nobody)?;
            let answer = line.command(name, input, Some(&token)).await?;
            let read = line.read(&answer);
            if !matches!(read, Err(Failure::Trouble(_))) {
                self.hear(&answer, None, None);
            }
            match read {
                Err(Failure::Refused(refusal))
                    if refusal.code == Code::Unauthorized && stale.is_none() =>
                {
                    stale = Some(token);
                }
                done => return done.map(|json| (line, json)),
            }
        }
    }

    /// Asks who head office is, and whether it still knows us.
    async fn greet(&self) -> Result<(), Failure> {
        let line = self.line()?;
        let mut stale = None;
        loop {
            let token = self.session.token(&line, stale.as_deref()).await?;
            let welcome = self.hello(&line, token.as_deref()).await?;
            match token {
                Some(token) if welcome.session.is_none() && stale.is_none() => stale = Some(token),
                Some(_) if welcome.session.is_none() => return Err(nobody()),
                _ => return Ok(()),
            }
        }
    }

    /// Hears version and clock of head office.
    async fn hello(&self, line: &Line, token: Option<&str>) -> Result<Welcome, Failure> {
        let answer = line.command(&Hello::name(), &json!({}), token).await?;
        let json: Json = line.read(&answer)?;
        let welcome = session::read::<Hello>(line, json)?;
        let now = welcome.session.as_ref().map(|session| session.now);
        self.hear(&answer, Some(welcome.version.clone()), now);
        Ok(welcome)
    }

    fn hear(&self, answer: &Answer, version: Option<String>, now: Option<Moment>) {
        let exactly = now.map(|now| answer.at.0 - now.0);
        let clock_ms = exactly.or_else(|| look::difference(answer).map(|clock| clock.ahead_ms));
        let mut contact = lock(&self.contact);
        let version = version.or_else(|| contact.take()?.version);
        *contact = Some(Contact { at: self.clock.now(), clock_ms, version });
    }

    /// Notes what was in the way, or that nothing was.
    fn note<T>(&self, done: &Result<T, Failure>) {
        let found = match done {
            Err(Failure::Trouble(trouble)) => Some(trouble.clone()),
            _ => {
                let version = lock(&self.contact).as_ref().and_then(|heard| heard.version.clone());
                let kind = version.as_deref().and_then(trouble::compare);
                let name = lock(&self.line).as_ref().map(|line| line.address.name());
                kind.zip(name).map(|(kind, name)| trouble::told(kind, &name))
            }
        };
        *lock(&self.trouble) = found;
    }
}

fn nobody() -> Failure {
    let message = "Head office does not know this computer any more.";
    Failure::Refused(Refusal::new(Code::Unauthorized, message).hint("Sign in to it again."))
}

/// A wrong password there is no sign-in that has ended here: it is told where it was typed.
fn not_let_in(refusal: Refusal) -> Refusal {
    if refusal.code == Code::Unauthorized {
        return Refusal::one("password", "E-PASSWORD", refusal.message);
    }
    refusal
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
