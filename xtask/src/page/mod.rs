//! Builds the page that the window and the browser show: wasm, its bindings and the static files, into `ui/dist`.

mod bind;
mod compiler;
mod stamp;

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use flate2::{Compression, write::GzEncoder};

use crate::need;
use crate::project::Project;

const PACKAGE: &str = "deskops-ui";

/// Builds the page, unless it stands already for the same sources.
pub fn build(project: &Project, force: bool) -> Result<()> {
    // Held to the end of the function: two builds of the page at once would empty each other's folder.
    let turn = fs::File::create(project.target.join("page.lock"))?;
    turn.lock().context("another build of the page cannot be waited for")?;
    let stamp = stamp::of(project)?;
    if !force && stamp::read(project).as_deref() == Some(stamp.as_str()) {
        println!("The page is up to date.");
        return Ok(());
    }
    let compiled = compiler::find()?.compile(project)?;
    let optimiser = need::optimiser(project);
    if let Err(error) = &optimiser {
        println!(
            "Note: the page is not made smaller, which changes nothing but its size: {error:#}."
        );
    }
    // Made beside its place and then moved, so that a build that fails leaves the last page standing.
    let fresh = project.target.join("page");
    empty(&fresh)?;
    copy(&project.root.join("ui").join("assets"), &fresh)
        .context("ui/assets holds the static files of the page")?;
    bind::bind(&compiled, &fresh)?;
    let wasm = fresh.join(format!("{PACKAGE}_bg.wasm"));
    if let Ok(script) = optimiser {
        bind::optimise(&script, &wasm)?;
    }
    stamp::write(&fresh, &stamp)?;
    let page = project.page();
    empty(&page)?;
    copy(&fresh, &page)?;
    report(&page, &wasm)
}

/// Puts a word in place of a page that was never built, so that the shell compiles without one.
pub fn placeholder(project: &Project) -> Result<()> {
    let index = project.page().join("index.html");
    if !index.exists() {
        fs::create_dir_all(project.page())?;
        fs::write(
            index,
            "<!doctype html><title>DeskOps</title><p>Build the page first: cargo xtask ui\n",
        )?;
    }
    Ok(())
}

fn report(page: &Path, wasm: &Path) -> Result<()> {
    let bytes = fs::read(wasm)?;
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&bytes)?;
    let packed = packed.finish()?.len();
    println!("{}: wasm {} KB, {} KB gzipped", page.display(), bytes.len() / 1000, packed / 1000);
    Ok(())
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder)?;
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for item in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let item = item?;
        let target = to.join(item.file_name());
        if item.file_type()?.is_dir() {
            copy(&item.path(), &target)?;
        } else {
            // Read and written, not copied: a new time tells the shell's build that the page is another.
            fs::write(target, fs::read(item.path())?)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    /// The two halves of wasm-bindgen refuse to work together unless they are the same version.
    #[test]
    fn the_binder_is_the_version_of_the_locked_wasm_bindgen() {
        let project = crate::project::Project::find().expect("cargo reads the workspace");
        let lock = std::fs::read_to_string(project.root.join("Cargo.lock"))
            .expect("the lock file is there");
        let version = |name: &str| {
            let entry = format!("name = \"{name}\"\nversion = \"");
            let start = lock.find(&entry).expect("the package is locked") + entry.len();
            lock[start..].split('"').next().map(str::to_owned)
        };
        assert_eq!(version("wasm-bindgen"), version("wasm-bindgen-cli-support"));
    }
}
