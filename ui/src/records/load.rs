//! Pages of a list, asked for one after another as they are needed, and the totals of all of it.

use deskops_domain::api::Refusal;
use deskops_domain::api::records::{Filter, Totals};
use deskops_domain::choice::Module;
use dioxus::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::face::{Row, face};

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
    records
}

impl Records {
    /// Begins anew.
    pub fn reload(self) {
        let mut loaded = self.loaded;
        let turn = loaded.peek().turn + 1;
        loaded.set(Loaded { turn, is_loading: true, ..Loaded::default() });
        self.ask(None, turn);
        let filter = self.filter.peek().clone();
        spawn(async move {
            let totals = face(self.module).sums(&self.desk.client(), filter).await;
            let is_current = loaded.peek().turn == turn;
            if let (Ok(totals), true) = (totals, is_current) {
                loaded.write().totals = Some(totals);
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
