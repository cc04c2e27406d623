//! What an administrator keeps: catalogues that are taken out of use and never deleted, and settings
//! that hold from a day on.

use deskops_core::store::settings::in_force;
use deskops_domain::api::records::{Create, Edit, List, Saved};
use deskops_domain::api::session::Hello;
use deskops_domain::api::{Code, Refusal};
use deskops_domain::draft::Draft;
use deskops_domain::entry::Entry;
use deskops_domain::habit::GLOBAL;
use deskops_domain::id::Id;
use deskops_domain::lists::{Machine, Material, SiteCard};
use deskops_domain::record::Record;
use deskops_domain::settings::{CalendarDay, Rate, RateSplit, Recipe, Target};
use deskops_tests::builders::{draft, enter};
use deskops_tests::desk::{SITE, TODAY, log, read};
use deskops_tests::{TestDesk, day, production};
use serde_json::json;

crate::facts! {
    d_16_a_material_is_judged_as_of_the_day_of_the_record,
    what_was_entered_before_can_still_be_corrected_after_a_material_is_out_of_use,
    a_code_is_taken_whatever_its_case,
    the_unit_of_a_material_that_is_used_stays,
    a_site_has_a_time_zone_of_the_list_and_days_off_of_the_week,
    what_records_name_is_taken_out_of_use_and_not_deleted,
    a_new_entry_can_be_picked_at_once,
    the_latest_that_has_begun_is_in_force,
    what_holds_may_begin_in_the_future_and_what_happened_may_not,
    there_is_one_of_a_key_and_a_day,
    changes_of_catalogues_go_to_everybody_and_settings_to_their_site,
}

fn card<R: Record>(
    desk: &TestDesk,
    date: &str,
    fields: &[(&str, &str)],
) -> Result<Saved<R>, Refusal> {
    let mut card = draft(date, fields);
    card.insert("siteId".into(), json!(GLOBAL));
    desk.call(Create::<R>::new(card))
}

fn material(desk: &TestDesk, date: &str, code: &str) -> Result<Saved<Material>, Refusal> {
    let name = format!("Stone {code}");
    card(desk, date, &[("code", code), ("name", &name), ("category", "AGGREGATES")])
}

fn edit<R: Record>(desk: &TestDesk, id: &Id, field: &str, text: &str) -> Result<Entry<R>, Refusal> {
    let fields: Draft = [(field.to_owned(), json!(text))].into_iter().collect();
    desk.call(Edit::<R>::new(id.clone(), None, fields)).map(|saved| saved.entry)
}

/// The material of the catalogue that a production record of a test names.
fn known(desk: &TestDesk, code: &str) -> Entry<Material> {
    let list = desk.call(List::<Material>::new(
        deskops_domain::api::records::Filter::all(GLOBAL),
        None,
        Some(100),
    ));
    list.unwrap().entries.into_iter().find(|entry| entry.body.code == code).unwrap()
}

fn code_of(refusal: &Refusal) -> (Code, &str, &str) {
    let detail = &refusal.details[0];
    (refusal.code, detail.path.as_str(), detail.code.as_str())
}

fn d_16_a_material_is_judged_as_of_the_day_of_the_record(desk: &TestDesk) {
    let old = known(desk, "AGG-3/4");
    edit::<Material>(desk, &old.id, "inactiveFrom", "2026-11-20").unwrap();
    production().on("2026-11-19").save(desk);
    let told = production().on("2026-11-20").try_save(desk).unwrap_err();
    assert_eq!(code_of(&told), (Code::ValidationError, "materialId", "E-MAT-ID"));
    assert!(told.to_string().contains("3/4"), "{told}");
    let new = material(desk, "2026-11-21", "NEW-1").unwrap().entry;
    production().of(new.id.as_str()).on("2026-11-21").save(desk);
    let told = production().of(new.id.as_str()).on("2026-11-20").try_save(desk).unwrap_err();
    assert_eq!(code_of(&told), (Code::ValidationError, "materialId", "E-MAT-ID"));
}

