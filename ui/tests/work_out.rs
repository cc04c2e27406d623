//! What the clerk is told when lines come from machine hours and tons from loads.

mod common;

use common::{Fake, SITE, body, catalogue, empty_day, entry, html, page, rows, today};
use deskops_domain::api::days::DaySheet;
use deskops_domain::api::loads::Estimated;
use deskops_domain::api::rates::{Applied, Proposal, Proposed};
use deskops_domain::catalogue::{Catalogue, Item};
use deskops_domain::choice::{Provenance, Shift};
use deskops_domain::entry::Moment;
use deskops_domain::modules::Production;
use deskops_domain::rate_card::{Line, Off, Part};
use deskops_ui::desk::Tone;
use deskops_ui::face::Face;
use deskops_ui::sheet::manner::manner;
use deskops_ui::sheet::{Setting, hours_told, lay_out, loads_told};
use std::rc::Rc;

fn stocked() -> Catalogue {
    let jaw = Item { id: "EQ001".into(), name: "Jaw".into(), ..catalogue().materials[0].clone() };
    Catalogue { equipment: vec![jaw], ..catalogue() }
}

fn line(material: &str, machines: &[&str], stays: bool) -> Proposed {
    let part = |id: &&str| Part { equipment_id: (*id).into(), hours: 800, kg: 1_000 };
    let parts = machines.iter().map(part).collect();
    Proposed { line: Line { material_id: material.into(), kg: 1_000, parts }, there: None, stays }
}

#[test]
fn lines_machines_and_what_stays_are_counted_and_cards_that_are_off_are_named() {
    let mut proposal = Proposal {
        lines: vec![
            line("MAT002", &["EQ001", "EQ002"], false),
            line("MAT003", &["EQ001"], false),
            line("MAT004", &["EQ003"], true),
        ],
        gone: Vec::new(),
        off: Vec::new(),
        unknown: Vec::new(),
    };
    let applied = |written| Applied { written, unsent: 0 };
    let some = applied(vec![entry(1, body(2, 1_000))]);
    assert_eq!(
        hours_told(&proposal, &some, &stocked()),
        ("2 lines from the hours of 2 machines, 1 typed line stays.".into(), Tone::Plain)
    );
    let (words, _) = hours_told(&proposal, &applied(Vec::new()), &stocked());
    assert!(words.ends_with("1 typed line stays: nothing changed."), "{words}");
    let from = today();
    proposal.off =
        vec![Off { equipment_id: "EQ001".into(), from, sum_kg: 240_000, rate_kg: Some(250_000) }];
    proposal.unknown = vec!["EQ009".into()];
    assert_eq!(
        hours_told(&proposal, &some, &stocked()),
        (
            "2 lines from the hours of 2 machines, 1 typed line stays. Jaw: the split from 22 Nov \
             makes 240.000 t an hour; its rate is 250.000. EQ009 has no rate card that can be used."
                .into(),
            Tone::Warn
        )
    );
    let nothing =
        Proposal { lines: Vec::new(), gone: Vec::new(), off: Vec::new(), unknown: Vec::new() };
    let (words, _) = hours_told(&nothing, &applied(Vec::new()), &stocked());
    assert_eq!(words, "No hours of a machine with a rate card are entered on this day.");
}

#[test]
fn loads_without_a_factor_are_named_by_their_material() {
    let told = |estimated: &Estimated| loads_told(estimated, &stocked());
    assert_eq!(told(&Estimated::default()).0, "No weight is pending on this day.");
    let some = Estimated { estimated: 3, kg: 55_350, ..Estimated::default() };
    assert_eq!(told(&some), ("3 rows estimated from loads: 55.350 t.".into(), Tone::Plain));
    let part = Estimated { without_factor: vec![("MAT002".into(), 1)], closed: 2, ..some };
    assert_eq!(
        told(&part),
        (
            "3 rows estimated from loads: 55.350 t. It is not said what a load weighs of G1 (1 row). \
             An administrator sets it under \"Tons of a load\". 2 rows not changed: the day is closed."
                .into(),
            Tone::Warn
        )
    );
}

#[test]
fn a_line_from_hours_says_so_and_a_typed_one_says_nothing() {
    let (catalogue, face) = (catalogue(), Face::of::<Production>());
    let manner = Rc::new(manner(&face));
    let clock = |at: Moment| at.clock(180);
    let setting = Setting {
        face: &face,
        manner: &manner,
        catalogue: &catalogue,
        shift: Shift::All,
        day: today(),
        site: SITE,
        clock: &clock,
    };
    let worked_out = Production { origin: Provenance::Rate, ..body(2, 12_000) };
    let entries = vec![entry(1, worked_out), entry(2, body(3, 9_000))];
    let (sheet, _) = lay_out(&rows(DaySheet { entries, ..empty_day() }), &setting);
    let said = |at: usize| sheet.text(sheet.rows[at].id, "origin");
    assert_eq!((said(0), said(1), said(2)), ("From hours", "", ""));
}

#[test]
fn the_button_stands_where_something_can_be_worked_out() {
    deskops_ui::browser::set_hash("/production?site=s1&day=2026-11-22&view=sheet");
    let shown = html(&page(&Fake::at_work()));
    assert!(shown.contains("From hours") && shown.contains("Ctrl+M"), "{shown}");
}
