//! Where this computer keeps the records and the files that are taken away.

use std::path::PathBuf;

use deskops_core::Place;
use deskops_domain::api::{Code, Refusal};
use tauri::Runtime;
use tauri::path::PathResolver;

/// The folder of the database; the system's folder for this app when it is not set.
const DATA: &str = "DESKOPS_DATA";
/// The folder of exported files; `DeskOps` in the person's documents when it is not set.
const EXPORTS: &str = "DESKOPS_EXPORTS";

/// Finds the folders. They are made when something is written into them.
pub(crate) fn find<R: Runtime>(paths: &PathResolver<R>) -> Result<Place, Refusal> {
    let data = named(DATA).or_else(|| paths.app_data_dir().ok()).ok_or_else(|| {
        Refusal::new(
            Code::DatabaseUnavailable,
            "This computer names no folder for the records of DeskOps.",
        )
        .hint(format!("Set {DATA} to a folder of yours, then start DeskOps again."))
    })?;
    let mut place = Place::in_folder(&data);
    let documents = || {
        paths.document_dir().or_else(|_| paths.home_dir().map(|home| home.join("Documents"))).ok()
    };
    if let Some(exports) =
        named(EXPORTS).or_else(|| documents().map(|documents| documents.join("DeskOps")))
    {
        place.exports = exports;
    }
    Ok(place)
}

/// A folder that a variable names, as a whole path.
fn named(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).filter(|folder| !folder.is_empty())?;
    std::path::absolute(folder).ok()
}
