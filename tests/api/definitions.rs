//! Definitions and database agree, and the written schema is what the migrations add up to.

use std::collections::BTreeSet;

use deskops_core::store::{schema, table};
use deskops_domain::field::{Kind, Shape};
use deskops_domain::modules::{ModuleVisitor, each_record};
use deskops_domain::record::Record;
use rusqlite::Connection;

struct Compared(Connection, usize);

impl ModuleVisitor for Compared {
    fn visit<R: Record>(&mut self) {
        let columns = schema::columns(&self.0, R::NAME).unwrap();
        // Every statement names its columns, so their order is the table's own matter.
        let names: BTreeSet<_> = columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, table::columns::<R>().collect(), "columns of {}", R::NAME);
        for shape in R::shapes() {
            let column = columns.iter().find(|column| column.name == shape.column).unwrap();
            assert_eq!(column.kind, stored_as(shape), "{}.{}", R::NAME, shape.column);
            assert_eq!(
                column.is_nullable,
                shape.is_optional,
                "{}.{}: null and optional",
                R::NAME,
                shape.column
            );
            assert_eq!(
                shape.kind == Kind::Tons,
                shape.column.ends_with("_kg"),
                "{}.{} names its unit",
                R::NAME,
                shape.column
            );
            let plays_a_part = shape.is_key() || shape.is_computed();
            assert_eq!(
                shape.group.is_empty(),
                plays_a_part,
                "{}.{}: key, computed, or in a group",
                R::NAME,
                shape.column
            );
        }
        let key: Vec<_> = R::shapes()
            .filter(|shape| shape.is_key())
            .map(|shape| shape.column.to_owned())
            .collect();
        let mut expected: Vec<String> = Vec::new();
        if R::has_natural_key() {
            expected.extend(["site_id".to_owned(), "date".to_owned()]);
        }
        expected.extend(key);
        assert_eq!(
            schema::key_columns(&self.0, R::NAME).unwrap(),
            expected,
            "unique index of {}",
            R::NAME
        );
        self.1 += 1;
    }
}

fn stored_as(shape: &Shape) -> &'static str {
    match shape.kind {
        Kind::Tons | Kind::Hours | Kind::Percent | Kind::Count | Kind::Flag => "integer",
        Kind::Text | Kind::Day | Kind::Choice(..) | Kind::Code(_) => "text",
    }
}

#[test]
fn every_definition_agrees_with_the_migrated_schema() {
    let mut compared = Compared(schema::fresh(), 0);
    each_record(&mut compared);
    assert_eq!(compared.1, 23);
}

#[test]
fn the_written_schema_is_what_the_migrations_add_up_to() {
    let written = include_str!("../../migrations/schema.sql");
    let ours = schema::statements().unwrap();
    assert!(written.ends_with(&ours), "run `cargo xtask schema`");
}

#[test]
fn a_new_installation_starts_with_the_catalogues_of_the_trade() {
    let desk = deskops_tests::TestDesk::direct();
    let catalogue = desk.desk.catalogue();
    let site = &catalogue.sites[0];
    assert_eq!(
        (site.code.as_str(), site.timezone.as_str(), site.week_start, site.days_off.as_slice()),
        ("ALASLA-29", "Asia/Riyadh", 7, &[5][..])
    );
    assert_eq!(
        (catalogue.materials.len(), catalogue.equipment.len(), catalogue.crew_roles.len()),
        (17, 9, 5)
    );
    let names: Vec<_> = catalogue
        .materials
        .iter()
        .filter(|item| item.is_final)
        .map(|item| item.name.as_str())
        .collect();
    assert_eq!(names.len(), 14);
    assert_eq!(
        (names[0], names[1], names[13]),
        ("G1", "3/4", "RECYCLED BASE"),
        "in catalogue order"
    );
}
