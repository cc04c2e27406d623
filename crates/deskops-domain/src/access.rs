//! Who asks, and what each role may reach.

use crate::choice::choices;
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

/// Somebody who asks for something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Id, as it stands in records and changes.
    pub user: String,
    /// Role; none has no rights at all.
    pub role: Option<Role>,
    /// The sites within reach; `None` is every site.
    pub sites: Option<Vec<String>>,
}

impl Caller {
    /// The person at this computer, while there are no accounts: everything on it is theirs.
    #[must_use]
    pub fn at_this_computer() -> Self {
        Self { user: "this-computer".into(), role: Some(Role::Admin), sites: None }
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
    fn a_site_that_is_not_assigned_is_out_of_reach() {
        let clerk =
            Caller { user: "u".into(), role: Some(Role::Operator), sites: Some(vec!["a".into()]) };
        assert!(clerk.reaches("a"));
        assert!(!clerk.reaches("b"));
    }
}
