//! What only an administrator does: the people of this computer.

mod user_form;
mod users;

pub use users::UsersScreen;
