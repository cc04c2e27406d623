//! A core that answers as a test says, the catalogue of a small site, and pages rendered on the host.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::cell::RefCell;
use std::rc::Rc;

use deskops_domain::access::Role;
use deskops_domain::api::dashboard::{
    Board, Card, DayFigure, Heads, Level, MachineHours, ModuleDay, Moved,
};
use deskops_domain::api::days::DaySheet;
use deskops_domain::api::session::{Person, Session, SiteDay, Welcome};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::catalogue::{Catalogue, Item, Site};
use deskops_domain::choice::{Module, Operation, Shift, Unit};
use deskops_domain::day::Day;
use deskops_domain::entry::{Entry, Moment, Stamp, Voided};
use deskops_domain::field::MaterialId;
use deskops_domain::id::Id;
use deskops_domain::modules::Production;
use deskops_domain::quantity::Tons;
use deskops_domain::record::Record;
use deskops_ui::app::App;
use deskops_ui::client::{Carrier, Client};
use deskops_ui::face::{DayRows, Row};
use dioxus::prelude::*;
use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;
use serde_json::Value as Json;

pub const SITE: &str = "s1";

pub fn day(text: &str) -> Day {
    Day::parse(text).expect("a test writes real days")
}

pub fn today() -> Day {
    day("2026-11-22")
}

/// Half past seven UTC, which is 10:42 in Jeddah.
pub fn now() -> Moment {
    Moment::parse("2026-11-22T07:42:00Z").expect("it is a real instant")
}

pub fn id(number: u8) -> Id {
    Id::random(1_795_000_000_000, [number; 10])
}

fn item(number: u32, code: &str, name: &str, is_final: bool) -> Item {
    Item {
        id: format!("MAT{number:03}"),
        code: code.into(),
        name: name.into(),
        name_ar: None,
        category: "AGGREGATE".into(),
        unit: Unit::Ton,
        is_final,
        position: number,
        active_from: deskops_domain::day::FIRST_DAY,
        inactive_from: None,
    }
}

pub fn catalogue() -> Catalogue {
    let site = Site {
        id: SITE.into(),
        code: "ALASLA-29".into(),
        name: "Al Asla 29".into(),
        location: None,
        timezone: "Asia/Riyadh".into(),
        day_cut_minutes: 0,
        week_start: 7,
        days_off: vec![5],
        is_active: true,
    };
    let mut old = item(9, "OLD", "Old stone", true);
    old.inactive_from = Some(day("2026-01-01"));
    let materials = vec![
        item(1, "RAW", "Raw feed", false),
        item(2, "AGG-G1", "G1", true),
        item(3, "AGG-3/4", "3/4 inch", true),
        item(4, "AGG-3/8", "3/8 inch", true),
        old,
    ];
    Catalogue { sites: vec![site], materials, equipment: Vec::new(), crew_roles: Vec::new() }
}

pub fn session() -> Session {
    Session {
        user: "huda".into(),
        full_name: "Huda".into(),
        role: Role::Admin,
        device: id(1),
        version: "0.1.0".into(),
        now: now(),
        today: vec![SiteDay { site_id: SITE.into(), today: today(), offset_minutes: 180 }],
        catalogue: catalogue(),
        database: "/home/huda/desk.db".into(),
        database_bytes: 3_271_000,
        unsent: 14,
        notices: Vec::new(),
    }
}

/// What a page is told that is signed in.
pub fn welcome(session: Session) -> Welcome {
    Welcome {
        version: session.version.clone(),
        notices: Vec::new(),
        set_up: None,
        people: people(),
        session: Some(session),
    }
}

pub fn people() -> Vec<Person> {
    let person = |name: &str, full_name: &str, role| Person {
        name: name.into(),
        full_name: full_name.into(),
        role,
    };
    vec![person("huda", "Huda Q", Role::Admin), person("omar", "Omar G", Role::Operator)]
}

pub fn body(material: u32, kg: i64) -> Production {
    Production {
        origin: deskops_domain::choice::Provenance::Typed,
        material_id: MaterialId(format!("MAT{material:03}")),
        shift: Shift::All,
        qty_kg: Tons::kg(kg),
        operation: Operation::CrusherProduction,
        line: 1,
        notes: None,
    }
}

pub fn entry(number: u8, body: Production) -> Entry<Production> {
    let stamp = Stamp {
        created_at: now(),
        created_by: "huda".into(),
        updated_at: now(),
        updated_by: "huda".into(),
        rev: 3,
        voided: None,
        is_sent: false,
    };
    Entry { id: id(number), site: SITE.into(), date: today(), body, stamp }
}

pub fn deleted(mut entry: Entry<Production>) -> Entry<Production> {
    entry.stamp.voided = Some(Voided { at: now(), by: "huda".into(), reason: None });
    entry
}

pub fn empty_day() -> DaySheet<Production> {
    no_records()
}

/// A day of which nothing is stored.
pub fn no_records<R>() -> DaySheet<R> {
    DaySheet {
        entries: Vec::new(),
        drafts: Vec::new(),
        usual: Default::default(),
        previous: None,
        nil: None,
        unsent: 14,
    }
}

