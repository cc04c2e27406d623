//! The one write door: rules, row, change and outbox in one transaction. Nothing else writes records.

mod close;
mod hand;
mod loads;
mod mind;
mod once;
mod rates;
mod refuse;
mod stock;
mod world;

pub(crate) use rates::body as line_body;
pub(crate) use world::World;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use deskops_domain::access::Caller;
use deskops_domain::api::ledger::Cascade;
use deskops_domain::api::{Code, Refusal};
use deskops_domain::catalogue::Catalogue;
use deskops_domain::change::{Base, Change, ChangeKind, FromTo, Origin};
use deskops_domain::day::Day;
use deskops_domain::draft::{Draft, Placed, amend, read};
use deskops_domain::entry::{Entry, Moment, Stamp, Voided};
use deskops_domain::habit::GLOBAL;
use deskops_domain::id::Id;
use deskops_domain::record::Record;

use self::hand::by_hand;
use self::refuse::{check_rev, read_reason, taken};
use self::world::keep_computed;
use super::ledger::Touched;
use super::{catalogue, changes, days, table};
use crate::desk::{Desk, site_not_found};
use crate::error::StoreError;
use crate::sql::Connection;
use crate::{SCHEMA, VERSION};

/// An open write transaction in the name of a caller.
pub struct Door<'a> {
    desk: &'a Desk,
    tx: &'a Connection,
    caller: &'a Caller,
    counter: changes::Counter,
    /// Ties the changes of one transaction together when there are several.
    group: Option<Id>,
    /// What can be picked, with what this transaction has changed of it.
    catalogue: Arc<Catalogue>,
    /// Stock that moved and is not computed again yet.
    touched: Touched,
    /// Days whose production lines follow machine hours or cards that have changed.
    followers: BTreeSet<(String, Day)>,
    /// What moved on other days than those that were written on.
    cascade: Cascade,
}

/// What a change says beside who made it and when.
struct Deed {
    kind: ChangeKind,
    set: BTreeMap<String, FromTo>,
    reason: Option<String>,
}

impl<'a> Door<'a> {
    pub(crate) fn open(
        desk: &'a Desk,
        tx: &'a Connection,
        caller: &'a Caller,
    ) -> Result<Self, StoreError> {
        let counter = changes::counter(tx)?;
        Ok(Self {
            desk,
            tx,
            caller,
            catalogue: desk.catalogue_in(tx, counter.lists)?,
            counter,
            group: None,
            touched: Touched::default(),
            followers: BTreeSet::new(),
            cascade: Cascade::default(),
        })
    }

    /// Computes the stock anew that moved, and keeps the counter. The catalogue that holds from now on.
    pub(crate) fn close(mut self) -> Result<(i64, Arc<Catalogue>), StoreError> {
        self.settle()?;
        changes::keep_counter(self.tx, &self.counter)?;
        Ok((self.counter.lists, self.catalogue))
    }

    /// The transaction, for tables that are not records and are never sent.
    pub(crate) fn transaction(&self) -> &Connection {
        self.tx
    }

    /// Records that head office does not have, with those of this transaction.
    #[must_use]
    pub fn unsent(&self) -> u64 {
        u64::try_from(self.counter.unsent).unwrap_or(0)
    }

    /// Ties the changes that follow together: head office takes all of them or none.
    pub fn together(&mut self) {
        self.group = Some(self.desk.new_id());
    }

    /// Makes a record. A deleted one with the same key comes back with the new values.
    ///
    /// # Errors
    /// What is wrong with the draft; or that a record with this key is there already.
    pub fn create<R: Record>(&mut self, draft: &Draft) -> Result<Entry<R>, StoreError> {
        let Placed { site, date, body } = self.placed::<R>(draft)?;
        self.mind(&site, date, None, &body)?;
        let natural = body.natural_id(&site, date);
        if let Some(id) = &natural
            && let Some(there) = table::get::<R>(self.tx, id)?
        {
            return match (&there.stamp.voided, there.stamp.rev) {
                // So far DeskOps alone wrote in the row.
                (None, 0) => {
                    let body = keep_computed(&there.body, body);
                    self.put(there, body, ChangeKind::Put)
                }
                (None, _) => Err(taken(&there).into()),
                (Some(_), _) => self.put(there, body, ChangeKind::Restore),
            };
        }
        self.make(None, site, date, body)
    }

