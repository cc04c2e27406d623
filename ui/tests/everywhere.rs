//! Head office: the switch of sites, the dashboard of all of them, the board of their days, what is
//! shown in place of a screen that belongs to one site, devices and the security log.

mod common;

use common::{Fake, SITE, board, day, html, id, now, page, session, today, welcome};
use deskops_domain::api::completeness::{Completeness, SiteDayState, SiteDays, Stage};
use deskops_domain::api::dashboard::{Board, Card, ModuleDay, Moved, SiteLine, SiteSums};
use deskops_domain::api::devices::{Device, DeviceKind, DeviceState};
use deskops_domain::api::security::{SecurityEntry, SecurityEvent, SecurityPage};
use deskops_domain::api::session::{Session, SiteDay};
use deskops_domain::catalogue::Site;
use deskops_domain::choice::Module;
use deskops_ui::browser;
use deskops_ui::dashboard::{change, missing_somewhere, total};
use deskops_ui::parts::IconShape;
use serde_json::json;

const OTHER: &str = "s2";

/// Two sites within reach; at the other one it is still yesterday.
fn office() -> Session {
    let mut office = session();
    let first = office.catalogue.sites[0].clone();
    let other =
        Site { id: OTHER.into(), code: "YANBU-2".into(), name: "Yanbu yard".into(), ..first };
    office.catalogue.sites.push(other);
    let today = day("2026-11-21");
    office.today.push(SiteDay { site_id: OTHER.into(), today, offset_minutes: -600 });
    office
}

fn line(site: &str, produced_kg: i64, before: Option<i64>) -> SiteLine {
    let sums = |produced_kg| SiteSums {
        moved: Moved { produced_kg, ..Moved::default() },
        stock_kg: Some(7_000),
        run: 450,
    };
    let of = |module, n_missing| {
        let rows = if module == Module::Production && produced_kg > 0 { 9 } else { 0 };
        ModuleDay { module, rows, is_nil: false, n_missing }
    };
    SiteLine {
        site_id: site.into(),
        modules: vec![of(Module::Production, 0), of(Module::Dispatch, 1)],
        now: sums(produced_kg),
        before: before.map(sums),
    }
}

fn everywhere() -> Board {
    Board { sites: vec![line(SITE, 60_000, Some(50_000)), line(OTHER, 0, Some(0))], ..board() }
}

fn state(stage: Stage) -> SiteDayState {
    let by = stage.is_closed().then(|| ("huda".to_owned(), now()));
    let n_there = if stage == Stage::Partial { 3 } else { 4 };
    let missing = if stage == Stage::Partial { vec!["dispatch".to_owned()] } else { Vec::new() };
    SiteDayState { stage, n_there, missing, drafts: 0, by, is_overdue: stage == Stage::Empty }
}

fn days() -> Completeness {
    let row = |site: &str, stages: [Stage; 3]| SiteDays {
        site_id: site.into(),
        today: today(),
        days: stages.into_iter().map(state).collect(),
    };
    Completeness {
        days: (0..3).rev().map(|back| today().plus(-back)).collect(),
        sites: vec![
            row(SITE, [Stage::Closed, Stage::Partial, Stage::Entered]),
            row(OTHER, [Stage::Locked, Stage::Empty, Stage::NotYet]),
        ],
    }
}

fn at(hash: &str, fake: Fake) -> String {
    browser::set_hash(hash);
    let html = html(&page(&fake));
    browser::set_hash("");
    html
}

fn office_core() -> Fake {
    Fake::at_work()
        .answer("session/hello", welcome(office()))
        .answer("dashboard/board", everywhere())
        .answer("completeness/list", days())
}

