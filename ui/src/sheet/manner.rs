//! How each kind of record is typed: its layout, its columns, what is carried down, what follows.
//! Data, so that the sheet itself is written once.

use deskops_domain::catalogue::Item;

use crate::face::Face;
use crate::grid::Fresh;

/// Which rows a sheet has.
#[derive(Clone, Copy)]
pub enum Layout {
    /// A row for each entry of the first key's catalogue that is offered.
    Day(fn(&Item) -> bool),
    /// The records of the day in the order of entry, and always one more row.
    Ledger,
    /// All live records, each with the day from which it holds, and always one more row.
    List,
}

/// One column of a manner.
#[derive(Debug, Clone)]
pub struct Col {
    /// The field.
    pub field: &'static str,
    /// Its heading, where it is not the field's.
    pub label: Option<&'static str>,
    /// Its width.
    pub width_px: u32,
    /// Other headings that spreadsheets give it.
    pub also: &'static [&'static str],
    /// Whether it is shown and not typed; what is computed never is.
    pub is_fixed: bool,
    /// Whether it begins with the field's default, which alone makes no record.
    pub is_prefilled: bool,
    /// What a new row begins with.
    pub fresh: Fresh,
    /// Whether words that were typed before are offered.
    pub is_known: bool,
    /// Another column, and what it is filled with once something is typed here.
    pub follower: Option<(&'static str, &'static str)>,
    /// Another column, and the word that stands here while only that one is filled.
    pub pending: Option<(&'static str, &'static str)>,
    /// Fields that go back to their default when this is typed: typed tons are not estimated.
    pub resets: &'static [&'static str],
}

pub(super) const fn col(field: &'static str, width_px: u32) -> Col {
    Col {
        field,
        label: None,
        width_px,
        also: &[],
        is_fixed: false,
        is_prefilled: false,
        fresh: Fresh::Empty,
        is_known: false,
        follower: None,
        pending: None,
        resets: &[],
    }
}

impl Col {
    const fn fixed(self) -> Self {
        Self { is_fixed: true, ..self }
    }

    pub(super) const fn label(self, label: &'static str) -> Self {
        Self { label: Some(label), ..self }
    }

    const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }

    pub(super) const fn prefilled(self) -> Self {
        Self { is_prefilled: true, ..self }
    }

    const fn carried(self) -> Self {
        Self { fresh: Fresh::Carried, ..self }
    }

    const fn counting(self) -> Self {
        Self { fresh: Fresh::Next, ..self }
    }

    pub(super) const fn suggested(self) -> Self {
        Self { fresh: Fresh::Suggested, ..self }
    }

    const fn known(self) -> Self {
        Self { is_known: true, ..self }
    }

    const fn followed_by(self, field: &'static str, text: &'static str) -> Self {
        Self { follower: Some((field, text)), ..self }
    }

    const fn pending(self, other: &'static str, word: &'static str) -> Self {
        Self { pending: Some((other, word)), ..self }
    }

    const fn resets(self, fields: &'static [&'static str]) -> Self {
        Self { resets: fields, ..self }
    }
}

/// How a kind of record is typed.
#[derive(Clone)]
pub struct Manner {
    /// Which rows there are.
    pub layout: Layout,
    /// Its columns, between the number of the row and its state.
    pub columns: Vec<Col>,
    /// What is said of the day's first sum: `Produced`.
    pub done: &'static str,
}

impl Manner {
    /// The column of a field.
    #[must_use]
    pub fn col(&self, field: &str) -> Option<&Col> {
        self.columns.iter().find(|col| col.field == field)
    }

    /// Whether there is always one more row at the end.
    #[must_use]
    pub fn grows(&self) -> bool {
        !matches!(self.layout, Layout::Day(_))
    }

    /// Whether its rows are records of several days, each with its date in a cell.
    #[must_use]
    pub fn is_list(&self) -> bool {
        matches!(self.layout, Layout::List)
    }
}

/// The heading of tons is `Quantity`, also where it is called otherwise in a spreadsheet.
const TONS: &[&str] = &["Quantity", "Qty", "Tons", "Quantity t"];
const REMARKS: &[&str] = &["Remarks"];

