//! Head office as this computer knows it: one row, or none. Nothing secret stands in it.

use deskops_domain::entry::Moment;

use crate::error::StoreError;
use crate::head_office::{Contact, Place};
use crate::sql::{Connection, OptionalExtension as _};

/// The row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    /// Where it is.
    pub place: Place,
    /// What it said last.
    pub contact: Option<Contact>,
    /// Who is signed in there.
    pub account: Option<Signed>,
}

/// Who is signed in there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signed {
    /// Sign-in name.
    pub user: String,
    /// In full.
    pub full_name: String,
    /// Since when.
    pub since: Moment,
}

/// What is known; nothing until somebody has said where it is.
pub(crate) fn read(conn: &Connection) -> Result<Option<Known>, StoreError> {
    let sql = "select address, pin, version, last_contact, clock_ms, user_name, full_name, signed_in_at from connection";
    let found = conn.prepare_cached(sql)?.query_row((), |row| {
        let (version, at, clock_ms) = (row.get(2)?, row.get(3)?, row.get(4)?);
        let at: Option<i64> = at;
        let (user, full_name, since): (Option<String>, Option<String>, Option<i64>) =
            (row.get(5)?, row.get(6)?, row.get(7)?);
        Ok(Known {
            place: Place { address: row.get(0)?, pin: row.get(1)? },
            contact: at.map(|at| Contact { at: Moment(at), clock_ms, version }),
            account: user.zip(since).map(|(user, since)| Signed {
                full_name: full_name.unwrap_or_else(|| user.clone()),
                user,
                since: Moment(since),
            }),
        })
    });
    Ok(found.optional()?)
}

/// Writes all that is known.
pub(crate) fn write(tx: &Connection, known: &Known) -> Result<(), StoreError> {
    forget(tx)?;
    let sql = "insert into connection (only, address, pin, version, last_contact, clock_ms, user_name, full_name, signed_in_at)
               values (1, ?, ?, ?, ?, ?, ?, ?, ?)";
    let (contact, account) = (known.contact.as_ref(), known.account.as_ref());
    tx.prepare_cached(sql)?.execute((
        &known.place.address,
        &known.place.pin,
        contact.and_then(|contact| contact.version.clone()),
        contact.map(|contact| contact.at.0),
        contact.and_then(|contact| contact.clock_ms),
        account.map(|account| account.user.clone()),
        account.map(|account| account.full_name.clone()),
        account.map(|account| account.since.0),
    ))?;
    Ok(())
}

/// Forgets where it is, and all else.
pub(crate) fn forget(tx: &Connection) -> Result<(), StoreError> {
    tx.execute("delete from connection", ())?;
    Ok(())
}
