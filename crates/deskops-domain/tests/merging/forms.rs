//! Changes that are wrong in themselves: documented answer, nothing in force, seen by people.

use deskops_domain::change::{Change, ChangeKind, SCHEMA};
use deskops_domain::id::Id;
use deskops_domain::sync::op::{MOST_BYTES, Op, Unreadable};
use deskops_domain::sync::outcome::{Outcome, Stop, Why};
use serde_json::{Value as Json, json};

use super::yard::{Yard, id, kg, note, turn};

type Spoil = fn(&mut Change);

/// Each spoils a right first change of a product.
const SPOILT: &[(&str, Spoil, Why)] = &[
    ("a later version", |it| it.schema = SCHEMA + 1, Why::Newer),
    ("a kind that is not known", |it| it.entity = "weather".into(), Why::UnknownEntity),
    ("another site than the key's", |it| it.feed = "site:s2".into(), Why::Key),
    ("a site's record in the feed of lists", |it| it.feed = "global".into(), Why::Elsewhere),
    ("no feed at all", |it| it.feed = "everywhere".into(), Why::Elsewhere),
    ("a site that is no name", |it| it.feed = "site:../x".into(), Why::Elsewhere),
    ("an id that is no id", |it| it.op = Id::stored("x".into()), Why::Form),
    ("a record that is no name", |it| it.rec = Id::stored("a b".into()), Why::Form),
    ("no number", |it| it.origin.seq = 0, Why::Form),
    ("a base before the feed", |it| it.base.seq = -1, Why::Form),
    ("a day that is none", |it| it.date = "2026-02-30".into(), Why::Form),
    ("nothing to say", |it| it.set.clear(), Why::Form),
    ("a put that settles", |it| it.resolves = vec![id(1)], Why::Form),
    ("another id than the key's", |it| it.rec = id(5), Why::Key),
    ("no key", |it| it.key = None, Why::Key),
    ("another day than the key's", |it| it.date = "2026-11-23".into(), Why::Key),
    ("a key with something more", |it| add_to_key(it, "x", json!(1)), Why::Key),
    ("a key with a shift that is none", |it| add_to_key(it, "shift", json!("TEA")), Why::Key),
    ("a group that is not its own", |it| add(it, "party", json!({"owner": "A"})), Why::Field),
    ("a field that is not the group's", |it| add(it, "qty", json!({"tons": 1})), Why::Field),
    ("a group without a field", |it| add(it, "note", json!({})), Why::Field),
    ("a key field as a value", |it| add(it, "", json!({"shift": "ALL"})), Why::Field),
    ("too little", |it| add(it, "qty", kg(0)), Why::Field),
    ("too much", |it| add(it, "qty", kg(1_000_000_000)), Why::Field),
    ("words for a figure", |it| add(it, "qty", json!({"qty_kg": "5"})), Why::Field),
    ("a figure for words", |it| add(it, "note", json!({"notes": 5})), Why::Field),
    ("half a kilogram", |it| add(it, "qty", json!({"qty_kg": 0.5})), Why::Field),
    ("nothing for a figure that must be", |it| add(it, "qty", json!({"qty_kg": null})), Why::Field),
    ("an origin that is none", |it| add(it, "qty", json!({"origin": "GUESS"})), Why::Field),
    ("too many words", |it| add(it, "note", note(&"x".repeat(501))), Why::Field),
    ("a first change without a group", |it| drop(it.set.remove("qty")), Why::Field),
];

fn add(change: &mut Change, group: &str, to: Json) {
    let (group, set) = turn(group, Json::Null, to);
    change.set.insert(group, set);
}

fn add_to_key(change: &mut Change, name: &str, value: Json) {
    let key = change.key.as_mut().unwrap();
    key.insert(name.to_owned(), value);
    change.rec = Id::natural(&Json::Object(key.clone()));
}

#[test]
fn what_is_wrong_in_itself_is_told_why_and_alters_nothing() {
    let mut yard = Yard::new();
    let right = yard.enter(1, 5, "a");
    for (what, spoil, why) in SPOILT {
        let mut change = right.clone();
        spoil(&mut change);
        let merged = Yard::new().take(&change);
        let reason = match &merged.outcome {
            Outcome::Held { reason } | Outcome::Rejected { reason } => reason,
            other => panic!("{what}: {other:?}"),
        };
        assert_eq!(reason.why, *why, "{what}");
        assert_eq!(reason.problems.is_empty(), *why != Why::Field, "{what}");
        let may_come_right = matches!(why, Why::Newer | Why::UnknownEntity);
        assert_eq!(matches!(merged.outcome, Outcome::Held { .. }), may_come_right, "{what}");
        assert_eq!((merged.standing.row, merged.opened.len()), (None, 1), "{what}");
        assert!(why.sentence().ends_with('.'));
    }
    assert_eq!(yard.take(&right).outcome, Outcome::Applied);
}

