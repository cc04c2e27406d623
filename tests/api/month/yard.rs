//! The gate and the yard of the July: tickets, debris that comes in, what is fed, what is measured.

use deskops_tests::TestDesk;
use serde_json::{Value as Json, json};

use super::plant::{Plant, SOLD_AS};
use super::{FIRST, LAST};

/// What lies there on the first morning, in tons.
const OPENING: [(&str, &str); 9] = [
    ("AGG-3/4", "21016.6"),
    ("AGG-3/8", "14100"),
    ("SUBBASE", "30500"),
    ("POWDER", "9000"),
    ("FINE-NATURAL", "8500"),
    ("OVERSIZE", "2000"),
    ("AGG-1/2", "3000"),
    ("RAW-MIXED", "120000"),
    ("A1A", "-12.3"),
];

/// What leaves, with the usual kilograms of a trip.
const SOLD: [(&str, i64); 8] = [
    ("AGG-3/4", 38_120),
    ("SUB-BASE", 42_660),
    ("PIPE-BED", 31_740),
    ("AGG-3/8", 36_500),
    ("AGG-BASE", 40_980),
    ("ABC", 39_340),
    ("FINE-NATURAL", 35_760),
    ("RAPID-DRAIN", 33_020),
];

/// Stock to start from, and what a load weighs.
pub(super) fn open(desk: &TestDesk, plant: &Plant) {
    for (code, tons) in OPENING {
        let fields = match code {
            "A1A" => json!({"openingOverrideTon": tons, "notes": "Booked below nothing in June"}),
            _ => json!({"openingOverrideTon": tons}),
        };
        let mut fields = fields;
        fields["materialId"] = json!(plant.id(code));
        desk.enter("inventory", FIRST, fields);
    }
    let factors = SOLD.iter().map(|(code, _)| (*code, "31.75")).chain([("RAW-MIXED", "24.6")]);
    for (code, tons) in factors {
        let factor = json!({"materialId": plant.id(code), "tonsPerLoad": tons});
        desk.enter("load_factor", "2025-01-01", factor);
    }
}

/// A day at the gate. Trucks come for material on Fridays too; debris does not come then.
pub(super) fn gate(desk: &TestDesk, plant: &Plant, number: usize, date: &str, is_working: bool) {
    let n_tickets = if is_working { 12 } else { 4 };
    for ticket in 0..n_tickets {
        let at = number * 5 + ticket;
        let (code, kg) = SOLD[at % SOLD.len()];
        let mut load =
            json!({"materialId": plant.id(code), "trips": 1 + at % 3, "owner": "Red Coast Roads"});
        if ticket % 4 != 3 {
            let kg = kg * (1 + i64::try_from(at % 3).unwrap());
            load["qtyTon"] = json!(deskops_domain::quantity::Tons::kg(kg).to_string());
            load["reference"] = json!(format!("T-{at}"));
        } else {
            load["reference"] = json!("N/A");
        }
        desk.enter("dispatch", date, load);
    }
    // A mix that the customer asked for, in two loads.
    if ["2025-07-03", "2025-07-06"].contains(&date) {
        let blend = json!({"materialId": plant.id("A1A"), "qtyTon": "12.2", "trips": 1});
        desk.enter("dispatch", date, blend);
    }
    if !is_working {
        desk.enter("nil_return", date, json!({"module": "received"}));
        return;
    }
    let debris = plant.id("RAW-MIXED");
    let weighed = json!({"materialId": debris, "loads": 11, "qtyTon": "270.82"});
    desk.enter("received", date, weighed);
    desk.enter("received", date, json!({"materialId": debris, "loads": 3 + number % 4}));
    for (machine, tons, residue) in
        [("STATIC-1", "2150", "90"), ("STATIC-2", "1280", "45.5"), ("SCREEN-7707", "800", "12")]
    {
        let run = json!({"equipmentId": plant.id(machine), "feedId": debris, "feedTon": tons, "residueTon": residue, "lossTon": "20"});
        desk.enter("run", date, run);
    }
}

/// Heaps that are measured, in the middle of the month and at its end.
pub(super) fn count(desk: &TestDesk, plant: &Plant) {
    for date in ["2025-07-14", LAST] {
        for code in ["AGG-3/4", "SUBBASE"] {
            let material = plant.id(code);
            let lies = desk.closing(&material, date);
            let measured = deskops_domain::quantity::Tons::kg(lies - 3_200).to_string();
            let row = super::row(desk, &material, date);
            let count =
                json!({"countedTon": measured, "countedWhen": "EVENING", "notes": "survey"});
            let counted = desk.change("inventory", &json!({"id": row.id}), count);
            assert_eq!(counted["varianceTon"], json!(-3.2), "{code} on {date}");
        }
    }
    assert!(SOLD_AS.iter().all(|name| desk.closing(&plant.id(name), LAST) == 0));
}

/// Material and kilograms of every ticket of a range.
pub(super) fn tickets(desk: &TestDesk, filter: &Json) -> Vec<(String, i64)> {
    let mut all = Vec::new();
    let mut after = Json::Null;
    loop {
        let page =
            desk.done("dispatch/list", json!({"filter": filter, "after": after, "limit": 500}));
        all.extend(page["entries"].as_array().unwrap().iter().map(|ticket| {
            let tons: deskops_domain::quantity::Tons =
                ticket["qtyTon"].to_string().parse().unwrap();
            (ticket["materialId"].as_str().unwrap().to_owned(), tons.raw())
        }));
        after = page["next"].clone();
        if after.is_null() {
            return all;
        }
    }
}
