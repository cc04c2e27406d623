//! An edit of an earlier day asks before it moves the days after it, once a day, and loses nothing.

mod common;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use common::{Fake, SITE, body, catalogue, entry, id, settle, today};
use deskops_domain::api::ledger::{Cascade, Moved, Opening};
use deskops_domain::api::records::Saved;
use deskops_domain::draft::Draft;
use deskops_domain::entry::Entry;
use deskops_domain::modules::Production;
use deskops_domain::record::Record as _;
use deskops_ui::client::Client;
use deskops_ui::face::{Face, Row};
use deskops_ui::grid::RowId;
use deskops_ui::sheet::cascade::{Answer, lines, locked, words};
use deskops_ui::sheet::manner::manner;
use deskops_ui::sheet::plan::{Stored, Typed};
use deskops_ui::sheet::{
    Book, Counts, Job, RowJob, RowNews, SharedBook, Slot, Waits, save_in_order,
};
use dioxus::prelude::*;
use futures_channel::mpsc::unbounded;
use serde_json::{Value as Json, json};

thread_local! {
    static JOBS: RefCell<Vec<Job>> = const { RefCell::new(Vec::new()) };
    static IS_MEANT: Cell<bool> = const { Cell::new(true) };
    /// How many rows were not saved when each question stood, and its words.
    static ASKED: RefCell<Vec<(usize, String)>> = const { RefCell::new(Vec::new()) };
    static UNSAVED: Cell<usize> = const { Cell::new(0) };
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
    use_effect(move || UNSAVED.set(counts.unsaved.read().len()));
    use_effect(move || {
        if let Some(question) = counts.question.read().as_ref() {
            let n_unsaved = counts.unsaved.peek().len();
            ASKED.with_borrow_mut(|asked| asked.push((n_unsaved, words(&question.cascade))));
            question.answer(if IS_MEANT.get() { Answer::Save } else { Answer::TakeBack });
        }
    });
    rsx! {}
}

fn moved(day: &str, material: &str, closing: (i64, i64), variance: (i64, i64)) -> Moved {
    Moved { day: common::day(day), material_id: material.into(), closing, variance }
}

fn cascade() -> Cascade {
    Cascade {
        moved: vec![moved("2026-11-21", "MAT002", (5_000, 4_000), (0, 1_000))],
        locked: Vec::new(),
    }
}

/// Two days before the business day.
fn book(stored: Option<Entry<Production>>) -> SharedBook {
    let face = Face::of::<Production>();
    let slot =
        |material: &str| Slot::of_key([material, "ALL", "CRU-PRO", "1"].map(str::to_owned).into());
    let stored = Stored { entry: stored.map(Row::from), has_draft: false };
    Rc::new(RefCell::new(Book {
        manner: Rc::new(manner(&face)),
        face,
        site: SITE.into(),
        day: today().plus(-2),
        today: today(),
        rows: BTreeMap::from([
            (RowId(0), (slot("MAT002"), stored)),
            (RowId(1), (slot("MAT003"), Stored::default())),
        ]),
        others: Vec::new(),
        next_new: 1,
        turns: BTreeMap::new(),
        ids: BTreeMap::new(),
    }))
}

/// Runs rows through the queue; every question is answered alike.
fn run(fake: &Fake, book: &SharedBook, rows: &[(u32, Typed)], is_meant: bool) -> Vec<RowNews> {
    let (tell, mut news) = unbounded();
    let client = Client::new(fake.clone());
    let job = |(row, typed): &(u32, Typed)| {
        let job = RowJob {
            turn: 0,
            waits: Waits::Store,
            book: book.clone(),
            row: RowId(*row),
            slot: book.borrow().rows[&RowId(*row)].0.clone(),
            name: "G1".into(),
            typed: typed.clone(),
            cells: Draft::new(),
            news: tell.clone(),
        };
        Job::Row(Box::new(job), client.busy())
    };
    ASKED.take();
    IS_MEANT.set(is_meant);
    JOBS.set(rows.iter().map(job).collect());
    let mut page = VirtualDom::new(queue).with_root_context(client);
    page.rebuild_in_place();
    settle(&mut page);
    std::iter::from_fn(|| news.try_recv().ok()).collect()
}

fn right(material: u32, kg: i64) -> Typed {
    Typed::Right(today().plus(-2), body(material, kg).values())
}

fn old(number: u8, material: u32, kg: i64) -> Entry<Production> {
    Entry { date: today().plus(-2), ..entry(number, body(material, kg)) }
}

fn saving() -> Fake {
    let saved = |number, material, kg| json!(Saved { entry: old(number, material, kg), unsent: 1 });
    Fake::default()
        .answer("production/preview", cascade())
        .on("production/edit", move |_| Ok(saved(7, 2, 12_000)))
        .on("production/create", move |_| Ok(saved(8, 3, 9_000)))
        .on("production/void", move |_| Ok(saved(7, 2, 11_000)))
}

