//! Weeks and months against the records themselves, added up another way.

use std::collections::BTreeMap;
use std::convert::Infallible;

use proptest::prelude::*;

use super::*;
use crate::choice::{Choices as _, Operation, Provenance, Shift};
use crate::entry::Stamp;
use crate::field::{EquipmentId, MaterialId};
use crate::id::Id;
use crate::ledger::{Movement, Said, Step, fold};
use crate::modules::{
    Dispatch, Equipment, Inventory, Manpower, ModuleVisitor, Production, Received, each_record,
};
use crate::quantity::{Hours, Tons};

const LONGER: [Granularity; 2] = [Granularity::Weekly, Granularity::Monthly];

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn entry<R>(date: Day, body: R) -> Entry<R> {
    let at = Moment(0);
    let by = || "clerk".to_owned();
    let stamp = Stamp {
        created_at: at,
        created_by: by(),
        updated_at: at,
        updated_by: by(),
        rev: 1,
        voided: None,
        is_sent: false,
    };
    Entry { id: Id::random(0, [0; 10]), site: "s".into(), date, body, stamp }
}

fn rows<R: Record>(
    entries: &[Entry<R>],
    granularity: Granularity,
    week_start: u32,
    range: Span,
) -> Vec<Gathered> {
    let entries = entries.iter().cloned().map(Ok::<_, Infallible>);
    gather::<R, _, _>(entries, granularity, week_start, range).map(Result::unwrap).collect()
}

/// Tons by material, shift and line.
fn production(date: Day, (material, shift, kg): (u8, usize, i64)) -> Entry<Production> {
    let code = Shift::CHOICES[shift].code;
    entry(
        date,
        Production {
            material_id: MaterialId(format!("M{material}")),
            shift: Shift::from_code(code).unwrap(),
            qty_kg: Tons::kg(kg),
            operation: Operation::CrusherProduction,
            line: 1,
            origin: Provenance::Typed,
            notes: None,
        },
    )
}

fn machine(
    date: Day,
    machine: u8,
    count: u32,
    (run, down): (i64, Option<i64>),
) -> Entry<Equipment> {
    entry(
        date,
        Equipment {
            equipment_id: EquipmentId(format!("E{machine}")),
            shift: Shift::All,
            count,
            hours: Hours::hundredths(run),
            standby_hours: None,
            down_hours: down.map(Hours::hundredths),
            status: None,
            notes: None,
        },
    )
}

/// The ledger of one heap, as the store keeps it.
fn heap(first: Day, steps: Vec<(i64, Step)>) -> Vec<Entry<Inventory>> {
    let dates: Vec<_> = steps.iter().map(|(at, _)| first.plus(*at)).collect();
    let lines = fold(0, steps.into_iter().map(|(_, step)| step));
    let each = dates.into_iter().zip(lines).map(|(date, line)| {
        let values = Inventory::shapes().map(|shape| match (shape.name, shape.is_optional) {
            ("materialId", _) => Value::Text("M1".into()),
            (_, true) => Value::Empty,
            _ => Value::Int(0),
        });
        let mut body = Inventory::from_values(values.collect()).unwrap();
        body.set_line(&line);
        entry(date, body)
    });
    each.collect()
}

fn figure<R: Record>(row: &Gathered, field: &str) -> i64 {
    let at = told::<R>().iter().position(|told| told.shape.name == field).unwrap();
    if let Value::Int(raw) = row.values[at] { raw } else { 0 }
}

fn texts(row: &Gathered) -> Vec<String> {
    row.values
        .iter()
        .filter_map(|v| if let Value::Text(t) = v { Some(t.clone()) } else { None })
        .collect()
}

