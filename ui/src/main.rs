//! Starts the page in a browser or in the DeskOps window.

#[cfg(target_arch = "wasm32")]
fn main() {
    use deskops_ui::app::App;
    use deskops_ui::client::{Client, Web};
    deskops_ui::browser::hear_failure();
    dioxus::LaunchBuilder::web().with_context_provider(|| Box::new(Client::new(Web))).launch(App);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    // The host has nothing to show a page in: it is built for wasm.
}
