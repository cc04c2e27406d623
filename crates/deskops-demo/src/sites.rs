//! The other sites of a made-up head office, and how each keeps its days: one closes on the next
//! morning, others leave days open or forget what came in, so that there is something to see.

use deskops_core::{Desk, Router};
use deskops_domain::access::{Caller, Role};
use deskops_domain::api::records::Create;
use deskops_domain::api::{Command as _, Refusal};
use deskops_domain::catalogue::Site;
use deskops_domain::day::Day;
use deskops_domain::lists::SiteCard;
use serde_json::json;

use crate::people::{ADMIN, Crew};

/// The most sites of a head office.
pub const MOST_SITES: usize = 1 + OTHERS.len();
/// Days that are told of the other sites.
pub(crate) const OTHER_DAYS: i64 = 90;

/// A site besides the first.
struct Other {
    code: &'static str,
    name: &'static str,
    town: &'static str,
    timezone: &'static str,
    days_off: &'static str,
    /// So many of its last days nobody has closed.
    n_open: i64,
}

const fn other(
    code: &'static str,
    name: &'static str,
    place: (&'static str, &'static str),
    days_off: &'static str,
    n_open: i64,
) -> Other {
    Other { code, name, town: place.0, timezone: place.1, days_off, n_open }
}

const OTHERS: [Other; 9] = [
    other("YANBU-12", "Yanbu Coast Recycling Yard", ("Yanbu", "Asia/Riyadh"), "5", 1),
    other("SHARJAH-3", "Al Sajaa Debris Plant", ("Sharjah", "Asia/Dubai"), "7", 5),
    other("AMMAN-7", "South Amman Crushing Site", ("Amman", "Asia/Amman"), "5", 2),
    other("MUSCAT-4", "Wadi Adai Recycling", ("Muscat", "Asia/Muscat"), "5", 1),
    other("DOHA-9", "Ras Laffan Road Yard", ("Doha", "Asia/Qatar"), "5", 9),
    other("KUWAIT-2", "Sulaibiya Debris Facility", ("Kuwait", "Asia/Kuwait"), "5", 1),
    other("CAIRO-15", "New Cairo Debris Yard", ("Cairo", "Africa/Cairo"), "5", 3),
    other("MANAMA-1", "Askar Recycling", ("Askar", "Asia/Bahrain"), "5", 1),
    other("TABUK-6", "Tabuk North Yard", ("Tabuk", "Asia/Riyadh"), "5", 12),
];

/// A site of the head office, ready to be told.
pub(crate) struct Opened {
    /// The site.
    pub(crate) site: Site,
    /// Who works there.
    pub(crate) crew: Crew,
    /// Its first day.
    pub(crate) first: Day,
    /// The first day that nobody has closed.
    pub(crate) open_from: Day,
}

/// Makes so many sites besides the first, each in use from its first day on.
pub(crate) fn open(
    desk: &Desk,
    n_others: usize,
    first: Day,
    today: Day,
) -> Result<Vec<Opened>, Refusal> {
    let admin = Caller::named(ADMIN, Some(Role::Admin), None);
    let router = Router::all();
    let first = first.max(today.plus(1 - OTHER_DAYS));
    OTHERS
        .iter()
        .take(n_others)
        .map(|other| {
            let draft = json!({"draft": {"code": other.code, "name": other.name, "date": first,
                "location": other.town, "timezone": other.timezone, "daysOff": other.days_off}});
            router.run(desk, &admin, &Create::<SiteCard>::name(), draft)?;
            let catalogue = desk.catalogue();
            let found = catalogue.sites.iter().find(|site| site.code == other.code);
            let site = found.cloned().ok_or_else(Refusal::not_found)?;
            let open_from = today.plus(-other.n_open);
            Ok(Opened { site, crew: Crew::OF_OTHERS, first, open_from })
        })
        .collect()
}