fn what_was_entered_before_can_still_be_corrected_after_a_material_is_out_of_use(desk: &TestDesk) {
    let entry = production().save(desk);
    let old = known(desk, "AGG-3/4");
    edit::<Material>(desk, &old.id, "inactiveFrom", "2026-11-01").unwrap();
    let corrected = edit::<deskops_domain::modules::Production>(desk, &entry.id, "qtyTon", "11");
    assert_eq!(corrected.unwrap().body.qty_kg.raw(), 11_000);
}

fn a_code_is_taken_whatever_its_case(desk: &TestDesk) {
    let told = material(desk, TODAY, "agg-3/4").unwrap_err();
    assert_eq!(code_of(&told), (Code::DuplicateRecord, "code", "E-TAKEN"));
    assert!(told.record.is_some(), "it is told which");
    let new = material(desk, TODAY, "NEW-1").unwrap().entry;
    let told = edit::<Material>(desk, &new.id, "code", "Agg-G1").unwrap_err();
    assert_eq!(code_of(&told), (Code::DuplicateRecord, "code", "E-TAKEN"));
    assert_eq!(edit::<Material>(desk, &new.id, "code", "new-1").unwrap().body.code, "new-1");
    let machine = [("code", "NEW-1"), ("name", "Shredder"), ("category", "CRUSHING_SCREENING")];
    card::<Machine>(desk, TODAY, &machine).unwrap();
}

fn the_unit_of_a_material_that_is_used_stays(desk: &TestDesk) {
    let new = material(desk, TODAY, "NEW-1").unwrap().entry;
    edit::<Material>(desk, &new.id, "unit", "LOAD").unwrap();
    edit::<Material>(desk, &new.id, "unit", "TON").unwrap();
    production().of(new.id.as_str()).save(desk);
    let told = edit::<Material>(desk, &new.id, "unit", "LOAD").unwrap_err();
    assert_eq!(code_of(&told), (Code::ValidationError, "unit", "E-UNIT-USED"));
    let renamed = edit::<Material>(desk, &new.id, "name", "Stone one").unwrap();
    assert_eq!(renamed.body.name, "Stone one", "only its unit stays");
}

fn a_site_has_a_time_zone_of_the_list_and_days_off_of_the_week(desk: &TestDesk) {
    let site = |fields: &[(&str, &str)]| {
        let whole = [&[("code", "JED-30"), ("name", "Jeddah 30")], fields].concat();
        card::<SiteCard>(desk, TODAY, &whole)
    };
    for (field, text, code) in [
        ("timezone", "Mars/Olympus", "E-ZONE"),
        ("daysOff", "5,8", "E-DAYS"),
        ("daysOff", "Fri", "E-DAYS"),
        ("weekStart", "8", "E-NUM"),
        ("dayCutMinutes", "1440", "E-NUM"),
    ] {
        let told = site(&[(field, text)]).unwrap_err();
        assert_eq!(code_of(&told), (Code::ValidationError, field, code), "{text}");
    }
    let saved = site(&[("timezone", "Asia/Riyadh"), ("daysOff", "5,6")]).unwrap().entry;
    let session = desk.call(Hello {}).unwrap().session.unwrap();
    let site = session.catalogue.site(saved.id.as_str()).unwrap();
    assert_eq!((site.timezone.as_str(), site.days_off.as_slice()), ("Asia/Riyadh", &[5, 6][..]));
}

fn what_records_name_is_taken_out_of_use_and_not_deleted(desk: &TestDesk) {
    let old = known(desk, "AGG-3/4");
    for name in ["materials", "equipment_types", "crew_roles", "sites"] {
        let told = desk.raw(&format!("{name}/void"), json!({"id": old.id})).unwrap_err();
        assert_eq!(told.code, Code::NotFound, "{name}: there is no such command");
    }
    edit::<Material>(desk, &old.id, "inactiveFrom", TODAY).unwrap();
    let session = desk.call(Hello {}).unwrap().session.unwrap();
    let item = session.catalogue.materials.iter().find(|item| item.id == old.id.as_str()).unwrap();
    assert!(!item.is_active_on(day(TODAY)) && item.is_active_on(day("2026-11-21")));
    let back = desk.call(Edit::<Material>::new(
        old.id.clone(),
        None,
        json!({"inactiveFrom": null}).as_object().cloned().unwrap(),
    ));
    assert_eq!(back.unwrap().entry.body.inactive_from, None, "it is taken into use again");
}