/// Days of the range, each of which is in exactly one span.
fn covers(range: Span, granularity: Granularity, week_start: u32) -> Result<(), TestCaseError> {
    let mut next = range.from;
    while next <= range.to {
        let span = Span::around(next, granularity, week_start).within(range);
        prop_assert_eq!(span.from, next, "no gap and no overlap");
        prop_assert!(span.to >= span.from && span.to <= range.to);
        for at in 0..=span.to.since(span.from) {
            let around = Span::around(span.from.plus(at), granularity, week_start).within(range);
            prop_assert_eq!(around, span);
        }
        next = span.to.plus(1);
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_day_is_in_one_week_and_one_month(first in 0_i64..12_000, n_days in 1_i64..420, week_start in 1_u32..=7) {
        let from = crate::day::FIRST_DAY.plus(first);
        let range = Span { from, to: from.plus(n_days - 1) };
        for granularity in LONGER {
            covers(range, granularity, week_start)?;
        }
    }

    #[test]
    fn weeks_and_months_add_up_to_their_records_to_the_kilogram(
        first in 0_i64..9_000,
        mut made in prop::collection::vec((0_i64..400, (0_u8..3, 0_usize..4, 1_i64..=crate::quantity::MOST_KG)), 0..80),
        week_start in 1_u32..=7,
    ) {
        made.sort_by_key(|(at, _)| *at);
        let from = crate::day::FIRST_DAY.plus(first);
        let range = Span { from, to: from.plus(399) };
        let entries: Vec<_> = made.iter().map(|(at, what)| production(from.plus(*at), *what)).collect();
        let mut expected: BTreeMap<Vec<String>, i64> = BTreeMap::new();
        for Entry { body, .. } in &entries {
            let of = vec![body.material_id.0.clone(), body.shift.code().into(), body.operation.code().into()];
            *expected.entry(of).or_default() += body.qty_kg.raw();
        }
        for granularity in LONGER {
            let rows = rows(&entries, granularity, week_start, range);
            let mut found: BTreeMap<Vec<String>, i64> = BTreeMap::new();
            for row in &rows {
                *found.entry(texts(row)).or_default() += figure::<Production>(row, "qtyTon");
                let inside = entries.iter().filter(|e| row.span.from <= e.date && e.date <= row.span.to);
                let same = inside.filter(|e| texts(row)[0] == e.body.material_id.0 && texts(row)[1] == e.body.shift.code());
                let dates: Vec<_> = same.map(|e| e.date).collect();
                let mut different = dates.clone();
                different.dedup();
                prop_assert_eq!((row.records, row.days), (dates.len() as u64, different.len() as u64));
                prop_assert_eq!(row.span, Span::around(row.span.from, granularity, week_start).within(range));
            }
            prop_assert_eq!(&found, &expected);
            let mut keys: Vec<_> = rows.iter().map(|row| (row.span, texts(row))).collect();
            keys.sort();
            keys.dedup();
            prop_assert_eq!(keys.len(), rows.len(), "one row for each period and grouping");
            prop_assert!(rows.is_sorted_by_key(|row| row.span.from));
        }
    }

    #[test]
    fn unit_hours_add_up_to_the_hundredth(
        mut ran in prop::collection::vec((0_i64..100, 0_u8..3, 1_u32..=100, (0_i64..=1_200, prop::option::of(0_i64..=1_200))), 0..60),
        week_start in 1_u32..=7,
    ) {
        ran.sort_by_key(|(at, ..)| *at);
        let from = day("2027-11-29");
        let range = Span { from, to: from.plus(99) };
        let entries: Vec<_> = ran.iter().map(|(at, id, count, hours)| machine(from.plus(*at), *id, *count, *hours)).collect();
        for granularity in LONGER {
            let rows = rows(&entries, granularity, week_start, range);
            let sum = |field| rows.iter().map(|row| figure::<Equipment>(row, field)).sum::<i64>();
            prop_assert_eq!(sum("hours"), ran.iter().map(|(_, _, n, (run, _))| i64::from(*n) * run).sum::<i64>());
            prop_assert_eq!(sum("downHours"), ran.iter().map(|(_, _, n, (_, down))| i64::from(*n) * down.unwrap_or(0)).sum::<i64>());
            prop_assert_eq!(sum("count"), ran.iter().map(|(_, _, n, _)| i64::from(*n)).sum::<i64>());
        }
    }

    #[test]
    fn stock_adds_up_on_every_row_also_where_it_was_set_anew(
        moved in prop::collection::btree_map(0_i64..200, (prop::array::uniform5(-9_000_i64..9_000), prop::option::weighted(0.1, 0_i64..9_000), prop::option::weighted(0.1, 0_i64..9_000)), 1..60),
        week_start in 1_u32..=7,
    ) {
        let from = day("2027-12-20");
        let range = Span { from, to: from.plus(199) };
        let steps = moved.into_iter().map(|(at, ([produced, received, dispatched, drawn, typed], counted, opening))| {
            let movement = Movement { produced, received, dispatched, drawn, typed };
            (at, Step { movement, said: Said { counted, opening }, locked: None })
        });
        let entries = heap(from, steps.collect());
        for granularity in LONGER {
            let rows = rows(&entries, granularity, week_start, range);
            let of = figure::<Inventory>;
            for row in &rows {
                let flows = of(row, "producedTon") + of(row, "receivedTon") - of(row, "dispatchedTon") + of(row, "adjustmentTon");
                prop_assert_eq!(of(row, "openingTon") + flows, of(row, "closingTon"));
                let whole = Span::around(row.span.from, granularity, week_start).within(range);
                prop_assert!(whole.from <= row.span.from && row.span.from <= row.span.to && row.span.to <= whole.to);
            }
            for (one, next) in rows.iter().zip(rows.iter().skip(1)) {
                prop_assert!(one.span.to < next.span.from);
            }
            for field in ["producedTon", "receivedTon", "dispatchedTon", "drawnTon", "varianceTon", "adjustmentTon"] {
                let at = Inventory::shapes().position(|shape| shape.name == field).unwrap();
                let all = entries.iter().map(|e| if let Value::Int(raw) = e.body.values()[at] { raw } else { 0 });
                prop_assert_eq!(rows.iter().map(|row| of(row, field)).sum::<i64>(), all.sum::<i64>(), "{}", field);
            }
            let last = |row: &Gathered| of(row, "closingTon");
            prop_assert_eq!(rows.last().map(last), entries.last().map(|e| e.body.closing_kg.raw()));
        }
    }
}

#[test]
fn stock_that_is_set_anew_within_a_month_begins_a_row_of_its_own() {
    let made = |produced| Movement { produced, ..Movement::default() };
    let step =
        |movement, opening| Step { movement, said: Said { counted: None, opening }, locked: None };
    let from = day("2026-11-01");
    let entries = heap(
        from,
        vec![
            (2, step(made(500), None)),
            (9, step(made(100), Some(3_000))),
            (20, step(made(50), None)),
        ],
    );
    let range = Span { from, to: day("2026-11-30") };
    let rows = rows(&entries, Granularity::Monthly, 7, range);
    let spans: Vec<_> =
        rows.iter().map(|row| (row.span.from.to_string(), row.span.to.to_string())).collect();
    let text = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(spans, [text("2026-11-01", "2026-11-09"), text("2026-11-10", "2026-11-30")]);
    let stock: Vec<_> = rows
        .iter()
        .map(|row| (figure::<Inventory>(row, "openingTon"), figure::<Inventory>(row, "closingTon")))
        .collect();
    assert_eq!(stock, [(0, 500), (3_000, 3_150)]);
}

#[test]
fn a_week_is_cut_at_the_ends_of_the_range_and_a_year_does_not_cut_it() {
    let made = |date: &str| production(day(date), (1, 0, 1_000));
    let entries = [made("2026-12-29"), made("2027-01-01"), made("2027-01-03")];
    let range = Span { from: day("2026-12-29"), to: day("2027-01-04") };
    let spans = |week_start| {
        let rows = rows(&entries, Granularity::Weekly, week_start, range);
        rows.iter()
            .map(|row| (row.span.from.to_string(), row.span.to.to_string(), row.records))
            .collect::<Vec<_>>()
    };
    let row = |from: &str, to: &str, n| (from.to_owned(), to.to_owned(), n);
    assert_eq!(spans(7), [row("2026-12-29", "2027-01-02", 2), row("2027-01-03", "2027-01-04", 1)]);
    assert_eq!(spans(1), [row("2026-12-29", "2027-01-03", 3)]);
}

#[test]
fn a_weight_that_is_pending_is_no_zero() {
    let load = |qty_kg: Option<i64>| {
        entry(
            day("2026-11-20"),
            Received {
                material_id: MaterialId("M1".into()),
                qty_kg: qty_kg.map(Tons::kg),
                loads: Some(2),
                is_estimated: false,
                source: None,
                vehicle_ref: None,
                notes: None,
            },
        )
    };
    let range = Span { from: day("2026-11-01"), to: day("2026-11-30") };
    let sum = |loads: &[Entry<Received>]| {
        let row = rows(loads, Granularity::Monthly, 7, range).remove(0);
        let at = told::<Received>().iter().position(|told| told.shape.name == "qtyTon").unwrap();
        (row.values[at].clone(), row.records)
    };
    assert_eq!(sum(&[load(None), load(None)]), (Value::Empty, 2));
    assert_eq!(sum(&[load(None), load(Some(7)), load(None)]), (Value::Int(7), 3));
}

#[test]
fn an_error_ends_the_rows_and_none_of_them_is_half() {
    let entries = [Ok(production(day("2026-11-20"), (1, 0, 1))), Err("gone")];
    let range = Span { from: day("2026-11-01"), to: day("2026-11-30") };
    let found: Vec<_> =
        gather::<Production, _, _>(entries.into_iter(), Granularity::Monthly, 7, range).collect();
    assert_eq!(found, [Err("gone")]);
}

#[test]
fn every_module_is_gathered_by_what_is_summed() {
    fn says<R: Record>() -> String {
        told::<R>()
            .iter()
            .map(|t| format!("{:?} {}", t.part, t.shape.name))
            .collect::<Vec<_>>()
            .join(", ")
    }
    assert_eq!(says::<Production>(), "By materialId, By shift, Sum qtyTon, By operation, By line");
    assert_eq!(
        says::<Dispatch>(),
        "By materialId, Sum qtyTon, Sum trips, By isEstimated, By owner, By operation"
    );
    assert_eq!(
        says::<Received>(),
        "By materialId, Sum qtyTon, Sum loads, By isEstimated, By source"
    );
    assert_eq!(
        says::<Equipment>(),
        "By equipmentId, By shift, Sum count, Product(2) hours, Product(2) standbyHours, Product(2) downHours"
    );
    assert_eq!(says::<Manpower>(), "By roleId, By shift, Sum headcount, Product(2) hours");
    assert!(says::<Inventory>().starts_with("By materialId, First openingTon, Sum producedTon"));
    assert!(says::<Inventory>().ends_with("Sum adjustmentTon, Last closingTon"));
}

#[test]
fn what_is_multiplied_names_a_count_of_its_own_record() {
    struct Each(usize);
    impl ModuleVisitor for Each {
        fn visit<R: Record>(&mut self) {
            for shape in R::shapes() {
                for rule in shape.rules {
                    let Rule::Each(of) = rule else { continue };
                    let count = R::shapes().find(|shape| shape.name == *of);
                    assert_eq!(
                        count.map(|shape| shape.kind),
                        Some(Kind::Count),
                        "{}.{of}",
                        R::NAME
                    );
                    self.0 += 1;
                }
            }
        }
    }
    let mut each = Each(0);
    each_record(&mut each);
    assert_eq!(each.0, 4);
}
