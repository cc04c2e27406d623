//! Starts DeskOps on the desktop; apart from the library, so that the library can be linked elsewhere.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> tauri::Result<()> {
    deskops_shell::run()
}
