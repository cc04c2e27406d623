//! A day sheet as tests see it: 14 materials, figures in tons, keys by name.

use deskops_domain::text::{NotANumber, format_fixed, parse_fixed};
use deskops_ui::grid::{
    Checked, Choice, Column, Editor, Effect, Event, Row, RowId, RowKey, Sheet, Spot,
};
use deskops_ui::key::{Key, KeyPress};

/// Materials in the order of the catalogue, with their names.
pub const MATERIALS: [(&str, &str); 14] = [
    ("G1", "Gravel 1"),
    ("AGG-3/4", "Aggregate 3/4"),
    ("AGG-3/8", "Aggregate 3/8"),
    ("S1", "Sand"),
    ("S2", "Washed sand"),
    ("BASE", "Road base"),
    ("SUB", "Subbase"),
    ("RB", "Recycled base"),
    ("F1", "Fill"),
    ("F2", "Fine fill"),
    ("DUST", "Stone dust"),
    ("OS", "Oversize"),
    ("RAP", "Asphalt"),
    ("MIX", "Mixed"),
];

/// Column places.
pub const MATERIAL: usize = 0;
pub const QUANTITY: usize = 1;
pub const OPERATION: usize = 2;
pub const NOTES: usize = 3;
pub const STATE: usize = 4;

/// Tons as the store takes them: exact, above zero; more than 500 t are odd.
pub fn tons(_: &RowKey, text: &str) -> Checked {
    match parse_fixed(text, 3) {
        Ok(kg) if kg <= 0 => Checked::wrong(
            "E-NUM",
            "Quantity must be above 0. Leave the cell empty where nothing was made.",
        ),
        Ok(kg) => {
            let warning = (kg > 500_000).then(|| "more than usual (60 to 110 t)".to_owned());
            Checked { text: Ok(format_fixed(kg, 3)), warning }
        }
        Err(NotANumber::TooManyDecimals) => {
            Checked::wrong("E-NUM", format!("{text} has more than 3 decimals. Round it yourself."))
        }
        Err(_) => {
            Checked::wrong("E-NUM", format!("{text} is not a number. Type tons, for example 12.5."))
        }
    }
}

fn operation(_: &RowKey, text: &str) -> Checked {
    if ["CRU-PRO", "CRU-DIS", "SCR-PRO"].contains(&text) {
        Checked::fine(text)
    } else {
        Checked::wrong("E-OP", format!("{text} is no operation."))
    }
}

pub fn columns() -> Vec<Column> {
    let choice = |code: &str, label: &str| Choice::new(code, label);
    let operations = vec![
        choice("CRU-PRO", "Crusher production"),
        choice("CRU-DIS", "Crusher dispatch"),
        choice("SCR-PRO", "Screen production"),
    ];
    vec![
        Column::new("materialId", "Material", 160, Editor::Fixed),
        Column::new("qtyTon", "Quantity (t)", 120, Editor::Number { unit: "t", decimals: 3 })
            .checked(tons)
            .also(&["Qty", "Tons"]),
        Column::new("operation", "Operation", 180, Editor::Choice(operations))
            .checked(operation)
            .prefilled(),
        Column::new("notes", "Notes", 200, Editor::Text { max: 20 }).also(&["Remarks"]),
        Column::new("state", "State", 120, Editor::State),
    ]
}

pub fn rows(n_rows: usize) -> Vec<Row> {
    let row = |place: usize| {
        let (code, name) = MATERIALS[place % MATERIALS.len()];
        let line = place / MATERIALS.len() + 1;
        let key = RowKey {
            subject: code.to_owned(),
            line: u32::try_from(line).expect("a short test day"),
        };
        let texts = [name, "", "CRU-PRO", "", ""].map(str::to_owned);
        Row::new(RowId(u32::try_from(place).expect("a short test day")), key, texts)
    };
    (0..n_rows).map(row).collect()
}

/// An empty day with this many rows.
pub fn day(n_rows: usize) -> Sheet {
    Sheet::new(columns(), rows(n_rows))
}

/// An empty day of all materials.
pub fn full_day() -> Sheet {
    day(MATERIALS.len())
}

pub fn spot(row: usize, column: usize) -> Spot {
    Spot { row, column }
}

/// What tests do to a sheet.
pub trait Hands {
    /// Presses keys by name, one after the other: `"Ctrl+D"`, `"Enter"`.
    fn keys(&mut self, names: &str) -> Vec<Effect>;
    /// Types characters.
    fn types(&mut self, text: &str) -> Vec<Effect>;
    /// Types each figure and presses Enter after it.
    fn types_down(&mut self, figures: &[&str]);
    /// Puts the cursor somewhere with the mouse.
    fn at(&mut self, row: usize, column: usize);
    /// All texts of a column.
    fn column(&self, column: usize) -> Vec<String>;
    /// The text at a place.
    fn shows(&self, row: usize, column: usize) -> &str;
}

impl Hands for Sheet {
    fn keys(&mut self, names: &str) -> Vec<Effect> {
        let press =
            |name: &str| KeyPress::named(name).unwrap_or_else(|| panic!("{name} is no key"));
        names.split(' ').flat_map(|name| self.step(Event::Key(press(name)))).collect()
    }

    fn types(&mut self, text: &str) -> Vec<Effect> {
        text.chars().flat_map(|c| self.step(Event::Key(KeyPress::plain(Key::Char(c))))).collect()
    }

    fn types_down(&mut self, figures: &[&str]) {
        for figure in figures {
            self.types(figure);
            self.keys("Enter");
        }
    }

    fn at(&mut self, row: usize, column: usize) {
        self.step(Event::Click { spot: spot(row, column), extends: false });
    }

    fn column(&self, column: usize) -> Vec<String> {
        self.rows.iter().map(|row| row.cells[column].text.clone()).collect()
    }

    fn shows(&self, row: usize, column: usize) -> &str {
        &self.rows[row].cells[column].text
    }
}

/// The rows that effects ask to write.
pub fn written(effects: &[Effect]) -> Vec<u32> {
    effects
        .iter()
        .filter_map(|effect| if let Effect::Write(row) = effect { Some(row.0) } else { None })
        .collect()
}

/// What effects put on the clipboard.
pub fn copied(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| {
        if let Effect::Copy { tsv, .. } = effect { Some(tsv.as_str()) } else { None }
    })
}
