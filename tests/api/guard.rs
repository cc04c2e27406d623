//! Questions about records that are unlike others: they explain themselves, and keep nobody from saving.

use deskops_core::store::guard::newest;
use deskops_demo::{Plan, tell};
use deskops_tests::desk::{SITE, TODAY};
use deskops_tests::{TestDesk, day};
use serde_json::{Value as Json, json};

crate::facts! {
    a_trip_is_measured_by_the_trips_before_it,
    the_same_load_twice_is_asked_about,
    more_than_lies_there_is_asked_about,
    a_blend_is_measured_by_the_heaps_that_it_is_taken_from,
    machines_and_crew_are_measured_by_plan_and_past,
    what_is_not_right_yet_is_not_judged_and_nothing_is_saved_by_judging,
    a_day_lists_its_exceptions_with_their_reasons,
}

fn judge(desk: &TestDesk, module: &str, date: &str, fields: Json) -> Vec<String> {
    let mut draft = fields;
    draft["siteId"] = json!(SITE);
    draft["date"] = json!(date);
    messages(&desk.done(&format!("{module}/judge"), json!({ "draft": draft })))
}

fn again(desk: &TestDesk, module: &str, entry: &Json, fields: Json) -> Vec<String> {
    let asked = json!({"id": entry["id"], "draft": fields});
    messages(&desk.done(&format!("{module}/judge"), asked))
}

fn messages(warnings: &Json) -> Vec<String> {
    let message = |warning: &Json| warning["message"].as_str().unwrap().to_owned();
    warnings.as_array().unwrap().iter().map(message).collect()
}

fn ticket(tons: &str, reference: &str) -> Json {
    json!({"materialId": "MAT002", "qtyTon": tons, "trips": 1, "owner": "Red Coast Roads", "reference": reference})
}

fn trips(desk: &TestDesk) {
    for n in 0..10 {
        let date = day("2026-11-10").plus(n).to_string();
        desk.enter("dispatch", &date, ticket(&format!("31.7{n}"), &format!("T-{n}")));
    }
}

fn a_trip_is_measured_by_the_trips_before_it(desk: &TestDesk) {
    let any = judge(desk, "dispatch", TODAY, ticket("61", "T-99"));
    assert_eq!(any, ["A truck carries 5 to 60 t; this is 61.0 t a trip."]);
    trips(desk);
    let many = judge(desk, "dispatch", TODAY, ticket("700", "T-99"));
    assert_eq!(many, ["Usually 31.7 t a trip; this is 700.0 t a trip."]);
    assert!(judge(desk, "dispatch", TODAY, ticket("61", "T-99")).is_empty());
    assert_eq!(judge(desk, "dispatch", TODAY, ticket("3.17", "T-99")).len(), 1, "a slipped point");
    let load = desk.enter("dispatch", TODAY, ticket("31.8", "T-100"));
    let edited = again(desk, "dispatch", &load, json!({"qtyTon": "318"}));
    assert_eq!(edited, ["Usually 31.7 t a trip; this is 318.0 t a trip."]);
    assert!(again(desk, "dispatch", &load, json!({"qtyTon": "318", "trips": 10})).is_empty());
}

fn the_same_load_twice_is_asked_about(desk: &TestDesk) {
    desk.enter("dispatch", "2026-11-20", ticket("31.7", "T-1"));
    let twice =
        ["The same is there already on 20 Nov: 31.700 t of the material. Is this another load?"];
    for (date, reference, expected) in [
        ("2026-11-20", "T-1", &twice[..]),
        ("2026-11-21", "t-1 ", &twice),
        ("2026-11-19", "N/A", &twice),
        ("2026-11-20", "T-2", &[]),
        ("2026-11-22", "T-1", &[]),
    ] {
        assert_eq!(
            judge(desk, "dispatch", date, ticket("31.7", reference)),
            expected,
            "{date} {reference}"
        );
    }
    let debris = |vehicle: &str| json!({"materialId": "MAT016", "qtyTon": "24.6", "loads": 1, "source": "Ring road", "vehicleRef": vehicle});
    let first = desk.enter("received", "2026-11-20", debris("7707"));
    assert_eq!(judge(desk, "received", "2026-11-20", debris("7707")).len(), 1);
    assert!(judge(desk, "received", "2026-11-20", debris("8808")).is_empty());
    assert!(
        again(desk, "received", &first, json!({"notes": "x"})).is_empty(),
        "it is no twin of itself"
    );
}

