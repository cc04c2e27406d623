//! The people of the made-up site: an administrator, a supervisor and a clerk, by the same commands
//! as everybody's.

use deskops_core::{Desk, Router};
use deskops_domain::access::{Caller, Role};
use deskops_domain::api::session::{NewPerson, NewSite, SetUp};
use deskops_domain::api::users::{CreateUser, Rights};
use deskops_domain::api::{Code, Command, Refusal};
use deskops_domain::catalogue::Site;

/// The administrator's sign-in name.
pub const ADMIN: &str = "admin";
/// The supervisor, who puts right and deletes.
pub(crate) const SUPERVISOR: &str = "huda";
/// The clerk, who types the days.
pub(crate) const CLERK: &str = "omar";
/// Everybody's password. It is no secret: whoever has the demo may read it here.
pub const PASSWORD: &str = "deskops-demo";

/// Sets the desk up at its starting site, and makes the users.
pub(crate) fn move_in(desk: &Desk, site: &Site) -> Result<(), Refusal> {
    let router = Router::all();
    let administrator = person(ADMIN, "Noura Al-Harbi");
    let set_up = SetUp { site: as_it_is(site), administrator };
    ask(&router, desk, &Caller::nobody(), set_up)?;
    let admin = Caller::named(ADMIN, Some(Role::Admin), None);
    for (name, full_name, role) in [
        (SUPERVISOR, "Huda Al-Qahtani", Role::Moderator),
        (CLERK, "Omar Al-Ghamdi", Role::Operator),
    ] {
        let rights = Rights { role, sites: Some(vec![site.id.clone()]) };
        ask(&router, desk, &admin, CreateUser { person: person(name, full_name), rights })?;
    }
    Ok(())
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
