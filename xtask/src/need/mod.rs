//! What must be installed before a task can be done; apart, so that each task names its needs in one word.

mod node;
mod postgres;
mod schemathesis;
mod system;

pub use node::{folder as node_folder, optimiser, test_packages};
pub use postgres::postgres;
pub use schemathesis::schemathesis;
pub use system::{Part, ensure, install_debian};

/// A C compiler, for SQLite.
pub const COMPILE: &[Part] = &[
    Part {
        check: system::Check::Program("cc"),
        apt: "build-essential",
        dnf: "gcc",
        pacman: "base-devel",
        brew: "",
    },
    Part {
        check: system::Check::Program("pkg-config"),
        apt: "pkg-config",
        dnf: "pkgconf-pkg-config",
        pacman: "pkgconf",
        brew: "",
    },
];

/// What a window is made of on this system.
pub const BUILD_WINDOW: &[Part] = &[
    Part {
        check: system::Check::Library("gtk+-3.0"),
        apt: "libgtk-3-dev",
        dnf: "gtk3-devel",
        pacman: "gtk3",
        brew: "",
    },
    Part {
        check: system::Check::Library("webkit2gtk-4.1"),
        apt: "libwebkit2gtk-4.1-dev",
        dnf: "webkit2gtk4.1-devel",
        pacman: "webkit2gtk-4.1",
        brew: "",
    },
];

/// A display that nobody looks at, and the driver of the system's web view.
pub const DRIVE_WINDOW: &[Part] = &[
    Part {
        check: system::Check::Program("Xvfb"),
        apt: "xvfb",
        dnf: "xorg-x11-server-Xvfb",
        pacman: "xorg-server-xvfb",
        brew: "",
    },
    Part {
        check: system::Check::Program("WebKitWebDriver"),
        apt: "webkit2gtk-driver",
        dnf: "webkit2gtk-driver",
        pacman: "webkit2gtk-4.1",
        brew: "",
    },
    // A keyring, as a desktop has one.
    Part {
        check: system::Check::Program("dbus-daemon"),
        apt: "dbus",
        dnf: "dbus-daemon",
        pacman: "dbus",
        brew: "",
    },
    Part {
        check: system::Check::Program("gnome-keyring-daemon"),
        apt: "gnome-keyring",
        dnf: "gnome-keyring",
        pacman: "gnome-keyring",
        brew: "",
    },
];

/// Chromium and its driver.
pub const DRIVE_BROWSER: &[Part] = &[
    Part {
        check: system::Check::AnyProgram(&[
            "chromium",
            "chromium-browser",
            "google-chrome",
            "chrome",
        ]),
        apt: "chromium",
        dnf: "chromium",
        pacman: "chromium",
        brew: "--cask chromium",
    },
    Part {
        check: system::Check::Program("chromedriver"),
        apt: "chromium-driver",
        dnf: "chromedriver",
        pacman: "chromium",
        brew: "--cask chromedriver",
    },
];

/// Node and npm, for axe-core and the wasm optimiser.
pub const NODE: &[Part] = &[
    Part {
        check: system::Check::Program("node"),
        apt: "nodejs",
        dnf: "nodejs",
        pacman: "nodejs",
        brew: "node",
    },
    Part {
        check: system::Check::Program("npm"),
        apt: "npm",
        dnf: "npm",
        pacman: "npm",
        brew: "node",
    },
];
