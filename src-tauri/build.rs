//! Lets the window use the one command `call`, and nothing else.
fn main() {
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(tauri_build::AppManifest::new().commands(&["call"]));
    tauri_build::try_build(attributes).expect("tauri.conf.json and the capabilities are readable");
}