pub fn board() -> Board {
    let card = |module, kg, baseline_kg, change| Card {
        module,
        kg,
        compared_day: Some(day("2026-11-21")),
        baseline_kg,
        change,
        trend: (1..=14).map(|at| at * 1_000).collect(),
    };
    let of = |module, rows| ModuleDay { module, rows, is_nil: false, n_missing: 0 };
    let figure = |back: i64| DayFigure {
        day: today().plus(-back),
        is_working: today().plus(-back).weekday() != 5,
        moved: Moved {
            produced_kg: 1_000_000 + back * 1_000,
            received_kg: 900_000,
            dispatched_kg: 800_000 + back * 10_000,
        },
        target_kg: Some(1_010_000),
        machines: MachineHours { run: 6_000, standby: 1_500, down: 500, scheduled: 10_000 },
        stock_kg: vec![5_000_000, 2_000_000],
        stock_min_kg: Some(1_000_000),
        stock_max_kg: None,
        crew: vec![Heads { present: 9, planned: Some(10) }],
    };
    let level = |material: &str, kg, min_kg| Level {
        material_id: material.into(),
        kg,
        min_kg,
        max_kg: None,
    };
    Board {
        cards: vec![
            card(Module::Production, Some(1_042_000), Some(1_000_000), Some(420)),
            card(Module::Received, None, None, None),
            card(Module::Dispatch, Some(500_000), None, None),
            card(Module::Inventory, Some(7_000_000), Some(7_000_000), Some(0)),
        ],
        modules: vec![
            of(Module::Production, 12),
            of(Module::Received, 0),
            of(Module::Dispatch, 9),
            of(Module::Equipment, 5),
            of(Module::Manpower, 4),
        ],
        categories: vec!["AGGREGATES".into(), "PROCESSED_BASE".into()],
        roles: vec!["ROLE_LABORER".into()],
        days: (0..30).rev().map(figure).collect(),
        levels: vec![
            level("MAT002", 5_000_000, Some(1_000_000)),
            level("MAT003", 20_000, Some(100_000)),
        ],
        sites: Vec::new(),
    }
}

/// A day as the sheet has it.
pub fn rows<R: Record>(day: DaySheet<R>) -> DayRows {
    DayRows {
        rows: day.entries.into_iter().map(Row::from).collect(),
        drafts: day.drafts,
        usual: day.usual,
        previous: day.previous,
        nil: day.nil,
        unsent: day.unsent,
        ..DayRows::default()
    }
}

/// What a command is answered with.
type Reply = Box<dyn FnMut(&Json) -> Result<Json, Refusal>>;

/// A core that answers as a test says, and remembers what it was asked.
#[derive(Clone, Default)]
pub struct Fake {
    replies: Rc<RefCell<Vec<(String, Reply)>>>,
    pub asked: Rc<RefCell<Vec<(String, Json)>>>,
}

impl Fake {
    pub fn on(
        self,
        name: &str,
        reply: impl FnMut(&Json) -> Result<Json, Refusal> + 'static,
    ) -> Self {
        self.replies.borrow_mut().retain(|(known, _)| known != name);
        self.replies.borrow_mut().push((name.to_owned(), Box::new(reply)));
        self
    }

    pub fn answer(self, name: &str, answer: impl serde::Serialize) -> Self {
        let answer = serde_json::to_value(answer).expect("answers are plain data");
        self.on(name, move |_| Ok(answer.clone()))
    }

    pub fn refuse(self, name: &str, refusal: Refusal) -> Self {
        self.on(name, move |_| Err(refusal.clone()))
    }

    /// A core with a site, an empty day and a dashboard.
    pub fn at_work() -> Self {
        Self::default()
            .answer("session/hello", welcome(session()))
            .answer("production/day", empty_day())
            .answer("periods/ready", open_day())
            .answer("dashboard/board", board())
    }

    pub fn names(&self) -> Vec<String> {
        self.asked.borrow().iter().map(|(name, _)| name.clone()).collect()
    }
}

impl Carrier for Fake {
    fn send(
        &self,
        name: String,
        input: String,
    ) -> LocalBoxFuture<'static, Result<String, Refusal>> {
        let input: Json = serde_json::from_str(&input).expect("the page sends JSON");
        let mut replies = self.replies.borrow_mut();
        let reply = replies.iter_mut().find(|(known, _)| *known == name);
        let answer = reply.map_or_else(
            || Err(Refusal::new(Code::Offline, "DeskOps does not answer.")),
            |(_, reply)| reply(&input),
        );
        self.asked.borrow_mut().push((name, input));
        async move { answer.map(|answer| answer.to_string()) }.boxed_local()
    }
}

/// The whole page on this core, as it stands when nothing is left to do.
pub fn page(fake: &Fake) -> VirtualDom {
    let mut page = VirtualDom::new(App).with_root_context(Client::new(fake.clone()));
    page.rebuild_in_place();
    settle(&mut page);
    page
}

/// A small part of the page, inside of a client.
pub fn part(root: fn() -> Element) -> String {
    let mut page = VirtualDom::new(root).with_root_context(Client::new(Fake::at_work()));
    page.rebuild_in_place();
    dioxus_ssr::render(&page)
}

pub fn settle(page: &mut VirtualDom) {
    for _ in 0..50 {
        if page.wait_for_work().now_or_never().is_none() {
            return;
        }
        page.render_immediate(&mut dioxus::core::NoOpMutations);
    }
    panic!("the page does not come to rest");
}

pub fn html(page: &VirtualDom) -> String {
    dioxus_ssr::render(page)
}

/// A day that nobody has closed, with nothing entered.
pub fn open_day() -> deskops_domain::api::periods::Readiness {
    deskops_domain::api::periods::Readiness {
        period: None,
        locked_month: None,
        inputs: Vec::new(),
        opening_from: None,
        has_opening: true,
        open_days: Vec::new(),
        negative: Vec::new(),
        off: Vec::new(),
    }
}
