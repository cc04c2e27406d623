//! The made-up days have the shapes of a real site's sheets.

use super::*;

fn site() -> Site {
    Site {
        id: "s".into(),
        code: "S".into(),
        name: "S".into(),
        location: None,
        timezone: "Asia/Riyadh".into(),
        day_cut_minutes: 0,
        week_start: 7,
        days_off: vec![5],
        is_active: true,
    }
}

fn year() -> Vec<(Day, Vec<Act>)> {
    let first = Day::parse("2025-11-23").unwrap();
    (0..365).map(|n| first.plus(n)).map(|date| (date, day(1, &site(), date, Part::Whole))).collect()
}

fn produced(acts: &[Act]) -> Vec<i64> {
    let kg = |act: &Act| {
        if let Body::Production(made) = &act.body { Some(made.qty_kg.raw()) } else { None }
    };
    acts.iter().filter_map(kg).collect()
}

#[test]
fn production_and_crew_rest_on_fridays_and_the_gate_does_not_always() {
    let fridays: Vec<_> = year().into_iter().filter(|(day, _)| day.weekday() == 5).collect();
    assert!(
        fridays.iter().flat_map(|(_, acts)| acts).all(|act| matches!(act.body, Body::Dispatch(_)))
    );
    let n_open = fridays.iter().filter(|(_, acts)| !acts.is_empty()).count();
    assert!((5..45).contains(&n_open), "{n_open}");
}

#[test]
fn a_working_day_makes_about_four_thousand_tons_in_about_twelve_lines() {
    let mut days: Vec<_> =
        year().iter().map(|(_, acts)| produced(acts)).filter(|lines| !lines.is_empty()).collect();
    days.sort_by_key(|lines| lines.iter().sum::<i64>());
    let median = &days[days.len() / 2];
    assert!((3_500_000..4_800_000).contains(&median.iter().sum::<i64>()), "{median:?}");
    let n_lines: usize = days.iter().map(Vec::len).sum();
    assert!((10..=13).contains(&(n_lines / days.len())), "{n_lines} in {} days", days.len());
}

#[test]
fn about_forty_tickets_leave_on_a_working_day_with_the_usual_tons_of_a_trip() {
    let days = year();
    let working = days.iter().filter(|(day, _)| day.weekday() != 5).flat_map(|(_, acts)| acts);
    // What is put right on the next morning is allowed to look odd until then.
    let loads: Vec<_> = working
        .filter_map(|act| match (&act.later, &act.body) {
            (Some(Later::Correct(Body::Dispatch(load))), _) | (_, Body::Dispatch(load)) => {
                Some(load)
            }
            _ => None,
        })
        .collect();
    assert!((36..=44).contains(&(loads.len() / 309)), "{}", loads.len());
    let pending = loads.iter().filter(|load| load.qty_kg.is_none()).count();
    assert!((20..400).contains(&pending), "{pending}");
    for load in loads.iter().filter(|load| load.qty_kg.is_some()) {
        let per_trip = load.qty_kg.unwrap().raw() / i64::from(load.trips.unwrap());
        assert!((28_000..=51_000).contains(&per_trip), "{load:?}");
    }
}

#[test]
fn the_year_has_nil_returns_corrections_and_deletions_with_reasons() {
    let days = year();
    let acts: Vec<_> = days.iter().flat_map(|(_, acts)| acts).collect();
    let count = |is: fn(&Act) -> bool| acts.iter().filter(|act| is(act)).count();
    assert!(count(|act| matches!(act.body, Body::Nil(_))) > 10);
    assert!(count(|act| matches!(act.later, Some(Later::Correct(_)))) > 100);
    assert!(count(|act| matches!(act.later, Some(Later::Void(_)))) > 30);
    assert!(count(|act| matches!(act.later, Some(Later::VoidByMistake))) > 0);
}

#[test]
fn the_last_day_has_its_first_loads_only() {
    let acts = day(1, &site(), Day::parse("2026-11-22").unwrap(), Part::Begun);
    assert!(!acts.is_empty() && acts.len() <= 7);
    assert!(acts.iter().all(|act| act.minute < 6 * 60 + 30 && act.later.is_none()));
    assert_eq!(produced(&acts), Vec::<i64>::new());
}

#[test]
fn no_two_records_of_a_day_have_the_same_key() {
    for (day, acts) in year() {
        let lines = acts.iter().filter_map(|act| {
            if let Body::Production(made) = &act.body {
                Some(made.material_id.clone())
            } else {
                None
            }
        });
        let mut lines: Vec<_> = lines.collect();
        let n_lines = lines.len();
        lines.sort();
        lines.dedup();
        assert_eq!(lines.len(), n_lines, "{day}");
    }
}
