//! What is under way between a laptop and head office.

use std::collections::BTreeMap;

use deskops_domain::id::Id;
use deskops_domain::sync::chain::Link;

use super::hub::{Halt, Page};
use super::laptop::Own;

/// Whose it is: a laptop in one of its sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose {
    pub laptop: usize,
    pub session: u32,
}

/// A message under way.
#[derive(Clone)]
pub enum Message {
    Push { ops: Vec<Own> },
    Pushed { sent: Vec<Id>, ids: Vec<Id>, halt: Option<Halt> },
    Pull { cursors: BTreeMap<String, (i64, Link)>, dev: Id, inc: Id, limit: usize },
    Pulled { pages: Vec<Page>, inc: Id, last: i64 },
}
