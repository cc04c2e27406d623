//! Every command by name, and the only path to any of them: access, decode, reach, do, encode.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use deskops_domain::access::{Caller, Role};
use deskops_domain::api::balance::AskBalance;
use deskops_domain::api::completeness::ListCompleteness;
use deskops_domain::api::connection::{
    AskConnection, Choose, Forget, Greet, Look, SignInThere, SignOutThere,
};
use deskops_domain::api::dashboard::Dashboard;
use deskops_domain::api::days::{KeepDraft, OpenDay};
use deskops_domain::api::devices::{
    ListDevices, RenameDevice, ResumeDevice, RevokeDevice, SuspendDevice,
};
use deskops_domain::api::exports::Export;
use deskops_domain::api::guard::{Judge, JudgeDay};
use deskops_domain::api::ledger::{Preview, Snapshot};
use deskops_domain::api::loads::{Estimate, PreviewEstimate};
use deskops_domain::api::metrics::Metrics;
use deskops_domain::api::periods::{AskReady, Close, Lock, Unlock};
use deskops_domain::api::rates::{Apply, PreviewApply, Propose};
use deskops_domain::api::records::{
    Create, Edit, Get, History, List, Replace, Restore, Suggest, Sums, Void,
};
use deskops_domain::api::security::ListSecurity;
use deskops_domain::api::session::{
    ChangePassword, Hello, Refresh, SetUp, SignIn, SignOut, SignOutEverywhere,
};
use deskops_domain::api::users::{CreateUser, EditUser, ListUsers, ResetPassword};
use deskops_domain::api::{Code, Command, Refusal};
use deskops_domain::modules::{
    Dispatch, Equipment, Manpower, ModuleVisitor, Period, Received, each_module,
    each_note_of_a_day, each_setting,
};
use deskops_domain::problem::clip;
use deskops_domain::record::Record;
use serde_json::Value as Json;

use crate::desk::Desk;
use crate::error::StoreError;

/// How a command is done. A command that is listed but not done does not compile.
pub trait Handle<C: Command> {
    /// Does it. Access is already checked.
    ///
    /// # Errors
    /// Why it was not done.
    fn handle(&self, caller: &Caller, command: C) -> Result<C::Output, StoreError>;
}

type Run = fn(&Desk, &Caller, Json) -> Result<Json, Refusal>;
type May = fn(&Caller) -> Result<(), Refusal>;
#[cfg(feature = "schema")]
type Describe = fn(&mut deskops_domain::schema::Sides) -> [Json; 2];

/// A command as it stands in the list.
struct Listed {
    run: Run,
    may: May,
    #[cfg(feature = "schema")]
    describe: Describe,
    #[cfg(feature = "schema")]
    is_public: bool,
}

/// Every command by name.
#[derive(Default)]
pub struct Router {
    commands: BTreeMap<String, Listed>,
}

impl Router {
    /// All commands. There is no other list.
    #[must_use]
    pub fn all() -> Self {
        let mut router = Self::default();
        each_module(&mut router);
        each_note_of_a_day(&mut Notes(&mut router));
        each_setting(&mut Settings(&mut router));
        router.look_up::<Period>();
        router.on::<AskReady>();
        router.on::<Close>();
        router.on::<Lock>();
        router.on::<Unlock>();
        router.on::<Propose>();
        router.on::<Apply>();
        router.on::<Snapshot>();
        router.on::<PreviewApply>();
        router.on::<Estimate<Dispatch>>();
        router.on::<Estimate<Received>>();
        router.on::<PreviewEstimate<Dispatch>>();
        router.on::<PreviewEstimate<Received>>();
        router.on::<AskBalance>();
        router.on::<Judge<Dispatch>>();
        router.on::<Judge<Received>>();
        router.on::<Judge<Equipment>>();
        router.on::<Judge<Manpower>>();
        router.on::<JudgeDay>();
        router.on::<Dashboard>();
        router.on::<Metrics>();
        router.on::<ListCompleteness>();
        router.people();
        router.connection();
        router
    }

    /// Who is there, and who may be.
    fn people(&mut self) {
        self.on::<Hello>();
        self.on::<SetUp>();
        self.on::<SignIn>();
        self.on::<Refresh>();
        self.on::<SignOut>();
        self.on::<SignOutEverywhere>();
        self.on::<ChangePassword>();
        self.on::<ListUsers>();
        self.on::<CreateUser>();
        self.on::<EditUser>();
        self.on::<ResetPassword>();
        self.on::<ListDevices>();
        self.on::<RevokeDevice>();
        self.on::<SuspendDevice>();
        self.on::<ResumeDevice>();
        self.on::<RenameDevice>();
        self.on::<ListSecurity>();
    }

    /// Head office, as a laptop knows it.
    fn connection(&mut self) {
        self.on::<AskConnection>();
        self.on::<Greet>();
        self.on::<Look>();
        self.on::<Choose>();
        self.on::<SignInThere>();
        self.on::<SignOutThere>();
        self.on::<Forget>();
    }

    /// What can be read of any record.
    fn look_up<R: Record>(&mut self) {
        self.on::<List<R>>();
        self.on::<Get<R>>();
        self.on::<Sums<R>>();
        self.on::<History<R>>();
    }

    /// What can be done with the records that people enter. What DeskOps computes in part is not
    /// deleted: what people said in it is emptied. What others name is taken out of use.
    fn enter<R: Record>(&mut self) {
        self.on::<Create<R>>();
        self.on::<Edit<R>>();
        if !R::is_computed() && !R::HABIT.is_kept {
            self.on::<Replace<R>>();
            self.on::<Void<R>>();
            self.on::<Restore<R>>();
        }
    }

