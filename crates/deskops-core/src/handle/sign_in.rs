//! The set-up, signing in and out, and one's own password.

use deskops_domain::access::{Caller, Role};
use deskops_domain::account::{
    device_problems, password_problem, person_problems, sign_in_name, site_problems,
};
use deskops_domain::api::security::SecurityEvent;
use deskops_domain::api::session::{
    ChangePassword, NewDevice, NewPerson, NewSite, SetUp, SignIn, SignOut, SignOutEverywhere,
    SignedIn,
};
use deskops_domain::api::users::{Rights, User};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::problem::{Problem, Problems};
use deskops_domain::zone;

use super::devices::on_device;
use crate::accounts::concern::Concern;
use crate::accounts::{Turn, password, tries as waits};
use crate::desk::{Desk, site_not_found};
use crate::error::StoreError;
use crate::router::Handle;
use crate::store::{Connection, catalogue, changes, sessions, tries, users};

impl Handle<SetUp> for Desk {
    fn handle(&self, caller: &Caller, set_up: SetUp) -> Result<SignedIn, StoreError> {
        let done = || Refusal::new(Code::Forbidden, "DeskOps is set up already. Sign in.");
        if self.store.read(users::is_any)? {
            return Err(done().into());
        }
        if !caller.line.is_here() {
            let message =
                "DeskOps is set up at the computer that it runs on, not over the network.";
            let hint = "Make the first administrator there: deskops-server user add.";
            return Err(Refusal::new(Code::Forbidden, message).hint(hint).into());
        }
        check_set_up(&set_up)?;
        let site = self.catalogue().sites.first().ok_or_else(|| site_not_found(""))?.id.clone();
        let rights = Rights { role: Role::Admin, sites: None };
        let user = self.new_user(&set_up.administrator, rights, None);
        let hash = self.hash_password(&set_up.administrator.password)?;
        let signed_in = self.store.write(|tx| {
            // Two may have begun at once.
            if users::is_any(tx)? {
                return Err(done().into());
            }
            catalogue::describe_site(tx, &site, &set_up.site)?;
            changes::note_lists(tx)?;
            users::insert(tx, &user, &hash)?;
            let note = Some("At the set-up".to_owned());
            let actor = Caller { user: user.name.clone(), ..caller.clone() };
            self.note(tx, &actor, SecurityEvent::UserMade, &user.name, note)?;
            let device = self.device_of(tx, &actor, &user, None)??;
            self.admit_user(tx, &user, &on_device(&actor, device).line)
        })?;
        self.learn_catalogue()?;
        Ok(signed_in)
    }
}

/// All that is wrong, by the paths `site.…` and `administrator.…`.
fn check_set_up(set_up: &SetUp) -> Result<(), Refusal> {
    let mut site = site_problems(&set_up.site);
    zone_problem(&set_up.site).into_iter().for_each(|problem| site.add(problem));
    let mut found = site.under("site");
    found.0.extend(person_problems(&set_up.administrator).under("administrator").0);
    refuse_problems(found)
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
    fn handle(&self, caller: &Caller, sign_in: SignIn) -> Result<SignedIn, StoreError> {
        if let Some(device) = &sign_in.device {
            refuse_problems(device_problems(device).under("device"))?;
        }
        let name = sign_in_name(&sign_in.name);
        let (user, proven) = self.store.read(|conn| {
            let Some(user) = users::by_name(conn, &name)? else { return Ok((None, None)) };
            let proven = self.proven(conn, &user, sign_in.device.as_ref())?;
            Ok((Some(user), proven))
        })?;
        let proven = proven.map(|device| device.id);
        let concerns = Concern::of(proven.as_ref(), &name, caller.line.address);
        let caller = on_device(&Caller { line: caller.line.clone(), ..Caller::nobody() }, proven);
        let turn = self.begin_try(&concerns)?;
        let Some(user) = user else {
            // Takes as long as a wrong password does.
            self.hash_in_turn(&turn, &sign_in.password)?;
            self.note_unknown_name(&caller)?;
            return Err(wrong().into());
        };
        let Some(hash) = self.right_hash(&turn, &user, &sign_in.password)? else {
            self.note_wrong_password(&caller, &user.name, &concerns)?;
            return Err(wrong().into());
        };
        let stronger = match password::is_weak(&hash)? {
            true => Some(self.hash_in_turn(&turn, &sign_in.password)?),
            false => None,
        };
        drop(turn);
        // A refusal here is saved with what it says in the log.
        let done = self.store.write(|tx| {
            // Somebody may have changed the password or disabled the user while it was compared.
            let user = users::by_id(tx, &user.id)?;
            let Some(user) = user else { return Ok(Err(wrong())) };
            if users::password_hash(tx, &user.id)? != hash {
                return Ok(Err(wrong()));
            }
            waits::forgive(tx, &concerns)?;
            if let Some(stronger) = &stronger {
                users::rehash(tx, &user.id, &hash, stronger)?;
            }
            self.let_in(tx, &caller, &user, sign_in.device.as_ref())
        })?;
        Ok(done?)
    }
}

