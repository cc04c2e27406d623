//! What is on the screen is asked for anew when somebody has changed something of it elsewhere.
//!
//! Nothing is shown of that: the figures are others. Several changes in a row are one, and nothing is
//! asked for more often than its screen can bear.

use std::collections::VecDeque;
use std::rc::Rc;

use deskops_domain::api::events::{News, Touched};
use deskops_domain::api::records::Filter;
use deskops_domain::choice::{Choices as _, Module};
use dioxus::prelude::*;

use crate::browser;
use crate::client::{Told, follow};
use crate::desk::{Desk, Dot, use_desk};
use crate::face::face;

/// What is saved within so long is shown together.
const SOON_MS: i32 = 300;
/// So much is remembered for screens that have not looked yet.
const MOST_TOLD: usize = 32;

/// What was heard so far.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// Counts what was heard.
    turn: u32,
    /// The last of it, each with its number.
    told: VecDeque<(u32, Told)>,
}

impl Heard {
    /// Hears something more.
    pub fn hear(&mut self, told: Told) {
        self.turn += 1;
        self.told.push_back((self.turn, told));
        if self.told.len() > MOST_TOLD {
            self.told.pop_front();
        }
    }

    /// Whether something that was heard since then is meant; what is forgotten may have been.
    fn is_any_since(&self, turn: u32, is_meant: &dyn Fn(&Touched) -> bool) -> bool {
        let is_forgotten = self.told.front().is_some_and(|(first, _)| *first > turn + 1);
        let is_news = |told: &Told| match told {
            Told::News(news) => news.touched.iter().any(is_meant),
            Told::Anything => true,
        };
        is_forgotten || self.told.iter().filter(|(at, _)| *at > turn).any(|(_, told)| is_news(told))
    }
}

/// Does something when a change elsewhere is meant: soon, but not again within the gap.
pub fn use_fresh(is_meant: impl Fn(&Touched) -> bool + 'static, gap_ms: i32, then: Callback<()>) {
    let desk = use_desk();
    let is_meant: Rc<dyn Fn(&Touched) -> bool> = use_hook(|| Rc::new(is_meant));
    let mut seen = use_hook(|| CopyValue::new(desk.heard.peek().turn));
    let mut is_due = use_hook(|| CopyValue::new(false));
    let mut is_again = use_hook(|| CopyValue::new(false));
    use_effect(move || {
        let heard = desk.heard.read();
        let since = *seen.peek();
        seen.set(heard.turn);
        if !heard.is_any_since(since, is_meant.as_ref()) {
            return;
        }
        if *is_due.peek() {
            is_again.set(true);
            return;
        }
        is_due.set(true);
        spawn(async move {
            loop {
                browser::sleep(SOON_MS).await;
                is_again.set(false);
                then.call(());
                browser::sleep(gap_ms).await;
                if !*is_again.peek() {
                    break;
                }
            }
            is_due.set(false);
        });
    });
}

/// Hears what the server tells, for the whole page; called once, by the shell.
pub fn use_news(desk: Desk) {
    use_hook(move || {
        spawn(async move {
            let mut heard = desk.heard;
            follow(move |told| {
                if let Told::News(news) = &told {
                    mark_elsewhere(desk, news);
                }
                heard.write().hear(told);
            })
            .await;
        });
    });
    // What can be picked is read by the page as a whole.
    let pick = use_callback(move |()| {
        let mut lists = desk.counts.lists;
        *lists.write() += 1;
    });
    use_fresh(|touched| touched.site_id.is_none(), 3_000, pick);
}

/// The dots of the day beside the screen that is shown: that one counts for itself.
fn mark_elsewhere(desk: Desk, news: &News) {
    let place = desk.place.peek().clone();
    let touched = news.touched.iter().filter(|touched| {
        touched.site_id.is_some() && touched.is_at(&place.site) && touched.is_on(place.day)
    });
    let modules = touched.filter_map(|touched| Module::from_code(&touched.entity));
    for module in modules {
        let dot = desk.dots.peek().get(&module).copied();
        let is_shown = place.screen == crate::place::Screen::Module(module);
        if is_shown || matches!(dot, None | Some(Dot::Drafts(_))) {
            continue;
        }
        let place = place.clone();
        spawn(async move {
            let filter = Filter::day(&place.site, place.day);
            let Ok(totals) = face(module).sums(&desk.client(), filter).await else { return };
            let rows = usize::try_from(totals.rows).unwrap_or(0);
            let is_same_day = {
                let now = desk.place.peek();
                (&now.site, now.day) == (&place.site, place.day)
            };
            match (is_same_day, rows, dot) {
                (false, _, _) | (true, 0, Some(Dot::Nil)) => {}
                (true, 0, _) => desk.mark(module, Dot::Nothing),
                (true, rows, _) => desk.mark(module, Dot::Entered(rows)),
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news(site: &str) -> Told {
        let touched = Touched {
            entity: "dispatch".into(),
            site_id: Some(site.into()),
            changes: 1,
            first: None,
            last: None,
        };
        Told::News(News { changes: 1, touched: vec![touched] })
    }

    #[test]
    fn what_was_heard_is_meant_once_and_what_is_forgotten_may_have_been() {
        let is_a = |touched: &Touched| touched.is_at("a");
        let mut heard = Heard::default();
        heard.hear(news("b"));
        assert!(!heard.is_any_since(0, &is_a));
        heard.hear(news("a"));
        assert!(heard.is_any_since(0, &is_a) && heard.is_any_since(1, &is_a));
        assert!(!heard.is_any_since(2, &is_a), "it was seen");
        heard.hear(Told::Anything);
        assert!(heard.is_any_since(2, &is_a));
        for _ in 0..MOST_TOLD {
            heard.hear(news("b"));
        }
        assert!(heard.is_any_since(2, &is_a), "too much happened to know");
        assert!(!heard.is_any_since(3, &is_a));
    }
}
