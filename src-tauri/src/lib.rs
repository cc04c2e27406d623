//! The desktop shell: opens the window on the page. It holds no rule.

/// Opens the window, and returns when it is closed.
pub fn run() -> tauri::Result<()> {
    tauri::Builder::default()
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(tauri::generate_handler![call])
        .run(tauri::generate_context!())
}

/// The one command of the page.
#[tauri::command(async)]
fn call(name: String, input: serde_json::Value) -> Result<serde_json::Value, String> {
    Err(format!("{name} is not answered yet: {input}"))
}
