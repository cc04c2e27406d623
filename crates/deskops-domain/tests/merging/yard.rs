//! A feed in memory with a few laptops, for telling what happened in one line each.

use std::collections::BTreeMap;

use deskops_domain::change::{Base, Change, ChangeKind, FromTo, Origin, SCHEMA};
use deskops_domain::entry::Moment;
use deskops_domain::id::Id;
use deskops_domain::sync::chain::{self, Link};
use deskops_domain::sync::conflict::{Conflict, Settlement};
use deskops_domain::sync::merge::{Merged, Place, merge};
use deskops_domain::sync::outcome::Stop;
use deskops_domain::sync::row::Row;
use deskops_domain::sync::standing::Standing;
use serde_json::{Map, Value as Json, json};

/// An id that is told apart by a number.
pub fn id(number: u8) -> Id {
    Id::random(i64::from(number), [number; 10])
}

/// An object.
pub fn map(json: Json) -> Map<String, Json> {
    json.as_object().cloned().expect("an object")
}

/// One group, before and after.
pub fn turn(group: &str, from: Json, to: Json) -> (String, FromTo) {
    (group.to_owned(), FromTo { from: from.as_object().cloned(), to: map(to) })
}

/// A figure of production.
pub fn kg(kg: i64) -> Json {
    json!({"qty_kg": kg, "origin": "TYPED"})
}

/// A note.
pub fn note(words: &str) -> Json {
    json!({"notes": words})
}

pub const DATE: &str = "2026-11-22";

/// A change of a laptop, without a record yet.
pub struct Yard {
    pub standings: BTreeMap<Id, Standing>,
    pub links: Vec<Link>,
    next: BTreeMap<u8, i64>,
    heard: BTreeMap<u8, usize>,
    n_ops: u8,
}

impl Yard {
    pub fn new() -> Self {
        Self {
            standings: BTreeMap::new(),
            links: vec![Link::START],
            next: BTreeMap::new(),
            heard: BTreeMap::new(),
            n_ops: 100,
        }
    }

    /// A laptop hears all that there is.
    pub fn hear(&mut self, laptop: u8) {
        self.heard.insert(laptop, self.links.len() - 1);
    }

    /// A change of a laptop of a record that stands by itself: a load that left.
    pub fn change(&mut self, laptop: u8, kind: ChangeKind, set: &[(String, FromTo)]) -> Change {
        let next = self.next.entry(laptop).or_insert(0);
        *next += 1;
        self.n_ops += 1;
        let seq = self.heard.get(&laptop).copied().unwrap_or(0);
        let chain = if seq == 0 { String::new() } else { self.links[seq].mark() };
        Change {
            op: id(self.n_ops),
            origin: Origin { dev: id(laptop), inc: id(laptop), seq: *next, prev: None },
            feed: "site:s1".to_owned(),
            entity: "production".to_owned(),
            rec: product().0,
            kind,
            base: Base { seq: i64::try_from(seq).unwrap(), chain },
            set: set.iter().cloned().collect(),
            key: None,
            date: DATE.to_owned(),
            resolves: Vec::new(),
            reason: None,
            group: None,
            actor: format!("clerk-{laptop}"),
            at: Moment(1_795_000_000_000 + i64::from(self.n_ops) * 1_000),
            skew_ms: None,
            tz: "Asia/Riyadh".to_owned(),
            schema: SCHEMA,
            app: "0.1.0".to_owned(),
            sig: None,
        }
    }

    /// The first change of the product of the day.
    pub fn enter(&mut self, laptop: u8, amount: i64, words: &str) -> Change {
        let set = [turn("qty", Json::Null, kg(amount)), turn("note", Json::Null, note(words))];
        Change { key: Some(product().1), ..self.change(laptop, ChangeKind::Put, &set) }
    }

    /// What settles a conflict.
    pub fn settlement(&mut self, laptop: u8, done: Settlement) -> Change {
        let set: Vec<_> = done.set.into_iter().collect();
        Change { resolves: done.resolves, ..self.change(laptop, done.kind, &set) }
    }

    /// A change arrives.
    pub fn take(&mut self, change: &Change) -> Merged {
        self.take_with(change, &|_, _| None)
    }

    /// A change arrives, of which head office has something to say.
    pub fn take_with(
        &mut self,
        change: &Change,
        judge: &dyn Fn(&Change, &Row) -> Option<Stop>,
    ) -> Merged {
        let standing = self.standings.get(&change.rec).cloned().unwrap_or_default();
        let merged = merge(&standing, change, self.place(change), judge);
        self.keep(change, &merged);
        merged
    }

    /// Where a change would be taken.
    pub fn place(&self, change: &Change) -> Place {
        let at = |seq: i64| self.links.get(usize::try_from(seq).ok()?).copied();
        let is_base_known = chain::is_known(&change.base, at);
        Place { seq: i64::try_from(self.links.len()).unwrap(), is_base_known }
    }

    pub fn keep(&mut self, change: &Change, merged: &Merged) {
        let last = *self.links.last().unwrap();
        let seq = i64::try_from(self.links.len()).unwrap();
        self.links.push(last.next(seq, &change.bytes(), &merged.outcome, Some(merged.after())));
        self.standings.insert(change.rec.clone(), merged.standing.clone());
    }

    pub fn standing(&self) -> &Standing {
        &self.standings[&product().0]
    }

    pub fn row(&self) -> &Row {
        self.standing().row.as_ref().expect("the record is there")
    }

    pub fn group(&self, group: &str) -> Json {
        Json::Object(self.row().groups[group].clone())
    }

    pub fn open(&self) -> &[Conflict] {
        &self.standing().open
    }
}

/// The product of the day: its id and its key.
pub fn product() -> (Id, Map<String, Json>) {
    let key = json!({
        "entity": "production", "site_id": "s1", "date": DATE, "material_id": "MAT002",
        "shift": "ALL", "operation": "CRU-PRO", "line": 1,
    });
    (Id::natural(&key), map(key))
}
