//! The saving queue against a core that answers as told: order, what is kept, what is not saved.

mod common;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use common::{Fake, SITE, body, deleted, entry, id, settle, today};
use deskops_domain::api::records::Saved;
use deskops_domain::api::{Code, Refusal};
use deskops_domain::choice::Operation;
use deskops_domain::draft::Draft;
use deskops_domain::entry::Entry;
use deskops_domain::id::Id;
use deskops_domain::modules::Production;
use deskops_domain::problem::{Problem, Problems};
use deskops_domain::record::Record as _;
use deskops_domain::settings::Target;
use deskops_ui::client::Client;
use deskops_ui::face::{Face, Row};
use deskops_ui::grid::RowId;
use deskops_ui::sheet::manner::manner;
use deskops_ui::sheet::plan::{Stored, Typed};
use deskops_ui::sheet::{
    Book, Counts, Job, RowJob, RowNews, SharedBook, Slot, Waits, save_in_order,
};
use dioxus::prelude::*;
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use serde_json::{Value as Json, json};

const ROW: RowId = RowId(0);

/// What a test sends and hears.
struct Bench {
    fake: Fake,
    client: Client,
    book: SharedBook,
    news: UnboundedReceiver<RowNews>,
    tell: UnboundedSender<RowNews>,
    jobs: Vec<Job>,
}

