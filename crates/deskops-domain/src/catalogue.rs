//! What a clerk picks from: sites, materials, machines, crew roles. Tables, never constants.

use serde::{Deserialize, Serialize};

use crate::choice::Unit;
use crate::day::Day;

/// Which catalogue a code belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    /// What is produced, dispatched and received.
    Materials,
    /// Machines.
    Equipment,
    /// What people of the crew do.
    CrewRoles,
}

impl List {
    /// The problem code of an id that is not in the list, or not in use.
    #[must_use]
    pub fn problem(self) -> &'static str {
        match self {
            Self::Materials => "E-MAT-ID",
            Self::Equipment => "E-EQ-ID",
            Self::CrewRoles => "E-ROLE-CODE",
        }
    }

    /// One entry in words: `material`.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Materials => "material",
            Self::Equipment => "machine",
            Self::CrewRoles => "crew role",
        }
    }
}

/// A site and its calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Site {
    /// Id on the wire.
    pub id: String,
    /// Short code, `ALASLA-29`.
    pub code: String,
    /// Name on documents.
    pub name: String,
    /// Town.
    pub location: Option<String>,
    /// IANA time zone, `Asia/Riyadh`.
    pub timezone: String,
    /// Minutes after midnight at which a business day begins, so that a night shift counts to its evening.
    pub day_cut_minutes: u32,
    /// First day of the week, Monday 1 to Sunday 7.
    pub week_start: u32,
    /// Days of the week without work, Monday 1 to Sunday 7.
    pub days_off: Vec<u32>,
    /// Whether new records are taken.
    pub is_active: bool,
}

/// An entry of a list that a clerk picks from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// Id on the wire and in records, `MAT002`.
    pub id: String,
    /// Short code, `AGG-3/4`.
    pub code: String,
    /// Name on screen and paper.
    pub name: String,
    /// Name in Arabic, where there is one.
    pub name_ar: Option<String>,
    /// Category of a material, type of a machine.
    pub category: String,
    /// Unit of a material.
    pub unit: Unit,
    /// Whether a material is a product that is sold, as against raw feed.
    pub is_final: bool,
    /// Place in lists.
    pub position: u32,
    /// First day on which it may be used.
    pub active_from: Day,
    /// First day on which it may no longer be used; none while it is in use.
    pub inactive_from: Option<Day>,
}

impl Item {
    /// Whether a record of that day may name it.
    #[must_use]
    pub fn is_active_on(&self, day: Day) -> bool {
        day >= self.active_from && self.inactive_from.is_none_or(|from| day < from)
    }
}

/// Everything that can be picked, in the order in which it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Catalogue {
    /// Sites by name.
    pub sites: Vec<Site>,
    /// Materials in catalogue order.
    pub materials: Vec<Item>,
    /// Machines in catalogue order.
    pub equipment: Vec<Item>,
    /// Crew roles in catalogue order.
    pub crew_roles: Vec<Item>,
}

impl Catalogue {
    /// The entries of a list.
    #[must_use]
    pub fn items(&self, list: List) -> &[Item] {
        match list {
            List::Materials => &self.materials,
            List::Equipment => &self.equipment,
            List::CrewRoles => &self.crew_roles,
        }
    }

    /// The entry with this id.
    #[must_use]
    pub fn find(&self, list: List, id: &str) -> Option<&Item> {
        self.items(list).iter().find(|item| item.id == id)
    }

    /// The site with this id.
    #[must_use]
    pub fn site(&self, id: &str) -> Option<&Site> {
        self.sites.iter().find(|site| site.id == id)
    }
}
