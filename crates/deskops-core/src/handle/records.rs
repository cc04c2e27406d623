//! The records of any module: page, get, sum, enter, change, delete, bring back, past.

use deskops_domain::access::Caller;
use deskops_domain::api::records::{
    Create, Edit, Filter, Get, History, List, Page, Past, Replace, Restore, Saved, Suggest, Sums,
    Totals, Void,
};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::day::Day;
use deskops_domain::draft::whole;
use deskops_domain::entry::Entry;
use deskops_domain::field::Kind;
use deskops_domain::habit::GLOBAL;
use deskops_domain::id::Id;
use deskops_domain::problem::{Problem, Problems, clip};
use deskops_domain::record::Record;

use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::store::table::Cursor;
use crate::store::write::Door;
use crate::store::{changes, table, texts, totals};

const PAGE: u32 = 50;
const LARGEST_PAGE: u32 = 500;

impl<R: Record> Handle<List<R>> for Desk {
    fn handle(&self, caller: &Caller, list: List<R>) -> Result<Page<R>, StoreError> {
        self.place::<R>(&list.filter.site_id)?;
        check_range(&list.filter)?;
        let after = list
            .after
            .as_deref()
            .map(|text| Cursor::read(text).ok_or_else(|| bad_cursor(text)))
            .transpose()?;
        let limit = list.limit.unwrap_or(PAGE);
        if !(1..=LARGEST_PAGE).contains(&limit) {
            let message = format!("limit is {limit}; it may be 1 to {LARGEST_PAGE}.");
            return Err(Refusal::one("limit", "E-NUM", message).into());
        }
        // One more than asked for tells whether there is a next page.
        let mut entries = self.store.read(|conn| {
            table::page::<R>(conn, &list.filter, after.as_ref(), limit + 1, list.skip.unwrap_or(0))
        })?;

        let has_next = entries.len() > limit as usize;
        entries.truncate(limit as usize);
        let next = entries.last().filter(|_| has_next).map(|entry| Cursor::behind(entry).write());
        // The card of a site is seen by those who reach the site.
        entries.retain(|entry| self.sees_entry(caller, entry));
        Ok(Page { entries, next })
    }
}

fn bad_cursor(text: &str) -> Refusal {
    Refusal::one("after", "E-CURSOR", format!("`{}` is not the `next` of a page.", clip(text)))
}

/// A range that ends before it begins is a mistake, not an empty answer.
pub(super) fn check_range(filter: &Filter) -> Result<(), Refusal> {
    match (filter.date_from, filter.date_to) {
        (Some(from), Some(to)) => check_days(from, to),
        _ => Ok(()),
    }
}

/// The same of a range that has both its ends.
pub(super) fn check_days(from: Day, to: Day) -> Result<(), Refusal> {
    if from <= to {
        return Ok(());
    }
    let message = format!("dateFrom {from} must be less than or equal to dateTo {to}.");
    let problem = Problem::new("dateFrom", "E-DATE", message).value(&from.to_string()).max(to);
    Err(Refusal::invalid(Problems(vec![problem])))
}

impl<R: Record> Handle<Get<R>> for Desk {
    fn handle(&self, caller: &Caller, get: Get<R>) -> Result<Entry<R>, StoreError> {
        self.entry(caller, &get.id)
    }
}

impl<R: Record> Handle<Sums<R>> for Desk {
    fn handle(&self, _: &Caller, sums: Sums<R>) -> Result<Totals, StoreError> {
        self.place::<R>(&sums.filter.site_id)?;
        check_range(&sums.filter)?;
        self.store.read(|conn| totals::sums::<R>(conn, &sums.filter))
    }
}

impl<R: Record> Handle<Create<R>> for Desk {
    fn handle(&self, caller: &Caller, create: Create<R>) -> Result<Saved<R>, StoreError> {
        let id = create.id.as_ref().map(read_id).transpose()?;
        self.save(caller, create.row.as_deref(), |door| match id {
            Some(id) => door.create_as(id, &create.draft),
            None => door.create(&create.draft),
        })
    }
}

/// An id that was made elsewhere, where it is of the form.
fn read_id(id: &Id) -> Result<Id, Refusal> {
    Id::parse(id.as_str()).ok_or_else(|| {
        let given = clip(id.as_str());
        let message = format!("id is `{given}`; it must be c and 24 characters 0-9 or a-z.");
        Refusal::one("id", "E-ID", message)
    })
}