#[test]
fn whoever_reaches_several_sites_begins_with_all_of_them() {
    let fake = office_core();
    let html = at("", fake.clone());
    let asked = fake.asked.borrow();
    let (name, input) = &asked[1];
    assert_eq!(name, "dashboard/board");
    assert_eq!((input.get("siteId"), &input["date"]), (None, &json!("2026-11-22")));
    assert!(html.contains("role=\"combobox\"") && html.contains("value=\"All sites\""), "{html}");
    assert!(html.contains("Sun 22 Nov 2026 · all sites"), "{html}");
    assert!(html.contains("href=\"#/production?site=all&#38;day=2026-11-22"), "{html}");
    assert!(!html.contains("class=\"dot\""), "the menu tells nothing of one site's day: {html}");
}

#[test]
fn whoever_reaches_one_site_is_told_which_and_chooses_nothing() {
    let html = at("", Fake::at_work());
    assert!(html.contains("ALASLA-29</strong>"), "{html}");
    assert!(!html.contains("role=\"combobox\"") && !html.contains("Sites side by side"), "{html}");
    let html = at("/dashboard?site=all&day=2026-11-22", Fake::at_work());
    assert!(!html.contains("all sites"), "one site is not every site: {html}");
}

#[test]
fn sites_stand_side_by_side_and_are_opened_by_their_names() {
    let html = at("", office_core());
    for words in [
        "Sites side by side",
        "href=\"#/dashboard?site=s1&#38;day=2026-11-22\">ALASLA-29",
        "href=\"#/dashboard?site=s2&#38;day=2026-11-22\">YANBU-2",
        "60.000 t",
        "up 20.00 %",
        "4.50 h",
        "9.00 h",
        "nothing before either",
        "it is 21 Nov there",
        "Dispatch missing",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("class=\"details panel\""), "records are those of one site");
}

#[test]
fn figures_are_compared_and_added_only_where_they_are_known() {
    assert_eq!(change(Some(5), None), (None, String::new()));
    assert_eq!(change(Some(5), Some(0)).1, "nothing before");
    assert_eq!(change(Some(3), Some(4)), (Some(IconShape::ArrowDown), "down 25.00 %".into()));
    let lines = [line(SITE, 60_000, None), line(OTHER, 5, None)];
    assert_eq!(total(&lines, |line| Some(line.now.moved.produced_kg)), Some(60_005));
    assert_eq!(total(&lines, |line| line.before.map(|sums| sums.run)), None);
    let card = |module| Card {
        module,
        kg: None,
        compared_day: None,
        baseline_kg: None,
        change: None,
        trend: Vec::new(),
    };
    let modules = line(SITE, 0, None).modules;
    assert_eq!(
        missing_somewhere(&card(Module::Inventory), &modules, 10),
        (true, "not entered at 1 of 10 sites".into())
    );
    assert_eq!(missing_somewhere(&card(Module::Production), &modules, 10).1, "0 rows");
}

#[test]
fn a_screen_of_one_site_offers_the_sites_instead() {
    let fake = office_core();
    let html = at("/production?site=all&day=2026-11-22&view=sheet", fake.clone());
    for words in [
        "Records are entered at one site",
        "href=\"#/production?site=s2&#38;day=2026-11-22&#38;view=sheet\"",
        "Yanbu yard",
        "60.000 t",
        "Sat 21 Nov 2026",
        "9 rows",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains(">0.000 t<"), "what is not entered is not zero: {html}");
    let asked = fake.asked.borrow();
    let (_, input) = asked.iter().find(|(name, _)| name == "dashboard/board").unwrap();
    assert_eq!(
        (&input["dateFrom"], &input["dateTo"]),
        (&json!("2026-11-22"), &json!("2026-11-22"))
    );
    let html = at("/balance?site=all&day=2026-11-22", office_core());
    assert!(
        html.contains("This belongs to one site") && html.contains("/balance?site=s1"),
        "{html}"
    );
    let html = at("/settings/target?site=all&day=2026-11-22", office_core());
    assert!(html.contains("Each site has its own"), "{html}");
    assert!(html.contains("At each site"), "{html}");
}

