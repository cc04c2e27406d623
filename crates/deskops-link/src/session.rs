//! What keeps this computer signed in at head office: the key of the computer and the refresh token,
//! in the keyring, and the access token, in memory.
//!
//! Whoever needs a token waits behind one lock: many may find theirs too old at once, and one asks
//! for the next. A refresh whose answer is lost is asked again with the same token.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use deskops_core::VERSION;
use deskops_core::clock::{Clock, Dice, SystemDice};
use deskops_domain::api::connection::{Hindrance, Standing, Trouble};
use deskops_domain::api::session::{NewDevice, Refresh, SignIn, SignOut, SignedIn};
use deskops_domain::api::{Code, Command, Refusal};
use deskops_domain::change::hex;
use serde_json::Value as Json;
use tokio::sync::Mutex;

use crate::keyring::Keyring;
use crate::line::{Failure, Line};

/// The entries of the keyring.
const DEVICE_KEY: &str = "device-key";
const REFRESH: &str = "refresh-token";
/// A token that ends within so long is not sent any more.
const SPARE_MS: i64 = 60 * 1_000;
/// How often a refresh is asked whose answer does not come.
const TRIES: usize = 3;

/// A sign-in at head office, or none.
pub(crate) struct Session {
    keyring: Arc<Keyring>,
    clock: Arc<dyn Clock>,
    access: Mutex<Option<Access>>,
    /// Head office has ended it, since the program was started.
    is_ended: AtomicBool,
}

/// What opens commands for some minutes, at the one address that has given it.
struct Access {
    address: String,
    token: String,
    ends_at_ms: i64,
}

impl Access {
    fn is_for(&self, line: &Line) -> bool {
        self.address == line.address.text()
    }
}

impl Session {
    pub fn new(keyring: Arc<Keyring>, clock: Arc<dyn Clock>) -> Self {
        Self { keyring, clock, access: Mutex::default(), is_ended: AtomicBool::new(false) }
    }

    /// Whether the sign-in holds, as far as is known.
    pub fn standing(&self, line: &Line) -> Standing {
        let is_known = self.refresh_token(line).is_some()
            || self
                .access
                .try_lock()
                .is_ok_and(|access| access.as_ref().is_some_and(|access| access.is_for(line)));
        if is_known {
            Standing::SignedIn
        } else if self.is_ended.load(Ordering::Relaxed) || self.keyring.works() {
            Standing::Ended
        } else {
            Standing::NotKept
        }
    }

    /// Signs in with somebody's account. Whoever was signed in before is signed out.
    pub async fn sign_in(
        &self,
        line: &Line,
        name: &str,
        password: &str,
    ) -> Result<SignedIn, Failure> {
        let device = NewDevice {
            key: self.device_key(),
            name: computer_name(),
            app: Some(VERSION.to_owned()),
        };
        let sign_in = SignIn { device: Some(device), ..SignIn::new(name, password) };
        let signed_in = ask(line, &sign_in, None).await?;
        if self.standing(line) == Standing::SignedIn {
            // It is another session of this computer, which nobody uses any more.
            let _ = self.end(line).await;
        }
        let mut access = self.access.lock().await;
        self.keep(line, &mut access, &signed_in);
        Ok(signed_in)
    }

    /// A token that opens commands, another one than `stale`. None where nobody is signed in.
    pub async fn token(&self, line: &Line, stale: Option<&str>) -> Result<Option<String>, Failure> {
        let mut access = self.access.lock().await;
        if let Some(known) = access.as_ref().filter(|known| known.is_for(line)) {
            let is_good = known.ends_at_ms - self.clock.now().0 > SPARE_MS;
            if is_good && stale != Some(known.token.as_str()) {
                return Ok(Some(known.token.clone()));
            }
        }
        *access = None;
        let Some(token) = self.refresh_token(line) else { return Ok(None) };
        let refresh =
            Refresh { token, key: Some(self.device_key()), app: Some(VERSION.to_owned()) };
        match asked_again(line, &refresh).await {
            Ok(signed_in) => {
                self.keep(line, &mut access, &signed_in);
                Ok(Some(signed_in.token))
            }
            Err(Failure::Refused(refusal)) if refusal.code == Code::Unauthorized => {
                self.is_ended.store(true, Ordering::Relaxed);
                self.keyring.delete(REFRESH);
                Err(Failure::Refused(refusal))
            }
            Err(failure) => Err(failure),
        }
    }

    /// Ends the sign-in, here in any case and there where it can be told. That the keyring does not
    /// let go of what keeps this computer signed in is told, too.
    pub async fn sign_out(&self, line: &Line) -> Result<(), Failure> {
        let told = self.end(line).await;
        *self.access.lock().await = None;
        let is_gone = self.keyring.delete(REFRESH);
        self.is_ended.store(false, Ordering::Relaxed);
        if is_gone { told } else { Err(still_kept(told)) }
    }

