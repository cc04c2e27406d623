//! Asks for a password: typed twice without being shown, or the first line of standard input. Never
//! an argument, because everybody on a computer can read the arguments of its programs.

use std::io::{BufRead as _, stdin};

/// Asks for a new password.
pub(super) fn ask(is_piped: bool) -> Result<String, String> {
    if is_piped {
        let mut line = String::new();
        stdin().lock().read_line(&mut line).map_err(|error| format!("No password: {error}."))?;
        return Ok(line.trim_end_matches(['\n', '\r']).to_owned());
    }
    let typed = |prompt: &str| {
        rpassword::prompt_password(prompt).map_err(|error| {
            format!("No password can be typed here ({error}). Use --password-stdin.")
        })
    };
    let first = typed("New password: ")?;
    if typed("Once more: ")? == first {
        Ok(first)
    } else {
        Err("The two passwords are not the same.".to_owned())
    }
}
