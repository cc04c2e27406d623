//! Pages of a list, asked for one after another as they are needed, and the totals of all of it.

use deskops_domain::api::Refusal;
use deskops_domain::api::events::Touched;
use deskops_domain::api::records::{Filter, Totals};
use deskops_domain::choice::{Choices as _, Module};
use dioxus::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::face::{Row, face};
use crate::fresh::use_fresh;

/// A list is not asked for more often than so.
const GAP_MS: i32 = 2_000;

/// What is known of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Loaded {
    /// Rows so far, newest first.
    pub rows: Vec<Row>,
    /// Where the next page begins; none when all are there.
    pub next: Option<String>,
    /// Whether a page is on its way.
    pub is_loading: bool,
    /// Why the last page did not come.
    pub failed: Option<Refusal>,
    /// Count and sums of all rows that are meant, loaded or not.
    pub totals: Option<Totals>,
    /// Counts up when the list begins anew, so that late pages of the old one are dropped.
    turn: u32,
}

/// A list that loads itself.
#[derive(Clone, Copy, PartialEq)]
pub struct Records {
    desk: Desk,
    module: Module,
    filter: Signal<Filter>,
    /// What is known.
    pub loaded: Signal<Loaded>,
}

/// The records that fit a filter; they begin anew when it changes.
pub fn use_records(module: Module, filter: Signal<Filter>) -> Records {
    let desk = use_desk();
    let loaded = use_signal(|| Loaded { is_loading: true, ..Loaded::default() });
    let records = Records { desk, module, filter, loaded };
    use_effect(move || {
        let _ = filter.read();
        records.reload();
    });
    let fresh = use_callback(move |()| records.refresh());
    let is_meant = move |touched: &Touched| {
        let filter = filter.peek();
        // The stock comes from everything else.
        let is_kind = touched.entity == module.code() || module == Module::Inventory;
        let ends_after = filter.date_to.zip(touched.first).is_none_or(|(to, first)| first <= to);
        is_kind && ends_after && touched.is_at(&filter.site_id)
    };
    use_fresh(is_meant, GAP_MS, fresh);
    records
}

impl Records {
    /// Begins anew.
    pub fn reload(self) {
        let mut loaded = self.loaded;
        let turn = loaded.peek().turn + 1;
        loaded.set(Loaded { turn, is_loading: true, ..Loaded::default() });
        self.ask(None, turn);
        self.sum(turn);
    }

    fn sum(self, turn: u32) {
        let mut loaded = self.loaded;
        let filter = self.filter.peek().clone();
        spawn(async move {
            let totals = face(self.module).sums(&self.desk.client(), filter).await;
            let is_current = loaded.peek().turn == turn;
            if let (Ok(totals), true) = (totals, is_current) {
                loaded.write().totals = Some(totals);
            }
        });
    }

    /// Asks for what is loaded once more, and shows it in its place when all of it is there.
    fn refresh(self) {
        let mut loaded = self.loaded;
        let (turn, n_rows) = {
            let now = loaded.peek();
            // What is on its way is new enough, and what has failed is tried by who looks at it.
            if now.is_loading || now.failed.is_some() {
                return;
            }
            (now.turn, now.rows.len())
        };
        self.sum(turn);
        let filter = self.filter.peek().clone();
        spawn(async move {
            let (client, face) = (self.desk.client(), face(self.module));
            let (mut rows, mut next) = (Vec::new(), None);
            loop {
                let Ok(page) = face.list(&client, filter.clone(), next).await else { return };
                rows.extend(page.rows);
                next = page.next;
                if next.is_none() || rows.len() >= n_rows {
                    break;
                }
            }
            let is_current = {
                let now = loaded.peek();
                now.turn == turn && !now.is_loading
            };
            if is_current {
                let mut loaded = loaded.write();
                (loaded.rows, loaded.next) = (rows, next);
            }
        });
    }

    /// Asks for the next page, unless one is on its way.
    pub fn more(self) {
        let mut loaded = self.loaded;
        let (next, turn) = {
            let now = loaded.peek();
            if now.is_loading || now.failed.is_some() {
                return;
            }
            (now.next.clone(), now.turn)
        };
        if next.is_some() {
            loaded.write().is_loading = true;
            self.ask(next, turn);
        }
    }

    fn ask(self, after: Option<String>, turn: u32) {
        let mut loaded = self.loaded;
        let filter = self.filter.peek().clone();
        spawn(async move {
            let page = face(self.module).list(&self.desk.client(), filter, after).await;
            if loaded.peek().turn != turn {
                return;
            }
            let mut loaded = loaded.write();
            loaded.is_loading = false;
            match page {
                Ok(page) => {
                    loaded.rows.extend(page.rows);
                    loaded.next = page.next;
                }
                Err(refusal) => loaded.failed = Some(refusal),
            }
        });
    }
}
