//! What kinds of record there are: who writes them, and what their date means.
//!
//! Apart from [`crate::record`], because the door, the router and the screens ask for the habit of
//! a record where they know nothing else of it.

use crate::access::Role;

/// The site of what belongs to no site: catalogues.
pub const GLOBAL: &str = "global";

/// Who writes a kind of record, and what its date means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habit {
    /// The least role that enters and corrects it.
    pub entered_by: Role,
    /// The least role that deletes it and brings it back.
    pub deleted_by: Role,
    /// Whether it tells what happened on its day, so that a locked day takes no more of it.
    pub is_of_day: bool,
    /// Whether its date is the first day on which it holds, which may lie in the future.
    pub is_dated_from: bool,
    /// Whether it belongs to no site.
    pub is_global: bool,
    /// Whether there is one of it a day, although nothing in it is a key.
    pub is_one_a_day: bool,
    /// Whether it is taken out of use instead of deleted, because others name it.
    pub is_kept: bool,
}

impl Habit {
    /// What happened on a day.
    pub const LOG: Self = Self {
        entered_by: Role::Operator,
        deleted_by: Role::Moderator,
        is_of_day: true,
        is_dated_from: false,
        is_global: false,
        is_one_a_day: false,
        is_kept: false,
    };
    /// What holds at a site from a day on, until a later one of the same key.
    pub const SETTING: Self = Self {
        entered_by: Role::Admin,
        deleted_by: Role::Admin,
        is_of_day: false,
        is_dated_from: true,
        ..Self::LOG
    };
    /// What is said of one single day, ahead of it or afterwards.
    pub const CALENDAR: Self = Self { is_one_a_day: true, ..Self::SETTING };
    /// What can be picked, at every site.
    pub const CATALOGUE: Self = Self { is_global: true, is_kept: true, ..Self::SETTING };
    /// What a supervisor says of a whole day or month.
    pub const PERIOD: Self = Self { entered_by: Role::Moderator, is_of_day: false, ..Self::LOG };
}

/// The habit that stands in a definition; a log where none does.
macro_rules! habit {
    () => {
        $crate::habit::Habit::LOG
    };
    ($name:ident) => {
        $crate::habit::Habit::$name
    };
}
pub(crate) use habit;
