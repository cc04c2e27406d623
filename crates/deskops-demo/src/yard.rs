//! What the supervisor and the administrator of the made-up site do: settings, the stock to start from,
//! monthly counts, and closing the days.

use deskops_core::StoreError;
use deskops_core::store::write::Door;
use deskops_core::store::{ledger, totals};
use deskops_domain::access::{Caller, Role};
use deskops_domain::api::records::Filter;
use deskops_domain::choice::PeriodKind;
use deskops_domain::day::Day;
use deskops_domain::modules::{Inventory, Production, Run};
use deskops_domain::quantity::Tons;
use deskops_domain::record::Record;
use deskops_domain::settings::{
    CalendarDay, CrewPlan, LoadFactor, MachinePlan, Rate, RateSplit, Target, Threshold,
};

use crate::teller::{Teller, local};

/// Tons of each product at the start: enough that none runs out.
const OPENING: [(&str, &str); 15] = [
    ("MAT001", "6200.5"),
    ("MAT002", "11840"),
    ("MAT003", "9460.25"),
    ("MAT004", "3100"),
    ("MAT005", "7020"),
    ("MAT006", "22400"),
    ("MAT007", "5230"),
    ("MAT008", "2100"),
    ("MAT009", "1980"),
    ("MAT010", "6110"),
    ("MAT011", "12700"),
    ("MAT012", "36480"),
    ("MAT013", "16350"),
    ("MAT014", "42400"),
    ("MAT016", "64000"),
];
/// Tons that shall be made on a working day.
const TARGETS: [(&str, &str); 8] = [
    ("MAT001", "180"),
    ("MAT002", "500"),
    ("MAT003", "500"),
    ("MAT005", "250"),
    ("MAT010", "330"),
    ("MAT011", "800"),
    ("MAT013", "700"),
    ("MAT007", "350"),
];
/// A product and its tons of an hour.
type Part = (&'static str, &'static str);
/// Machines, their tons of an hour, and what becomes of them.
const RATES: [(&str, &str, &[Part]); 3] = [
    (
        "EQ001",
        "250",
        &[
            ("MAT001", "25"),
            ("MAT002", "70"),
            ("MAT003", "70"),
            ("MAT004", "5"),
            ("MAT005", "40"),
            ("MAT010", "40"),
        ],
    ),
    ("EQ002", "150", &[("MAT013", "100"), ("MAT007", "50")]),
    ("EQ003", "135", &[("MAT011", "135")]),
];
const CREW: [(&str, &str); 5] = [
    ("ROLE_EQUIPMENT_DRIVER", "12"),
    ("ROLE_CRUSHER_OPERATOR", "2"),
    ("ROLE_MAINTENANCE_WORKER", "12"),
    ("ROLE_LABORER", "8"),
    ("ROLE_SECURITY", "3"),
];
const HOLIDAYS: [(&str, &str); 2] = [("02-22", "Founding Day"), ("09-23", "National Day")];
/// Heaps that are measured at the end of a month, and by how many kilograms they are off.
const COUNTED: [(&str, i64); 3] = [("MAT002", -31_500), ("MAT006", 12_000), ("MAT013", -8_250)];
/// What each machine is fed. The mixed debris comes last: it makes up for what the others lack.
const FEEDS: [(&str, &str); 3] = [("EQ003", "MAT017"), ("EQ002", "MAT015"), ("EQ001", "MAT016")];
/// Of a hundred kilograms that are fed so many go to landfill, and so many are lost as dust.
const RESIDUE: i64 = 6;
const LOSS: i64 = 2;
/// Days are locked when they are so old.
const LOCKED_AFTER: i64 = 3;

fn enter<R: Record>(
    door: &mut Door<'_>,
    site: &str,
    day: Day,
    fields: &[(&str, &str)],
) -> Result<(), StoreError> {
    let place = [("siteId", site.to_owned()), ("date", day.to_string())];
    let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned()));
    let draft = place
        .into_iter()
        .chain(fields)
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    door.create::<R>(&draft).map(|_| ())
}

