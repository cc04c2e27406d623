//! The desktop shell: a window on the page, and the one bridge to the desk. It holds no rule.

mod bridge;
mod journal;
mod place;

use std::sync::Arc;

use tauri::{Manager as _, RunEvent};

use bridge::Bridge;

/// Opens the window, and returns when it is closed.
///
/// # Errors
/// When the system gives no window. A database that cannot be opened is no error here: the window
/// opens all the same and says so.
pub fn run() -> tauri::Result<()> {
    let bridge = Arc::new(Bridge::new());
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_opener::init())
        .manage(bridge.clone())
        .invoke_handler(tauri::generate_handler![bridge::call])
        .setup(move |app| {
            let place = place::find(app.path());
            if let Ok(place) = &place {
                journal::begin(place);
            }
            bridge.begin(place);
            // The database is opened while the page loads; the first command waits for it.
            tauri::async_runtime::spawn_blocking(move || bridge.open());
            Ok(())
        })
        .build(tauri::generate_context!())?;
    app.run(|app, event| {
        if let RunEvent::Exit = event {
            app.state::<Arc<Bridge>>().close();
        }
    });
    Ok(())
}
