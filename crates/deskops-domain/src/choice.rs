//! The short lists that are part of the trade itself and not of a site's catalogue.
//!
//! Everything else that a clerk picks (sites, materials, machines, crew roles) is a catalogue
//! table, because it changes without a new version of DeskOps.

/// One entry of a list: the code that is stored, and the word that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Stored, sent and hashed.
    pub code: &'static str,
    /// Shown.
    pub label: &'static str,
}

/// A list whose entries are known when DeskOps is built.
pub trait Choices: Sized + Copy + PartialEq + 'static {
    /// All entries, in the order in which they are offered.
    const CHOICES: &'static [Choice];
    /// The problem code of a value outside the list.
    const PROBLEM: &'static str;
    /// Stored code of this entry.
    fn code(self) -> &'static str;
    /// Entry with this code.
    fn from_code(code: &str) -> Option<Self>;
    /// Word shown for this entry.
    fn label(self) -> &'static str {
        Self::CHOICES.iter().find(|c| c.code == self.code()).map_or("", |c| c.label)
    }
}

/// Declares an enum with its codes and labels.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident, $problem:literal { $($(#[$each:meta])* $variant:ident = $code:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name {
            $($(#[$each])* #[serde(rename = $code)] $variant,)+
        }

        impl $crate::choice::Choices for $name {
            const CHOICES: &'static [$crate::choice::Choice] = &[$($crate::choice::Choice { code: $code, label: $label },)+];
            const PROBLEM: &'static str = $problem;

            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use choices;

choices! {
    /// The part of the plant that a figure belongs to.
    Operation, "E-OP" {
        /// The crusher made it.
        CrusherProduction = "CRU-PRO", "Crusher production";
        /// It left the site from the crusher.
        CrusherDispatch = "CRU-DIS", "Crusher dispatch";
        /// Running the crusher.
        CrusherOperation = "CRU-OP", "Crusher operation";
        /// Acceptance and sorting of what came in.
        Segregation = "SEG-OP", "Segregation";
    }
}

choices! {
    /// A shift, or the whole day. Never absent, so that a unique key has no hole in it.
    Shift, "E-SHIFT" {
        /// The whole day in one figure.
        All = "ALL", "Whole day";
        /// First shift.
        Morning = "MORNING", "Morning";
        /// Second shift.
        Afternoon = "AFTERNOON", "Afternoon";
        /// Third shift.
        Night = "NIGHT", "Night";
    }
}

choices! {
    /// What a machine was doing.
    EquipmentStatus, "E-STATUS" {
        /// Fit to work.
        Operational = "OPERATIONAL", "Operational";
        /// Being serviced as planned.
        Maintenance = "MAINTENANCE", "Maintenance";
        /// Down unplanned.
        Breakdown = "BREAKDOWN", "Breakdown";
        /// Fit to work, not used.
        Idle = "IDLE", "Idle";
    }
}

choices! {
    /// What kind of material it is.
    MaterialCategory, "E-CATEGORY" {
        /// Sized stone.
        Aggregates = "AGGREGATES", "Aggregates";
        /// Base courses.
        ProcessedBase = "PROCESSED_BASE", "Processed base";
        /// Sand and powder.
        Fine = "FINE", "Fine";
        /// Made for one purpose.
        Specialty = "SPECIALTY", "Specialty";
        /// Debris that comes in to be recycled.
        RawFeed = "RAW_FEED", "Raw feed";
    }
}

choices! {
    /// What kind of machine it is.
    MachineType, "E-CATEGORY" {
        /// Crushers and screens.
        Crushing = "CRUSHING_SCREENING", "Crushing and screening";
        /// Excavators and loaders.
        EarthMoving = "EARTH_MOVING", "Earth moving";
        /// Trucks.
        Hauling = "HAULING", "Hauling";
        /// Generators and the like.
        Auxiliary = "AUXILIARY", "Auxiliary";
    }
}

choices! {
    /// What a figure counts. Figures of different units are never added.
    Unit, "E-UNIT" {
        /// Metric tons, three decimals.
        Ton = "TON", "t";
        /// Truck loads, whole.
        Load = "LOAD", "loads";
        /// Hours, two decimals.
        Hour = "HOUR", "h";
        /// Pieces or heads, whole.
        Count = "COUNT", "";
        /// Per cent, two decimals.
        Percent = "PERCENT", "%";
    }
}

choices! {
    /// The modules by name, for records that speak of one.
    Module, "E-MODULE" {
        /// What the crusher made.
        Production = "production", "Production";
        /// What left the site.
        Dispatch = "dispatch", "Dispatch";
        /// What came in.
        Received = "received", "Received";
        /// Machines and their hours.
        Equipment = "equipment", "Equipment";
        /// Crew and its hours.
        Manpower = "manpower", "Manpower";
        /// The day's closing stock.
        Inventory = "inventory", "Inventory";
    }
}

choices! {
    /// Where a figure comes from.
    Provenance, "E-ORIGIN" {
        /// Somebody typed it.
        Typed = "TYPED", "Typed";
        /// Worked out from machine hours by the rate card.
        Rate = "RATE", "From hours";
        /// Read from a scale.
        Scale = "SCALE", "Scale";
        /// Taken over from a file.
        Import = "IMPORT", "Import";
    }
}

choices! {
    /// Why stock is put right by hand.
    AdjustmentKind, "E-REASON" {
        /// It dried, or got wet.
        Moisture = "MOISTURE", "Moisture";
        /// A survey of the heap.
        Survey = "SURVEY", "Survey";
        /// It was spilt or blown away.
        Spillage = "SPILLAGE", "Spillage";
        /// It was weighed wrongly.
        Misweighing = "MISWEIGHING", "Mis-weighing";
        /// An earlier day was wrong and is locked.
        Earlier = "EARLIER", "Correction of an earlier day";
        /// Something else; the notes say what.
        Other = "OTHER", "Other";
    }
}

choices! {
    /// When a heap was measured.
    CountTime, "E-COUNTED" {
        /// At the end of its day.
        Evening = "EVENING", "That evening";
        /// On the morning after, before work began.
        NextMorning = "NEXT_MORNING", "Next morning";
    }
}

choices! {
    /// How much of the calendar is closed at once.
    PeriodKind, "E-PERIOD" {
        /// One day.
        Day = "DAY", "Day";
        /// The month of the day.
        Month = "MONTH", "Month";
    }
}

choices! {
    /// How far a day or month is closed.
    PeriodState, "E-STATE" {
        /// Records come and go.
        Open = "OPEN", "Open";
        /// Said to be whole; a change opens it again.
        Closed = "CLOSED", "Closed";
        /// Approved; no change is taken.
        Locked = "LOCKED", "Locked";
    }
}

choices! {
    /// The form of a file that is taken away.
    Format, "E-FORMAT" {
        /// An Excel workbook.
        Xlsx = "xlsx", "Excel";
        /// Comma-separated text.
        Csv = "csv", "CSV";
    }
}

choices! {
    /// What a row of a file stands for.
    Granularity, "E-GRANULARITY" {
        /// One record.
        Daily = "daily", "Rows";
        /// A week of the site's calendar, which begins on the site's own weekday.
        Weekly = "weekly", "Weeks";
        /// A month of the calendar.
        Monthly = "monthly", "Months";
    }
}