thread_local! {
    static JOBS: RefCell<Vec<Job>> = const { RefCell::new(Vec::new()) };
    static UNSENT: RefCell<u64> = const { RefCell::new(0) };
    static UNSAVED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn slot() -> Slot {
    Slot::of_key(["MAT002", "ALL", "CRU-PRO", "1"].map(str::to_owned).into())
}

fn right(body: Production) -> Typed {
    Typed::Right(today(), body.values())
}

impl Bench {
    fn new(fake: Fake, stored: Option<Entry<Production>>) -> Self {
        let (tell, news) = unbounded();
        let stored = Stored { entry: stored.map(Row::from), has_draft: false };
        let face = Face::of::<Production>();
        let book = Book {
            manner: Rc::new(manner(&face)),
            face,
            site: SITE.into(),
            day: today(),
            today: today(),
            rows: BTreeMap::from([(ROW, (slot(), stored))]),
            others: Vec::new(),
            next_new: 1,
            turns: BTreeMap::new(),
            ids: BTreeMap::new(),
        };
        Self {
            client: Client::new(fake.clone()),
            fake,
            book: Rc::new(RefCell::new(book)),
            news,
            tell,
            jobs: Vec::new(),
        }
    }

    /// The same row in a sheet that is a list and no day.
    fn in_a_list(self) -> Self {
        self.book.borrow_mut().manner = Rc::new(manner(&Face::of::<Target>()));
        self
    }

    fn then(mut self, typed: Typed) -> Self {
        let cells: Draft =
            json!({"qtyTon": "12"}).as_object().cloned().expect("a draft is an object");
        let job = RowJob {
            turn: 0,
            book: self.book.clone(),
            row: ROW,
            slot: slot(),
            name: "G1".into(),
            typed,
            cells,
            waits: Waits::Store,
            news: self.tell.clone(),
        };
        self.jobs.push(Job::Row(Box::new(job), self.client.busy()));
        self
    }

    /// Everything that is not saved is tried again.
    fn again(mut self) -> Self {
        self.jobs.push(Job::Retry);
        self
    }

    /// Runs the queue to its end.
    fn run(mut self) -> (Vec<RowNews>, SharedBook, Fake) {
        JOBS.set(std::mem::take(&mut self.jobs));
        let mut page = VirtualDom::new(queue).with_root_context(self.client.clone());
        page.rebuild_in_place();
        settle(&mut page);
        let mut heard = Vec::new();
        while let Ok(told) = self.news.try_recv() {
            heard.push(told);
        }
        (heard, self.book, self.fake)
    }
}

fn queue() -> Element {
    let client = use_context::<Client>();
    let counts = Counts {
        unsent: use_signal(|| 0_u64),
        unsaved: use_signal(Vec::new),
        lists: use_signal(|| 0),
        question: use_signal(|| None),
    };
    let saving = use_coroutine(move |jobs| save_in_order(client.clone(), counts, jobs));
    use_hook(move || JOBS.take().into_iter().for_each(|job| saving.send(job)));
    use_effect(move || UNSENT.set((counts.unsent)()));
    use_effect(move || {
        UNSAVED.set(counts.unsaved.read().iter().map(|job: &RowJob| job.name.clone()).collect())
    });
    rsx! {}
}

fn saved(entry: Entry<Production>) -> Saved<Production> {
    Saved { entry, unsent: 15 }
}

#[test]
fn a_row_is_saved_and_what_waits_is_counted() {
    let fake = Fake::default().answer("production/create", saved(entry(7, body(2, 12_000))));
    let (heard, book, fake) = Bench::new(fake, None).then(right(body(2, 12_000))).run();
    assert_eq!(heard, [RowNews::Saving(ROW), RowNews::Done(ROW)]);
    assert_eq!(fake.names(), ["production/create"]);
    assert_eq!(book.borrow().total("qtyTon"), 12_000);
    assert_eq!(UNSENT.take(), 15);
}

#[test]
fn rows_are_saved_in_the_order_in_which_they_were_left() {
    let fake = Fake::default()
        .answer("production/create", saved(entry(7, body(2, 12_000))))
        .answer("production/edit", saved(entry(7, body(2, 13_000))))
        .answer("production/void", saved(deleted(entry(7, body(2, 13_000)))));
    let bench = Bench::new(fake, None)
        .then(right(body(2, 12_000)))
        .then(right(body(2, 13_000)))
        .then(Typed::Nothing);
    let (heard, book, fake) = bench.run();
    assert_eq!(fake.names(), ["production/create", "production/edit", "production/void"]);
    assert_eq!(
        fake.asked.borrow()[1].1,
        json!({"id": id(7), "rev": 3, "draft": {"qtyTon": 13.000}}),
        "the edit knows the record that the create made"
    );
    assert_eq!(heard.iter().filter(|told| **told == RowNews::Done(ROW)).count(), 3);
    assert_eq!(book.borrow().n_entries(), 0);
}

#[test]
fn a_row_that_is_not_right_is_kept_and_nothing_else_is_asked() {
    let cells: Draft = json!({"qtyTon": "1.2345"}).as_object().cloned().unwrap();
    let fake = Fake::default().answer("production/keep-draft", ());
    let (heard, book, fake) = Bench::new(fake, None).then(Typed::Wrong(cells)).run();
    assert_eq!(heard, [RowNews::Kept(ROW)]);
    let asked = fake.asked.borrow();
    assert_eq!(
        asked[0].1,
        json!({"siteId": "s1", "date": "2026-11-22", "row": "MAT002/ALL/CRU-PRO/1", "cells": {"qtyTon": "1.2345"}})
    );
    assert!(book.borrow().rows[&ROW].1.has_draft);
}

/// A core that does not answer so many times, and then does.
fn silent(n_times: usize) -> Fake {
    let mut n_left = n_times;
    let answer =
        serde_json::to_value(saved(entry(7, body(2, 12_000)))).expect("an answer is plain data");
    Fake::default().on("production/create", move |_| {
        let is_silent = n_left > 0;
        n_left = n_left.saturating_sub(1);
        if is_silent { Err(Refusal::new(Code::Offline, "No answer.")) } else { Ok(answer.clone()) }
    })
}

#[test]
fn without_an_answer_the_row_is_marked_and_not_lost() {
    let (heard, book, _) = Bench::new(silent(9), None).then(right(body(2, 12_000))).run();
    assert!(
        matches!(heard.as_slice(), [RowNews::Saving(_), RowNews::NotSaved(_, refusal)] if refusal.code == Code::Offline),
        "{heard:?}"
    );
    assert_eq!(UNSAVED.take(), ["G1"]);
    assert_eq!(book.borrow().n_entries(), 0);
}

#[test]
fn what_is_not_saved_is_tried_again_and_then_not_marked_any_more() {
    let bench = Bench::new(silent(2), None).then(right(body(2, 12_000))).again().again();
    let (heard, book, fake) = bench.run();
    assert_eq!(fake.names(), ["production/create"; 3]);
    assert_eq!(heard.last(), Some(&RowNews::Done(ROW)));
    assert!(UNSAVED.take().is_empty());
    assert_eq!(book.borrow().total("qtyTon"), 12_000);
}

/// The ids by which new records were asked for.
fn asked_ids(fake: &Fake) -> Vec<Json> {
    let asked = fake.asked.borrow();
    let creates = asked.iter().filter(|(name, _)| name.ends_with("/create"));
    creates.map(|(_, input)| input["id"].clone()).collect()
}

#[test]
fn a_new_row_is_asked_for_by_one_id_until_it_is_there() {
    let fake = silent(2).answer("production/void", saved(deleted(entry(7, body(2, 12_000)))));
    let bench = Bench::new(fake, None).then(right(body(2, 12_000))).again().again();
    let (_, _, fake) = bench.then(Typed::Nothing).then(right(body(2, 9_000))).run();
    let ids = asked_ids(&fake);
    assert!(Id::parse(ids[0].as_str().unwrap()).is_some(), "{ids:?}");
    assert_eq!(
        (&ids[1], &ids[2]),
        (&ids[0], &ids[0]),
        "the same row, whatever became of the answer"
    );
    assert_ne!(ids[3], ids[0], "what is typed after a deletion is another record");
}

#[test]
fn what_was_changed_before_a_lost_answer_came_is_an_edit_of_the_record_that_is_there() {
    let mut n_asked = 0;
    let there = entry(7, body(2, 11_000));
    let fake = Fake::default()
        .on("production/create", move |_| {
            n_asked += 1;
            let code = if n_asked == 1 { Code::Offline } else { Code::IdReused };
            Err(Refusal::new(code, "This id is in use already."))
        })
        .answer("production/get", &there)
        .answer("production/edit", saved(entry(7, body(2, 12_000))));
    let bench = Bench::new(fake, None).then(right(body(2, 11_000))).then(right(body(2, 12_000)));
    let (heard, book, fake) = bench.run();
    assert_eq!(
        fake.names(),
        ["production/create", "production/create", "production/get", "production/edit"]
    );
    assert_eq!(fake.asked.borrow()[2].1, json!({"id": asked_ids(&fake)[0]}));
    assert_eq!(heard.last(), Some(&RowNews::Done(ROW)));
    assert_eq!(book.borrow().total("qtyTon"), 12_000);
    assert!(UNSAVED.take().is_empty());
}

#[test]
fn a_row_waits_for_somebody_to_sign_in_and_is_saved_then() {
    let mut n_asked = 0;
    let done = serde_json::to_value(saved(entry(1, body(2, 12_000)))).expect("plain data");
    let fake = Fake::default().on("production/create", move |_| {
        n_asked += 1;
        let ended = Refusal::new(Code::Unauthorized, "Sign in first.");
        if n_asked == 1 { Err(ended) } else { Ok(done.clone()) }
    });
    let bench = Bench::new(fake, None).then(right(body(2, 12_000))).again();
    let (heard, _, fake) = bench.run();
    assert!(
        matches!(&heard[1], RowNews::NotSaved(_, refusal) if refusal.code == Code::Unauthorized),
        "{heard:?}"
    );
    assert_eq!(heard.last(), Some(&RowNews::Done(ROW)));
    assert_eq!(fake.names(), ["production/create", "production/create"], "and no draft between");
    assert!(UNSAVED.take().is_empty());
}

#[test]
fn what_was_typed_last_takes_the_place_of_what_was_not_saved() {
    let bench = Bench::new(silent(1), None)
        .then(right(body(2, 11_000)))
        .then(right(body(2, 12_000)))
        .again();
    let (_, _, fake) = bench.run();
    let asked = fake.asked.borrow();
    let quantities: Vec<_> =
        asked.iter().map(|(_, input)| input["draft"]["qtyTon"].clone()).collect();
    assert_eq!(quantities, [json!(11.000), json!(12.000)], "the older figure is not sent again");
    assert!(UNSAVED.take().is_empty());
}

#[test]
fn an_answer_that_was_lost_on_its_way_is_found_to_be_done() {
    let there = entry(8, body(2, 12_000));
    let refusal = Refusal::duplicate(id(8), "G1 is already entered.");
    let fake =
        Fake::default().refuse("production/create", refusal).answer("production/get", &there);
    let (heard, _, _) = Bench::new(fake, None).then(right(body(2, 12_000))).run();
    assert_eq!(heard.last(), Some(&RowNews::Done(ROW)));
}

#[test]
fn what_the_door_refuses_is_kept_as_a_draft() {
    let problem = Problem::new("qtyTon", "E-NUM", "Quantity (t) must be more than 0.000.");
    let refusal = Refusal::invalid(Problems(vec![problem]));
    let fake = Fake::default()
        .refuse("production/create", refusal.clone())
        .answer("production/keep-draft", ());
    let (heard, book, fake) = Bench::new(fake, None).then(right(body(2, 12_000))).run();
    assert_eq!(heard.last(), Some(&RowNews::NotSaved(ROW, refusal)));
    assert_eq!(fake.names(), ["production/create", "production/keep-draft"]);
    assert!(book.borrow().rows[&ROW].1.has_draft);
}

#[test]
fn a_record_that_somebody_else_changed_is_read_again_and_shown() {
    let newer = entry(7, body(2, 99_000));
    let fake = Fake::default()
        .refuse("production/edit", Refusal::new(Code::RecordChanged, "Somebody changed it."))
        .answer("production/get", &newer);
    let (heard, book, _) =
        Bench::new(fake, Some(entry(7, body(2, 11_000)))).then(right(body(2, 12_000))).run();
    assert_eq!(
        heard.last(),
        Some(&RowNews::Other(ROW, Box::new(newer.into()), "Somebody changed it.".into()))
    );
    assert_eq!(book.borrow().total("qtyTon"), 99_000, "the next edit starts from what is stored");
}

#[test]
fn a_record_that_is_already_there_is_shown_in_its_row() {
    let there = entry(8, body(2, 99_000));
    let fake = Fake::default()
        .refuse("production/create", Refusal::duplicate(id(8), "G1 is already entered."))
        .answer("production/get", &there);
    let (heard, _, _) = Bench::new(fake, None).then(right(body(2, 12_000))).run();
    assert_eq!(
        heard.last(),
        Some(&RowNews::Other(ROW, Box::new(there.into()), "G1 is already entered.".into()))
    );
}

#[test]
fn another_operation_is_another_record_in_one_step() {
    let moved = Production { operation: Operation::Segregation, ..body(2, 12_000) };
    let fake = Fake::default().answer("production/replace", saved(entry(8, moved.clone())));
    let (_, book, fake) =
        Bench::new(fake, Some(entry(7, body(2, 12_000)))).then(right(moved)).run();
    assert_eq!(fake.names(), ["production/replace"]);
    assert_eq!(
        book.borrow().rows[&ROW].1.live().map(|entry| entry.id.clone()),
        Some(id(8)),
        "the row is the new record"
    );
}

#[test]
fn a_locked_day_takes_nothing_and_the_row_shows_what_is_stored() {
    let there = entry(7, body(2, 11_000));
    let fake = Fake::default().refuse(
        "production/edit",
        Refusal::new(Code::PeriodLocked, "Sun 22 Nov is locked by Huda."),
    );
    let (heard, _, fake) = Bench::new(fake, Some(there.clone())).then(right(body(2, 12_000))).run();
    let why = "Sun 22 Nov is locked by Huda.".to_owned();
    assert_eq!(heard.last(), Some(&RowNews::Locked(ROW, Some(Box::new(there.into())), why)));
    assert_eq!(fake.names(), ["production/edit"], "nothing of it is kept as a draft");
    assert!(UNSAVED.take().is_empty());
}

#[test]
fn a_row_of_a_list_that_is_not_right_waits_on_the_page_until_it_is() {
    let cells: Draft = json!({"qtyTon": "1.2345"}).as_object().cloned().unwrap();
    let fake = Fake::default().answer("production/create", saved(entry(7, body(2, 12_000))));
    let bench =
        Bench::new(fake.clone(), None).in_a_list().then(Typed::Wrong(cells.clone())).again();
    let (heard, book, fake) = bench.run();
    assert_eq!(heard, [RowNews::Kept(ROW)]);
    assert_eq!(fake.names(), [""; 0], "lists keep no drafts");
    assert!(!book.borrow().rows[&ROW].1.has_draft);
    assert_eq!(UNSAVED.take(), ["G1"]);
    let bench = Bench::new(fake, None).in_a_list().then(Typed::Wrong(cells));
    let (_, _, fake) = bench.then(right(body(2, 12_000))).run();
    assert_eq!(fake.names(), ["production/create"]);
    assert_eq!(UNSAVED.take(), [""; 0], "it is mended");
}

#[test]
fn a_row_of_a_list_that_was_refused_is_not_lost_and_not_asked_for_again_and_again() {
    let refusal = Refusal::new(Code::DuplicateRecord, "Code `G1` is taken in Materials.");
    let fake = Fake::default().refuse("production/create", refusal.clone());
    let bench = Bench::new(fake, None).in_a_list().then(right(body(2, 12_000))).again().again();
    let (heard, _, fake) = bench.run();
    assert_eq!(heard, [RowNews::Saving(ROW), RowNews::NotSaved(ROW, refusal)]);
    assert_eq!(fake.names(), ["production/create"]);
    assert_eq!(UNSAVED.take(), ["G1"]);
}
