//! What is open of a change that was not taken whole: both sides, and how a person settles it.
//!
//! The first accepted value stays in effect meanwhile. Settling is itself a change: it names what
//! it settles, says what its author saw, and meets others like any change, so that conflicts can be
//! settled without a network, and by two supervisors at once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::change::{Base, Change, ChangeKind, FromTo};
use crate::entry::Moment;
use crate::field::{Rule, Shape};
use crate::id::Id;
use crate::sync::entity::Entity;
use crate::sync::outcome::Reason;
use crate::sync::row::Row;
use crate::sync::standing::Write;

/// How a change met others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "clash", rename_all = "snake_case")]
pub enum Clash {
    /// One group, two values.
    Values,
    /// The record was deleted; the change sets values of it.
    EditVsVoid,
    /// The change deletes the record, over values that its author had not seen.
    VoidVsEdit,
    /// The change brings the record back, over a deletion that its author had not seen.
    RestoreVsVoid,
    /// Another change that stands or falls with it was not taken.
    Together {
        /// That one.
        because: Id,
    },
    /// It waits for somebody.
    Held {
        /// Why.
        reason: Reason,
    },
    /// It is wrong in itself.
    Rejected {
        /// Why.
        reason: Reason,
    },
}

/// One side of a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The change that said it.
    pub op: Id,
    /// Its laptop.
    pub dev: Id,
    /// Who.
    pub actor: String,
    /// When, by the clock of then.
    pub when: Moment,
    /// Values by group.
    pub set: BTreeMap<String, Map<String, Json>>,
    /// Whether this side says that the record is deleted.
    pub is_void: bool,
}

/// Something open. There is one for each change and spot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The change that was not taken.
    pub op: Id,
    /// The group that two want; nothing where it is about the record as a whole.
    pub spot: String,
    /// The feed, and the position of the change in it.
    pub feed: String,
    /// The position.
    pub seq: i64,
    /// Kind of record.
    pub entity: String,
    /// The record.
    pub rec: Id,
    /// How they met.
    #[serde(flatten)]
    pub clash: Clash,
    /// What is in effect, and who said so; none where there is no record.
    pub kept: Option<Side>,
    /// What the change wants.
    pub other: Side,
    /// What the author of the change had seen of each group.
    pub saw: BTreeMap<String, Option<Map<String, Json>>>,
    /// Up to where its author had seen the feed.
    pub base: Base,
    /// The key that it would make the record with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Map<String, Json>>,
}

/// How a person settles a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A: what is in effect stays.
    First,
    /// B: what the change wants.
    Second,
    /// A + B: both were made, and are entered as one.
    Sum,
    /// Something else, of the group.
    Other(Map<String, Json>),
}

/// What a change has to say to settle a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// What it does.
    pub kind: ChangeKind,
    /// What it sets.
    pub set: BTreeMap<String, FromTo>,
    /// What it settles.
    pub resolves: Vec<Id>,
    /// The key, where it makes the record.
    pub key: Option<Map<String, Json>>,
}

impl Side {
    /// What a change wants.
    #[must_use]
    pub fn of(change: &Change, spot: Option<&str>) -> Self {
        let is_meant = |group: &str| spot.is_none_or(|spot| spot == group);
        let set = change.set.iter().filter(|(group, _)| is_meant(group));
        Self {
            op: change.op.clone(),
            dev: change.origin.dev.clone(),
            actor: change.actor.clone(),
            when: change.at,
            set: set.map(|(group, set)| (group.clone(), set.to.clone())).collect(),
            is_void: change.kind == ChangeKind::Void,
        }
    }

    /// What an accepted write has brought about, in these groups of the record.
    pub fn in_effect<'a>(
        row: &Row,
        write: &Write,
        groups: impl Iterator<Item = &'a String>,
    ) -> Self {
        let there =
            groups.filter_map(|group| Some((group.clone(), row.groups.get(group)?.clone())));
        Self {
            op: write.op.clone(),
            dev: write.origin.dev.clone(),
            actor: write.actor.clone(),
            when: write.when,
            set: there.collect(),
            is_void: row.voided.is_some(),
        }
    }
}

impl Conflict {
    /// Which choices there are, beside something else: `None` of A + B where amounts cannot be added.
    #[must_use]
    pub fn sum(&self, now: &Row) -> Option<Map<String, Json>> {
        let entity = Entity::find(&self.entity)?;
        let is_twin = self.clash == Clash::Values
            && entity.has_key
            && self.saw.get(&self.spot).is_some_and(Option::is_none);
        let (one, two) = (now.groups.get(&self.spot)?, self.other.set.get(&self.spot)?);
        if !is_twin {
            return None;
        }
        let mut sum = Map::new();
        let mut is_added = false;
        for shape in entity.group(&self.spot) {
            let of = |side: &Map<String, Json>| side.get(shape.column).cloned().unwrap_or_default();
            let (a, b) = (of(one), of(two));
            let value = match (shape.is_total(), a.as_i64(), b.as_i64()) {
                (true, Some(a), Some(b)) => {
                    is_added = true;
                    Json::from(within(shape, a.checked_add(b)?)?)
                }
                (true, Some(_), None) => a,
                (true, None, _) => b,
                // What cannot be added, such as hours a head, must be the same on both sides.
                (false, ..) if a == b => a,
                (false, ..) => return None,
            };
            sum.insert(shape.column.to_owned(), value);
        }
        is_added.then_some(sum)
    }

    /// What a change has to say to settle it so, by somebody who sees the record as it is now.
    /// `None` where there is no such choice.
    #[must_use]
    pub fn settle(&self, choice: &Choice, now: Option<&Row>) -> Option<Settlement> {
        let from = |group: &str| now.and_then(|row| row.groups.get(group)).cloned();
        let turn = |group: &str, to: Map<String, Json>| {
            (group.to_owned(), FromTo { from: from(group), to })
        };
        let (kind, set) = match choice {
            Choice::First if self.clash == Clash::Values => {
                let stays = from(&self.spot)?;
                (ChangeKind::Resolve, BTreeMap::from([turn(&self.spot, stays)]))
            }
            Choice::First => (ChangeKind::Resolve, BTreeMap::new()),
            Choice::Second if matches!(self.clash, Clash::Rejected { .. }) => return None,
            Choice::Second if self.other.is_void => {
                let seen = now?.groups.iter();
                let seen = seen.map(|(group, there)| turn(group, there.clone())).collect();
                (ChangeKind::Void, seen)
            }
            Choice::Second => {
                let is_gone = now.is_some_and(|row| row.voided.is_some());
                let kind = if is_gone { ChangeKind::Restore } else { ChangeKind::Resolve };
                let wanted = self.other.set.iter();
                (kind, wanted.map(|(group, to)| turn(group, to.clone())).collect())
            }
            Choice::Sum => {
                (ChangeKind::Resolve, BTreeMap::from([turn(&self.spot, self.sum(now?)?)]))
            }
            Choice::Other(to) if !self.spot.is_empty() => {
                (ChangeKind::Resolve, BTreeMap::from([turn(&self.spot, to.clone())]))
            }
            Choice::Other(_) => return None,
        };
        let key = if now.is_none() { self.key.clone() } else { None };
        Some(Settlement { kind, set, resolves: vec![self.op.clone()], key })
    }
}

/// An amount that a field still holds.
fn within(shape: &Shape, amount: i64) -> Option<i64> {
    let is_over = |rule: &Rule| matches!(rule, Rule::AtMost(most) if amount > *most);
    (!shape.rules.iter().any(is_over)).then_some(amount)
}
