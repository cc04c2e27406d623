//! The keyring of a laptop, as a desktop starts it: a session bus, and a service on it that is unlocked.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use super::desktop::Home;
use super::process::Kept;
use super::wait::until;

const PATIENCE: Duration = Duration::from_secs(20);

/// A started keyring. What it keeps is in the home; dropping it ends the service, not what it keeps.
pub struct Keyring {
    bus: String,
    // Ended in this order.
    _service: Kept,
    _bus: Kept,
}

impl Keyring {
    /// Starts the keyring of a home, and waits until it can be asked.
    #[must_use]
    pub fn start(home: &Home) -> Self {
        let mut command = Command::new("dbus-daemon");
        command.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        let (bus, address) = Kept::start_and_read(&mut command, "dbus.log", |line| {
            line.starts_with("unix:").then(|| line.trim().to_owned())
        });
        let mut command = Command::new("sh");
        // It reads the password of the person who signs in to the computer.
        let unlock =
            "printf secret | exec gnome-keyring-daemon --foreground --unlock --components=secrets";
        command.args(["-c", unlock]).env("DBUS_SESSION_BUS_ADDRESS", &address);
        command.env("HOME", home.path()).env("XDG_DATA_HOME", home.path().join("share"));
        command.env("XDG_RUNTIME_DIR", home.path());
        let service = Kept::start(&mut command, "keyring.log");
        let kept: PathBuf = home.path().join("share/keyrings/login.keyring");
        until("the keyring to be unlocked", PATIENCE, || kept.is_file().then_some(()));
        Self { bus: address, _service: service, _bus: bus }
    }

    /// Where programs find it.
    #[must_use]
    pub fn bus(&self) -> &str {
        &self.bus
    }
}
