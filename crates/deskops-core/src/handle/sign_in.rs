//! The set-up, signing in and out, and one's own password.

use deskops_domain::access::{Caller, Role};
use deskops_domain::account::{password_problem, person_problems, sign_in_name, site_problems};
use deskops_domain::api::security::SecurityEvent;
use deskops_domain::api::session::{
    ChangePassword, NewPerson, NewSite, SetUp, SignIn, SignOut, SignOutEverywhere, SignedIn,
};
use deskops_domain::api::users::{Rights, User};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::problem::{Problem, Problems};
use deskops_domain::zone;

use super::session::person;
use crate::accounts::{key, password, tries as waits};
use crate::desk::{Desk, site_not_found};
use crate::error::StoreError;
use crate::router::Handle;
use crate::store::{catalogue, changes, sessions, tries, users};

impl Handle<SetUp> for Desk {
    fn handle(&self, _: &Caller, set_up: SetUp) -> Result<SignedIn, StoreError> {
        let done = || Refusal::new(Code::Forbidden, "DeskOps is set up already. Sign in.");
        if self.store.read(users::is_any)? {
            return Err(done().into());
        }
        check_set_up(&set_up)?;
        let site = self.catalogue().sites.first().ok_or_else(|| site_not_found(""))?.id.clone();
        let rights = Rights { role: Role::Admin, sites: None };
        let user = self.new_user(&set_up.administrator, rights, None);
        let hash = self.hash_password(&set_up.administrator.password)?;
        let token = self.store.write(|tx| {
            // Two may have begun at once.
            if users::is_any(tx)? {
                return Err(done().into());
            }
            catalogue::describe_site(tx, &site, &set_up.site)?;
            changes::note_lists(tx)?;
            users::insert(tx, &user, &hash)?;
            let note = Some("At the set-up".to_owned());
            self.note(tx, SecurityEvent::UserMade, &user.name, &user.name, note)?;
            self.admit_user(tx, &user.id)
        })?;
        self.learn_catalogue()?;
        Ok(SignedIn { token, user: person(&user) })
    }
}

/// All that is wrong, by the paths `site.…` and `administrator.…`.
fn check_set_up(set_up: &SetUp) -> Result<(), Refusal> {
    let mut site = site_problems(&set_up.site);
    zone_problem(&set_up.site).into_iter().for_each(|problem| site.add(problem));
    let found = [("site", site), ("administrator", person_problems(&set_up.administrator))];
    let found = found.into_iter().flat_map(|(part, problems)| {
        problems.0.into_iter().map(move |mut problem| {
            problem.path = format!("{part}.{}", problem.path);
            problem
        })
    });
    refuse_problems(Problems(found.collect()))
}

fn zone_problem(site: &NewSite) -> Option<Problem> {
    if zone::is_known(&site.timezone) {
        return None;
    }
    let message = "There is no such time zone. Take one of the list, such as Asia/Riyadh.";
    Some(Problem::new("timezone", "E-TIMEZONE", message).value(&site.timezone))
}

pub(super) fn refuse_problems(problems: Problems) -> Result<(), Refusal> {
    if problems.is_empty() { Ok(()) } else { Err(Refusal::invalid(problems)) }
}

impl Handle<SignIn> for Desk {
    fn handle(&self, _: &Caller, sign_in: SignIn) -> Result<SignedIn, StoreError> {
        // The same words for an unknown name and a wrong password.
        let wrong = || Refusal::new(Code::Unauthorized, "The name or the password is wrong.");
        let name = sign_in_name(&sign_in.name);
        self.begin_try(&name)?;
        let user = self.store.read(|conn| users::by_name(conn, &name))?;
        let Some(user) = user else {
            // Takes as long as a wrong password does.
            self.hash_password(&sign_in.password)?;
            self.note_unknown_name()?;
            return Err(wrong().into());
        };
        let Some(hash) = self.right_hash(&user, &sign_in.password)? else {
            self.note_wrong_password(&user.name, "")?;
            return Err(wrong().into());
        };
        if !user.is_active {
            self.store.write(|tx| {
                tries::forget(tx, &key(&name))?;
                let note = Some("The user is disabled".to_owned());
                self.note(tx, SecurityEvent::SignInFailed, "", &name, note)
            })?;
            let message = "You may not sign in any more. Ask an administrator.";
            return Err(Refusal::new(Code::Forbidden, message).into());
        }
        let token = self.store.write(|tx| {
            // Somebody may have changed the password or disabled the user while it was compared.
            let is_active = users::by_id(tx, &user.id)?.is_some_and(|user| user.is_active);
            if !is_active || users::password_hash(tx, &user.id)? != hash {
                return Err(wrong().into());
            }
            tries::forget(tx, &key(&name))?;
            self.note(tx, SecurityEvent::SignedIn, &user.name, &user.name, None)?;
            self.admit_user(tx, &user.id)
        })?;
        Ok(SignedIn { token, user: person(&user) })
    }
}

