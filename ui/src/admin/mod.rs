//! What only an administrator does: people, their devices, what happened to accounts, settings and
//! catalogues.

mod devices;
mod security;
mod settings;
mod user_form;
mod users;

pub use devices::DevicesScreen;
pub use security::SecurityScreen;
pub use settings::SettingsScreen;
pub use users::UsersScreen;

use deskops_domain::entry::Moment;

use crate::desk::Desk;

/// An instant by the clocks of the site that is shown: `22 Nov, 10:42`.
fn when(desk: Desk, at: Moment) -> String {
    format!("{}, {}", desk.local_day(at), desk.clock(at))
}