    fn on<C: Command>(&mut self)
    where
        Desk: Handle<C>,
    {
        let before = self.commands.insert(C::name(), listed::<C>());
        assert!(before.is_none(), "two commands are called `{}`", C::name());
    }

    /// The names of all commands, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.commands.keys().map(String::as_str)
    }

    /// The names of all commands with what they take and what they answer, sorted.
    #[cfg(feature = "schema")]
    pub fn described(
        &self,
        sides: &mut deskops_domain::schema::Sides,
    ) -> Vec<(&str, bool, [Json; 2])> {
        let all = self.commands.iter();
        all.map(|(name, listed)| (name.as_str(), listed.is_public, (listed.describe)(sides)))
            .collect()
    }

    /// Whether the role of a caller is enough for a command, before anything of it is read.
    ///
    /// # Errors
    /// That nobody is signed in, or that the role is not enough.
    pub fn may(&self, caller: &Caller, name: &str) -> Result<(), Refusal> {
        (self.listed(name)?.may)(caller)
    }

    fn listed(&self, name: &str) -> Result<&Listed, Refusal> {
        let unknown =
            || Refusal::new(Code::NotFound, format!("There is no command `{}`.", clip(name)));
        self.commands.get(name).ok_or_else(unknown)
    }

    /// Does a command by its name.
    ///
    /// # Errors
    /// Why it was not done; never internals.
    pub fn run(
        &self,
        desk: &Desk,
        caller: &Caller,
        name: &str,
        input: Json,
    ) -> Result<Json, Refusal> {
        let run = self.listed(name)?.run;
        // A fault in one command must not take the others along.
        catch_unwind(AssertUnwindSafe(|| run(desk, caller, input))).unwrap_or_else(|_| {
            let reference = desk.new_id();
            tracing::error!(%reference, command = name, "a command panicked");
            Err(Refusal::new(
                Code::InternalError,
                format!("Something failed inside DeskOps (reference {reference})."),
            ))
        })
    }
}

impl ModuleVisitor for Router {
    fn visit<R: Record>(&mut self) {
        self.look_up::<R>();
        self.enter::<R>();
        self.on::<OpenDay<R>>();
        self.on::<KeepDraft<R>>();
        self.on::<Preview<R>>();
        self.on::<Export<R>>();
        self.on::<Suggest<R>>();
    }
}

/// What is entered of a day beside its modules.
struct Notes<'a>(&'a mut Router);

impl ModuleVisitor for Notes<'_> {
    fn visit<R: Record>(&mut self) {
        self.0.look_up::<R>();
        self.0.enter::<R>();
        self.0.on::<OpenDay<R>>();
        self.0.on::<KeepDraft<R>>();
        self.0.on::<Preview<R>>();
        self.0.on::<Export<R>>();
    }
}

/// What an administrator keeps.
struct Settings<'a>(&'a mut Router);

impl ModuleVisitor for Settings<'_> {
    fn visit<R: Record>(&mut self) {
        self.0.look_up::<R>();
        self.0.enter::<R>();
    }
}

fn listed<C: Command>() -> Listed
where
    Desk: Handle<C>,
{
    Listed {
        run: run::<C>,
        may: may::<C>,
        #[cfg(feature = "schema")]
        is_public: C::IS_PUBLIC,
        #[cfg(feature = "schema")]
        describe: deskops_domain::schema::Sides::of::<C>,
    }
}

fn run<C: Command>(desk: &Desk, caller: &Caller, input: Json) -> Result<Json, Refusal>
where
    Desk: Handle<C>,
{
    may::<C>(caller)?;
    let mut command: C =
        serde_path_to_error::deserialize(input).map_err(|error| unreadable(&error))?;
    if let Some(site) = command.site()
        && !caller.reaches(site)
    {
        return Err(Refusal::new(Code::Forbidden, "This site is not assigned to you."));
    }
    let sites = match command.site() {
        Some(site) => vec![site.to_owned()],
        None if command.is_everywhere() => {
            desk.reached(caller).into_iter().map(|site| site.id).collect()
        }
        None => Vec::new(),
    };
    desk.hold_to_sight(caller, &sites, command.days())?;
    let output = desk.handle(caller, command).map_err(|error| error.refusal(&desk.new_id()))?;
    serde_json::to_value(output).map_err(|error| {
        tracing::error!(%error, command = C::name(), "an answer could not be written");
        Refusal::new(Code::InternalError, "Something failed inside DeskOps.")
    })
}

fn may<C: Command>(caller: &Caller) -> Result<(), Refusal> {
    if C::IS_PUBLIC { Ok(()) } else { check_role(caller, C::ACCESS) }
}

fn check_role(caller: &Caller, least: Role) -> Result<(), Refusal> {
    let refusal = if !caller.is_signed_in() {
        Refusal::new(Code::Unauthorized, "Sign in first.")
    } else if caller.role.is_none() {
        let message = "You have no role here yet. Ask an administrator for one.";
        Refusal::new(Code::Forbidden, message)
    } else if !caller.is_at_least(least) {
        Refusal::new(Code::Forbidden, "Your role may not do this. Ask a supervisor.")
    } else {
        return Ok(());
    };
    Err(refusal)
}

/// An input that is not the command's shape, or not of its kinds: which part of it, and why.
fn unreadable(error: &serde_path_to_error::Error<serde_json::Error>) -> Refusal {
    let path = error.path().to_string();
    let is_date = path.rsplit('.').next().is_some_and(|name| name.starts_with("date"));
    // A decoder may quote the input at length.
    let mut message: String = error.inner().to_string().chars().take(200).collect();
    if message.len() < error.inner().to_string().len() {
        message.push('…');
    }
    Refusal::one(
        if path == "." { "" } else { &path },
        if is_date { "E-DATE" } else { "E-TYPE" },
        message,
    )
}