#[test]
fn an_edit_of_an_earlier_day_asks_once_a_day_and_then_tells() {
    let fake = saving();
    let rows = [(0, right(2, 12_000)), (1, right(3, 9_000))];
    let heard = run(&fake, &book(Some(old(7, 2, 11_000))), &rows, true);
    assert_eq!(
        ASKED.take(),
        [(1, "1 day, 1 material changes".to_owned())],
        "asked while not saved"
    );
    let told = |row| RowNews::Moved(RowId(row), "1 day, 1 material changes".into());
    assert!(heard.contains(&told(0)) && heard.contains(&told(1)), "{heard:?}");
    assert_eq!(
        fake.names(),
        ["production/preview", "production/edit", "production/preview", "production/create"]
    );
    let (_, asked) = fake.asked.borrow()[0].clone();
    assert_eq!(asked, json!({"id": id(7), "draft": {"qtyTon": 12.0}}));
    assert_eq!(UNSAVED.get(), 0);
}

#[test]
fn what_is_taken_back_is_not_written_and_the_row_shows_what_is_stored() {
    let (fake, stored) = (saving(), old(7, 2, 11_000));
    let heard = run(&fake, &book(Some(stored.clone())), &[(0, right(2, 12_000))], false);
    let shown = Some(Box::new(Row::from(stored)));
    assert_eq!(heard.last(), Some(&RowNews::TakenBack(RowId(0), shown)));
    assert_eq!(fake.names(), ["production/preview"]);
    assert_eq!(UNSAVED.get(), 0, "nothing is left to be saved");
    let heard = run(&fake, &book(None), &[(1, right(3, 9_000)), (1, right(3, 9_000))], false);
    assert_eq!(heard.last(), Some(&RowNews::TakenBack(RowId(1), None)));
    assert_eq!(ASKED.take().len(), 2, "typed again it is asked again");
}

#[test]
fn a_row_that_was_left_again_is_asked_about_once_as_it_then_is() {
    let (fake, book) = (saving(), book(None));
    book.borrow_mut().turns.insert(RowId(1), 1);
    let heard = run(&fake, &book, &[(1, right(3, 9_000))], true);
    assert_eq!((ASKED.take(), fake.names()), (vec![], vec!["production/preview".to_owned()]));
    assert_eq!(heard, [RowNews::Saving(RowId(1))], "the job that follows says what becomes of it");
    assert_eq!(UNSAVED.get(), 1, "until then it is not saved");
}

#[test]
fn a_deletion_asks_too_and_what_moves_nothing_does_not() {
    let fake = saving();
    run(&fake, &book(Some(old(7, 2, 11_000))), &[(0, Typed::Nothing)], true);
    assert_eq!(fake.asked.borrow()[0].1, json!({"id": id(7), "draft": Json::Null}));
    assert_eq!(ASKED.take().len(), 1);
    let fake = saving().answer("production/preview", Cascade::default());
    let heard = run(&fake, &book(None), &[(1, right(3, 9_000))], true);
    assert_eq!(ASKED.take(), []);
    assert_eq!(heard.last(), Some(&RowNews::Done(RowId(1))));
}

#[test]
fn on_the_business_day_nothing_is_asked() {
    let (fake, book) = (saving(), book(None));
    book.borrow_mut().today = today().plus(-2);
    run(&fake, &book, &[(1, right(3, 9_000))], true);
    assert_eq!(fake.names(), ["production/create"]);
}

#[test]
fn the_question_lists_days_and_materials_and_says_how_many_it_leaves_out() {
    let mut cascade = Cascade {
        moved: (1..=14)
            .rev()
            .map(|day| moved(&format!("2026-11-{day:02}"), "MAT002", (1_500, -500), (0, 0)))
            .collect(),
        locked: vec![Opening { day: today(), material_id: "MAT003".into(), off_kg: 2_000 }],
    };
    let (shown, left_out) = lines(&cascade, &catalogue());
    assert_eq!((shown.len(), left_out), (12, 2));
    assert_eq!(shown[0].day, common::day("2026-11-01"));
    assert_eq!(shown[0].closing, ("1.500".to_owned(), "−0.500".to_owned()));
    assert_eq!((shown[0].material.as_str(), &shown[0].variance), ("G1", &None));
    assert_eq!(
        locked(&cascade, &catalogue()),
        [
            "Sun 22 Nov 2026 is locked and keeps its figures: 3/4 inch opens 2.000 t off what the day before closes with."
        ]
    );
    assert_eq!(words(&cascade), "14 days, 1 material changes, 1 opening of a locked day is off");
    cascade.moved.clear();
    assert_eq!(words(&cascade), "1 opening of a locked day is off");
}