fn more_than_lies_there_is_asked_about(desk: &TestDesk) {
    assert!(
        judge(desk, "dispatch", TODAY, ticket("31.7", "T-1")).is_empty(),
        "nobody said what lies there"
    );
    let opening = json!({"materialId": "MAT002", "openingOverrideTon": "50"});
    desk.enter("inventory", "2026-11-20", opening);
    assert!(judge(desk, "dispatch", TODAY, ticket("50", "T-1")).is_empty());
    let load = desk.enter("dispatch", "2026-11-21", ticket("31.7", "T-1"));
    let short = "Of 3/4 there are 18.300 t; 20.000 t are taken, 1.700 t more than lie there.";
    assert_eq!(judge(desk, "dispatch", TODAY, ticket("20", "T-2")), [short]);
    assert!(
        again(desk, "dispatch", &load, json!({"qtyTon": "50"})).is_empty(),
        "its own is given back"
    );
    assert_eq!(again(desk, "dispatch", &load, json!({"qtyTon": "50.001"})).len(), 1);
}

fn a_blend_is_measured_by_the_heaps_that_it_is_taken_from(desk: &TestDesk) {
    for (component, share) in [("MAT002", "60"), ("MAT001", "40")] {
        let part = json!({"materialId": "MAT012", "componentId": component, "sharePct": share});
        desk.enter("recipe", "2026-11-01", part);
    }
    for heap in ["MAT001", "MAT002"] {
        desk.enter(
            "inventory",
            "2026-11-20",
            json!({"materialId": heap, "openingOverrideTon": "20"}),
        );
    }
    let mix = |tons: &str| json!({"materialId": "MAT012", "qtyTon": tons, "trips": 1});
    assert!(judge(desk, "dispatch", TODAY, mix("33")).is_empty());
    let told = judge(desk, "dispatch", TODAY, mix("40"));
    assert_eq!(
        told,
        ["Of 3/4 there are 20.000 t; 24.000 t are taken, 4.000 t more than lie there."]
    );
}

fn machines_and_crew_are_measured_by_plan_and_past(desk: &TestDesk) {
    desk.enter("machine_plan", "2026-01-01", json!({"equipmentId": "EQ001", "hours": 10}));
    let machine = |hours: u32, status: &str| json!({"equipmentId": "EQ001", "count": 1, "hours": hours, "status": status});
    assert!(judge(desk, "equipment", TODAY, machine(10, "OPERATIONAL")).is_empty());
    let long = judge(desk, "equipment", TODAY, machine(11, "BREAKDOWN"));
    let expected =
        ["It broke down: say in the notes what happened.", "Planned are 10.00 h; this is 11.00 h."];
    assert_eq!(long, expected);
    let crew = |heads: u32| json!({"roleId": "ROLE_LABORER", "headcount": heads, "hours": 10});
    assert!(judge(desk, "manpower", TODAY, crew(80)).is_empty(), "nothing is usual yet");
    for n in 0..6 {
        desk.enter("manpower", &day("2026-11-10").plus(n).to_string(), crew(8));
    }
    assert!(judge(desk, "manpower", TODAY, crew(16)).is_empty());
    assert_eq!(judge(desk, "manpower", TODAY, crew(80)), ["Usually 8 heads; this is 80."]);
}