impl Teller<'_> {
    /// The administrator sets the site up before the first day.
    pub(crate) fn set_up(&mut self, first: Day) -> Result<(), StoreError> {
        let administrator = Caller::named("admin", Some(Role::Admin), None);
        let site = self.site.id.as_str();
        self.clock.set(local(self.site, first, 4 * 60));
        self.desk.write(&administrator, |door| {
            for (material, tons) in OPENING {
                enter::<Inventory>(
                    door,
                    site,
                    first,
                    &[("materialId", material), ("openingOverrideTon", tons)],
                )?;
                let low_and_high =
                    [("materialId", material), ("minTon", "500"), ("maxTon", "60000")];
                if material != "MAT016" {
                    enter::<Threshold>(door, site, first, &low_and_high)?;
                }
            }
            for (material, tons) in TARGETS {
                enter::<Target>(door, site, first, &[("materialId", material), ("qtyTon", tons)])?;
            }
            for (machine, rate, split) in RATES {
                enter::<Rate>(
                    door,
                    site,
                    first,
                    &[("equipmentId", machine), ("tonsPerHour", rate)],
                )?;
                for (material, part) in split {
                    let fields = [
                        ("equipmentId", machine),
                        ("materialId", *material),
                        ("tonsPerHour", *part),
                    ];
                    enter::<RateSplit>(door, site, first, &fields)?;
                }
                enter::<MachinePlan>(
                    door,
                    site,
                    first,
                    &[("equipmentId", machine), ("hours", "9")],
                )?;
            }
            for (material, tons) in [("MAT015", "24.6"), ("MAT016", "22"), ("MAT017", "26.5")] {
                enter::<LoadFactor>(
                    door,
                    site,
                    first,
                    &[("materialId", material), ("tonsPerLoad", tons)],
                )?;
            }
            for (role, heads) in CREW {
                enter::<CrewPlan>(door, site, first, &[("roleId", role), ("headcount", heads)])?;
            }
            for year in [first, first.plus(365)] {
                for (day, name) in HOLIDAYS {
                    let day =
                        Day::parse(&format!("{}-{day}", &year.to_string()[..4])).unwrap_or(first);
                    enter::<CalendarDay>(door, site, day, &[("name", name)])?;
                }
            }
            Ok(())
        })
    }

    /// On each morning the supervisor closes yesterday, locks what is old enough, and at the end of a
    /// month measures some heaps.
    pub(crate) fn close_days(&mut self, first: Day, today: Day) -> Result<(), StoreError> {
        let supervisor = Caller::named(self.crew.supervisor, Some(Role::Moderator), None);
        let site = self.site.id.as_str();
        let yesterday = today.plus(-1);
        if yesterday < first {
            return Ok(());
        }
        self.clock.set(local(self.site, today, 4 * 60 + 50));
        let is_month_end = today.first_of_month() == today && yesterday > first;
        let counts = if is_month_end { self.measure(today)? } else { Vec::new() };
        let fed = self.fed(yesterday)?;
        self.desk.write(&supervisor, |door| {
            for (machine, feed, kg) in fed {
                let tons = |kg: i64| Tons::kg(kg).to_string();
                let run = [
                    ("equipmentId", machine.to_owned()),
                    ("feedId", feed.to_owned()),
                    ("feedTon", tons(kg)),
                    ("residueTon", tons(kg * RESIDUE / 100)),
                    ("lossTon", tons(kg * LOSS / 100)),
                ];
                let run: Vec<_> = run.iter().map(|(name, text)| (*name, text.as_str())).collect();
                enter::<Run>(door, site, yesterday, &run)?;
            }
            for (material, tons) in &counts {
                enter::<Inventory>(
                    door,
                    site,
                    yesterday,
                    &[("materialId", material), ("countedTon", tons)],
                )?;
            }
            if yesterday < self.open_from {
                door.close_period(site, yesterday, PeriodKind::Day)?;
            }
            let old = today.plus(-LOCKED_AFTER);
            if old >= first && old < self.open_from {
                door.lock(site, old, PeriodKind::Day)?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// What the machines were fed on a day: as much as they made with what was lost on the way, by
    /// what lies there.
    fn fed(&self, day: Day) -> Result<Vec<(&'static str, &'static str, i64)>, StoreError> {
        let whole_day = Filter::day(&self.site.id, day);
        let made = self.desk.read(|conn| totals::sums::<Production>(conn, &whole_day))?;
        let made: i64 = made.sums.iter().map(|sum| sum.raw).sum();
        let mut wanted = made * 100 / (100 - RESIDUE - LOSS);
        let mut fed = Vec::new();
        for (machine, feed) in FEEDS {
            let lies = self.desk.read(|conn| ledger::before(conn, &self.site.id, feed, day))?;
            let kg = lies.clamp(0, wanted);
            wanted -= kg;
            if kg > 0 {
                fed.push((machine, feed, kg));
            }
        }
        Ok(fed)
    }

    /// What some heaps are found to be, before work begins.
    fn measure(&self, today: Day) -> Result<Vec<(&'static str, String)>, StoreError> {
        let closing =
            |material| self.desk.read(|conn| ledger::before(conn, &self.site.id, material, today));
        COUNTED
            .iter()
            .map(|(material, off)| {
                Ok((*material, Tons::kg((closing(material)? + off).max(0)).to_string()))
            })
            .collect()
    }
}
