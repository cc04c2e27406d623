//! People whom somebody outside vouches for: their tokens are not handed out here and open no
//! session. They need no row among the users; a row of the same name that is disabled shuts them out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use deskops_domain::access::{Caller, Carrier, Role};
use deskops_domain::account::sign_in_name;
use deskops_domain::api::security::SecurityEvent;
use deskops_domain::api::{Code, Refusal};
use deskops_domain::entry::Moment;

use crate::asking::Asking;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::store::{security, users};

/// A day of the security log: each person is noted once in it, and not at each request.
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// People that are remembered as noted; beyond, the log itself is asked again.
const MOST_NOTED: usize = 10_000;

/// Somebody whom a token names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// As it stands in records. It can be nobody's sign-in name here, and no other identity's.
    pub name: String,
    /// What the issuer calls them, to be held against users who are disabled here.
    pub called: String,
    /// Their role; none has no rights at all.
    pub role: Option<Role>,
    /// Codes or ids of the sites within reach; `None` is every site.
    pub sites: Option<Vec<String>>,
    /// Who vouches for them.
    pub issuer: String,
}

/// Tells who holds a token that this desk has not handed out.
pub trait Verifier: Send + Sync {
    /// Who holds this token at this moment: nothing where it is no token of this kind, a refusal
    /// where it is one and does not hold. It must not wait for anything.
    fn verify(&self, token: &str, now: Moment) -> Option<Result<Identity, Refusal>>;
}

/// What a desk knows of people from outside.
#[derive(Default)]
pub(crate) struct Outside {
    verifier: RwLock<Option<Arc<dyn Verifier>>>,
    /// Who was noted in the security log, and on which day last.
    noted: Mutex<HashMap<String, i64>>,
}

impl Desk {
    /// Believes from now on whom this verifier names.
    pub fn trust(&self, verifier: Arc<dyn Verifier>) {
        let own = &self.accounts.outside.verifier;
        *own.write().unwrap_or_else(PoisonError::into_inner) = Some(verifier);
    }

    /// Who asks, where they come with a token of their own and somebody outside vouches for them.
    pub(super) fn vouched_for(&self, asking: &Asking) -> Result<Option<Caller>, Refusal> {
        let token = asking.token.as_deref().filter(|_| asking.carrier == Carrier::Bearer);
        let Some(token) = token else { return Ok(None) };
        let known = &self.accounts.outside.verifier;
        let Some(verifier) = known.read().unwrap_or_else(PoisonError::into_inner).clone() else {
            return Ok(None);
        };
        let Some(verified) = verifier.verify(token, self.now()) else { return Ok(None) };
        let identity = verified?;
        let is_shut_out =
            self.is_shut_out(&identity).map_err(|error| error.refusal(&self.new_id()));
        if is_shut_out? {
            let message = "You may not sign in any more. Ask an administrator.";
            return Err(Refusal::new(Code::Forbidden, message));
        }
        let sites = identity.sites.as_ref().map(|named| self.sites_named(named));
        // An administrator reaches every site, or could make one who does.
        let role = match (identity.role, &sites) {
            (Some(Role::Admin), Some(_)) => Some(Role::Moderator),
            (role, _) => role,
        };
        let caller = Caller::named(&identity.name, role, sites);
        let caller = Caller { line: asking.line(), ..caller };
        // Whoever reads goes on reading, also where nothing can be written.
        if let Err(error) = self.note_outsider(&caller, &identity.issuer) {
            tracing::warn!(%error, "a sign-in from outside could not be noted");
        }
        Ok(Some(caller))
    }

    fn is_shut_out(&self, identity: &Identity) -> Result<bool, StoreError> {
        let user = self.store.read(|conn| users::by_name(conn, &sign_in_name(&identity.called)))?;
        Ok(user.is_some_and(|user| !user.is_active))
    }

    /// The ids of sites that are named by their code or their id. What is no site is nobody's.
    fn sites_named(&self, named: &[String]) -> Vec<String> {
        let catalogue = self.catalogue();
        let sites = catalogue.sites.iter();
        let is_named = |word: &str| named.iter().any(|it| it.eq_ignore_ascii_case(word));
        sites
            .filter(|site| named.contains(&site.id) || is_named(&site.code))
            .map(|site| site.id.clone())
            .collect()
    }

    fn note_outsider(&self, caller: &Caller, issuer: &str) -> Result<(), StoreError> {
        let now = self.now();
        let today = now.0.div_euclid(DAY_MS);
        let noted = || self.accounts.outside.noted.lock().unwrap_or_else(PoisonError::into_inner);
        if noted().get(&caller.user) == Some(&today) {
            return Ok(());
        }
        let (event, name) = (SecurityEvent::SignedIn, caller.user.as_str());
        let day_of = |at: Moment| at.0.div_euclid(DAY_MS);
        // Another server, or this one before it was started again, may have noted it.
        let last = self.store.read(|conn| security::latest(conn, name, event))?;
        if last.map(day_of) != Some(today) {
            let note = format!("By {issuer}");
            self.store.write(|tx| self.note(tx, caller, event, name, Some(note)))?;
        }
        let mut noted = noted();
        if noted.len() >= MOST_NOTED {
            noted.clear();
        }
        noted.insert(caller.user.clone(), today);
        Ok(())
    }
}