fn what_is_not_right_yet_is_not_judged_and_nothing_is_saved_by_judging(desk: &TestDesk) {
    assert!(
        judge(desk, "dispatch", TODAY, json!({"materialId": "MAT999", "qtyTon": "x"})).is_empty()
    );
    judge(desk, "dispatch", TODAY, ticket("700", "T-1"));
    let rows = desk.done("dispatch/sums", json!({"filter": {"siteId": SITE}}))["rows"].clone();
    assert_eq!(rows, json!(0));
}

fn a_day_lists_its_exceptions_with_their_reasons(desk: &TestDesk) {
    trips(desk);
    let heavy = desk.enter("dispatch", TODAY, ticket("700", "T-700"));
    let at = json!({"siteId": SITE, "date": TODAY});
    let found = desk.done("guard/day", at.clone());
    let about = |module: &str| {
        let found = found.as_array().unwrap();
        found.iter().find(|one| one["module"] == module).cloned().unwrap()
    };
    let (one, stock) = (about("dispatch"), about("inventory"));
    assert_eq!(
        (&one["record"], &one["of"], &one["reason"]),
        (&heavy["id"], &json!("MAT002"), &Json::Null)
    );
    assert_eq!(one["warnings"][0]["code"], "G-TRIP");
    assert!(messages(&stock["warnings"])[0].starts_with("The stock closes 1,0"), "{stock}");
    desk.change("dispatch", &heavy, json!({"notes": "22 trips on one note"}));
    let found = desk.done("guard/day", at);
    assert_eq!(found[0]["reason"], "22 trips on one note");
}

#[test]
fn what_is_usual_is_found_by_site_and_day_whatever_there_is() {
    let desk = TestDesk::direct();
    let sql =
        newest("dispatch", "material_id, qty_kg, trips", "material_id = ?4", "qty_kg / trips");
    let plan: Vec<String> = desk
        .desk
        .read(|conn| {
            let mut statement = conn.prepare_cached(&format!("explain query plan {sql}"))?;
            let steps = statement
                .query_map((SITE, "2026-08-01", TODAY, "MAT002"), |row| row.get::<String>(3))?;
            Ok(steps.collect::<Result<_, _>>()?)
        })
        .unwrap();
    let search = "SEARCH dispatch USING INDEX dispatch_newest (site_id=? AND date>? AND date<?)";
    assert!(plan.iter().any(|step| step == search), "{plan:?}");
    assert!(plan.iter().all(|step| !step.contains("TEMP B-TREE")), "nothing is sorted: {plan:?}");
    assert!(sql.contains("limit 4000"), "and no more than these are looked at");
}

/// Something wrong, as clerks do it: module and fields.
fn planted(tickets: &[Json]) -> Vec<(&'static str, String, Json)> {
    let mut all = Vec::new();
    for (number, ticket) in tickets.iter().enumerate() {
        let date = ticket["date"].as_str().unwrap().to_owned();
        let tons = ticket["qtyTon"].to_string().parse::<deskops_domain::quantity::Tons>().unwrap();
        let typed = |kg: i64, trips: &Json| json!({"materialId": ticket["materialId"], "qtyTon": deskops_domain::quantity::Tons::kg(kg).to_string(), "trips": trips, "owner": "Wadi", "reference": "X-1"});
        all.push(match number % 5 {
            0 => ("dispatch", date, typed(700_000, &json!(1))),
            1 => ("dispatch", date, typed(tons.raw() * 10, &ticket["trips"])),
            2 => ("dispatch", date, typed(tons.raw() / 10, &ticket["trips"])),
            3 => {
                let mut twice = ticket.clone();
                let fields = ["materialId", "qtyTon", "trips", "owner", "reference"];
                twice.as_object_mut().unwrap().retain(|name, _| fields.contains(&name.as_str()));
                ("dispatch", date, twice)
            }
            _ if number % 2 == 0 => {
                let crew = json!({"roleId": "ROLE_LABORER", "headcount": 80, "hours": 10});
                ("manpower", date, crew)
            }
            _ => {
                let broken = json!({"equipmentId": "EQ001", "count": 1, "hours": 2, "downHours": 6, "status": "BREAKDOWN"});
                ("equipment", date, broken)
            }
        });
    }
    all
}

