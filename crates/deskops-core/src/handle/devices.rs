//! Devices: whose is which, and how one is kept from being used.

use deskops_domain::access::{Caller, Carrier, Line, Role};
use deskops_domain::account::device_name_problem;
use deskops_domain::api::devices::{
    Device, DeviceKind, DeviceState, ListDevices, RenameDevice, ResumeDevice, RevokeDevice,
    SuspendDevice,
};
use deskops_domain::api::security::SecurityEvent;
use deskops_domain::api::session::NewDevice;
use deskops_domain::api::users::User;
use deskops_domain::api::{Code, Refusal};
use deskops_domain::id::Id;
use deskops_domain::problem::{Problems, clip};

use super::sign_in::refuse_problems;
use crate::accounts::concern::Concern;
use crate::accounts::{device_key, seen, tries as waits};
use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::store::devices::{self, NewRow};
use crate::store::{Connection, sessions};

/// What programs without a key are called, until somebody gives them a name.
const API_CLIENT: &str = "API client";

impl Handle<ListDevices> for Desk {
    fn handle(&self, caller: &Caller, _: ListDevices) -> Result<Vec<Device>, StoreError> {
        let own = (!caller.is_at_least(Role::Admin)).then_some(caller.user.as_str());
        let mut found = self.store.read(|conn| devices::all(conn, own, self.now()))?;
        found.iter_mut().for_each(|device| device.is_this = is_this(caller, device));
        Ok(found)
    }
}

impl Handle<RevokeDevice> for Desk {
    fn handle(&self, caller: &Caller, revoke: RevokeDevice) -> Result<Device, StoreError> {
        self.put_state(caller, &revoke.id, DeviceState::Revoked)
    }
}

impl Handle<SuspendDevice> for Desk {
    fn handle(&self, caller: &Caller, suspend: SuspendDevice) -> Result<Device, StoreError> {
        self.put_state(caller, &suspend.id, DeviceState::Suspended)
    }
}

impl Handle<ResumeDevice> for Desk {
    fn handle(&self, caller: &Caller, resume: ResumeDevice) -> Result<Device, StoreError> {
        self.put_state(caller, &resume.id, DeviceState::Active)
    }
}

impl Handle<RenameDevice> for Desk {
    fn handle(&self, caller: &Caller, rename: RenameDevice) -> Result<Device, StoreError> {
        let problem = device_name_problem(&rename.name);
        refuse_problems(Problems(problem.into_iter().collect()))?;
        self.store.write(|tx| {
            let mut device = self.reach(tx, caller, &rename.id)?;
            device.name = rename.name.trim().to_owned();
            devices::rename(tx, &device.id, &device.name)?;
            Ok(device)
        })
    }
}

impl Desk {
    /// A device that the caller may keep; somebody else's looks like none.
    fn reach(&self, tx: &Connection, caller: &Caller, id: &Id) -> Result<Device, StoreError> {
        let found = devices::by_id(tx, id, self.now())?;
        let own =
            found.filter(|device| caller.is_at_least(Role::Admin) || device.user == caller.user);
        let none = || {
            let message = format!("There is no device `{}`.", clip(id.as_str()));
            Refusal::new(Code::NotFound, message)
        };
        let mut device = own.ok_or_else(none)?;
        device.is_this = is_this(caller, &device);
        Ok(device)
    }

    /// Says from now on whether a device may be used. What is revoked stays so.
    fn put_state(
        &self,
        caller: &Caller,
        id: &Id,
        state: DeviceState,
    ) -> Result<Device, StoreError> {
        self.store.write(|tx| {
            let mut device = self.reach(tx, caller, id)?;
            if device.state == state {
                return Ok(device);
            }
            if device.state == DeviceState::Revoked {
                let message = "A revoked device is never used again under its key.";
                let told = Refusal::one("id", "E-DEVICE-REVOKED", message);
                return Err(told.hint("Sign in on it anew: it is another device then.").into());
            }
            device.state = state;
            device.state_at = Some(self.now());
            device.state_by = Some(caller.user.clone());
            devices::set_state(tx, &device)?;
            let event = match state {
                DeviceState::Active => SecurityEvent::DeviceResumed,
                DeviceState::Suspended => SecurityEvent::DeviceSuspended,
                DeviceState::Revoked => {
                    sessions::close_device(tx, id)?;
                    waits::forgive(tx, &[Concern::Device(id.clone())])?;
                    device.is_signed_in = false;
                    SecurityEvent::DeviceRevoked
                }
            };
            let actor = on_device(caller, Some(id.clone()));
            self.note(tx, &actor, event, &device.user, Some(device.name.clone()))?;
            Ok(device)
        })
    }

    /// The device that proves itself for a user; not one that was revoked.
    pub(super) fn proven(
        &self,
        conn: &Connection,
        user: &User,
        shown: Option<&NewDevice>,
    ) -> Result<Option<Device>, StoreError> {
        let Some(shown) = shown else { return Ok(None) };
        let found = devices::by_key(conn, &device_key(&shown.key, &user.id), self.now())?;
        Ok(found.filter(|device| device.state != DeviceState::Revoked))
    }

    /// The device on which a user signs in, made where it is new. The inner refusal is told to
    /// somebody who knows the password.
    pub(super) fn device_of(
        &self,
        tx: &Connection,
        caller: &Caller,
        user: &User,
        shown: Option<&NewDevice>,
    ) -> Result<Result<Option<Id>, Refusal>, StoreError> {
        let now = self.now();
        let is_program = caller.line.carrier == Carrier::Bearer;
        let key = shown.map(|shown| device_key(&shown.key, &user.id));
        let found = match &key {
            Some(hash) => devices::by_key(tx, hash, now)?,
            None if is_program => devices::without_key(tx, &user.id, now)?,
            None => return Ok(Ok(None)),
        };
        let seen = seen(now, caller.line.address, shown.and_then(|shown| shown.app.as_deref()));
        if let Some(device) = found {
            return match may_not_be_used(device.state) {
                Some(told) => Ok(Err(told)),
                None => devices::see(tx, &device.id, &seen).map(|()| Ok(Some(device.id))),
            };
        }
        let id = self.new_id();
        let name = shown.map_or(API_CLIENT, |shown| shown.name.trim());
        let kind = match (&key, is_program || caller.line.carrier == Carrier::Window) {
            (None, _) => DeviceKind::ApiClient,
            (Some(_), true) => DeviceKind::Program,
            (Some(_), false) => DeviceKind::Browser,
        };
        let new = NewRow { id: &id, user: &user.id, kind, name, key_hash: key.as_deref() };
        devices::insert(tx, &new, &seen)?;
        let actor = on_device(caller, Some(id.clone()));
        self.note(tx, &actor, SecurityEvent::DeviceAdded, &user.name, Some(name.to_owned()))?;
        Ok(Ok(Some(id)))
    }
}

/// Why a device may not be used, where it may not.
pub(super) fn may_not_be_used(state: DeviceState) -> Option<Refusal> {
    let message = match state {
        DeviceState::Active => return None,
        DeviceState::Suspended => "This device is suspended. Ask an administrator.",
        DeviceState::Revoked => "This device was revoked. Ask an administrator.",
    };
    Some(Refusal::new(Code::Forbidden, message))
}

/// The same caller, and the device that it is about.
pub(super) fn on_device(caller: &Caller, device: Option<Id>) -> Caller {
    Caller { line: Line { device, ..caller.line.clone() }, ..caller.clone() }
}

fn is_this(caller: &Caller, device: &Device) -> bool {
    caller.line.device.as_ref() == Some(&device.id)
}