/// How a kind of record is typed. What is not named here is a list of all its fields.
#[must_use]
pub fn manner(face: &Face) -> Manner {
    let (layout, done, columns) = match face.name {
        "production" => (Layout::Day(|item| item.is_final), "Produced", production()),
        "equipment" => (Layout::Day(|_| true), "Machines", equipment()),
        "manpower" => (Layout::Day(|_| true), "Heads", manpower()),
        "dispatch" => (Layout::Ledger, "Dispatched", dispatch()),
        "received" => (Layout::Ledger, "Received", received()),
        "inventory" => (Layout::Day(|item| item.is_final), "Produced", inventory()),
        "run" => (Layout::Ledger, "Fed", runs()),
        "split" => (Layout::Ledger, "Mixed", splits()),
        _ => (Layout::List, "", super::listed::columns(face)),
    };
    Manner { layout, columns, done }
}

fn production() -> Vec<Col> {
    vec![
        col("materialId", 184).fixed().also(&["Product", "Item"]),
        col("shift", 104).fixed(),
        col("qtyTon", 136).also(TONS).resets(&["origin"]),
        col("origin", 108).fixed(),
        col("operation", 160).prefilled(),
        col("notes", 124).also(REMARKS),
    ]
}

fn equipment() -> Vec<Col> {
    vec![
        col("equipmentId", 180).fixed().also(&["Equipment"]),
        col("shift", 96).fixed(),
        col("count", 64).also(&["Units", "No."]),
        col("hours", 88).also(&["Hours", "Run"]),
        col("standbyHours", 88).label("Standby").also(&["Standby hours"]),
        col("downHours", 88).label("Down").also(&["Down hours"]),
        col("status", 124),
        col("notes", 110).also(REMARKS),
    ]
}

fn manpower() -> Vec<Col> {
    vec![
        col("roleId", 220).fixed(),
        col("shift", 104).fixed(),
        col("headcount", 96).also(&["Count", "Headcount"]).followed_by("hours", "8.00"),
        col("hours", 96),
        col("notes", 240).also(REMARKS),
    ]
}

fn dispatch() -> Vec<Col> {
    vec![
        col("materialId", 150).also(&["Product", "Item"]),
        col("qtyTon", 120).also(TONS).pending("trips", "Weight pending").resets(&["isEstimated"]),
        col("trips", 60).also(&["Loads"]),
        col("owner", 126).carried().known().also(&["Customer"]),
        col("reference", 104).counting().also(&["Ref", "Ticket"]),
        col("operation", 136).prefilled(),
        col("isEstimated", 80).fixed(),
        col("notes", 90).also(REMARKS),
    ]
}

fn received() -> Vec<Col> {
    vec![
        col("materialId", 170).also(&["Product", "Item"]),
        col("qtyTon", 124).also(TONS).pending("loads", "Weight pending").resets(&["isEstimated"]),
        col("loads", 72).also(&["Trips"]),
        col("source", 150).carried().known().also(&["From"]),
        col("vehicleRef", 120).known().also(&["Truck"]),
        col("isEstimated", 84).fixed(),
        col("notes", 120).also(REMARKS),
    ]
}

fn runs() -> Vec<Col> {
    vec![
        col("equipmentId", 160).also(&["Machine"]),
        col("feedId", 150).also(&["Material"]),
        col("shift", 100).prefilled(),
        col("feedTon", 100),
        col("residueTon", 100),
        col("lossTon", 90),
        col("isEstimated", 84).prefilled(),
        col("notes", 100).also(REMARKS),
    ]
}

fn splits() -> Vec<Col> {
    vec![
        col("materialId", 200),
        col("componentId", 200),
        col("qtyTon", 136).also(TONS),
        col("notes", 240).also(REMARKS),
    ]
}

/// Counted comes first among what is typed, because most days it is all that is.
fn inventory() -> Vec<Col> {
    vec![
        col("materialId", 132).fixed().also(&["Product", "Item"]),
        col("openingTon", 108).label("Opening"),
        col("producedTon", 90).label("+ Produced"),
        col("receivedTon", 90).label("+ Received"),
        col("dispatchedTon", 102).label("− Dispatched"),
        col("drawnTon", 84).label("± Runs"),
        col("countedTon", 104).label("Counted").also(&["Count", "Counted t"]),
        col("varianceTon", 92).label("Difference"),
        col("typedTon", 96).label("Adjustment"),
        col("closingTon", 108).label("= Closing"),
        col("reason", 120),
        col("notes", 140).also(REMARKS),
        col("countedWhen", 110).label("Measured"),
        col("openingOverrideTon", 100).label("Opening set"),
    ]
}
