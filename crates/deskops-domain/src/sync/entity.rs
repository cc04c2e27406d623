//! The definition of a kind of record by its name: what the feed needs of the field tables.
//!
//! Apart from [`Record`], which is known at compile time: a change names its kind as text.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value as Json;

use crate::field::{Kind, Shape, Value};
use crate::habit::Habit;
use crate::modules::{ModuleVisitor, each_record};
use crate::problem::{Problem, Problems};
use crate::record::{Record, from_canonical};
use crate::sync::row::Row;

/// A kind of record.
pub struct Entity {
    /// Its name.
    pub name: &'static str,
    /// Who writes it, and what its date means.
    pub habit: Habit,
    /// Whether its id follows from its key.
    pub has_key: bool,
    /// Its fields.
    pub shapes: Vec<&'static Shape>,
    /// What contradicts itself in these values, in field order.
    rules: fn(Vec<Value>) -> Option<Problems>,
}

struct All(BTreeMap<&'static str, Entity>);

impl ModuleVisitor for All {
    fn visit<R: Record>(&mut self) {
        let entity = Entity {
            name: R::NAME,
            habit: R::HABIT,
            has_key: R::has_natural_key(),
            shapes: R::shapes().collect(),
            rules: |values| {
                let mut problems = Problems::default();
                R::from_values(values)?.rules(&mut problems);
                Some(problems)
            },
        };
        self.0.insert(R::NAME, entity);
    }
}

impl Entity {
    /// The kind of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        static ALL: OnceLock<All> = OnceLock::new();
        let all = ALL.get_or_init(|| {
            let mut all = All(BTreeMap::new());
            each_record(&mut all);
            all
        });
        all.0.get(name)
    }

    /// The fields of a group.
    pub fn group<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'static Shape> + 'a {
        self.shapes.iter().copied().filter(move |shape| !group.is_empty() && shape.group == group)
    }

    /// The fields whose tons add up to what the record weighs.
    pub fn weights(&self) -> impl Iterator<Item = &'static Shape> + '_ {
        let is_weight =
            |shape: &&Shape| shape.kind == Kind::Tons && shape.is_total() && !shape.is_computed();
        self.shapes.iter().copied().filter(is_weight)
    }

    /// What is missing from a record or contradicts itself. Each value by itself is already right.
    #[must_use]
    pub fn problems(&self, row: &Row) -> Problems {
        let mut problems = Problems::default();
        let mut values = Vec::with_capacity(self.shapes.len());
        for shape in &self.shapes {
            let json = if shape.is_key() {
                row.key.as_ref().and_then(|key| key.get(shape.column))
            } else {
                row.groups.get(shape.group).and_then(|group| group.get(shape.column))
            };
            let value = if shape.is_computed() {
                Some(Value::Int(0))
            } else {
                from_canonical(shape.kind, json.unwrap_or(&Json::Null))
            };
            match value {
                Some(Value::Empty) if !shape.is_optional => problems.add(Problem::new(
                    shape.name,
                    "E-REQUIRED",
                    format!("{} is missing.", shape.label),
                )),
                Some(value) => values.push(value),
                None => problems.add(of_another_kind(shape)),
            }
        }
        if problems.is_empty() {
            problems = (self.rules)(values).unwrap_or_else(|| {
                Problems(vec![Problem::new(self.name, "E-TYPE", "A value is not one of its list.")])
            });
        }
        problems
    }
}

/// The problem of a value that the field cannot hold.
pub(super) fn of_another_kind(shape: &Shape) -> Problem {
    Problem::new(shape.name, "E-TYPE", format!("{} is of another kind.", shape.label))
}
