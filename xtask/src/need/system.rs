//! Looks for parts of the operating system and installs what is missing where that is allowed;
//! elsewhere it stops with the exact line to type.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// Something that must be installed, and its package by system. An empty name: not needed there.
pub struct Part {
    /// How to see that it is there.
    pub check: Check,
    /// Debian and Ubuntu.
    pub apt: &'static str,
    /// Fedora.
    pub dnf: &'static str,
    /// Arch.
    pub pacman: &'static str,
    /// macOS.
    pub brew: &'static str,
}

/// How to see that a part is there.
pub enum Check {
    /// A program on the path.
    Program(&'static str),
    /// At least one of these programs.
    AnyProgram(&'static [&'static str]),
    /// A library that pkg-config knows.
    Library(&'static str),
}

impl Part {
    fn is_there(&self) -> bool {
        match self.check {
            Check::Program(name) => process::find(name).is_some(),
            Check::AnyProgram(names) => names.iter().any(|name| process::find(name).is_some()),
            Check::Library(name) => {
                process::succeeds(Command::new("pkg-config").args(["--exists", name]))
            }
        }
    }

    fn shown(&self) -> String {
        match self.check {
            Check::Program(name) => name.to_owned(),
            Check::AnyProgram(names) => names.join(" or "),
            Check::Library(name) => format!("the library {name}"),
        }
    }
}

/// A program that installs packages, and the line that a person would type.
struct Installer {
    program: &'static str,
    line: &'static str,
    package: fn(&Part) -> &'static str,
}

const INSTALLERS: &[Installer] = &[
    Installer { program: "apt-get", line: "sudo apt-get install -y", package: |part| part.apt },
    Installer { program: "dnf", line: "sudo dnf install", package: |part| part.dnf },
    Installer { program: "pacman", line: "sudo pacman -S --needed", package: |part| part.pacman },
    Installer { program: "brew", line: "brew install", package: |part| part.brew },
];

/// Sees that every part is there; on Debian and Ubuntu it installs the missing ones.
pub fn ensure(parts: &[&Part]) -> Result<()> {
    // A part without a package for macOS is one that only Linux lacks: WebKit is part of macOS, WebView2
    // of Windows, and the C compiler came with Rust's own needs.
    let is_linux = cfg!(target_os = "linux");
    let needed = parts.iter().copied().filter(|part| is_linux || !part.brew.is_empty());
    let mut missing: Vec<&Part> = Vec::new();
    for part in needed.filter(|part| !part.is_there()) {
        // Several stages need the same part.
        if missing.iter().all(|known| known.apt != part.apt) {
            missing.push(part);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.iter().map(|part| part.shown()).collect::<Vec<_>>().join(", ");
    println!("Missing on this computer: {names}.");
    if install(&missing)? {
        let still = missing
            .iter()
            .filter(|part| !part.is_there())
            .map(|part| part.shown())
            .collect::<Vec<_>>();
        if still.is_empty() {
            return Ok(());
        }
        bail!("still missing after the installation: {}", still.join(", "));
    }
    bail!("{names} must be installed first.\n{}", advice(&missing));
}

/// Installs Debian packages by name; false where this user may not, or where there is no apt.
pub fn install_debian(packages: &[&str]) -> Result<bool> {
    let Some(mut apt) = apt() else { return Ok(false) };
    process::run(apt.args(["update", "-q"]))?;
    let Some(mut apt) = apt_install() else { return Ok(false) };
    process::run(apt.args(packages))?;
    Ok(true)
}

fn install(missing: &[&Part]) -> Result<bool> {
    install_debian(&packages(missing, |part| part.apt))
}

fn apt_install() -> Option<Command> {
    let mut apt = apt()?;
    apt.args(["install", "-y", "-q", "--no-install-recommends"]);
    Some(apt)
}

/// apt-get as this user may run it: directly as root, or by a sudo that asks nothing.
fn apt() -> Option<Command> {
    process::find("apt-get")?;
    let is_root = process::read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let mut command = if is_root {
        Command::new("apt-get")
    } else if process::succeeds(Command::new("sudo").args(["-n", "true"])) {
        let mut sudo = Command::new("sudo");
        sudo.args(["-n", "apt-get"]);
        sudo
    } else {
        return None;
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Some(command)
}

/// The line to type on this computer.
fn advice(missing: &[&Part]) -> String {
    if cfg!(windows) {
        return "Install Google Chrome with its chromedriver, Node.js, the WebView2 runtime and the \
                \"Desktop development with C++\" tools of Visual Studio, and open a new terminal."
            .to_owned();
    }
    let lines: Vec<(&str, String)> = INSTALLERS
        .iter()
        .map(|installer| (installer, packages(missing, installer.package).join(" ")))
        .filter(|(_, packages)| !packages.is_empty())
        .map(|(installer, packages)| {
            (installer.program, format!("  {} {packages}", installer.line))
        })
        .collect();
    let here = lines.iter().find(|(program, _)| process::find(program).is_some());
    match here {
        Some((_, line)) => format!("Type:\n{line}"),
        None => {
            let lines: Vec<&str> = lines.iter().map(|(_, line)| line.as_str()).collect();
            format!("One of:\n{}", lines.join("\n"))
        }
    }
}

fn packages(parts: &[&Part], package: fn(&Part) -> &'static str) -> Vec<&'static str> {
    let mut names: Vec<_> =
        parts.iter().map(|part| package(part)).filter(|name| !name.is_empty()).collect();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_that_brings_two_parts_is_named_once() {
        let parts = [&super::super::NODE[0], &super::super::NODE[1]];
        assert_eq!(packages(&parts, |part| part.brew), ["node"]);
        assert_eq!(packages(&parts, |part| part.apt), ["nodejs", "npm"]);
    }

    #[test]
    fn every_part_has_a_package_on_every_linux() {
        use super::super::{BUILD_WINDOW, COMPILE, DRIVE_BROWSER, DRIVE_WINDOW, NODE};
        for part in [COMPILE, BUILD_WINDOW, DRIVE_WINDOW, DRIVE_BROWSER, NODE].into_iter().flatten()
        {
            for name in [part.apt, part.dnf, part.pacman] {
                assert!(!name.is_empty(), "{} has no package", part.shown());
            }
        }
    }
}
