//! Chain, digest and overlay: that both sides have the same, and what is shown before the answer.

use deskops_domain::change::{Base, ChangeKind};
use deskops_domain::sync::chain::{Link, is_known};
use deskops_domain::sync::digest::{Bucket, Digest};
use deskops_domain::sync::outcome::{Outcome, Stop, Why};
use deskops_domain::sync::overlay::view;
use deskops_domain::sync::row::Row;
use serde_json::json;

use super::yard::{Yard, kg, note, turn};

#[test]
fn a_link_depends_on_everything_before_and_in_its_entry() {
    let next =
        |link: Link, seq, raw: &[u8], outcome: &Outcome, after| link.next(seq, raw, outcome, after);
    let first = next(Link::START, 1, b"ab", &Outcome::Applied, Some([1; 32]));
    let others = [
        next(first, 1, b"ab", &Outcome::Applied, Some([1; 32])),
        next(Link::START, 2, b"ab", &Outcome::Applied, Some([1; 32])),
        next(Link::START, 1, b"a", &Outcome::Applied, Some([1; 32])),
        next(Link::START, 1, b"ab", &Outcome::Converged, Some([1; 32])),
        next(Link::START, 1, b"ab", &Outcome::from(Stop::held(Why::Newer)), Some([1; 32])),
        next(Link::START, 1, b"ab", &Outcome::from(Stop::held(Why::NoRight)), Some([1; 32])),
        next(Link::START, 1, b"ab", &Outcome::Applied, Some([2; 32])),
        next(Link::START, 1, b"ab", &Outcome::Applied, None),
    ];
    assert!(others.iter().all(|other| *other != first));
    let wire = serde_json::to_string(&first).unwrap();
    assert_eq!(serde_json::from_str::<Link>(&wire).unwrap(), first);
    for wrong in ["\"\"", "\"zz\"", &format!("\"{}\"", "+0".repeat(32)), &wire.to_uppercase()] {
        assert!(serde_json::from_str::<Link>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_form_of_the_chain_is_frozen() {
    let link = Link::START.next(1, b"{}", &Outcome::from(Stop::held(Why::PeriodLocked)), None);
    assert_eq!(
        link.to_string(),
        "a29ddc38d1170aafb1f53e13878eaf937830f3af6d9b6676fce95d287a9bd4fa"
    );
}

#[test]
fn a_base_is_known_where_the_chain_has_its_mark() {
    let link = Link::START.next(1, b"x", &Outcome::Applied, None);
    let base = |seq, chain: &str| Base { seq, chain: chain.to_owned() };
    let at = |seq: i64| (seq == 1).then_some(link);
    assert_eq!(link.mark().len(), 16);
    assert!(is_known(&base(0, ""), at));
    assert!(is_known(&base(1, &link.mark()), at));
    for (seq, mark) in [(0, link.mark()), (1, String::new()), (2, link.mark()), (1, "0".repeat(16))]
    {
        assert!(!is_known(&base(seq, &mark), at), "{seq} {mark}");
    }
}

fn row(amount: i64) -> Row {
    let mut yard = Yard::new();
    let first = yard.enter(1, amount, "a");
    yard.take(&first);
    yard.row().clone()
}

#[test]
fn a_bucket_counts_weighs_and_hashes_what_is_in_it() {
    let (one, other) = (row(5), row(7));
    let mut gone = other.clone();
    let mut yard = Yard::new();
    gone.void(&yard.change(1, ChangeKind::Void, &[]));
    let mut digest = Digest::default();
    digest.turn(None, Some(&one));
    digest.turn(None, Some(&other));
    let bucket = digest.bucket("production", "2026-11");
    assert_eq!((bucket.count, bucket.live, bucket.sum_kg), (2, 2, 12));
    digest.turn(Some(&other), Some(&gone));
    let bucket = digest.bucket("production", "2026-11");
    assert_eq!((bucket.count, bucket.live, bucket.sum_kg), (2, 1, 5));
    let wire = serde_json::to_value(&bucket).unwrap();
    assert_eq!(wire["hash128"].as_str().unwrap().len(), 32);
    assert_eq!(serde_json::from_value::<Bucket>(wire).unwrap(), bucket);
    digest.turn(Some(&one), None);
    digest.turn(Some(&gone), None);
    assert_eq!(digest, Digest::default(), "nothing is left of it");
}

#[test]
fn two_sides_find_the_month_in_which_they_differ() {
    let (mut here, mut there) = (Digest::default(), Digest::default());
    let mut later = row(5);
    later.date = "2026-12-01".to_owned();
    for side in [&mut here, &mut there] {
        side.turn(None, Some(&row(5)));
    }
    assert_eq!(here.differences(&there), []);
    here.turn(None, Some(&later));
    let place = ("production".to_owned(), "2026-12".to_owned());
    assert_eq!(here.differences(&there), std::slice::from_ref(&place));
    assert_eq!(there.differences(&here), [place]);
}

#[test]
fn a_row_without_weight_weighs_nothing_and_twice_the_same_weight_is_no_trip() {
    let mut load = row(5);
    load.entity = "dispatch".to_owned();
    load.groups =
        [("qty".to_owned(), json!({"qty_kg": 900, "trips": 3}).as_object().unwrap().clone())]
            .into();
    assert_eq!(deskops_domain::sync::digest::weight(&load), 900);
    load.entity = "weather".to_owned();
    assert_eq!(deskops_domain::sync::digest::weight(&load), 0);
}

#[test]
fn a_laptop_shows_its_own_changes_over_what_it_heard() {
    let mut yard = Yard::new();
    let first = yard.enter(2, 5, "a");
    assert_eq!(view(None, [&first]).unwrap().groups["qty"], *kg(5).as_object().unwrap());
    yard.take(&first);
    let edit = yard.change(2, ChangeKind::Put, &[turn("note", note("a"), note("b"))]);
    let gone = yard.change(2, ChangeKind::Void, &[]);
    let back = yard.change(2, ChangeKind::Restore, &[turn("qty", kg(5), kg(6))]);
    let base = yard.row();
    let shown = view(Some(base), [&edit]).unwrap();
    assert_eq!(shown.groups["note"], *note("b").as_object().unwrap());
    assert_eq!(shown.touched.by, "clerk-2");
    assert!(view(Some(base), [&edit, &gone]).unwrap().voided.is_some());
    let shown = view(Some(base), [&edit, &gone, &back]).unwrap();
    assert!(shown.voided.is_none());
    assert_eq!(shown.groups["qty"], *kg(6).as_object().unwrap());
    assert_eq!(view(Some(base), []).as_ref(), Some(base));
    assert_eq!(view(None, [&gone]), None);
}
