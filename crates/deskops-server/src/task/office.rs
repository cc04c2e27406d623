//! The commands of the page, asked at the computer itself: what `user` and `device` share.

use std::sync::Arc;

use deskops_core::{Desk, Router};
use deskops_domain::access::Caller;
use deskops_domain::api::{Command, Refusal};

use crate::open;
use crate::settings::Config;

/// The commands, asked at the computer itself.
pub(super) struct Office {
    /// The desk that is asked.
    pub desk: Arc<Desk>,
    router: Router,
}

impl Office {
    /// The desk of the settings, opened now.
    pub fn open(config: &Config) -> Result<Self, String> {
        Ok(Self { desk: open::desk(config)?, router: Router::all() })
    }

    /// Does a command, or says in sentences why not.
    pub fn ask<C: Command>(&self, command: &C) -> Result<C::Output, String> {
        let input = serde_json::to_value(command).map_err(|error| error.to_string())?;
        let output = self.router.run(&self.desk, &Caller::at_this_computer(), &C::name(), input);
        serde_json::from_value(output.map_err(told)?).map_err(|error| error.to_string())
    }
}

/// A refusal in sentences.
fn told(refusal: Refusal) -> String {
    let details = refusal.details.iter().map(|problem| problem.message.clone());
    let all = [refusal.message].into_iter().chain(details).chain(refusal.hint);
    let mut lines: Vec<_> = all.collect();
    lines.dedup();
    lines.join("\n")
}
