//! What only an administrator does: the people of this computer, settings and catalogues.

mod settings;
mod user_form;
mod users;

pub use settings::SettingsScreen;
pub use users::UsersScreen;
