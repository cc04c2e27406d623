//! A record with its place, its id and its stamp: what every module's rows have in common.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use serde_json::{Map, Value as Json};

use crate::day::Day;
use crate::id::Id;
use crate::record::Record;

/// An instant, in milliseconds since 1970 UTC; ISO 8601 on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// Reads an ISO date-time with an offset.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|at| Self(at.timestamp_millis()))
    }

    /// The instant in UTC; `None` outside of the calendar.
    #[must_use]
    pub fn utc(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.0)
    }

    /// `10:42` at clocks that are so many minutes ahead of UTC.
    #[must_use]
    pub fn clock(self, offset_minutes: i32) -> String {
        let minutes = self.0.div_euclid(60_000) + i64::from(offset_minutes);
        let of_day = minutes.rem_euclid(24 * 60);
        format!("{:02}:{:02}", of_day / 60, of_day % 60)
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.utc() {
            Some(at) => f.write_str(&at.to_rfc3339_opts(SecondsFormat::Millis, true)),
            None => write!(f, "{} ms", self.0),
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| de::Error::custom(format!("`{text}` is not an ISO date-time")))
    }
}

/// That and why a record no longer counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Voided {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: String,
    /// Why, where it was said.
    pub reason: Option<String>,
}

/// Who wrote a record and when, and how far it has got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Stamp {
    /// First saved.
    pub created_at: Moment,
    /// By whom.
    pub created_by: String,
    /// Last changed.
    pub updated_at: Moment,
    /// By whom.
    pub updated_by: String,
    /// Version, 1 for the first.
    pub rev: u32,
    /// Set while the record is deleted.
    pub voided: Option<Voided>,
    /// Whether head office has every change of it.
    pub is_sent: bool,
}

/// One record of one site and day.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<R> {
    /// Its id.
    pub id: Id,
    /// Its site, which never changes.
    pub site: String,
    /// Its business day.
    pub date: Day,
    /// What is recorded.
    pub body: R,
    /// Its stamp.
    pub stamp: Stamp,
}

impl<R> Entry<R> {
    /// When it was last changed or deleted.
    #[must_use]
    pub fn last_touched(&self) -> Moment {
        let updated = self.stamp.updated_at;
        self.stamp.voided.as_ref().map_or(updated, |voided| updated.max(voided.at))
    }
}

/// Names on the wire of where a record belongs, which every draft has beside its own fields.
pub const PLACE: [&str; 2] = ["siteId", "date"];

impl<R: Record> Serialize for Entry<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = body_json(&self.body);
        map.insert("id".into(), Json::String(self.id.to_string()));
        map.insert("siteId".into(), Json::String(self.site.clone()));
        map.insert("date".into(), Json::String(self.date.to_string()));
        let stamp = serde_json::to_value(&self.stamp).map_err(ser::Error::custom)?;
        if let Json::Object(stamp) = stamp {
            map.extend(stamp);
        }
        map.serialize(serializer)
    }
}

impl<'de, R: Record> Deserialize<'de> for Entry<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Envelope {
            id: Id,
            site_id: String,
            date: Day,
        }
        let map = Map::deserialize(deserializer)?;
        let values = R::FIELDS.iter().map(|field| {
            let json = map.get(field.shape.name).unwrap_or(&Json::Null);
            field.shape.kind.from_json(json).ok_or_else(|| {
                de::Error::custom(format!("`{}` is of another kind", field.shape.name))
            })
        });
        let values = values.collect::<Result<Vec<_>, D::Error>>()?;
        let body = R::from_values(values)
            .ok_or_else(|| de::Error::custom(format!("not a {} record", R::NAME)))?;
        let whole = Json::Object(map);
        let Envelope { id, site_id, date } =
            Envelope::deserialize(&whole).map_err(de::Error::custom)?;
        let stamp = Stamp::deserialize(&whole).map_err(de::Error::custom)?;
        Ok(Self { id, site: site_id, date, body, stamp })
    }
}

/// The fields of a record by their names on the wire.
#[must_use]
pub fn body_json<R: Record>(body: &R) -> Map<String, Json> {
    R::FIELDS
        .iter()
        .map(|field| (field.shape.name.to_owned(), field.shape.kind.to_json(&(field.get)(body))))
        .collect()
}
