//! What a person does at a laptop: enters, corrects, deletes, brings back, settles. Few records and
//! few values, so that people meet all the time.

use std::collections::BTreeMap;
use std::rc::Rc;

use deskops_domain::change::{Change, ChangeKind, FromTo, Origin, SCHEMA};
use deskops_domain::choice::{Operation, Provenance, Shift};
use deskops_domain::day::Day;
use deskops_domain::entry::Moment;
use deskops_domain::field::MaterialId;
use deskops_domain::habit::GLOBAL;
use deskops_domain::id::Id;
use deskops_domain::modules::Production;
use deskops_domain::quantity::Tons;
use deskops_domain::record::Record as _;
use deskops_domain::sync::conflict::Choice;
use deskops_domain::sync::op::Op;
use deskops_domain::sync::row::Row;
use serde_json::{Map, Value as Json, json};

use super::Bug;
use super::chance::Chance;
use super::laptop::{Laptop, Own, State};

const DATE: &str = "2026-11-22";

/// What a change says beside who made it and when.
struct Deed {
    entity: &'static str,
    rec: Id,
    kind: ChangeKind,
    set: BTreeMap<String, FromTo>,
    key: Option<Map<String, Json>>,
    resolves: Vec<Id>,
}

/// The product of a number; every laptop gives it the same id.
fn product(number: usize) -> (Id, Map<String, Json>) {
    let body = Production {
        material_id: MaterialId(format!("MAT00{number}")),
        shift: Shift::All,
        qty_kg: Tons::kg(1),
        operation: Operation::CrusherProduction,
        line: 1,
        origin: Provenance::Typed,
        notes: None,
    };
    let day = Day::parse(DATE).unwrap();
    (body.natural_id("s1", day).unwrap(), body.natural_key("s1", day).unwrap())
}

fn groups(entity: &str) -> &'static [&'static str] {
    match entity {
        "production" => &["qty", "note"],
        "dispatch" => &["item", "qty", "party", "note"],
        _ => &["code", "name", "kind", "place", "use"],
    }
}

/// Some value of a group; now and then one that is held or refused.
fn value(entity: &str, group: &str, chance: &mut Chance) -> Map<String, Json> {
    let kg = if chance.percent(4) { 0 } else { 1_000 * (1 + chance.below(4)) };
    let words = if chance.percent(10) { "late" } else { ["wet", "dry"][chance.below(2)] };
    let json = match (entity, group) {
        ("production", "qty") => json!({"qty_kg": kg, "origin": "TYPED"}),
        (_, "qty") => json!({"qty_kg": kg, "trips": chance.below(3) + 1, "is_estimated": 0}),
        (_, "note") => json!({"notes": words}),
        (_, "item") => json!({"material_id": "MAT001", "operation": "CRU-DIS"}),
        (_, "party") => json!({"owner": (["A", "B", "C"][chance.below(3)]), "reference": null}),
        (_, "code") => json!({"code": "M9"}),
        (_, "name") => {
            json!({"name": (["Sand", "Grit", "Dust"][chance.below(3)]), "name_ar": null})
        }
        (_, "kind") => json!({"category": "FINE", "unit": "TON", "is_final": 1}),
        (_, "place") => json!({"position": chance.below(4)}),
        _ => json!({"inactive_from": null}),
    };
    json.as_object().unwrap().clone()
}

/// A record that is known at the laptop, or may be entered there.
fn pick(laptop: &Laptop, now: i64, chance: &mut Chance) -> (&'static str, Id) {
    match chance.below(10) {
        0..6 => ("production", product(1 + chance.below(2)).0),
        6 => ("materials", Id::stored("MAT9".to_owned())),
        7 => ("dispatch", Id::random(now, chance.entropy())),
        _ => {
            let base = laptop.disk.base.values().map(|row| (row.entity.as_str(), &row.rec));
            let own = laptop.disk.own.iter().map(|own| {
                let change = own.op.change();
                (change.entity.as_str(), &change.rec)
            });
            let all: Vec<&Id> = base
                .chain(own)
                .filter(|(entity, _)| *entity == "dispatch")
                .map(|(_, rec)| rec)
                .collect();
            let known = all.get(chance.below(all.len())).map(|rec| (*rec).clone());
            ("dispatch", known.unwrap_or_else(|| Id::random(now, chance.entropy())))
        }
    }
}