/// The same words for an unknown name and a wrong password.
fn wrong() -> Refusal {
    Refusal::new(Code::Unauthorized, "The name or the password is wrong.")
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
            self.note(tx, caller, SecurityEvent::SignedOutEverywhere, &user.name, None)
        })
    }
}

impl Handle<ChangePassword> for Desk {
    fn handle(&self, caller: &Caller, change: ChangePassword) -> Result<SignedIn, StoreError> {
        let user = self.store.read(|conn| users::by_name(conn, &caller.user))?;
        let user = user.ok_or_else(no_password)?;
        refuse_problems(Problems(password_problem("new", &change.new).into_iter().collect()))?;
        // Counted apart from signing in: strangers keep nobody from changing their password.
        let concerns = [Concern::User(user.id.clone())];
        let turn = self.begin_try(&concerns)?;
        let Some(old) = self.right_hash(&turn, &user, &change.old)? else {
            self.note_wrong_password(caller, &user.name, &concerns)?;
            return Err(not_the_old().into());
        };
        let hash = self.hash_in_turn(&turn, &change.new)?;
        drop(turn);
        self.store.write(|tx| {
            // An administrator may have disabled the user, or set another one, while it was compared.
            let user = users::by_id(tx, &user.id)?.filter(|user| user.is_active);
            let mut user = user.ok_or_else(not_the_old)?;
            if users::password_hash(tx, &user.id)? != old {
                return Err(not_the_old().into());
            }
            self.put_password(tx, caller, &mut user, &hash, SecurityEvent::PasswordChanged)?;
            self.admit_user(tx, &user, &caller.line)
        })
    }
}

fn not_the_old() -> Refusal {
    Refusal::one("old", "E-PASSWORD-OLD", "This is not your present password.")
}

/// Whom a program of this computer speaks for is no user.
fn no_password() -> Refusal {
    Refusal::new(Code::Forbidden, "You have no password here.")
}

impl Desk {
    /// Lets somebody in whose password was right, unless they or their device may not.
    fn let_in(
        &self,
        tx: &Connection,
        caller: &Caller,
        user: &User,
        shown: Option<&NewDevice>,
    ) -> Result<Result<SignedIn, Refusal>, StoreError> {
        let failed = |words: &str| {
            let note = Some(words.to_owned());
            self.note(tx, caller, SecurityEvent::SignInFailed, &user.name, note)
        };
        if !user.is_active {
            failed("The user is disabled")?;
            let message = "You may not sign in any more. Ask an administrator.";
            return Ok(Err(Refusal::new(Code::Forbidden, message)));
        }
        let actor = Caller { user: user.name.clone(), ..caller.clone() };
        let device = match self.device_of(tx, &actor, user, shown)? {
            Ok(device) => device,
            Err(told) => {
                failed("The device may not be used")?;
                return Ok(Err(told));
            }
        };
        let actor = on_device(&actor, device);
        self.note(tx, &actor, SecurityEvent::SignedIn, &user.name, None)?;
        self.admit_user(tx, user, &actor.line).map(Ok)
    }

