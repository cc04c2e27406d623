//! The plant of the July: its machines, its cards, and what a sheet says that they made.

use std::collections::BTreeMap;

use deskops_tests::TestDesk;
use deskops_tests::desk::SITE;
use serde_json::json;

/// Hours of the two crushers and the screen, in tenths, day after day.
pub(super) const HOURS: [[i64; 3]; 5] =
    [[80, 80, 60], [80, 75, 60], [95, 80, 55], [70, 80, 60], [80, 60, 45]];

/// The day from which more powder becomes 0-5 mm.
pub(super) const POWDER_DAY: &str = "2025-07-09";

/// Days on which 2" was made, and typed by hand; the first is a Friday.
pub(super) const TWO_INCH_DAYS: [&str; 2] = ["2025-07-04", "2025-07-12"];

/// Names under which subbase is sold.
pub(super) const SOLD_AS: [&str; 5] = ["SUB-BASE", "PIPE-BED", "AGG-BASE", "ABC", "RAPID-DRAIN"];

/// Materials that the starting list does not have.
const NEW: [(&str, &str); 13] = [
    ("AGG-1/2", "AGGREGATES"),
    ("AGG-3/16", "AGGREGATES"),
    ("POWDER", "FINE"),
    ("AGG-0-5", "FINE"),
    ("SUBBASE", "PROCESSED_BASE"),
    ("OVERSIZE", "AGGREGATES"),
    ("AGG-2", "AGGREGATES"),
    ("A1A", "SPECIALTY"),
    ("SUB-BASE", "PROCESSED_BASE"),
    ("PIPE-BED", "PROCESSED_BASE"),
    ("AGG-BASE", "PROCESSED_BASE"),
    ("ABC", "PROCESSED_BASE"),
    ("RAPID-DRAIN", "PROCESSED_BASE"),
];

/// Tons an hour of each product: machine, products until the 8th, products from the 9th.
type Products = &'static [(&'static str, i64)];
const CARDS: [(&str, Products, Option<Products>); 3] = [
    (
        "STATIC-1",
        &[
            ("AGG-3/4", 70),
            ("AGG-1/2", 25),
            ("AGG-3/8", 70),
            ("AGG-3/16", 5),
            ("POWDER", 40),
            ("AGG-0-5", 40),
        ],
        Some(&[
            ("AGG-3/4", 70),
            ("AGG-1/2", 25),
            ("AGG-3/8", 70),
            ("AGG-3/16", 5),
            ("POWDER", 30),
            ("AGG-0-5", 50),
        ]),
    ),
    ("STATIC-2", &[("SUBBASE", 100), ("OVERSIZE", 50)], None),
    ("SCREEN-7707", &[("FINE-NATURAL", 135)], None),
];

/// Materials and machines by their codes.
pub(super) struct Plant {
    ids: BTreeMap<String, String>,
}

impl Plant {
    /// Enters what an administrator enters before the first day.
    pub(super) fn build(desk: &TestDesk) -> Self {
        let list = |name: &str, code: &str, category: &str| {
            let draft = json!({"code": code, "name": code, "category": category, "isFinal": true});
            let draft = if name == "materials" {
                draft
            } else {
                json!({"code": code, "name": code, "category": category})
            };
            let made = desk.done(&format!("{name}/create"), json!({"draft": draft}));
            (code.to_owned(), made["entry"]["id"].as_str().unwrap().to_owned())
        };
        let catalogue = desk.desk.catalogue();
        let known = catalogue.materials.iter().chain(&catalogue.equipment);
        let mut ids: BTreeMap<_, _> =
            known.map(|item| (item.code.clone(), item.id.clone())).collect();
        ids.extend(NEW.iter().map(|(code, category)| list("materials", code, category)));
        ids.extend(
            CARDS.iter().map(|(code, ..)| list("equipment_types", code, "CRUSHING_SCREENING")),
        );
        let plant = Self { ids };
        for (machine, products, _) in CARDS {
            let sum: i64 = products.iter().map(|(_, tons)| tons).sum();
            let rate = json!({"equipmentId": plant.id(machine), "tonsPerHour": sum});
            desk.enter("rate", "2025-06-01", rate);
            plant.split(desk, "2025-06-01", machine, products);
        }
        for name in SOLD_AS {
            let heap = json!({"materialId": plant.id(name), "componentId": plant.id("SUBBASE")});
            desk.enter("recipe", "2025-06-01", heap);
        }
        plant
    }

    fn split(&self, desk: &TestDesk, from: &str, machine: &str, products: Products) {
        for (product, tons) in products {
            let part = json!({"equipmentId": self.id(machine), "materialId": self.id(product), "tonsPerHour": tons});
            desk.enter("rate_split", from, part);
        }
    }

    /// The id of a material or a machine.
    pub(super) fn id(&self, code: &str) -> String {
        self.ids.get(code).unwrap_or_else(|| panic!("{code} is not in the lists")).clone()
    }

    /// Enters the card that holds from the 9th on.
    pub(super) fn change_split(&self, desk: &TestDesk) {
        for (machine, _, products) in CARDS {
            self.split(desk, POWDER_DAY, machine, products.unwrap_or_default());
        }
    }

    /// A day's machines and crew, and the lines that come of them.
    pub(super) fn work(&self, desk: &TestDesk, number: usize, date: &str, is_working: bool) {
        if TWO_INCH_DAYS.contains(&date) {
            let typed = json!({"materialId": self.id("AGG-2"), "qtyTon": "100"});
            desk.enter("production", date, typed);
        }
        if !is_working {
            if !TWO_INCH_DAYS.contains(&date) {
                desk.enter("nil_return", date, json!({"module": "production"}));
            }
            return;
        }
        for ((machine, ..), tenths) in CARDS.iter().zip(HOURS[number % HOURS.len()]) {
            let hours = format!("{}.{}", tenths / 10, tenths % 10);
            let ran = json!({"equipmentId": self.id(machine), "count": 1, "hours": hours});
            desk.enter("equipment", date, ran);
        }
        // A fleet runs more than a day has hours: four dumpers for ten each.
        for (machine, count) in [("EXCAVATOR-01", 2), ("LOADER-01", 4), ("DUMPTRUCK-01", 4)] {
            let ran = json!({"equipmentId": self.id(machine), "count": count, "hours": 10});
            desk.enter("equipment", date, ran);
        }
        for (role, heads) in [
            ("ROLE_EQUIPMENT_DRIVER", 12),
            ("ROLE_CRUSHER_OPERATOR", 2),
            ("ROLE_MAINTENANCE_WORKER", 12),
        ] {
            desk.enter("manpower", date, json!({"roleId": role, "headcount": heads, "hours": 10}));
        }
        let at = json!({"siteId": SITE, "date": date});
        assert_eq!(desk.done("rates/propose", at.clone())["off"], json!([]));
        let written = desk.done("rates/apply", at);
        assert_eq!(written["written"].as_array().unwrap().len(), 9, "nine lines of {date}");
    }

    /// What the old sheet says of a working day, in kilograms: hours times tons an hour.
    pub(super) fn sheet(&self, number: usize, date: &str) -> BTreeMap<String, i64> {
        let mut made = BTreeMap::new();
        for ((_, before, after), tenths) in CARDS.iter().zip(HOURS[number % HOURS.len()]) {
            let products = after.filter(|_| date >= POWDER_DAY).unwrap_or(before);
            made.extend(products.iter().map(|(code, tons)| (self.id(code), tons * tenths * 100)));
        }
        made
    }
}
