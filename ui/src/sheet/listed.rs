//! The columns of lists: settings of a site, and catalogues.
//!
//! Apart from the modules' manners, because a list shows all its fields, and only their widths and
//! short headings are said here. The day comes first where rows are read by it; in a catalogue it
//! stands beside the day on which use ends.

use deskops_domain::field::{Kind, Shape};

use super::layout::column::DATE;
use super::manner::{Col, col};
use crate::face::Face;

/// The columns of a list.
#[must_use]
pub fn columns(face: &Face) -> Vec<Col> {
    let day = if face.habit.is_one_a_day {
        col(DATE, 120).label("Day")
    } else if face.habit.is_kept {
        col(DATE, 96).label("In use from")
    } else {
        col(DATE, 116).label("From")
    };
    let mut columns: Vec<Col> = face.shapes.iter().map(|shape| listed(face, shape)).collect();
    let at = if face.habit.is_kept { columns.len() - 1 } else { 0 };
    // Days of a calendar have nothing in common; what is typed together holds from the same day.
    columns.insert(at, if face.habit.is_one_a_day { day } else { day.suggested() });
    columns
}

fn listed(face: &Face, shape: &Shape) -> Col {
    let col = col(shape.name, width(face, shape));
    let col = match short_label(shape.name) {
        Some(label) => col.label(label),
        None => col,
    };
    // What is not so needs no word in a new row.
    let is_said = shape.default().is_some_and(|text| text != "false");
    if is_said { col.prefilled() } else { col }
}

/// A heading that fits its column, where the field's own is longer.
fn short_label(field: &str) -> Option<&'static str> {
    Some(match field {
        "position" => "Order",
        "inactiveFrom" => "Out of use",
        "nameAr" => "Arabic name",
        "dayCutMinutes" => "Day cut, min",
        "weekStart" => "Week (1 Mon)",
        "daysOff" => "Off (1 Mon)",
        _ => return None,
    })
}

fn width(face: &Face, shape: &Shape) -> u32 {
    // Every catalogue fits into a window of 1366 pixels beside the menu.
    match (shape.kind, shape.name) {
        (_, "code") if face.name == "sites" => 112,
        (_, "code") if face.habit.is_kept => 132,
        (_, "code") => 144,
        (_, "nameAr") => 104,
        (_, "name") if face.habit.is_kept => 144,
        (_, "name") => 280,
        (_, "notes") => 208,
        (_, "location") => 88,
        (_, "timezone") => 104,
        (_, "dayCutMinutes" | "weekStart" | "daysOff") => 98,
        (_, "position") => 56,
        (_, "unit" | "isFinal" | "isActive" | "isWorking") => 64,
        (Kind::Code(_), _) => 216,
        (Kind::Choice(..), _) => 128,
        (Kind::Day, _) => 96,
        _ => 140,
    }
}