    /// Tells head office that the sign-in is over. The refresh token says it, too, where the other
    /// one has ended.
    async fn end(&self, line: &Line) -> Result<(), Failure> {
        let access = self.access.lock().await;
        let access = access.as_ref().filter(|access| access.is_for(line));
        let access = access.map(|access| access.token.clone());
        let Some(token) = self.refresh_token(line).or(access) else { return Ok(()) };
        match ask(line, &SignOut { token }, None).await {
            // It had ended there already.
            Err(Failure::Refused(refusal)) if refusal.code == Code::Unauthorized => Ok(()),
            other => other,
        }
    }

    fn keep(&self, line: &Line, access: &mut Option<Access>, signed_in: &SignedIn) {
        let ms = i64::from(signed_in.expires_in.unwrap_or(u32::MAX)).saturating_mul(1_000);
        *access = Some(Access {
            address: line.address.text(),
            token: signed_in.token.clone(),
            ends_at_ms: self.clock.now().0.saturating_add(ms),
        });
        match &signed_in.refresh {
            // It is good at this address only, and stays with it.
            Some(token) => self.keyring.set(REFRESH, &format!("{} {token}", line.address.text())),
            None => {
                self.keyring.delete(REFRESH);
            }
        }
        self.is_ended.store(false, Ordering::Relaxed);
    }

    fn refresh_token(&self, line: &Line) -> Option<String> {
        let kept = self.keyring.get(REFRESH)?;
        let (address, token) = kept.split_once(' ')?;
        (address == line.address.text()).then(|| token.to_owned())
    }

    /// The key by which head office knows this computer, made once.
    fn device_key(&self) -> String {
        self.keyring.get(DEVICE_KEY).unwrap_or_else(|| {
            let mut key: String = (0..4).map(|_| hex(&SystemDice.roll())).collect();
            key.truncate(64);
            self.keyring.set(DEVICE_KEY, &key);
            key
        })
    }
}

/// What is said when the keyring has not deleted the refresh token, beside what else was in the way.
fn still_kept(told: Result<(), Failure>) -> Failure {
    let kept = "The keyring of this computer has not deleted the sign-in.";
    let both = |why: &str| format!("{why} {kept}");
    match told {
        Ok(()) => Failure::Refused(
            Refusal::new(Code::FileUnavailable, kept)
                .hint("Delete the entry of DeskOps in the keyring."),
        ),
        Err(Failure::Trouble(trouble)) => {
            let message = both(&trouble.message);
            Failure::Trouble(Trouble { message, ..trouble })
        }
        Err(Failure::Refused(refusal)) => {
            let message = both(&refusal.message);
            Failure::Refused(Refusal { message, ..refusal })
        }
    }
}

/// Asks for a refresh, again where the answer was lost: head office gives the same one then.
async fn asked_again(line: &Line, refresh: &Refresh) -> Result<SignedIn, Failure> {
    let mut tries = 1;
    loop {
        let asked = ask(line, refresh, None).await;
        match &asked {
            Err(Failure::Trouble(trouble))
                if tries < TRIES
                    && matches!(trouble.kind, Hindrance::Broken | Hindrance::TimedOut) =>
            {
                tries += 1;
            }
            _ => return asked,
        }
    }
}

/// Does a command at head office.
pub(crate) fn ask<'a, C: Command>(
    line: &'a Line,
    command: &C,
    token: Option<&'a str>,
) -> impl Future<Output = Result<C::Output, Failure>> + use<'a, C> {
    let input = serde_json::to_value(command).map_err(|error| unwritable(&error));
    async move {
        let answer = line.command(&C::name(), &input?, token).await?;
        read::<C>(line, line.read(&answer)?)
    }
}

/// The output of a command out of its answer.
pub(crate) fn read<C: Command>(line: &Line, answer: Json) -> Result<C::Output, Failure> {
    serde_json::from_value(answer).map_err(|error| {
        tracing::warn!(%error, command = C::name(), "an answer has another shape");
        line.trouble(Hindrance::NotDeskOps)
    })
}

fn unwritable(error: &serde_json::Error) -> Failure {
    tracing::error!(%error, "a command could not be written");
    Failure::Refused(Refusal::new(Code::InternalError, "Something failed inside DeskOps."))
}

/// What people call this computer.
fn computer_name() -> String {
    let name = gethostname::gethostname().to_string_lossy().trim().to_owned();
    let name: String = name.chars().filter(|c| !c.is_control()).take(100).collect();
    if name.is_empty() { "A computer without a name".to_owned() } else { name }
}
