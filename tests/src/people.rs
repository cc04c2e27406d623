//! The people of a test: the administrator that a set-up makes.

use std::path::Path;

use deskops_core::{Asking, Desk, Place, Router};
use deskops_domain::access::{Caller, Carrier};
use deskops_domain::api::session::{NewDevice, NewPerson, NewSite, SetUp, SignIn, SignedIn};
use deskops_domain::api::{Command as _, Refusal};
use serde_json::json;

use crate::TestDesk;

/// The administrator's sign-in name.
pub const ADMIN: &str = "noura";
/// Everybody's password, the demo's too.
pub const PASSWORD: &str = "deskops-demo";

/// The set-up of the starting site as it stands, with an administrator.
#[must_use]
pub fn set_up() -> SetUp {
    SetUp {
        site: NewSite {
            code: "ALASLA-29".into(),
            name: "Al Asla Recycling Facility".into(),
            location: Some("Jeddah".into()),
            timezone: "Asia/Riyadh".into(),
            day_cut_minutes: 0,
            week_start: 7,
            days_off: vec![5],
        },
        administrator: NewPerson {
            name: ADMIN.into(),
            full_name: "Noura Al-Harbi".into(),
            password: PASSWORD.into(),
        },
    }
}

/// Somebody who has not signed in, over this carrier, from an address.
#[must_use]
pub fn stranger(carrier: Carrier, address: &str) -> Asking {
    Asking { token: None, carrier, address: address.parse().ok() }
}

/// Whoever signed in, over the carrier and from the address of before.
#[must_use]
pub fn as_who(asking: &Asking, signed_in: &SignedIn) -> Asking {
    Asking { token: Some(signed_in.token.clone()), ..asking.clone() }
}

/// The device of this number.
#[must_use]
pub fn device(number: u8) -> NewDevice {
    let key = format!("{number:02x}").repeat(32);
    NewDevice { key, name: format!("Site office {number}"), app: Some("1.4.2".into()) }
}

/// Signs in on a device, or without one.
///
/// # Errors
/// The desk's refusal.
///
/// # Panics
/// When the answer is none of a sign-in.
pub fn sign_in_on(
    desk: &TestDesk,
    asking: &Asking,
    (name, password): (&str, &str),
    device: Option<NewDevice>,
) -> Result<SignedIn, Refusal> {
    let ask = SignIn { device, ..SignIn::new(name, password) };
    let input = serde_json::to_value(ask).expect("a command is plain data");
    let done = desk.ask(asking, &SignIn::name(), input)?;
    Ok(serde_json::from_value(done).expect("the answer of a sign-in"))
}

/// A supervisor and a clerk beside the administrator, and stock to start from since yesterday.
///
/// # Panics
/// When one of them is refused.
pub fn move_in_with_crew(folder: &Path) {
    move_in(folder);
    let desk = Desk::open(Place::in_folder(folder)).expect("a desk that is set up opens");
    let router = Router::all();
    let run = |name: &str, input: serde_json::Value| {
        router.run(&desk, &Caller::at_this_computer(), name, input).expect("it is right")
    };
    for (name, full_name, role) in [("huda", "Huda Q", "MODERATOR"), ("omar", "Omar G", "OPERATOR")]
    {
        let person = json!({"name": name, "fullName": full_name, "password": PASSWORD});
        let person = json!({"person": person, "rights": {"role": role, "sites": null}});
        run("users/create", person);
    }
    let site = desk.catalogue().sites[0].clone();
    let yesterday = desk.today(&site).expect("a known zone").plus(-1);
    for (material, tons) in [
        ("MAT001", "900"),
        ("MAT002", "1500.5"),
        ("MAT003", "800"),
        ("MAT010", "300"),
        ("MAT014", "240"),
    ] {
        let draft = json!({"siteId": site.id, "date": yesterday, "materialId": material, "openingOverrideTon": tons});
        run("inventory/create", json!({"draft": draft}));
    }
}

/// Sets up the desk of a folder before a program is started on it.
///
/// # Panics
/// When it cannot be opened, or is set up already.
pub fn move_in(folder: &Path) {
    let desk = Desk::open(Place::in_folder(folder)).expect("a new desk opens");
    let input = serde_json::to_value(set_up()).expect("a command is plain data");
    Router::all()
        .run(&desk, &Caller::nobody(), &SetUp::name(), input)
        .expect("the set-up is right");
}
