//! What a field is: its names, its kind, its rules. Forms, tables, files and SQL all read this.

use serde_json::{Number, Value as Json};

use crate::catalogue::List;
use crate::choice::{Choice, Choices};
use crate::day::Day;
use crate::quantity::{Hours, Percent, Tons};
use crate::text::{format_fixed, parse_fixed, show_fixed};

/// A field's value as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Nothing was given.
    Empty,
    /// Kilograms, hundredths, counts and flags.
    Int(i64),
    /// Texts, codes and choices.
    Text(String),
}

/// What kind of value a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Kilograms inside, tons with three decimals outside.
    Tons,
    /// Hundredths inside, hours with two decimals outside.
    Hours,
    /// Hundredths inside, per cent with two decimals outside.
    Percent,
    /// A whole number.
    Count,
    /// Yes or no.
    Flag,
    /// Words.
    Text,
    /// A date of the calendar.
    Day,
    /// One of a list that is part of the trade; with the problem code of a stranger.
    Choice(&'static [Choice], &'static str),
    /// The id of an entry of a catalogue.
    Code(List),
}

impl Kind {
    /// Decimals of a number of this kind; `None` where the value is no number.
    #[must_use]
    pub fn decimals(self) -> Option<u32> {
        match self {
            Self::Tons => Some(Tons::DECIMALS),
            Self::Hours => Some(Hours::DECIMALS),
            Self::Percent => Some(Percent::DECIMALS),
            Self::Count => Some(0),
            Self::Flag | Self::Text | Self::Day | Self::Choice(..) | Self::Code(_) => None,
        }
    }

    /// The unit in which amounts of this kind are shown.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Tons => "t",
            Self::Hours => "h",
            Self::Percent => "%",
            _ => "",
        }
    }

    /// The value on the wire: numbers as numbers with their decimals, texts as texts.
    #[must_use]
    pub fn to_json(self, value: &Value) -> Json {
        match (self, value) {
            (_, Value::Empty) => Json::Null,
            (Self::Flag, Value::Int(flag)) => Json::Bool(*flag != 0),
            (_, Value::Int(raw)) => number(*raw, self.decimals().unwrap_or(0)),
            (_, Value::Text(text)) => Json::String(text.clone()),
        }
    }

    /// Reads what [`Kind::to_json`] wrote. For drafts of people there is [`crate::draft`].
    #[must_use]
    pub fn from_json(self, json: &Json) -> Option<Value> {
        match (self, json) {
            (_, Json::Null) => Some(Value::Empty),
            (Self::Flag, Json::Bool(flag)) => Some(Value::Int(i64::from(*flag))),
            (_, Json::Number(number)) => {
                parse_fixed(&number.to_string(), self.decimals()?).ok().map(Value::Int)
            }
            (Self::Text | Self::Day | Self::Choice(..) | Self::Code(_), Json::String(text)) => {
                Some(Value::Text(text.clone()))
            }
            _ => None,
        }
    }

    /// The value as it is read in a table.
    #[must_use]
    pub fn show(self, value: &Value) -> String {
        match (self, value) {
            (_, Value::Empty) => String::new(),
            (Self::Flag, Value::Int(flag)) => if *flag == 0 { "no" } else { "yes" }.to_owned(),
            (_, Value::Int(raw)) => show_fixed(*raw, self.decimals().unwrap_or(0)),
            (Self::Choice(choices, _), Value::Text(code)) => choices
                .iter()
                .find(|c| c.code == code)
                .map_or(code.as_str(), |c| c.label)
                .to_owned(),
            (_, Value::Text(text)) => text.clone(),
        }
    }
}

/// A JSON number with exactly these decimals.
#[must_use]
pub fn number(raw: i64, decimals: u32) -> Json {
    let text = format_fixed(raw, decimals);
    text.parse::<Number>().map_or(Json::String(text), Json::Number)
}

/// A limit on a field, or a part that it plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Greater than this many raw units.
    Above(i64),
    /// At least this many raw units.
    AtLeast(i64),
    /// At most this many raw units.
    AtMost(i64),
    /// At most this many characters.
    Longest(usize),
    /// Taken when nothing is given.
    Default(&'static str),
    /// Part of what makes a record unique, with site and date; never changed afterwards.
    Key,
    /// Summed in totals.
    Total,
    /// Computed by DeskOps, never typed and never sent.
    Computed,
    /// No two records have the same, whatever the case.
    Unique,
    /// Kept apart like a key where records of several days are gathered into one row.
    Apart,
    /// For each of the field named on the wire: over several days its product with that is summed.
    Each(&'static str),
    /// What its sum over several days is called, where its own label would mislead.
    Summed(&'static str),
    /// Of several days, what the first says.
    Opens,
    /// Of several days, what the last says.
    Closes,
}

/// Everything about a field but how to get at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Name on the wire and in files, `qtyTon`.
    pub name: &'static str,
    /// Column in the database, `qty_kg`.
    pub column: &'static str,
    /// Name for people, with the unit.
    pub label: &'static str,
    /// Help for people, from the definition's own comment.
    pub help: &'static str,
    /// Kind of value.
    pub kind: Kind,
    /// Whether it may be left empty.
    pub is_optional: bool,
    /// Limits and parts.
    pub rules: &'static [Rule],
    /// Merge atom: fields of one group only make sense together.
    pub group: &'static str,
}

impl Shape {
    /// Whether the field is part of the natural key.
    #[must_use]
    pub fn is_key(&self) -> bool {
        self.rules.contains(&Rule::Key)
    }

    /// Whether the field is summed.
    #[must_use]
    pub fn is_total(&self) -> bool {
        self.rules.contains(&Rule::Total)
    }

    /// Whether the field is computed.
    #[must_use]
    pub fn is_computed(&self) -> bool {
        self.rules.contains(&Rule::Computed)
    }

    /// Whether no two records may have the same.
    #[must_use]
    pub fn is_unique(&self) -> bool {
        self.rules.contains(&Rule::Unique)
    }

    /// The value taken when nothing is given.
    #[must_use]
    pub fn default(&self) -> Option<&'static str> {
        self.rules
            .iter()
            .find_map(|rule| if let Rule::Default(value) = rule { Some(*value) } else { None })
    }
}

