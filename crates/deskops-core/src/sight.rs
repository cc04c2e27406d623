//! How far back a caller sees. Checked for every command in the router, and for every record in the
//! desk and the write door: here, so that it is one rule.

use deskops_domain::access::{Caller, Role};
use deskops_domain::api::records::Filter;
use deskops_domain::api::{Code, Days, Refusal};
use deskops_domain::catalogue::Site;
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::lists::SiteCard;
use deskops_domain::record::Record;

use crate::desk::Desk;

impl Desk {
    /// Every site within reach, in catalogue order.
    pub(crate) fn reached(&self, caller: &Caller) -> Vec<Site> {
        let catalogue = self.catalogue();
        catalogue.sites.iter().filter(|site| caller.reaches(&site.id)).cloned().collect()
    }

    /// The site that a command names, or every one within reach where it names none.
    pub(crate) fn asked_sites(
        &self,
        caller: &Caller,
        site: Option<&str>,
    ) -> Result<Vec<Site>, Refusal> {
        site.map_or_else(|| Ok(self.reached(caller)), |id| self.site(id).map(|site| vec![site]))
    }

    /// The first day that the caller sees at all of these sites; none where they see every day.
    pub(crate) fn first_day_of(&self, caller: &Caller, sites: &[String]) -> Option<Day> {
        sites.iter().filter_map(|site| self.first_day(caller, site)).max()
    }

    /// Refuses days that the caller does not see at any of the sites, and cuts a range that is open
    /// at its beginning.
    pub(crate) fn hold_to_sight(
        &self,
        caller: &Caller,
        sites: &[String],
        days: Days<'_>,
    ) -> Result<(), Refusal> {
        let Some(role) = caller.role else { return Ok(()) };
        let first = self.first_day_of(caller, sites);
        match days {
            Days::None => Ok(()),
            Days::One(day) => refuse_before(first, role, Some(day)),
            Days::Range(filter) => cut(first, role, filter),
            Days::File(filter) => {
                cut(first, role, filter)?;
                refuse_long(role, filter)
            }
        }
    }

    /// Whether the caller sees a site's day. What is out of sight looks like not there.
    pub(crate) fn sees(&self, caller: &Caller, site: &str, day: Day) -> bool {
        caller.reaches(site) && self.first_day(caller, site).is_none_or(|first| first <= day)
    }

    /// Whether the caller sees a record. What holds from a day on is seen however old it is.
    pub(crate) fn sees_entry<R: Record>(&self, caller: &Caller, entry: &Entry<R>) -> bool {
        if R::NAME == SiteCard::NAME {
            return caller.reaches(entry.id.as_str());
        }
        if R::HABIT.is_dated_from {
            return caller.reaches(&entry.site);
        }
        self.sees(caller, &entry.site, entry.date)
    }

    /// Refuses to enter something on a day that the caller does not see.
    pub(crate) fn check_day(&self, caller: &Caller, site: &str, day: Day) -> Result<(), Refusal> {
        let Some(role) = caller.role else { return Ok(()) };
        refuse_before(self.first_day(caller, site), role, Some(day))
    }

    fn first_day(&self, caller: &Caller, site: &str) -> Option<Day> {
        let today = self.catalogue().site(site).and_then(|site| self.today(site))?;
        caller.role?.first_day(today)
    }
}

fn cut(first: Option<Day>, role: Role, filter: &mut Filter) -> Result<(), Refusal> {
    refuse_before(first, role, filter.date_from)?;
    refuse_before(first, role, filter.date_to)?;
    filter.date_from = filter.date_from.or(first);
    Ok(())
}

fn refuse_before(first: Option<Day>, role: Role, day: Option<Day>) -> Result<(), Refusal> {
    match (first, day) {
        (Some(first), Some(day)) if day < first => {
            let message =
                format!("Your role sees {}, from {first} on; this asks for {day}.", role.sight());
            Err(Refusal::new(Code::Forbidden, message).hint("Ask a supervisor for what is older."))
        }
        _ => Ok(()),
    }
}

fn refuse_long(role: Role, filter: &Filter) -> Result<(), Refusal> {
    let (Some(from), Some(to)) = (filter.date_from, filter.date_to) else { return Ok(()) };
    let (n_days, most) = (to.since(from) + 1, role.longest_export());
    if n_days <= most {
        return Ok(());
    }
    let message =
        format!("A file of your role holds at most {most} days; {from} to {to} are {n_days}.");
    Err(Refusal::new(Code::Forbidden, message)
        .hint("Choose fewer days, or take them away in several files."))
}
