//! What happened, in a file beside the database, for whoever has to help.
//!
//! A window has no terminal; without this file a reported reference leads nowhere.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::Mutex;

use deskops_core::Place;
use tracing_subscriber::fmt;

/// A longer journal is put aside when DeskOps starts, and the one put aside before is dropped.
const MOST_BYTES: u64 = 4 << 20;

/// Begins to write down what happens. Without a journal DeskOps works all the same.
pub(crate) fn begin(place: &Place) {
    if let Some(file) = place.database.parent().and_then(|folder| open(folder).ok()) {
        let journal = fmt()
            .with_writer(Mutex::new(file))
            .with_ansi(false)
            .with_max_level(tracing::Level::INFO);
        // Somebody else who listens already, as in a test, is enough.
        let _ = journal.try_init();
    }
}

fn open(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let path = folder.join("deskops.log");
    if path.metadata().is_ok_and(|meta| meta.len() > MOST_BYTES) {
        fs::rename(&path, folder.join("deskops.old.log"))?;
    }
    OpenOptions::new().create(true).append(true).open(path)
}
