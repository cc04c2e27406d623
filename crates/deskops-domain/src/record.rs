//! What a module is: one declaration from which store, wire, forms, tables and files are read.
//!
//! `record!` only *declares* a struct, its field table and its reader. Everything that is done
//! with a record is ordinary generic code over [`Record::FIELDS`].

use std::fmt::Debug;

use serde_json::{Map, Value as Json, json};

use crate::day::Day;
use crate::field::{Field, Kind, Shape, Value};
use crate::habit::Habit;
use crate::id::Id;
use crate::problem::Problems;
use crate::rest::Rest;
use crate::schema::Described;

/// Rules of a module that look at more than one field.
pub trait Rules {
    /// Notes what contradicts itself. Every field by itself is already right.
    fn rules(&self, problems: &mut Problems);
}

/// The definition of a module.
pub trait Record: Rules + Described + Clone + PartialEq + Debug + Send + Sync + 'static {
    /// Name on the wire, of the table and of the sheet.
    const NAME: &'static str;
    /// Name for people.
    const TITLE: &'static str;
    /// What the module is for, in a sentence.
    const DOC: &'static str;
    /// Who writes it, and what its date means.
    const HABIT: Habit;
    /// What the contract calls it over HTTP, where it does.
    const REST: Option<&'static Rest> = None;
    /// The fields, in the order in which they are entered and printed.
    const FIELDS: &'static [Field<Self>];

    /// A record from its values in field order; `None` when one is of another kind.
    fn from_values(values: Vec<Value>) -> Option<Self>;

    /// The shapes of all fields.
    fn shapes() -> impl Iterator<Item = &'static Shape> {
        Self::FIELDS.iter().map(|field| &field.shape)
    }

    /// The value of every field, in field order.
    fn values(&self) -> Vec<Value> {
        Self::FIELDS.iter().map(|field| (field.get)(self)).collect()
    }

    /// Whether one record a day and key exists by construction.
    #[must_use]
    fn has_natural_key() -> bool {
        Self::HABIT.is_one_a_day || Self::shapes().any(Shape::is_key)
    }

    /// Whether DeskOps computes part of it, so that it is not entered like a log.
    #[must_use]
    fn is_computed() -> bool {
        Self::shapes().any(Shape::is_computed)
    }

    /// The natural key as it is hashed and sent; `None` where records stand by themselves.
    fn natural_key(&self, site: &str, date: Day) -> Option<Map<String, Json>> {
        if !Self::has_natural_key() {
            return None;
        }
        let parts = Self::FIELDS.iter().filter(|field| field.shape.is_key());
        let mut key: Map<_, _> = parts
            .map(|field| (field.shape.column.to_owned(), canonical(&(field.get)(self))))
            .collect();
        key.insert("entity".into(), json!(Self::NAME));
        key.insert("site_id".into(), json!(site));
        key.insert("date".into(), json!(date));
        Some(key)
    }

    /// The id that this natural key has on every laptop.
    fn natural_id(&self, site: &str, date: Day) -> Option<Id> {
        self.natural_key(site, date).map(|key| Id::natural(&Json::Object(key)))
    }

    /// The names of the merge atoms, in field order.
    #[must_use]
    fn groups() -> Vec<&'static str> {
        let mut groups: Vec<&'static str> = Vec::new();
        for shape in Self::shapes().filter(|shape| !shape.group.is_empty()) {
            if !groups.contains(&shape.group) {
                groups.push(shape.group);
            }
        }
        groups
    }

    /// One merge atom of this record, as it is hashed and sent.
    fn group(&self, group: &str) -> Map<String, Json> {
        let fields = Self::FIELDS.iter().filter(|field| field.shape.group == group);
        fields.map(|field| (field.shape.column.to_owned(), canonical(&(field.get)(self)))).collect()
    }
}

/// A value in the change log: integers, texts and null.
#[must_use]
pub fn canonical(value: &Value) -> Json {
    match value {
        Value::Empty => Json::Null,
        Value::Int(raw) => json!(raw),
        Value::Text(text) => json!(text),
    }
}

/// Reads what [`canonical`] wrote; `None` when it is of another kind.
#[must_use]
pub fn from_canonical(kind: Kind, json: &Json) -> Option<Value> {
    let is_words = matches!(kind, Kind::Text | Kind::Day | Kind::Choice(..) | Kind::Code(_));
    match json {
        Json::Null => Some(Value::Empty),
        Json::Number(number) if !is_words => number.as_i64().map(Value::Int),
        Json::String(text) if is_words => Some(Value::Text(text.clone())),
        _ => None,
    }
}

/// Declares a record. Each field: comment, column, type, name on the wire, label, rules, group.
/// After the title stands its habit, a daily log where none is named; then what it is called over HTTP.
macro_rules! record {
    (
        $(#[doc = $doc:literal])+
        $name:ident, $wire:literal, $title:literal $(, $habit:ident)? $(as $rest:ident)? {
            $($(#[doc = $help:literal])+ $column:ident: $type:ty => $field:literal, $label:literal, [$($rule:expr),* $(,)?], $group:literal;)+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $($(#[doc = $help])+ pub $column: $type,)+
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::schema::body::<Self>()
            }
        }

        impl $crate::record::Record for $name {
            const NAME: &'static str = $wire;
            const TITLE: &'static str = $title;
            const DOC: &'static str = concat!($($doc),+);
            const HABIT: $crate::habit::Habit = $crate::habit::habit!($($habit)?);
            $(const REST: Option<&'static $crate::rest::Rest> = Some(&$rest);)?
            const FIELDS: &'static [$crate::field::Field<Self>] = &[$($crate::field::Field {
                shape: $crate::field::Shape {
                    name: $field,
                    column: stringify!($column),
                    label: $label,
                    help: concat!($($help),+),
                    kind: <$type as $crate::field::FieldType>::KIND,
                    is_optional: <$type as $crate::field::FieldType>::IS_OPTIONAL,
                    rules: &[$($rule),*],
                    group: $group,
                },
                get: |record| $crate::field::FieldType::to_value(&record.$column),
            },)+];

            fn from_values(values: Vec<$crate::field::Value>) -> Option<Self> {
                let mut values = values.into_iter();
                Some(Self { $($column: $crate::field::FieldType::from_value(values.next()?)?,)+ })
            }
        }
    };
}
pub(crate) use record;

/// Says of records that no field of theirs can contradict another.
macro_rules! no_rules {
    ($($name:ident)+) => {
        $(impl Rules for $name {
            fn rules(&self, _: &mut Problems) {}
        })+
    };
}
pub(crate) use no_rules;