    /// A record that was not there before.
    fn make<R: Record>(
        &mut self,
        id: Option<Id>,
        site: String,
        date: Day,
        body: R,
    ) -> Result<Entry<R>, StoreError> {
        let now = self.desk.now();
        let user = &self.caller.user;
        let stamp = Stamp {
            created_at: now,
            created_by: user.clone(),
            updated_at: now,
            updated_by: user.clone(),
            rev: 1,
            voided: None,
            is_sent: false,
        };
        let id = body.natural_id(&site, date).or(id).unwrap_or_else(|| self.desk.new_id());
        let entry = Entry { id, site, date, body, stamp };
        let set = R::groups()
            .into_iter()
            .map(|group| (group.to_owned(), FromTo { from: None, to: entry.body.group(group) }))
            .collect();
        self.record(&entry, Deed { kind: ChangeKind::Put, set, reason: None })?;
        Ok(entry)
    }

    /// Changes some fields of a record. Nothing is written when nothing is different.
    ///
    /// # Errors
    /// What is wrong with the merged record; that there is no such record; or that somebody
    /// changed it since `rev`.
    pub fn edit<R: Record>(
        &mut self,
        id: &Id,
        rev: Option<u32>,
        draft: &Draft,
    ) -> Result<Entry<R>, StoreError> {
        let there = self.live::<R>(id)?;
        check_rev(&there, rev)?;
        let world = World { desk: self.desk, catalogue: &self.catalogue };
        let body = amend(draft, &there, &world).map_err(Refusal::invalid)?;
        let body = by_hand(draft, &there.body, body);
        self.mind(&there.site, there.date, Some(&there), &body)?;
        self.put(there, body, ChangeKind::Put)
    }

    /// Deletes a record; deleting a deleted one changes nothing.
    ///
    /// # Errors
    /// That there is no such record, that the reason is too long, or that somebody changed the
    /// record since `rev`.
    pub fn void<R: Record>(
        &mut self,
        id: &Id,
        rev: Option<u32>,
        reason: Option<&str>,
    ) -> Result<Entry<R>, StoreError> {
        let reason = read_reason(reason, &self.catalogue)?;
        let mut entry = self.seen::<R>(id)?;
        if entry.stamp.voided.is_some() {
            return Ok(entry);
        }
        check_rev(&entry, rev)?;
        let at = self.touch(&mut entry.stamp);
        entry.stamp.voided =
            Some(Voided { at, by: self.caller.user.clone(), reason: reason.clone() });
        self.record(&entry, Deed { kind: ChangeKind::Void, set: BTreeMap::new(), reason })?;
        Ok(entry)
    }

    /// Brings a deleted record back as it was; restoring a live one changes nothing.
    ///
    /// # Errors
    /// That there is no such record.
    pub fn restore<R: Record>(&mut self, id: &Id) -> Result<Entry<R>, StoreError> {
        let mut entry = self.seen::<R>(id)?;
        if entry.stamp.voided.take().is_some() {
            let there = entry.clone();
            self.mind(&there.site, there.date, Some(&there), &there.body)?;
            self.touch(&mut entry.stamp);
            self.record(
                &entry,
                Deed { kind: ChangeKind::Restore, set: BTreeMap::new(), reason: None },
            )?;
        }
        Ok(entry)
    }

    /// Deletes a record and enters it again with another key, all or nothing.
    ///
    /// # Errors
    /// What is wrong with the draft; that the new key is taken; that the old record is gone or
    /// was changed since `rev`.
    pub fn replace<R: Record>(
        &mut self,
        id: &Id,
        rev: u32,
        draft: &Draft,
    ) -> Result<Entry<R>, StoreError> {
        check_rev(&self.live::<R>(id)?, Some(rev))?;
        self.together();
        let entry = self.create::<R>(draft)?;
        self.void::<R>(id, None, Some("entered again with another key"))?;
        Ok(entry)
    }