/// A field of a record.
pub struct Field<R> {
    /// What it is.
    pub shape: Shape,
    /// How to get at it.
    pub get: fn(&R) -> Value,
}

/// A Rust type that may stand in a record. No float has this.
pub trait FieldType: Sized {
    /// Kind of value.
    const KIND: Kind;
    /// Whether it may be empty.
    const IS_OPTIONAL: bool = false;
    /// As the store keeps it.
    fn to_value(&self) -> Value;
    /// From what the store keeps; `None` when that is of another kind.
    fn from_value(value: Value) -> Option<Self>;
}

impl<T: FieldType> FieldType for Option<T> {
    const KIND: Kind = T::KIND;
    const IS_OPTIONAL: bool = true;

    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Empty, T::to_value)
    }

    fn from_value(value: Value) -> Option<Self> {
        if value == Value::Empty { Some(None) } else { T::from_value(value).map(Some) }
    }
}

macro_rules! int_field {
    ($($name:ty, $kind:expr, $to:expr, $from:expr;)+) => {
        $(impl FieldType for $name {
            const KIND: Kind = $kind;

            fn to_value(&self) -> Value {
                Value::Int($to(*self))
            }

            fn from_value(value: Value) -> Option<Self> {
                if let Value::Int(raw) = value { $from(raw) } else { None }
            }
        })+
    };
}

int_field! {
    Tons, Kind::Tons, Tons::raw, |raw| Some(Tons::kg(raw));
    Hours, Kind::Hours, Hours::raw, |raw| Some(Hours::hundredths(raw));
    Percent, Kind::Percent, Percent::raw, |raw| Some(Percent::hundredths(raw));
    u32, Kind::Count, i64::from, |raw| u32::try_from(raw).ok();
    bool, Kind::Flag, i64::from, |raw| (raw == 0 || raw == 1).then_some(raw == 1);
}

impl FieldType for String {
    const KIND: Kind = Kind::Text;

    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }

    fn from_value(value: Value) -> Option<Self> {
        if let Value::Text(text) = value { Some(text) } else { None }
    }
}

impl FieldType for Day {
    const KIND: Kind = Kind::Day;

    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn from_value(value: Value) -> Option<Self> {
        if let Value::Text(text) = value { Self::parse(&text) } else { None }
    }
}

impl<T: Choices> FieldType for T {
    const KIND: Kind = Kind::Choice(T::CHOICES, T::PROBLEM);

    fn to_value(&self) -> Value {
        Value::Text(self.code().to_owned())
    }

    fn from_value(value: Value) -> Option<Self> {
        if let Value::Text(code) = value { T::from_code(&code) } else { None }
    }
}

/// The id of a catalogue entry, by list.
macro_rules! code_field {
    ($($(#[$doc:meta])* $name:ident, $list:ident;)+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub String);

        impl FieldType for $name {
            const KIND: Kind = Kind::Code(List::$list);

            fn to_value(&self) -> Value {
                Value::Text(self.0.clone())
            }

            fn from_value(value: Value) -> Option<Self> {
                if let Value::Text(id) = value { Some(Self(id)) } else { None }
            }
        })+
    };
}

code_field! {
    /// A material of the catalogue, `MAT002`.
    MaterialId, Materials;
    /// A machine of the catalogue, `EQ001`.
    EquipmentId, Equipment;
    /// A crew role of the catalogue, `ROLE_LABORER`.
    CrewRoleId, CrewRoles;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::MOST_KG;

    proptest::proptest! {
        #[test]
        fn every_amount_a_record_may_hold_crosses_the_wire_exactly(kg in -MOST_KG..=MOST_KG) {
            let json = Kind::Tons.to_json(&Value::Int(kg));
            let wire = serde_json::to_string(&json).unwrap();
            let back: Json = serde_json::from_str(&wire).unwrap();
            proptest::prop_assert_eq!(Kind::Tons.from_json(&back), Some(Value::Int(kg)));
        }
    }

    #[test]
    fn amounts_are_numbers_on_the_wire_and_not_texts() {
        assert_eq!(
            serde_json::to_string(&Kind::Tons.to_json(&Value::Int(128_450))).unwrap(),
            "128.45"
        );
        assert_eq!(Kind::Count.to_json(&Value::Int(3)).to_string(), "3");
        assert_eq!(Kind::Flag.to_json(&Value::Int(1)), Json::Bool(true));
    }
}
