//! PostgreSQL for the tests of the second engine: Debian's package, installed where that is allowed.

use std::path::Path;

use super::install_debian;

/// Whether it is there now; installs it where this user may.
pub fn postgres() -> bool {
    if !cfg!(target_os = "linux") {
        return false;
    }
    if !is_there() {
        println!("Missing on this computer: PostgreSQL.");
        // The package makes a cluster of its own; the tests make another and leave that one alone.
        if let Err(error) = install_debian(&["postgresql"]) {
            println!("It could not be installed: {error:#}.");
        }
    }
    is_there()
}

/// Debian and its kin keep each version in a folder of its own.
fn is_there() -> bool {
    let versions = Path::new("/usr/lib/postgresql").read_dir().into_iter().flatten().flatten();
    versions.into_iter().any(|version| version.path().join("bin/initdb").exists())
}
