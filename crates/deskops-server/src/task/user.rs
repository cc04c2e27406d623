//! `user`: keeps the people who may sign in, by the same commands as the page.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use deskops_domain::access::Role;
use deskops_domain::api::session::NewPerson;
use deskops_domain::api::users::{
    CreateUser, EditUser, ListUsers, ResetPassword, Rights, User as Person,
};
use deskops_domain::choice::Choices as _;

use super::office::Office;
use super::{password, say};
use crate::settings::Config;

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Makes a user; the password is typed, or read with --password-stdin
    Add(Add),
    /// Everybody, those who may no longer sign in among them
    List,
    /// Takes somebody the right to sign in; what they entered stays
    Disable(Who),
    /// Gives the right back
    Enable(Who),
    /// Gives another password, and ends the sessions of the user
    ResetPassword(Reset),
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// The sign-in name
    name: String,
    /// The name in full
    #[arg(long)]
    full_name: String,
    /// What they may do
    #[arg(long, value_parser = role)]
    role: Role,
    /// The code of a site within reach; several times for several, every site when left out
    #[arg(long = "site", value_name = "CODE")]
    sites: Vec<String>,
    /// Read the password from standard input
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, Args)]
pub(super) struct Who {
    /// The sign-in name
    name: String,
}

#[derive(Debug, Args)]
pub(super) struct Reset {
    /// The sign-in name
    name: String,
    /// Read the password from standard input
    #[arg(long)]
    password_stdin: bool,
}

fn role(text: &str) -> Result<Role, String> {
    let codes = || Role::CHOICES.iter().map(|choice| choice.code.to_lowercase());
    Role::from_code(&text.to_uppercase())
        .ok_or_else(|| format!("write {}", codes().collect::<Vec<_>>().join(", ")))
}

impl User {
    pub(super) fn run(self, config: &Config) -> Result<ExitCode, String> {
        let office = Office::open(config)?;
        match self {
            Self::Add(add) => office.add(add)?,
            Self::List => office.list()?,
            Self::Disable(who) => office.allow(&who.name, false)?,
            Self::Enable(who) => office.allow(&who.name, true)?,
            Self::ResetPassword(reset) => office.reset(&reset)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Office {
    fn add(&self, add: Add) -> Result<(), String> {
        let catalogue = self.desk.catalogue();
        let id = |code: &String| {
            let site = catalogue.sites.iter().find(|site| site.code.eq_ignore_ascii_case(code));
            site.map(|site| site.id.clone()).ok_or_else(|| {
                let codes: Vec<_> = catalogue.sites.iter().map(|site| site.code.as_str()).collect();
                format!("There is no site `{code}`; there is {}.", codes.join(", "))
            })
        };
        let sites = add.sites.iter().map(id).collect::<Result<Vec<_>, _>>()?;
        let rights = Rights { role: add.role, sites: (!sites.is_empty()).then_some(sites) };
        let password = password::ask(add.password_stdin)?;
        let person = NewPerson { name: add.name, full_name: add.full_name, password };
        let user = self.ask(&CreateUser { person, rights })?;
        say(format_args!("{} may sign in as {}.", user.name, user.rights.role.label()));
        Ok(())
    }

    fn list(&self) -> Result<(), String> {
        let people = self.ask(&ListUsers {})?;
        let widest = people.iter().map(|user| user.name.chars().count()).max().unwrap_or(0);
        for user in people {
            let sites = user.rights.sites.as_ref().map_or_else(
                || "every site".to_owned(),
                |ids| {
                    let catalogue = self.desk.catalogue();
                    let code = |id: &String| {
                        catalogue.site(id).map_or(id.clone(), |site| site.code.clone())
                    };
                    ids.iter().map(code).collect::<Vec<_>>().join(", ")
                },
            );
            let state = if user.is_active { "" } else { "; may not sign in" };
            say(format_args!(
                "{:widest$}  {}, {}, {sites}{state}",
                user.name,
                user.full_name,
                user.rights.role.label()
            ));
        }
        Ok(())
    }

    fn allow(&self, name: &str, is_active: bool) -> Result<(), String> {
        let Person { id, full_name, rights, .. } = self.find(name)?;
        let user = self.ask(&EditUser { id, full_name, rights, is_active })?;
        let may = if is_active { "may sign in again" } else { "may no longer sign in" };
        say(format_args!("{} {may}.", user.name));
        Ok(())
    }

    fn reset(&self, reset: &Reset) -> Result<(), String> {
        let id = self.find(&reset.name)?.id;
        let password = password::ask(reset.password_stdin)?;
        self.ask(&ResetPassword { id, password })?;
        say(format_args!("{} has another password.", reset.name));
        Ok(())
    }

    fn find(&self, name: &str) -> Result<Person, String> {
        let mut people = self.ask(&ListUsers {})?.into_iter();
        let same = |user: &Person| user.name.eq_ignore_ascii_case(name);
        people.find(same).ok_or_else(|| format!("There is no user `{name}`."))
    }
}
