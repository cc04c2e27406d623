//! The people of the made-up sites: an administrator, supervisors and clerks, by the same commands as
//! everybody's.

use deskops_core::{Desk, Router};
use deskops_domain::access::{Caller, Role};
use deskops_domain::api::session::{NewPerson, NewSite, SetUp};
use deskops_domain::api::users::{CreateUser, Rights};
use deskops_domain::api::{Code, Command, Refusal};
use deskops_domain::catalogue::Site;

/// The administrator's sign-in name.
pub const ADMIN: &str = "admin";
/// Who works at a site, by their sign-in names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Crew {
    /// Puts right, deletes and closes.
    pub(crate) supervisor: &'static str,
    /// Types the days.
    pub(crate) clerk: &'static str,
}

impl Crew {
    /// Of the first site.
    pub(crate) const OF_FIRST: Self = Self { supervisor: "huda", clerk: "omar" };
    /// Of every other site.
    pub(crate) const OF_OTHERS: Self = Self { supervisor: "lina", clerk: "sami" };
}

/// Everybody's password. It is no secret: whoever has the demo may read it here.
pub const PASSWORD: &str = "deskops-demo";

/// Sets the desk up at its starting site, and makes the users.
pub(crate) fn move_in(desk: &Desk, site: &Site) -> Result<(), Refusal> {
    let router = Router::all();
    let administrator = person(ADMIN, "Noura Al-Harbi");
    let set_up = SetUp { site: as_it_is(site), administrator };
    ask(&router, desk, &Caller::nobody(), set_up)?;
    let sites = std::slice::from_ref(site);
    join(desk, Crew::OF_FIRST.supervisor, "Huda Al-Qahtani", Role::Moderator, sites)?;
    join(desk, Crew::OF_FIRST.clerk, "Omar Al-Ghamdi", Role::Operator, sites)
}

/// The people of the sites besides the first: a supervisor of all of them, and a clerk who types at
/// two, so that both have something to choose from.
pub(crate) fn move_in_elsewhere(desk: &Desk, others: &[Site]) -> Result<(), Refusal> {
    let two = &others[..others.len().min(2)];
    join(desk, Crew::OF_OTHERS.supervisor, "Lina Al-Zahrani", Role::Moderator, others)?;
    join(desk, Crew::OF_OTHERS.clerk, "Sami Al-Otaibi", Role::Operator, two)
}

fn join(
    desk: &Desk,
    name: &str,
    full_name: &str,
    role: Role,
    sites: &[Site],
) -> Result<(), Refusal> {
    let admin = Caller::named(ADMIN, Some(Role::Admin), None);
    let sites = sites.iter().map(|site| site.id.clone()).collect();
    let rights = Rights { role, sites: Some(sites) };
    let user = CreateUser { person: person(name, full_name), rights };
    ask(&Router::all(), desk, &admin, user)
}

fn ask<C: Command>(
    router: &Router,
    desk: &Desk,
    caller: &Caller,
    command: C,
) -> Result<(), Refusal> {
    let input = serde_json::to_value(command)
        .map_err(|error| Refusal::new(Code::InternalError, error.to_string()))?;
    router.run(desk, caller, &C::name(), input).map(|_| ())
}

fn person(name: &str, full_name: &str) -> NewPerson {
    NewPerson { name: name.into(), full_name: full_name.into(), password: PASSWORD.into() }
}

fn as_it_is(site: &Site) -> NewSite {
    NewSite {
        code: site.code.clone(),
        name: site.name.clone(),
        location: site.location.clone(),
        timezone: site.timezone.clone(),
        day_cut_minutes: site.day_cut_minutes,
        week_start: site.week_start,
        days_off: site.days_off.clone(),
    }
}
