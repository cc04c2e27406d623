//! The one place that knows which database the settings mean.

use std::path::PathBuf;
use std::sync::Arc;

use deskops_core::{Desk, Opener, Place, Trouble};

use crate::settings::Config;

/// Opens the database of the settings. Everything that opens one goes through here.
fn open_store(config: &Config) -> Result<Desk, Trouble> {
    Desk::open(Place { server: config.database.clone(), ..config.place.clone() })
}

/// The desk, opened now, for a task of an administrator.
pub(crate) fn desk(config: &Config) -> Result<Arc<Desk>, String> {
    let told = |trouble: Trouble| match trouble {
        Trouble::InUse(path) => format!(
            "A DeskOps runs on the records in {}. Stop it first, or do this on its page.",
            path.display()
        ),
        other => format!("{other} {}", other.what_to_do()),
    };
    open_store(config).map(Arc::new).map_err(told)
}

/// The desk, opened when it is needed, for a server.
pub(crate) fn opener(config: &Config) -> Opener {
    let config = config.clone();
    Opener::new(move || {
        open_store(&config).map(Arc::new).map_err(|trouble| {
            tracing::error!(%trouble, "the database cannot be opened: the page says so");
            trouble.refusal()
        })
    })
}

/// The file of the database, for what is done with a file.
pub(crate) fn file(config: &Config) -> Result<PathBuf, String> {
    match &config.database {
        None => Ok(config.place.database.clone()),
        Some(url) => Err(format!(
            "{url} is no file: back it up and restore it by PostgreSQL's own pg_dump and pg_restore."
        )),
    }
}
