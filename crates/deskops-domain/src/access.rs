//! Who asks, over what, and what each role may reach.

use std::net::IpAddr;

use chrono::Months;

use crate::choice::choices;
use crate::day::Day;
use crate::habit::GLOBAL;
use crate::id::Id;

choices! {
    /// The role of a user. Each may do all that the one before may.
    Role, "E-ROLE" {
        /// Enters and corrects records of open days.
        Operator = "OPERATOR", "Operator";
        /// Also deletes, approves, locks and resolves.
        Moderator = "MODERATOR", "Moderator";
        /// Also keeps catalogues, users and devices.
        Admin = "ADMIN", "Administrator";
    }
}

impl Role {
    /// The first day that this role sees, counted from the site's business day; `None` is every day.
    #[must_use]
    pub fn first_day(self, today: Day) -> Option<Day> {
        match self {
            Self::Operator => Some(today.plus(-90)),
            Self::Moderator => today.0.checked_sub_months(Months::new(12)).map(Day),
            Self::Admin => None,
        }
    }

    /// How far back this role sees, in words.
    #[must_use]
    pub fn sight(self) -> &'static str {
        match self {
            Self::Operator => "90 days back",
            Self::Moderator => "12 months back",
            Self::Admin => "every day",
        }
    }

    /// The most days that one file of this role may hold.
    #[must_use]
    pub fn longest_export(self) -> i64 {
        match self {
            Self::Operator => 30,
            Self::Moderator => 90,
            Self::Admin => 365,
        }
    }
}

/// What carries a question to the desk. It says how long a session of its own lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Carrier {
    /// The program's own window on this computer.
    #[default]
    Window,
    /// The page in a browser, whose session the browser holds.
    Page,
    /// Any other program over HTTP, which holds its tokens itself.
    Bearer,
}

/// The line over which somebody asks. It gives no rights; it is what can be said of where they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// What carries the question.
    pub carrier: Carrier,
    /// The address that it comes from; none where no network is between.
    pub address: Option<IpAddr>,
    /// The device whose session it is.
    pub device: Option<Id>,
}

impl Line {
    /// Whether it comes from the computer itself on which the records are.
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.address.is_none_or(|address| address.to_canonical().is_loopback())
    }
}

/// Somebody who asks for something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Sign-in name, as it stands in records and changes; empty when nobody is signed in.
    pub user: String,
    /// Role; none has no rights at all.
    pub role: Option<Role>,
    /// The sites within reach; `None` is every site.
    pub sites: Option<Vec<String>>,
    /// The line over which they ask.
    pub line: Line,
}

impl Caller {
    /// Somebody with a name and rights, on a line of this computer.
    #[must_use]
    pub fn named(user: &str, role: Option<Role>, sites: Option<Vec<String>>) -> Self {
        Self { user: user.into(), role, sites, line: Line::default() }
    }

    /// The computer itself, for what no person asks: tests, figures. No carrier ever makes it.
    #[must_use]
    pub fn at_this_computer() -> Self {
        Self::named("this-computer", Some(Role::Admin), None)
    }

    /// Nobody is signed in.
    #[must_use]
    pub fn nobody() -> Self {
        Self::named("", None, Some(Vec::new()))
    }

    /// Whether somebody is signed in.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        !self.user.is_empty()
    }

    /// Whether the role is at least this one.
    #[must_use]
    pub fn is_at_least(&self, role: Role) -> bool {
        self.role.is_some_and(|own| own >= role)
    }

    /// Whether a site is within reach. What belongs to no site is within everybody's.
    #[must_use]
    pub fn reaches(&self, site: &str) -> bool {
        site == GLOBAL
            || self.sites.as_ref().is_none_or(|sites| sites.iter().any(|own| own == site))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d_59_a_user_without_a_role_has_no_rights() {
        let nobody = Caller::named("u", None, None);
        assert!(!nobody.is_at_least(Role::Operator));
        assert!(Caller::at_this_computer().is_at_least(Role::Moderator));
    }

    #[test]
    fn each_role_sees_as_far_back_as_the_product_says() {
        let today = Day::parse("2026-11-22").unwrap();
        let first = |role: Role| role.first_day(today).map(|day| day.to_string());
        assert_eq!(first(Role::Operator).as_deref(), Some("2026-08-24"));
        assert_eq!(first(Role::Moderator).as_deref(), Some("2025-11-22"));
        assert_eq!(first(Role::Admin), None);
        assert_eq!(
            [Role::Operator, Role::Moderator, Role::Admin].map(Role::longest_export),
            [30, 90, 365]
        );
    }

    #[test]
    fn a_site_that_is_not_assigned_is_out_of_reach() {
        let clerk = Caller::named("u", Some(Role::Operator), Some(vec!["a".into()]));
        assert!(clerk.reaches("a"));
        assert!(!clerk.reaches("b"));
    }
}