fn deed(laptop: &Laptop, now: i64, chance: &mut Chance) -> Option<Deed> {
    let bug = laptop.bug;
    if !laptop.disk.open.is_empty() && chance.percent(20) {
        return settle(laptop, chance);
    }
    let (entity, rec) = pick(laptop, now, chance);
    let there = laptop.disk.view(&rec, bug);
    let Some(row) = there else {
        let all = groups(entity).iter();
        let first = |group: &&str| {
            ((*group).to_owned(), FromTo { from: None, to: value(entity, group, chance) })
        };
        let set = all.map(first).collect();
        let key = (entity == "production")
            .then(|| (1..=2).map(product).find(|(id, _)| *id == rec))
            .flatten()
            .map(|(_, key)| key);
        return Some(Deed { entity, rec, kind: ChangeKind::Put, set, key, resolves: Vec::new() });
    };
    let kind = match (row.voided.is_some(), chance.below(100)) {
        (true, _) => ChangeKind::Restore,
        (false, 0..18) => ChangeKind::Void,
        _ => ChangeKind::Put,
    };
    let some = if kind == ChangeKind::Restore { chance.below(2) } else { 1 + chance.below(2) };
    let set = if kind == ChangeKind::Void {
        let seen = |(group, there): (&String, &Map<String, Json>)| {
            (group.clone(), FromTo { from: Some(there.clone()), to: there.clone() })
        };
        if chance.percent(50) { row.groups.iter().map(seen).collect() } else { BTreeMap::new() }
    } else {
        some_of(&row, entity, some, bug, chance)
    };
    Some(Deed { entity, rec, kind, set, key: None, resolves: Vec::new() })
}

fn some_of(
    row: &Row,
    entity: &str,
    some: usize,
    bug: Bug,
    chance: &mut Chance,
) -> BTreeMap<String, FromTo> {
    let mut set = BTreeMap::new();
    if bug == Bug::WholeRow {
        for (group, there) in &row.groups {
            let whole = FromTo { from: Some(there.clone()), to: there.clone() };
            set.insert(group.clone(), whole);
        }
    }
    for _ in 0..some {
        let group = groups(entity)[chance.below(groups(entity).len())];
        let to = value(entity, group, chance);
        set.insert(group.to_owned(), FromTo { from: row.groups.get(group).cloned(), to });
    }
    set
}

fn settle(laptop: &Laptop, chance: &mut Chance) -> Option<Deed> {
    let all: Vec<_> = laptop.disk.open.values().collect();
    let conflict = all[chance.below(all.len())];
    let now = laptop.disk.view(&conflict.rec, laptop.bug);
    let choice = match chance.below(5) {
        0 | 1 => Choice::First,
        2 => Choice::Second,
        3 => Choice::Sum,
        _ => Choice::Other(value(&conflict.entity, &conflict.spot, chance)),
    };
    let done = conflict.settle(&choice, now.as_ref())?;
    let entity = ["production", "dispatch", "materials"];
    Some(Deed {
        entity: entity.into_iter().find(|name| *name == conflict.entity)?,
        rec: conflict.rec.clone(),
        kind: done.kind,
        set: done.set,
        key: done.key,
        resolves: done.resolves,
    })
}

/// One transaction of a person: a change, or some that belong together.
pub fn edit(laptop: &mut Laptop, now: i64, no: &mut usize, chance: &mut Chance) -> Vec<Own> {
    let n = if chance.percent(15) { 2 + chance.below(2) } else { 1 };
    let group = (n > 1).then(|| Id::random(now, chance.entropy()));
    let mut made = Vec::new();
    for _ in 0..n {
        let Some(deed) = deed(laptop, now, chance) else { continue };
        let feed = if deed.entity == "materials" { GLOBAL } else { "site:s1" };
        let disk = &mut laptop.disk;
        let op = Id::random(now, chance.entropy());
        let change = Change {
            op: op.clone(),
            origin: Origin {
                dev: disk.dev.clone(),
                inc: disk.inc.clone(),
                seq: disk.next,
                prev: disk.last.clone().filter(|_| laptop.bug != Bug::NoPredecessor),
            },
            feed: feed.to_owned(),
            entity: deed.entity.to_owned(),
            rec: deed.rec,
            kind: deed.kind,
            base: disk.base_of(feed),
            set: deed.set,
            key: deed.key,
            date: DATE.to_owned(),
            resolves: deed.resolves,
            reason: None,
            group: group.clone(),
            actor: format!("user-{}", &disk.dev.as_str()[20..]),
            at: Moment(now + laptop.skew),
            skew_ms: None,
            tz: "Asia/Riyadh".to_owned(),
            schema: SCHEMA,
            app: "0".to_owned(),
            sig: None,
        };
        disk.next += 1;
        disk.last = Some(op);
        let own = Own { op: Rc::new(Op::of(change)), no: *no, state: State::Pending, is_due: true };
        *no += 1;
        disk.own.push(own.clone());
        made.push(own);
    }
    made
}