#[test]
fn a_wrong_change_does_not_block_its_successors() {
    let mut yard = Yard::new();
    let first = yard.enter(1, 5, "a");
    yard.take(&first);
    let wrong = yard.change(1, ChangeKind::Put, &[turn("qty", kg(5), kg(0))]);
    let next = yard.change(1, ChangeKind::Put, &[turn("note", note("a"), note("b"))]);
    assert!(matches!(yard.take(&wrong).outcome, Outcome::Rejected { .. }));
    assert_eq!(yard.take(&next).outcome, Outcome::Applied);
}

#[test]
fn a_deletion_says_what_it_saw_and_sets_nothing() {
    let mut yard = Yard::new();
    let first = yard.enter(1, 5, "a");
    yard.take(&first);
    let gone = yard.change(1, ChangeKind::Void, &[turn("qty", kg(5), kg(6))]);
    assert_eq!(yard.take(&gone).outcome, Outcome::from(Stop::rejected(Why::Form)));
}

#[test]
fn a_record_does_not_move() {
    let spoil: [Spoil; 2] = [|it| it.date = "2026-11-23".into(), |it| it.feed = "site:s2".into()];
    for spoil in spoil {
        let mut yard = Yard::new();
        let first = yard.enter(1, 5, "a");
        yard.take(&first);
        let mut edit = yard.change(1, ChangeKind::Put, &[turn("qty", kg(5), kg(6))]);
        spoil(&mut edit);
        assert_eq!(yard.take(&edit).outcome, Outcome::from(Stop::rejected(Why::Elsewhere)));
    }
}

#[test]
fn two_right_changes_that_make_a_wrong_record_are_held() {
    let mut yard = Yard::new();
    let typed = |kg: Json, reason: Json| json!({"typed_kg": kg, "reason": reason});
    let key = json!({"entity": "inventory", "site_id": "s1", "date": super::yard::DATE, "material_id": "MAT001"});
    let mut made = |laptop: u8, group: &str, from: Json, to: Json| {
        let mut change = yard.change(laptop, ChangeKind::Put, &[turn(group, from, to)]);
        (change.entity, change.rec) = ("inventory".to_owned(), Id::natural(&key));
        change.key = key.as_object().cloned();
        change
    };
    let first = made(1, "note", Json::Null, note("ash"));
    let other = made(1, "adjustment", Json::Null, typed(json!(5), json!("OTHER")));
    let empty = made(2, "note", note("ash"), json!({"notes": null}));
    assert_eq!(yard.take(&first).outcome, Outcome::Applied);
    assert_eq!(yard.take(&other).outcome, Outcome::Applied);
    let merged = yard.take(&empty);
    let Outcome::Held { reason } = &merged.outcome else { panic!("{:?}", merged.outcome) };
    assert_eq!((reason.why, reason.problems.0[0].path.as_str()), (Why::Contradiction, "notes"));
}

#[test]
fn bytes_are_read_as_they_were_made_or_not_at_all() {
    let mut yard = Yard::new();
    let op = Op::of(yard.enter(1, 5, "\u{642}\u{645}\u{62d} \"x\""));
    assert_eq!(Op::read(op.raw()), Ok(op.clone()));
    let text = String::from_utf8(op.raw().to_vec()).unwrap();
    let cases = [
        (text.replace(':', ": "), Unreadable::NotCanonical),
        (text.replace("\"app\":", "\"zzz\":1,\"app\":"), Unreadable::NotCanonical),
        (text[..text.len() - 1].to_owned(), Unreadable::NotCanonical),
        (text.replace("\"qty_kg\":5", "\"qty_kg\":5.0"), Unreadable::NotWhole),
        (text.replace("\"qty_kg\":5", "\"qty_kg\":18446744073709551615"), Unreadable::NotWhole),
        (text.replace("\"ash\"", "\"x\"") + &" ".repeat(MOST_BYTES), Unreadable::TooLong),
    ];
    for (bytes, why) in cases {
        assert_eq!(Op::read(bytes.as_bytes()), Err(why), "{}", &bytes[..60]);
    }
    let later = text.replace("\"kind\":\"put\"", "\"kind\":\"alias\"");
    assert!(matches!(Op::read(later.as_bytes()), Err(Unreadable::NotAChange(_))));
    let deep = "[".repeat(2_000);
    assert_eq!(Op::read(deep.as_bytes()), Err(Unreadable::NotCanonical));
}

#[test]
fn what_a_newer_laptop_says_more_is_kept_in_bytes_and_hash() {
    let mut yard = Yard::new();
    let op = Op::of(yard.enter(1, 5, "a"));
    let text = String::from_utf8(op.raw().to_vec()).unwrap();
    let more = text.replace("\"tz\":", "\"truth\":1,\"tz\":");
    let read = Op::read(more.as_bytes()).unwrap();
    assert_eq!(read.change(), op.change());
    assert_eq!(read.raw(), more.as_bytes());
    assert_ne!(read.payload_hash(), op.payload_hash());
}