#[test]
fn of_what_is_planted_in_a_year_nearly_all_is_found_and_hardly_anything_else() {
    let mut desk = TestDesk::direct();
    let demo = tempfile::TempDir::new().unwrap();
    let plan = Plan { seed: 7, days: 365, today: day(TODAY), n_sites: 1 };
    tell(&plan, &demo.path().join("deskops.db")).unwrap();
    desk.desk = deskops_tests::desk::open(demo.path(), &desk.clock).unwrap();

    // Every eleventh day of the year, as it was typed.
    let (mut n_records, mut alarms) = (0, Vec::new());
    for back in (1..365).step_by(11) {
        let date = day(TODAY).plus(-back).to_string();
        let filter = json!({"siteId": SITE, "dateFrom": date, "dateTo": date});
        for module in ["dispatch", "received", "equipment", "manpower"] {
            let sums = desk.done(&format!("{module}/sums"), json!({"filter": filter}));
            n_records += sums["rows"].as_u64().unwrap();
        }
        let found = desk.done("guard/day", json!({"siteId": SITE, "date": date}));
        let records = found.as_array().unwrap().iter().filter(|one| one["module"] != "inventory");
        alarms.extend(records.cloned());
    }
    assert!(n_records > 1_000, "{n_records}");
    let percent = alarms.len() as u64 * 100 / n_records;
    assert!(percent < 5, "{} of {n_records} are questioned", alarms.len());

    let filter = json!({"siteId": SITE, "dateFrom": "2026-02-01", "dateTo": "2026-11-20"});
    let mut tickets = Vec::new();
    let mut after = Json::Null;
    while tickets.len() < 5_000 {
        let page =
            desk.done("dispatch/list", json!({"filter": filter, "after": after, "limit": 500}));
        tickets.extend(page["entries"].as_array().unwrap().iter().cloned());
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    tickets.retain(|ticket| !ticket["qtyTon"].is_null() && ticket["isEstimated"] == json!(false));
    let sample: Vec<Json> = tickets.iter().step_by(tickets.len() / 200).cloned().collect();
    let all = planted(&sample);
    let missed: Vec<_> = all
        .iter()
        .filter(|(module, date, fields)| judge(&desk, module, date, fields.clone()).is_empty())
        .collect();
    assert!(
        missed.len() * 100 <= all.len() * 5,
        "{} of {} are missed: {missed:?}",
        missed.len(),
        all.len()
    );
    println!(
        "{} of {n_records} questioned, {} of {} planted found",
        alarms.len(),
        all.len() - missed.len(),
        all.len()
    );
}

#[test]
fn the_ticket_of_700_tons_of_the_demo_year_is_found() {
    let mut desk = TestDesk::direct();
    let demo = tempfile::TempDir::new().unwrap();
    let plan = Plan { seed: 7, days: 60, today: day(TODAY), n_sites: 1 };
    tell(&plan, &demo.path().join("deskops.db")).unwrap();
    desk.desk = deskops_tests::desk::open(demo.path(), &desk.clock).unwrap();
    let found = (15..30).flat_map(|back| {
        let date = day(TODAY).plus(-back).to_string();
        let found = desk.done("guard/day", json!({"siteId": SITE, "date": date}));
        found
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|one| messages(&one["warnings"]))
            .collect::<Vec<_>>()
    });
    let heavy: Vec<_> =
        found.filter(|message| message.contains("this is 700.0 t a trip")).collect();
    assert_eq!(heavy.len(), 1, "{heavy:?}");
}
