//! The first screen: the cards of a day, and the figures of each day of a range, at one site or at
//! all within reach.
//!
//! `known` reads what it takes of all sites at once, `site` makes the board of each, and `sum` adds
//! them up: a site keeps its own calendar, targets and plans.

mod known;
mod site;
mod sum;

use deskops_domain::access::Caller;
use deskops_domain::api::Refusal;
use deskops_domain::api::dashboard::{Board, Dashboard, MOST_DAYS};
use deskops_domain::day::Day;
use deskops_domain::problem::{Problem, Problems};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use known::{Known, Question};

impl Handle<Dashboard> for Desk {
    fn handle(&self, caller: &Caller, ask: Dashboard) -> Result<Board, StoreError> {
        let sites = self.asked_sites(caller, ask.site_id.as_deref())?;
        let (from, to) = ask.range();
        in_order(from, to)?;
        if to.since(from) >= MOST_DAYS {
            let message = format!(
                "{} to {} are {} days; the charts show {MOST_DAYS} at most.",
                from.long(),
                to.long(),
                to.since(from) + 1
            );
            return Err(Refusal::one("dateFrom", "E-RANGE", message).into());
        }
        let ids: Vec<String> = sites.iter().map(|site| site.id.clone()).collect();
        let question = Question {
            ask: &ask,
            from,
            to,
            first_seen: self.first_day_of(caller, &ids),
            catalogue: &self.catalogue(),
        };
        let mut known = self.store.read(|conn| Known::read(conn, &sites, &question))?;
        let of = |site| known.take(site).map(|known| known.board(&question));
        let boards: Vec<_> = sites.iter().filter_map(of).collect();
        if ask.site_id.is_none() {
            return Ok(sum::of(boards, &question));
        }
        Ok(boards.into_iter().next().map(|(board, _)| board).unwrap_or_default())
    }
}

/// Refuses days that run backwards.
pub(super) fn in_order(from: Day, to: Day) -> Result<(), Refusal> {
    if from <= to {
        return Ok(());
    }
    let message = format!("dateFrom must be less than or equal to dateTo: {from} is after {to}.");
    let problem = Problem::new("dateFrom", "E-DATE", message).value(&from.to_string()).max(to);
    Err(Refusal::invalid(Problems(vec![problem])))
}