    /// Counts a try to sign in, or refuses it for some time. Whoever finds no turn to hash has not
    /// tried.
    fn begin_try(&self, concerns: &[Concern]) -> Result<Turn<'_>, StoreError> {
        let now = self.now();
        let refuse = |ms: i64| {
            let told = Refusal::new(Code::TooManyTries, "There were too many wrong passwords.");
            told.hint(format!("Wait {} and try again.", waits::wait_words(ms))).retry_after_ms(ms)
        };
        // Whoever has to wait makes neither a writer nor a turn wait.
        match self.store.read(|conn| waits::wait(conn, concerns, now))? {
            0 => {}
            wait => return Err(refuse(wait).into()),
        }
        let turn = self.accounts.hashing()?;
        self.store.write(|tx| waits::begin(tx, concerns, now))?.map_err(refuse)?;
        Ok(turn)
    }

    /// The stored hash, when what was typed is the password.
    fn right_hash(
        &self,
        _: &Turn<'_>,
        user: &User,
        typed: &str,
    ) -> Result<Option<String>, StoreError> {
        let stored = self.store.read(|conn| users::password_hash(conn, &user.id))?;
        Ok(password::is_right(typed, &stored)?.then_some(stored))
    }

    /// Gives a user another password and ends their sessions and their waiting.
    pub(super) fn put_password(
        &self,
        tx: &Connection,
        caller: &Caller,
        user: &mut User,
        hash: &str,
        event: SecurityEvent,
    ) -> Result<(), StoreError> {
        user.updated_at = self.now();
        user.updated_by.clone_from(&caller.user);
        users::set_password(tx, user, hash)?;
        sessions::close_all(tx, &user.id)?;
        waits::forgive(tx, &[Concern::Name(user.name.clone()), Concern::User(user.id.clone())])?;
        tries::forget_devices(tx, &user.id)?;
        self.note(tx, caller, event, &user.name, None)
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

#[cfg(test)]
mod tests {
    use argon2::{Argon2, Params, PasswordHasher as _};
    use serde_json::json;

    use super::*;
    use crate::{Place, Router};

    /// The same password at a cost of former days.
    fn weak_hash(password: &str) -> String {
        let cost = Params::new(Params::MIN_M_COST, 1, 1, None).unwrap();
        let weak = Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, cost);
        weak.hash_password_with_salt(password.as_bytes(), b"sixteen bytes ok").unwrap().to_string()
    }

    #[test]
    fn a_hash_of_former_days_is_made_stronger_by_the_next_sign_in_and_by_no_wrong_password() {
        let folder = tempfile::TempDir::new().unwrap();
        let desk = Desk::open(Place::in_folder(folder.path())).unwrap();
        let run = |password: &str| {
            let ask = json!({"name": "omar", "password": password});
            Router::all().run(&desk, &Caller::nobody(), "session/sign-in", ask)
        };
        let person =
            NewPerson { name: "omar".into(), full_name: "Omar".into(), password: String::new() };
        let user = desk.new_user(&person, Rights { role: Role::Operator, sites: None }, None);
        let weak = weak_hash("123456");
        desk.store.write(|tx| users::insert(tx, &user, &weak)).unwrap();
        let kept = || desk.store.read(|conn| users::password_hash(conn, &user.id)).unwrap();
        assert!(run("654321").is_err());
        assert_eq!(kept(), weak);
        run("123456").unwrap();
        let stronger = kept();
        assert!(stronger.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{stronger}");
        run("123456").unwrap();
        assert_eq!(kept(), stronger, "once");
        desk.store.write(|tx| users::rehash(tx, &user.id, &weak, "another")).unwrap();
        assert_eq!(kept(), stronger, "a password that was changed meanwhile stays");
    }
}