fn a_new_entry_can_be_picked_at_once(desk: &TestDesk) {
    let new = material(desk, TODAY, "NEW-1").unwrap().entry;
    let session = desk.call(Hello {}).unwrap().session.unwrap();
    assert!(session.catalogue.materials.iter().any(|item| item.id == new.id.as_str()));
    let target: Entry<Target> =
        enter(desk, TODAY, &[("materialId", new.id.as_str()), ("qtyTon", "90")]);
    assert_eq!(target.body.qty_kg.raw(), 90_000);
}

fn the_latest_that_has_begun_is_in_force(desk: &TestDesk) {
    for (date, material, tons) in [
        ("2026-01-01", "MAT002", "100"),
        ("2026-11-20", "MAT002", "120"),
        ("2026-12-01", "MAT002", "140"),
        ("2026-06-01", "MAT003", "50"),
    ] {
        enter::<Target>(desk, date, &[("materialId", material), ("qtyTon", tons)]);
    }
    let on = |date: &str| {
        let all = read(&desk.desk, |conn| in_force::<Target>(conn, SITE, day(date)));
        all.iter().map(|entry| entry.body.qty_kg.raw() / 1_000).collect::<Vec<_>>()
    };
    assert_eq!(on("2025-12-31"), [0_i64; 0]);
    assert_eq!(on("2026-01-01"), [100]);
    assert_eq!(on("2026-11-19"), [100, 50]);
    assert_eq!(on("2026-11-20"), [120, 50], "from its first day on");
    assert_eq!(on("2026-12-01"), [140, 50]);
}

fn what_holds_may_begin_in_the_future_and_what_happened_may_not(desk: &TestDesk) {
    let target: Entry<Target> =
        enter(desk, "2027-01-01", &[("materialId", "MAT002"), ("qtyTon", "150")]);
    assert_eq!(target.date, day("2027-01-01"));
    let holiday: Entry<CalendarDay> = enter(desk, "2027-09-23", &[("name", "National Day")]);
    assert!(!holiday.body.is_working);
    material(desk, "2027-01-01", "NEW-1").unwrap();
    let told = production().on("2026-11-23").try_save(desk).unwrap_err();
    assert_eq!((told.code, told.details[0].path.as_str()), (Code::ValidationError, "date"));
}

fn there_is_one_of_a_key_and_a_day(desk: &TestDesk) {
    let rate = [("equipmentId", "EQ001"), ("tonsPerHour", "250")];
    enter::<Rate>(desk, TODAY, &rate);
    let told = desk.call(Create::<Rate>::new(draft(TODAY, &rate))).unwrap_err();
    assert_eq!(told.code, Code::DuplicateRecord);
    for material in ["MAT001", "MAT002"] {
        let split = [("equipmentId", "EQ001"), ("materialId", material), ("tonsPerHour", "125")];
        enter::<RateSplit>(desk, TODAY, &split);
    }
    enter::<CalendarDay>(desk, TODAY, &[("name", "Founding Day")]);
    let other = draft(TODAY, &[("name", "Flag Day")]);
    let told = desk.call(Create::<CalendarDay>::new(other)).unwrap_err();
    assert_eq!(told.code, Code::DuplicateRecord, "a day is one day");
    let blend = draft(TODAY, &[("materialId", "MAT012"), ("componentId", "MAT001")]);
    let whole = desk.call(Create::<Recipe>::new(blend)).unwrap().entry;
    assert_eq!(whole.body.share.raw(), 10_000, "sold as another is the whole of it");
}

fn changes_of_catalogues_go_to_everybody_and_settings_to_their_site(desk: &TestDesk) {
    let new = material(desk, TODAY, "NEW-1").unwrap().entry;
    edit::<Material>(desk, &new.id, "name", "Stone one").unwrap();
    enter::<Target>(desk, TODAY, &[("materialId", "MAT002"), ("qtyTon", "90")]);
    let log = log(&desk.desk);
    let feeds: Vec<_> =
        log.iter().map(|change| (change.entity.as_str(), change.feed.to_string())).collect();
    let site = format!("site:{SITE}");
    let own = |name, feed: &str| (name, feed.to_owned());
    assert_eq!(
        feeds,
        [own("materials", "global"), own("materials", "global"), own("target", &site)]
    );
}
