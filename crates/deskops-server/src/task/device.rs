//! `device`: lists and ends the devices that people sign in on, by the same commands as the page.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use deskops_domain::api::devices::{self, ListDevices, RevokeDevice};
use deskops_domain::choice::Choices as _;
use deskops_domain::id::Id;

use super::office::Office;
use super::say;
use crate::settings::Config;

#[derive(Debug, Subcommand)]
pub(super) enum Device {
    /// Every device with its id, seen last first
    List,
    /// Ends a device and its sessions, at once and for ever
    Revoke(Which),
}

#[derive(Debug, Args)]
pub(super) struct Which {
    /// The id, as `device list` says it
    id: String,
}

impl Device {
    pub(super) fn run(self, config: &Config) -> Result<ExitCode, String> {
        let office = Office::open(config)?;
        match self {
            Self::List => list(&office)?,
            Self::Revoke(which) => revoke(&office, which.id)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn list(office: &Office) -> Result<(), String> {
    let found = office.ask(&ListDevices {})?;
    if found.is_empty() {
        say("Nobody has signed in on a device yet.");
    }
    for device in found {
        say(in_words(&device));
    }
    Ok(())
}

/// `c… omar: Site office 2 (Program 1.4.2), Active, seen 2026-11-22T06:00:00.000Z from 10.0.0.7`.
fn in_words(device: &devices::Device) -> String {
    let app = device.app.as_ref().map_or_else(String::new, |app| format!(" {app}"));
    let from = device.address.as_ref().map_or_else(String::new, |at| format!(" from {at}"));
    format!(
        "{} {}: {} ({}{app}), {}, seen {}{from}",
        device.id,
        device.user,
        device.name,
        device.kind.label(),
        device.state.label(),
        device.last_seen_at,
    )
}

fn revoke(office: &Office, id: String) -> Result<(), String> {
    let id = Id::parse(&id).ok_or_else(|| format!("There is no device `{id}`."))?;
    let device = office.ask(&RevokeDevice { id })?;
    say(format_args!("{} of {} is revoked.", device.name, device.user));
    Ok(())
}
