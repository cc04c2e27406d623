//! From the compiler's wasm to one that a page can start, and a smaller one; apart, because it is other people's tools.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use wasm_bindgen_cli_support::Bindgen;

use crate::process;

/// Writes the bindings and the wasm that they load into the folder.
pub fn bind(compiled: &Path, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    // Without the default path the page would have to say where its wasm lies, and stays blank if it does not.
    bindgen.input_path(compiled).web(true)?.typescript(false).omit_default_module_path(false);
    bindgen.generate(folder)
}

/// What the compiler emits and every web view of the last years reads. Not `--all-features`:
/// the optimiser then writes proposals that no engine has turned on, and the page stays blank.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Makes the wasm smaller, in place.
pub fn optimise(script: &Path, wasm: &Path) -> Result<()> {
    let mut node = Command::new("node");
    node.arg(script).arg("-Oz").args(FEATURES).arg(wasm).arg("-o").arg(wasm);
    process::run(&mut node)
}