impl<R: Record> Handle<Edit<R>> for Desk {
    fn handle(&self, caller: &Caller, edit: Edit<R>) -> Result<Saved<R>, StoreError> {
        let draft = if edit.whole == Some(true) { whole::<R>(edit.draft) } else { edit.draft };
        self.save(caller, edit.row.as_deref(), |door| door.edit(&edit.id, edit.rev, &draft))
    }
}

impl<R: Record> Handle<Replace<R>> for Desk {
    fn handle(&self, caller: &Caller, replace: Replace<R>) -> Result<Saved<R>, StoreError> {
        self.save(caller, replace.row.as_deref(), |door| {
            door.replace(&replace.id, replace.rev, &replace.draft)
        })
    }
}

impl<R: Record> Handle<Void<R>> for Desk {
    fn handle(&self, caller: &Caller, void: Void<R>) -> Result<Saved<R>, StoreError> {
        self.save(caller, void.row.as_deref(), |door| {
            check_own::<R>(caller, door, &void.id)?;
            door.void(&void.id, void.rev, void.reason.as_deref())
        })
    }
}

impl<R: Record> Handle<Restore<R>> for Desk {
    fn handle(&self, caller: &Caller, restore: Restore<R>) -> Result<Saved<R>, StoreError> {
        self.save(caller, None, |door| {
            check_own::<R>(caller, door, &restore.id)?;
            door.restore(&restore.id)
        })
    }
}

/// An operator deletes and brings back only what they have entered themselves.
fn check_own<R: Record>(caller: &Caller, door: &Door<'_>, id: &Id) -> Result<(), StoreError> {
    if caller.is_at_least(R::HABIT.deleted_by) {
        return Ok(());
    }
    let by = door.seen::<R>(id)?.stamp.created_by;
    if by == caller.user {
        return Ok(());
    }
    let message = format!("This was entered by {by}; you may delete or restore only your own.");
    Err(Refusal::new(Code::Forbidden, message).hint("Ask a supervisor.").into())
}

impl<R: Record> Handle<History<R>> for Desk {
    fn handle(&self, caller: &Caller, history: History<R>) -> Result<Vec<Past>, StoreError> {
        let entry = self.entry::<R>(caller, &history.id)?;
        self.store.read(|conn| changes::of_record(conn, &entry.id))
    }
}

impl<R: Record> Handle<Suggest<R>> for Desk {
    fn handle(&self, _: &Caller, suggest: Suggest<R>) -> Result<Vec<String>, StoreError> {
        self.place::<R>(&suggest.site_id)?;
        let shape = R::shapes()
            .find(|shape| shape.name == suggest.field && shape.kind == Kind::Text)
            .ok_or_else(|| no_text_field(R::TITLE, &suggest.field))?;
        let part = suggest.text.unwrap_or_default();
        self.store.read(|conn| texts::recent(conn, R::NAME, shape, &suggest.site_id, part.trim()))
    }
}

/// Figures and choices are not suggested: only words are typed again and again.
fn no_text_field(title: &str, field: &str) -> Refusal {
    let message = format!("{title} has no text field `{}`.", clip(field));
    Refusal::one("field", "E-FIELD", message)
}

impl Desk {
    /// Refuses a site that is not there; lists belong to none.
    fn place<R: Record>(&self, site: &str) -> Result<(), Refusal> {
        if R::HABIT.is_global && site == GLOBAL { Ok(()) } else { self.site(site).map(|_| ()) }
    }

    /// Saves a record, and in the same transaction forgets the draft of the row that it was.
    fn save<R: Record>(
        &self,
        caller: &Caller,
        row: Option<&str>,
        work: impl FnOnce(&mut Door<'_>) -> Result<Entry<R>, StoreError>,
    ) -> Result<Saved<R>, StoreError> {
        self.write(caller, |door| {
            let entry = work(door)?;
            door.settle()?;
            let entry = door.computed(entry)?;
            if let Some(row) = row {
                door.forget_draft::<R>(&entry.site, entry.date, row)?;
            }
            Ok(Saved { entry, unsent: door.unsent() })
        })
    }
}
