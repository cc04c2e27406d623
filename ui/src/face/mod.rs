//! Every kind of record as screens see it: names, shapes, and how to ask for its records.
//!
//! Made from `each_module`, so that a new module has its place in the menu, its sheet, its list,
//! its history and its files without a line here. Records are plain rows of values and commands
//! are asked for by name, so that screens are compiled once and not once a module; the tests at
//! the foot of `ask.rs` hold that the core is asked what its typed commands say.

mod ask;
mod row;

pub use ask::{Ask, Saved};
pub use row::{DayRows, Row, Rows};

use std::rc::Rc;

use deskops_domain::catalogue::Catalogue;
use deskops_domain::choice::{Choices as _, Module};
use deskops_domain::field::{Kind, Shape, Value};
use deskops_domain::habit::Habit;
use deskops_domain::modules::{ModuleVisitor, Run, Split, each_module, each_setting};
use deskops_domain::problem::{Problem, Problems};
use deskops_domain::record::Record;

/// A kind of record as screens see it.
#[derive(Clone)]
pub struct Face {
    /// Its name on the wire.
    pub name: &'static str,
    /// Name for people.
    pub title: &'static str,
    /// Its fields.
    pub shapes: Rc<[&'static Shape]>,
    /// Who writes it, and what its date means.
    pub habit: Habit,
    /// What is wrong between its fields, each of which by itself is right.
    pub check: fn(Vec<Value>) -> Vec<Problem>,
}

impl PartialEq for Face {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Face").field(&self.name).finish()
    }
}

impl Face {
    /// The face of a kind of record.
    #[must_use]
    pub fn of<R: Record>() -> Self {
        Self {
            name: R::NAME,
            title: R::TITLE,
            shapes: R::shapes().collect(),
            habit: R::HABIT,
            check: check::<R>,
        }
    }

    /// The module that it is; none for what is kept beside the modules.
    #[must_use]
    pub fn module(&self) -> Option<Module> {
        Module::from_code(self.name)
    }

    /// The field of this name.
    #[must_use]
    pub fn shape(&self, name: &str) -> Option<&'static Shape> {
        self.shapes.iter().find(|shape| shape.name == name).copied()
    }

    /// The fields that make a record unique, with site and date.
    pub fn keys(&self) -> impl Iterator<Item = &'static Shape> {
        self.shapes.iter().copied().filter(|shape| shape.is_key())
    }

    /// The fields that are summed.
    pub fn totals(&self) -> impl Iterator<Item = &'static Shape> {
        self.shapes.iter().copied().filter(|shape| shape.is_total())
    }

    /// Whether DeskOps computes part of it: what people said in it is emptied, never deleted.
    #[must_use]
    pub fn is_computed(&self) -> bool {
        self.shapes.iter().any(|shape| shape.is_computed())
    }

    /// A value of a row by the name of its field.
    #[must_use]
    pub fn value<'a>(&self, values: &'a [Value], name: &str) -> &'a Value {
        let at = self.shapes.iter().position(|shape| shape.name == name);
        at.and_then(|at| values.get(at)).unwrap_or(&Value::Empty)
    }
}

fn check<R: Record>(values: Vec<Value>) -> Vec<Problem> {
    let Some(body) = R::from_values(values) else { return Vec::new() };
    let mut found = Problems::default();
    body.rules(&mut found);
    found.0
}

struct Collect(Vec<Face>);

impl ModuleVisitor for Collect {
    fn visit<R: Record>(&mut self) {
        self.0.push(Face::of::<R>());
    }
}

/// Every module, in the order of the menu.
#[must_use]
pub fn faces() -> Vec<Face> {
    let mut collect = Collect(Vec::new());
    each_module(&mut collect);
    collect.0
}

/// Everything that an administrator keeps, in the order of its menu.
#[must_use]
pub fn lists() -> Vec<Face> {
    let mut collect = Collect(Vec::new());
    each_setting(&mut collect);
    collect.0
}

/// What is typed of a day beside its modules: crusher runs, and blends as they were mixed.
#[must_use]
pub fn notes() -> Vec<Face> {
    vec![Face::of::<Run>(), Face::of::<Split>()]
}

/// The module of this name.
///
/// # Panics
/// Never: `each_module` and `Module` name the same modules, which a test holds.
#[must_use]
pub fn face(module: Module) -> Face {
    faces().into_iter().find(|face| face.name == module.code()).expect("every module has a face")
}

/// A value as it is read in a table: names instead of ids, words instead of codes.
#[must_use]
pub fn show(shape: &Shape, value: &Value, catalogue: &Catalogue) -> String {
    match (shape.kind, value) {
        (Kind::Code(list), Value::Text(id)) => {
            catalogue.find(list, id).map_or_else(|| id.clone(), |item| item.name.clone())
        }
        // What is not so needs no word in every row.
        (Kind::Flag, Value::Int(0)) if shape.default() != Some("true") => String::new(),
        (kind, value) => kind.show(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_module_has_a_face_in_the_order_of_the_menu() {
        let codes: Vec<_> = faces().iter().map(|face| face.name).collect();
        let named: Vec<_> = Module::CHOICES.iter().map(|choice| choice.code).collect();
        assert_eq!(codes, named);
    }

    #[test]
    fn a_face_knows_what_contradicts_itself() {
        let face = face(Module::Dispatch);
        let mut values = vec![Value::Empty; face.shapes.len()];
        let at = |name: &str| face.shapes.iter().position(|shape| shape.name == name).unwrap();
        values[at("materialId")] = Value::Text("MAT002".into());
        values[at("operation")] = Value::Text("CRU-DIS".into());
        values[at("isEstimated")] = Value::Int(0);
        assert_eq!((face.check)(values.clone())[0].code, "E-REQUIRED", "neither tons nor trips");
        values[at("trips")] = Value::Int(2);
        assert_eq!((face.check)(values), []);
    }
}
