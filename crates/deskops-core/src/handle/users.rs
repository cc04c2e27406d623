//! The people of this computer: list, make, change, another password.

use deskops_domain::access::{Caller, Role};
use deskops_domain::account::{full_name_problem, password_problem, person_problems};
use deskops_domain::api::security::SecurityEvent;
use deskops_domain::api::users::{CreateUser, EditUser, ListUsers, ResetPassword, Rights, User};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::choice::Choices as _;
use deskops_domain::id::Id;
use deskops_domain::problem::{Problem, Problems, clip};

use super::sign_in::refuse_problems;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::store::{Connection, sessions, users};

impl Handle<ListUsers> for Desk {
    fn handle(&self, _: &Caller, _: ListUsers) -> Result<Vec<User>, StoreError> {
        self.store.read(users::all)
    }
}

impl Handle<CreateUser> for Desk {
    fn handle(&self, caller: &Caller, create: CreateUser) -> Result<User, StoreError> {
        let mut found = person_problems(&create.person);
        self.check_rights(&create.rights, &mut found);
        refuse_problems(found)?;
        let user = self.new_user(&create.person, create.rights, Some(caller));
        let hash = self.hash_password(&create.person.password)?;
        self.store.write(|tx| {
            if users::by_name(tx, &user.name)?.is_some() {
                let message = format!("`{}` is the sign-in name of somebody else.", user.name);
                return Err(Refusal::one("name", "E-USER-NAME", message).into());
            }
            users::insert(tx, &user, &hash)?;
            let note = self.rights_words(&user.rights);
            self.note(tx, caller, SecurityEvent::UserMade, &user.name, Some(note))
        })?;
        Ok(user)
    }
}

impl Handle<EditUser> for Desk {
    fn handle(&self, caller: &Caller, edit: EditUser) -> Result<User, StoreError> {
        let mut found = Problems(full_name_problem(&edit.full_name).into_iter().collect());
        self.check_rights(&edit.rights, &mut found);
        refuse_problems(found)?;
        self.store.write(|tx| {
            let before = users::by_id(tx, &edit.id)?.ok_or_else(|| no_user(&edit.id))?;
            let mut user = before.clone();
            let is_admin = |user: &User| user.is_active && user.rights.role == Role::Admin;
            let was_admin = is_admin(&before);
            user.full_name = edit.full_name.trim().to_owned();
            user.rights = edit.rights;
            user.is_active = edit.is_active;
            user.updated_at = self.now();
            user.updated_by.clone_from(&caller.user);
            if was_admin && !is_admin(&user) && !users::has_other_admin(tx, &user.id)? {
                let path = if user.is_active { "rights.role" } else { "isActive" };
                let message = format!(
                    "{} is the last administrator; make somebody else one first.",
                    user.full_name
                );
                return Err(Refusal::one(path, "E-LAST-ADMIN", message).into());
            }
            users::update(tx, &user)?;
            if !user.is_active {
                sessions::close_all(tx, &user.id)?;
            }
            self.note_edit(tx, caller, &before, &user)?;
            Ok(user)
        })
    }
}

impl Handle<ResetPassword> for Desk {
    fn handle(&self, caller: &Caller, reset: ResetPassword) -> Result<(), StoreError> {
        let problem = password_problem("password", &reset.password);
        refuse_problems(Problems(problem.into_iter().collect()))?;
        let hash = self.hash_password(&reset.password)?;
        self.store.write(|tx| {
            let user = users::by_id(tx, &reset.id)?;
            let mut user = user.ok_or_else(|| no_user(&reset.id))?;
            self.put_password(tx, caller, &mut user, &hash, SecurityEvent::PasswordReset)
        })
    }
}

impl Desk {
    /// Administrators reach every site; the others some that there are, or every one.
    fn check_rights(&self, rights: &Rights, found: &mut Problems) {
        let Some(sites) = &rights.sites else { return };
        let told = |message: &str| Problem::new("rights.sites", "E-SITES", message);
        if rights.role == Role::Admin {
            found.add(told("An administrator reaches every site; name none."));
        } else if sites.is_empty() {
            found.add(told("Name at least one site, or every site.").min(1));
        } else if let Some(unknown) =
            sites.iter().find(|site| self.catalogue().site(site).is_none())
        {
            found.add(told("There is no such site.").value(unknown));
        }
    }
}

impl Desk {
    /// Notes what an administrator has changed of a user.
    fn note_edit(
        &self,
        tx: &Connection,
        by: &Caller,
        before: &User,
        after: &User,
    ) -> Result<(), StoreError> {
        if (&before.full_name, &before.rights) != (&after.full_name, &after.rights) {
            let note = self.rights_words(&after.rights);
            self.note(tx, by, SecurityEvent::UserEdited, &after.name, Some(note))?;
        }
        match (before.is_active, after.is_active) {
            (true, false) => self.note(tx, by, SecurityEvent::UserDisabled, &after.name, None),
            (false, true) => self.note(tx, by, SecurityEvent::UserEnabled, &after.name, None),
            _ => Ok(()),
        }
    }

    /// `Operator, ALASLA-29`.
    fn rights_words(&self, rights: &Rights) -> String {
        let role = rights.role.label();
        let Some(sites) = &rights.sites else { return format!("{role}, every site") };
        let catalogue = self.catalogue();
        let code = |id: &String| catalogue.site(id).map_or_else(|| id.clone(), |s| s.code.clone());
        format!("{role}, {}", sites.iter().map(code).collect::<Vec<_>>().join(", "))
    }
}

fn no_user(id: &Id) -> Refusal {
    Refusal::new(Code::NotFound, format!("There is no user `{}`.", clip(id.as_str())))
}
