//! The address of a PostgreSQL database. It holds a password, which is never shown: not in logs, not
//! in print-outs, not in what is wrong with it.

use std::fmt;

/// An address that may hold a password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// Reads an address.
    ///
    /// # Errors
    /// What is wrong with it, without the address.
    pub fn read(text: &str) -> Result<Self, String> {
        let rest =
            ["postgres://", "postgresql://"].iter().find_map(|scheme| text.strip_prefix(scheme));
        match rest {
            Some(rest) if !rest.is_empty() => Ok(Self(text.to_owned())),
            _ => Err("is written like postgres://user:password@host:5432/deskops".to_owned()),
        }
    }

    /// The whole address, for whoever connects to it; nobody else asks.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, rest) = self.0.split_once("://").unwrap_or(("postgres", ""));
        // Parameters may hold a password, too; a password may hold any sign but `@` and `/`.
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        match rest.rsplit_once('@') {
            Some((user, place)) => {
                let user = user.split(':').next().unwrap_or_default();
                write!(f, "{scheme}://{user}:…@{place}")
            }
            None => write!(f, "{scheme}://{rest}"),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for text in [
            "postgres://ops:s3cret@db.example:5432/deskops",
            "postgresql://ops:s3cret%40x@db.example/deskops?sslmode=verify-full",
            "postgres://db.example/deskops?user=ops&password=s3cret",
            "postgres://ops:a@s3cret@db.example/deskops",
        ] {
            let url = DatabaseUrl::read(text).unwrap();
            let shown = format!("{url} {url:?}");
            assert!(shown.contains("db.example") && !shown.contains("s3cret"), "{shown}");
            assert_eq!(url.reveal(), text);
        }
        assert!(!DatabaseUrl::read("mysql://ops:s3cret@db").unwrap_err().contains("s3cret"));
        assert!(DatabaseUrl::read("postgres://").is_err());
    }
}
