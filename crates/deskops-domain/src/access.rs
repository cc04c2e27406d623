//! Who asks, and what each role may reach.

use chrono::Months;

use crate::choice::choices;
use crate::day::Day;
use crate::habit::GLOBAL;

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

/// Somebody who asks for something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Sign-in name, as it stands in records and changes; empty when nobody is signed in.
    pub user: String,
    /// Role; none has no rights at all.
    pub role: Option<Role>,
    /// The sites within reach; `None` is every site.
    pub sites: Option<Vec<String>>,
}

impl Caller {
    /// The computer itself, for what no person asks: tests, figures. No carrier ever makes it.
    #[must_use]
    pub fn at_this_computer() -> Self {
        Self { user: "this-computer".into(), role: Some(Role::Admin), sites: None }
    }

    /// Nobody is signed in.
    #[must_use]
    pub fn nobody() -> Self {
        Self { user: String::new(), role: None, sites: Some(Vec::new()) }
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
        let nobody = Caller { user: "u".into(), role: None, sites: None };
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
        let clerk =
            Caller { user: "u".into(), role: Some(Role::Operator), sites: Some(vec!["a".into()]) };
        assert!(clerk.reaches("a"));
        assert!(!clerk.reaches("b"));
    }
}