#[test]
fn the_board_tells_each_day_in_a_word_and_an_icon_and_counts() {
    let fake = office_core();
    let html = at("/completeness?site=s1&day=2026-11-22", fake.clone());
    for words in [
        "aria-label=\"ALASLA-29, Fri 20 Nov 2026: Closed by huda on 22 Nov, 10:42\"",
        "3 of 4 inputs are there; missing: Dispatch",
        "YANBU-2, Sat 21 Nov 2026: Nothing entered; overdue",
        "2 of 2 sites closed 20 Nov",
        "0 of 1 sites closed 22 Nov",
        "ALASLA-29: 1 of 3 days closed",
        "YANBU-2: 1 of 2 days closed",
        "data-overdue=\"true\"",
        "ALASLA-29, Sun 22 Nov 2026: Everything is entered; the day can be closed.",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert_eq!(html.matches("class=\"board-cell\"").count(), 6);
    assert_eq!(html.matches("tabindex=\"0\" data-autofocus").count(), 1, "one stop of Tab: {html}");
    let asked = fake.asked.borrow();
    let (_, input) = asked.iter().find(|(name, _)| name == "completeness/list").unwrap();
    assert_eq!(*input, json!({"dateTo": "2026-11-22", "days": 14}), "of every site");
}

#[test]
fn nobody_without_a_site_sees_an_empty_board() {
    let none = Completeness { days: Vec::new(), sites: Vec::new() };
    let html = at("/completeness", Fake::at_work().answer("completeness/list", none));
    assert!(html.contains("No site is assigned to you yet"), "{html}");
}

#[test]
fn the_security_log_is_told_in_words_and_older_parts_are_offered() {
    let entry = |number, event, actor: &str, note: Option<&str>| SecurityEntry {
        id: id(number),
        at: now(),
        event,
        actor: actor.into(),
        subject: "omar".into(),
        note: note.map(str::to_owned),
        address: Some("10.0.0.7".into()),
        device: None,
    };
    let log = SecurityPage {
        entries: vec![
            entry(1, SecurityEvent::SignInFailed, "", None),
            entry(2, SecurityEvent::UserEdited, "huda", Some("Role: Moderator")),
            entry(3, SecurityEvent::SignedIn, "omar", None),
        ],
        next: Some(id(3)),
    };
    let fake = Fake::at_work().answer("security/list", log).answer("users/list", json!([]));
    let html = at("/security", fake.clone());
    for words in [
        "Wrong name or password",
        "User changed",
        "Role: Moderator",
        "themselves",
        "Show older",
        "10.0.0.7",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    let asked = fake.asked.borrow();
    let (_, input) = asked.iter().find(|(name, _)| name == "security/list").unwrap();
    assert_eq!(input["limit"], json!(100));
}

#[test]
fn devices_are_listed_with_whose_they_are_and_what_can_be_done() {
    let device = |number, name: &str, state| Device {
        id: id(number),
        name: name.into(),
        kind: DeviceKind::Browser,
        user: "omar".into(),
        state,
        app: None,
        address: Some("10.0.0.7".into()),
        created_at: now(),
        last_seen_at: now(),
        state_at: None,
        state_by: None,
        is_signed_in: true,
        is_this: number == 1,
    };
    let devices = vec![
        device(1, "Gate", DeviceState::Active),
        device(2, "Old laptop", DeviceState::Suspended),
        device(3, "Lost", DeviceState::Revoked),
    ];
    let omar = json!([{"id": id(9), "name": "omar", "fullName": "Omar G", "isActive": true,
        "rights": {"role": "OPERATOR", "sites": [SITE]},
        "createdAt": now(), "createdBy": "huda", "updatedAt": now(), "updatedBy": "huda"}]);
    let html =
        at("/devices", Fake::at_work().answer("devices/list", devices).answer("users/list", omar));
    for words in [
        "Gate",
        "(this one)",
        "Suspend Gate",
        "Revoke Gate",
        "Resume Old laptop",
        "Revoked",
        "ALASLA-29",
        "22 Nov, 10:42",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("Suspend Lost") && !html.contains("Revoke Lost"), "{html}");
}