    /// Forgets what was kept of a row of a day's sheet as a draft.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn forget_draft<R: Record>(
        &mut self,
        site: &str,
        date: Day,
        row: &str,
    ) -> Result<(), StoreError> {
        let key = days::DraftKey { module: R::NAME, site, date, row };
        days::keep_draft(self.tx, &key, None, self.desk.now())
    }

    /// Sets the groups that differ, and brings the record back where it was deleted.
    fn put<R: Record>(
        &mut self,
        there: Entry<R>,
        body: R,
        kind: ChangeKind,
    ) -> Result<Entry<R>, StoreError> {
        let differs = |group: &&str| there.body.group(group) != body.group(group);
        let set: BTreeMap<_, _> = R::groups()
            .into_iter()
            .filter(differs)
            .map(|group| {
                (
                    group.to_owned(),
                    FromTo { from: Some(there.body.group(group)), to: body.group(group) },
                )
            })
            .collect();
        if set.is_empty() && kind == ChangeKind::Put {
            return Ok(there);
        }
        // What it was before has moved stock, too.
        self.touch_stock(&there.site, there.date, &there.body)?;
        let mut entry = Entry { body, ..there };
        entry.stamp.voided = None;
        if entry.stamp.rev == 0 && !R::HABIT.is_kept {
            entry.stamp.created_at = self.desk.now();
            entry.stamp.created_by.clone_from(&self.caller.user);
        }
        self.touch(&mut entry.stamp);
        self.record(&entry, Deed { kind, set, reason: None })?;
        Ok(entry)
    }

    /// Writes the row and the change.
    fn record<R: Record>(&mut self, entry: &Entry<R>, deed: Deed) -> Result<(), StoreError> {
        let tz = self.open_site(&entry.site)?;
        self.mind_period(entry)?;
        self.mind_rates(entry)?;
        let change = Change {
            op: self.desk.new_id(),
            origin: Origin {
                dev: self.counter.device.clone(),
                inc: self.counter.incarnation.clone(),
                seq: self.counter.next_seq,
                prev: self.counter.last.clone(),
            },
            feed: if R::HABIT.is_global {
                GLOBAL.to_owned()
            } else {
                format!("site:{}", entry.site)
            },
            entity: R::NAME.to_owned(),
            rec: entry.id.clone(),
            kind: deed.kind,
            base: Base::default(),
            set: deed.set,
            key: (entry.stamp.rev == 1)
                .then(|| entry.body.natural_key(&entry.site, entry.date))
                .flatten(),
            date: entry.date.to_string(),
            resolves: Vec::new(),
            reason: deed.reason,
            group: self.group.clone(),
            actor: self.caller.user.clone(),
            at: entry.stamp.updated_at,
            skew_ms: None,
            tz,
            schema: SCHEMA,
            app: VERSION.to_owned(),
            sig: None,
        };
        table::save(self.tx, entry)?;
        changes::append(self.tx, &mut self.counter, &change)?;
        self.touch_stock(&entry.site, entry.date, &entry.body)?;
        if R::HABIT.is_global {
            self.catalogue = Arc::new(catalogue::load(self.tx)?);
            self.counter.lists += 1;
        }
        Ok(())
    }

    /// The time zone of a site that takes changes.
    fn open_site(&self, site: &str) -> Result<String, Refusal> {
        if site == GLOBAL {
            return Ok("UTC".to_owned());
        }
        let site = self.catalogue.site(site).ok_or_else(|| site_not_found(site))?;
        if !site.is_active {
            let message = format!("{} is closed and takes no changes.", site.name);
            return Err(Refusal::new(Code::SiteInactive, message));
        }
        Ok(site.timezone.clone())
    }

    fn touch(&self, stamp: &mut Stamp) -> Moment {
        stamp.updated_at = self.desk.now();
        stamp.updated_by.clone_from(&self.caller.user);
        stamp.rev += 1;
        stamp.is_sent = false;
        stamp.updated_at
    }

    fn read<R: Record>(&self, draft: &Draft) -> Result<Placed<R>, Refusal> {
        let site = draft.get("siteId").and_then(|site| site.as_str()).map(str::trim);
        let world = World { desk: self.desk, catalogue: &self.catalogue };
        let placed = read::<R>(draft, &world).map_err(|problems| {
            let is_stranger = |id: &&str| {
                !R::HABIT.is_global
                    && !id.is_empty()
                    && !id.chars().any(char::is_control)
                    && self.catalogue.site(id).is_none()
            };
            let refusal = Refusal::invalid(problems);
            match site.filter(is_stranger) {
                Some(id) => Refusal { details: refusal.details, ..site_not_found(id) },
                None => refusal,
            }
        })?;
        if self.caller.reaches(&placed.site) { Ok(placed) } else { Err(Refusal::not_found()) }
    }

    /// A record that the caller sees, deleted or not; what is out of sight looks like not there.
    ///
    /// # Errors
    /// That there is no such record.
    pub fn seen<R: Record>(&self, id: &Id) -> Result<Entry<R>, StoreError> {
        let found = table::get::<R>(self.tx, id)?;
        let seen = found.filter(|entry| self.desk.sees_entry(self.caller, entry));
        Ok(seen.ok_or_else(Refusal::not_found)?)
    }

    fn live<R: Record>(&self, id: &Id) -> Result<Entry<R>, StoreError> {
        let entry = self.seen::<R>(id)?;
        if entry.stamp.voided.is_some() {
            let message = "This record is deleted. Restore it to change it.";
            return Err(Refusal {
                record: Some(id.clone()),
                ..Refusal::new(Code::RecordChanged, message)
            }
            .into());
        }
        Ok(entry)
    }
}
