//! An open day that somebody else writes in, too: what they save is taken into the sheet in a pause
//! of typing, and where they close the day or say that nothing happened, the sheet follows.

use deskops_domain::api::Refusal;
use deskops_domain::api::events::Touched;
use deskops_domain::api::periods::{AskReady, Readiness};
use deskops_domain::choice::{Module, PeriodKind};
use dioxus::prelude::*;

use super::elsewhere::take_in;
use super::layout::Setting;
use super::work::{NIL_CLOSED, Work};
use crate::browser;
use crate::close;
use crate::face::DayRows;
use crate::fresh::use_fresh;

/// A day is not asked for more often than so.
const GAP_MS: i32 = 2_000;
/// Nobody types any more when no key was pressed for so long.
const PAUSE_MS: i32 = 700;

/// Takes in what others save on the day of this sheet. Lists are read anew by who keeps them.
pub(super) fn use_elsewhere(work: Work, ready: Signal<Option<Readiness>>) {
    let (site, day, is_stock) = use_hook(|| {
        let book = work.book.read();
        let book = book.borrow();
        (book.site.clone(), book.day, book.face.module() == Some(Module::Inventory))
    });
    let is_list = work.is_list();
    let is_meant = move |touched: &Touched| {
        // The stock of a day comes from all days before it.
        let is_on = if is_stock {
            touched.first.is_none_or(|first| first <= day)
        } else {
            touched.is_on(day)
        };
        !is_list && touched.site_id.is_some() && touched.is_at(&site) && is_on
    };
    let fresh = use_callback(move |()| {
        if !is_list {
            spawn(async move {
                // Without an answer the day stays as it was read before.
                let _ = look(work, ready).await;
            });
        }
    });
    use_fresh(is_meant, GAP_MS, fresh);
}

async fn look(work: Work, mut ready: Signal<Option<Readiness>>) -> Result<(), Refusal> {
    browser::pause_in_typing(PAUSE_MS).await;
    let (face, site, day) = {
        let book = work.book.read();
        let book = book.borrow();
        (book.face.clone(), book.site.clone(), book.day)
    };
    // What was typed here is saved before it is read, and what is saved meanwhile is newer.
    work.desk.reached().await;
    let turn = *work.turns.peek();
    let client = work.desk.client();
    let ask = AskReady { site_id: site.clone(), date: day, kind: PeriodKind::Day };
    let now = client.call(ask).await?;
    let opened = face.open(&client, &site, day).await?;
    browser::pause_in_typing(PAUSE_MS).await;
    if *work.turns.peek() != turn {
        return Ok(());
    }
    let why = |ready: &Readiness| close::why_closed(work.desk, ready, day).is_some();
    let was_locked = ready.peek().as_ref().is_some_and(why);
    if was_locked != why(&now) {
        work.after.on_reload.call(());
        return Ok(());
    }
    if ready.peek().as_ref() != Some(&now) {
        ready.set(Some(now));
    }
    work.count_unsent(opened.unsent);
    take_nil(work, &opened);
    let is_new = {
        let session = work.desk.session.peek();
        let manner = work.book.read().borrow().manner.clone();
        let clock = |at| work.desk.clock(at);
        let setting = Setting {
            face: &face,
            manner: &manner,
            catalogue: &session.catalogue,
            shift: work.shift,
            day,
            site: &site,
            clock: &clock,
        };
        let mut kept = work.sheet;
        let mut sheet = kept.peek().clone();
        let is_new = take_in(&mut sheet, &mut work.book.read().borrow_mut(), &opened, &setting);
        if is_new {
            kept.set(sheet);
        }
        is_new
    };
    if is_new {
        let mut turns = work.turns;
        *turns.write() += 1;
    }
    Ok(())
}

/// Somebody has said that nothing happened, or has taken that back.
fn take_nil(work: Work, opened: &DayRows) {
    let (mut nil, mut sheet) = (work.nil, work.sheet);
    let was_nil = nil.peek().is_some();
    if was_nil != opened.nil.is_some() {
        let is_locked = sheet.peek().closed.as_deref().is_some_and(|why| why != NIL_CLOSED);
        nil.set(opened.nil.clone());
        if !is_locked {
            sheet.write().closed = opened.nil.is_some().then(|| NIL_CLOSED.into());
        }
    }
}