impl Handle<SignOut> for Desk {
    fn handle(&self, _: &Caller, sign_out: SignOut) -> Result<(), StoreError> {
        self.close_session(&sign_out.token)
    }
}

impl Handle<SignOutEverywhere> for Desk {
    fn handle(&self, caller: &Caller, _: SignOutEverywhere) -> Result<(), StoreError> {
        self.store.write(|tx| {
            let user = users::by_name(tx, &caller.user)?.ok_or_else(no_password)?;
            sessions::close_all(tx, &user.id)?;
            self.note(tx, SecurityEvent::SignedOutEverywhere, &user.name, &user.name, None)
        })
    }
}

impl Handle<ChangePassword> for Desk {
    fn handle(&self, caller: &Caller, change: ChangePassword) -> Result<SignedIn, StoreError> {
        let user = self.store.read(|conn| users::by_name(conn, &caller.user))?;
        let mut user = user.ok_or_else(no_password)?;
        refuse_problems(Problems(password_problem("new", &change.new).into_iter().collect()))?;
        self.begin_try(&user.name)?;
        if self.right_hash(&user, &change.old)?.is_none() {
            self.note_wrong_password(&user.name, &user.name)?;
            let message = "This is not your present password.";
            return Err(Refusal::one("old", "E-PASSWORD-OLD", message).into());
        }
        self.put_password(caller, &mut user, &change.new, SecurityEvent::PasswordChanged)?;
        let token = self.store.write(|tx| self.admit_user(tx, &user.id))?;
        Ok(SignedIn { token, user: person(&user) })
    }
}

/// Whom a program of this computer speaks for is no user.
fn no_password() -> Refusal {
    Refusal::new(Code::Forbidden, "You have no password here.")
}

impl Desk {
    /// Counts a try to sign in, or refuses it for some time.
    fn begin_try(&self, name: &str) -> Result<(), StoreError> {
        let concern = key(name);
        let now = self.now();
        // Whoever has to wait does not make a writer wait.
        let begun = match self.store.read(|conn| waits::wait(conn, &concern, now))? {
            0 => self.store.write(|tx| waits::begin(tx, &concern, now))?,
            wait => Err(wait),
        };
        begun.map_err(|ms| {
            let told = Refusal::new(Code::TooManyTries, "There were too many wrong passwords.")
                .hint(format!("Wait {} and try again.", waits::wait_words(ms)))
                .retry_after_ms(ms);
            told.into()
        })
    }

    /// The stored hash, when what was typed is the password.
    fn right_hash(&self, user: &User, typed: &str) -> Result<Option<String>, StoreError> {
        let stored = self.store.read(|conn| users::password_hash(conn, &user.id))?;
        let _turn = self.accounts.hashing()?;
        Ok(password::is_right(typed, &stored)?.then_some(stored))
    }

    /// Gives a user another password and ends their sessions and their waiting. The password is
    /// checked already.
    pub(super) fn put_password(
        &self,
        caller: &Caller,
        user: &mut User,
        typed: &str,
        event: SecurityEvent,
    ) -> Result<(), StoreError> {
        user.updated_at = self.now();
        user.updated_by.clone_from(&caller.user);
        let hash = self.hash_password(typed)?;
        self.store.write(|tx| {
            users::set_password(tx, user, &hash)?;
            sessions::close_all(tx, &user.id)?;
            tries::forget(tx, &key(&user.name))?;
            self.note(tx, event, &caller.user, &user.name, None)
        })
    }

    /// A user as they begin; the first one makes themselves.
    pub(super) fn new_user(
        &self,
        person: &NewPerson,
        rights: Rights,
        caller: Option<&Caller>,
    ) -> User {
        let name = sign_in_name(&person.name);
        let by = caller.map_or_else(|| name.clone(), |caller| caller.user.clone());
        let now = self.now();
        User {
            id: self.new_id(),
            name,
            full_name: person.full_name.trim().to_owned(),
            rights,
            is_active: true,
            created_at: now,
            created_by: by.clone(),
            updated_at: now,
            updated_by: by,
        }
    }
}
