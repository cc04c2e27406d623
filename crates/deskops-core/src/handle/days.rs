//! A day of a site: the sheet that is typed into, and its drafts.

use deskops_domain::access::Caller;
use deskops_domain::api::Refusal;
use deskops_domain::api::days::{DaySheet, KeepDraft, OpenDay};
use deskops_domain::api::records::Filter;
use deskops_domain::catalogue::Site;
use deskops_domain::choice::{Choices as _, Module};
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::modules::NilReturn;
use deskops_domain::problem::{Problem, Problems};
use deskops_domain::record::Record;

use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::sql::Connection;
use crate::store::{board, changes, days, stock, table, totals};

/// Days that tell what is usual.
const LOOK_BACK: i64 = 30;
/// A sheet with more rows than this is not typed by anybody.
const MOST_ROWS: u32 = 5_000;
/// A row holds far less; this only keeps a stray paste of a whole file out.
const LARGEST_DRAFT: usize = 100_000;

impl<R: Record> Handle<OpenDay<R>> for Desk {
    fn handle(&self, _: &Caller, open: OpenDay<R>) -> Result<DaySheet<R>, StoreError> {
        let site = &self.site(&open.site_id)?;
        let before = Filter {
            date_from: Some(open.date.plus(-LOOK_BACK)),
            date_to: Some(open.date.plus(-1)),
            ..Filter::day(&site.id, open.date)
        };
        self.store.read(|conn| {
            let previous = board::calendar(conn, site)?.working_day_before(open.date);
            let whole_day = Filter::day(&site.id, open.date);
            let mut entries = table::page::<R>(conn, &whole_day, None, MOST_ROWS + 1, 0)?;
            if entries.len() > MOST_ROWS as usize {
                let message = format!(
                    "{} has more than {MOST_ROWS} records; look at all records.",
                    open.date
                );
                return Err(Refusal::one("date", "E-ROWS", message).into());
            }
            entries.reverse();
            stock::add_carried(conn, &self.catalogue(), site, open.date, &mut entries)?;
            let past = totals::sums::<R>(conn, &Filter::day(&site.id, previous))?;
            Ok(DaySheet {
                entries,
                drafts: days::drafts(conn, R::NAME, &site.id, open.date)?,
                usual: totals::usual_by_code::<R>(conn, &before)?,
                previous: (past.rows > 0).then_some((previous, past)),
                nil: nil_return::<R>(conn, site, open.date)?,
                unsent: changes::unsent(conn)?,
            })
        })
    }
}

/// The statement that nothing happened in a module on a day.
pub(super) fn nil_return<R: Record>(
    conn: &Connection,
    site: &Site,
    date: Day,
) -> Result<Option<Entry<NilReturn>>, StoreError> {
    let Some(module) = Module::from_code(R::NAME) else { return Ok(None) };
    let Some(id) = (NilReturn { module, notes: None }).natural_id(&site.id, date) else {
        return Ok(None);
    };
    Ok(table::get::<NilReturn>(conn, &id)?.filter(|entry| entry.stamp.voided.is_none()))
}

impl<R: Record> Handle<KeepDraft<R>> for Desk {
    fn handle(&self, caller: &Caller, keep: KeepDraft<R>) -> Result<(), StoreError> {
        let site = self.site(&keep.site_id)?;
        let cells = keep.cells.map(|cells| serde_json::Value::Object(cells).to_string());
        let longest = keep.row.len().max(cells.as_ref().map_or(0, String::len));
        if longest > LARGEST_DRAFT {
            let message = format!("A row takes {LARGEST_DRAFT} characters; this has {longest}.");
            return Err(Refusal::invalid(Problems(vec![
                Problem::new("cells", "E-TEXT", message).max(LARGEST_DRAFT),
            ]))
            .into());
        }
        let key =
            days::DraftKey { module: R::NAME, site: &site.id, date: keep.date, row: &keep.row };
        self.write(caller, |door| {
            days::keep_draft(door.transaction(), &key, cells.as_deref(), self.now())
        })
    }
}
