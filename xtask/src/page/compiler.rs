//! Finds a compiler for the page; apart, because not every computer can fetch rustup's wasm library
//! and Debian's own compiler, which brings the library's sources, is the way out there.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::PACKAGE;
use crate::project::Project;
use crate::{need, process};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";

/// A compiler that makes wasm here.
#[derive(Clone, Copy)]
pub enum Compiler {
    /// The one that builds everything else.
    Own,
    /// Debian's, which builds the standard library as well.
    Debian,
}

/// The first that this computer offers, or can be made to offer.
pub fn find() -> Result<Compiler> {
    if own_has_wasm() {
        return Ok(Compiler::Own);
    }
    if debian_has_sources() {
        return Ok(Compiler::Debian);
    }
    if process::find("rustup").is_some()
        && process::run(Command::new("rustup").args(["target", "add", TARGET])).is_ok()
    {
        return Ok(Compiler::Own);
    }
    let is_debian = Path::new("/etc/debian_version").exists();
    if is_debian && need::install_debian(DEBIAN_PACKAGES)? && debian_has_sources() {
        return Ok(Compiler::Debian);
    }
    bail!(
        "no compiler for the page was found. Do one of these and try again:\n  \
         rustup target add {TARGET}\n  \
         sudo apt-get install {}   (Debian)",
        DEBIAN_PACKAGES.join(" ")
    )
}

impl Compiler {
    /// Compiles the page, and says where the wasm lies.
    pub fn compile(self, project: &Project) -> Result<PathBuf> {
        let folder = project.target.join("wasm");
        let mut cargo = match self {
            Self::Own => project.cargo(),
            Self::Debian => debian_cargo(project)?,
        };
        cargo.args([
            "build",
            "--package",
            PACKAGE,
            "--bin",
            PACKAGE,
            "--profile",
            "page",
            "--target",
            TARGET,
        ]);
        if matches!(self, Self::Debian) {
            cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
        }
        // A folder of its own: no waiting for the lock of another build, and no mixing of two compilers.
        cargo.arg("--target-dir").arg(&folder);
        process::run(&mut cargo)?;
        Ok(folder.join(TARGET).join("page").join(format!("{PACKAGE}.wasm")))
    }
}

fn own_has_wasm() -> bool {
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let library = process::read(rustc.args(["--print", "target-libdir", "--target", TARGET]));
    library.is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}

fn debian_has_sources() -> bool {
    let library =
        process::read(clean(&mut Command::new(DEBIAN_RUSTC)).args(["--print", "sysroot"]));
    let sources = |sysroot: String| {
        Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std/Cargo.toml")
    };
    Path::new(DEBIAN_CARGO).exists() && library.is_ok_and(|sysroot| sources(sysroot).exists())
}

fn debian_cargo(project: &Project) -> Result<Command> {
    let mut cargo = Command::new(DEBIAN_CARGO);
    clean(&mut cargo).current_dir(&project.root);
    // The flag -Zbuild-std is not stable, and this compiler is used for the page only.
    cargo.env("RUSTC", DEBIAN_RUSTC).env("RUSTC_BOOTSTRAP", "1");
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", wasm_linker()?);
    Ok(cargo)
}

/// Debian's compiler brings no linker for wasm; rustup's toolchains do, and so does Debian's lld.
fn wasm_linker() -> Result<PathBuf> {
    if let Some(linker) =
        rustup_linker().filter(|linker| linker.exists()).or_else(|| process::find("wasm-ld"))
    {
        return Ok(linker);
    }
    need::install_debian(&["lld"])?;
    process::find("wasm-ld").context("no linker for wasm was found: install the package lld")
}

fn rustup_linker() -> Option<PathBuf> {
    let rustc = || Command::new("rustc");
    let sysroot = process::read(rustc().args(["--print", "sysroot"])).ok()?;
    let host = process::read(rustc().args(["--print", "host-tuple"])).ok()?;
    Some(Path::new(sysroot.trim()).join("lib/rustlib").join(host.trim()).join("bin/rust-lld"))
}

/// Takes away what the outer cargo says to its children: another compiler would load the wrong libraries.
/// What a person says about their network and registries stays.
fn clean(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_of_another_compiler) {
            command.env_remove(name);
        }
    }
    command
}

fn is_of_another_compiler(name: &str) -> bool {
    let stays = ["CARGO_HOME", "CARGO_HTTP", "CARGO_NET", "CARGO_REGISTR", "CARGO_SOURCE"];
    match name {
        "LD_LIBRARY_PATH" | "DYLD_FALLBACK_LIBRARY_PATH" | "RUSTUP_TOOLCHAIN" | "RUSTFLAGS" => true,
        _ if name.starts_with("RUSTC") => true,
        _ => name.starts_with("CARGO") && !stays.iter().any(|prefix| name.starts_with(prefix)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_compiler_hears_nothing_of_the_outer_one() {
        for name in [
            "CARGO",
            "CARGO_MANIFEST_DIR",
            "RUSTC",
            "RUSTC_WRAPPER",
            "RUSTFLAGS",
            "LD_LIBRARY_PATH",
        ] {
            assert!(is_of_another_compiler(name), "{name} is taken away");
        }
        for name in ["CARGO_HOME", "CARGO_HTTP_CAINFO", "CARGO_NET_OFFLINE", "PATH", "HOME"] {
            assert!(!is_of_another_compiler(name), "{name} stays");
        }
    }
}
