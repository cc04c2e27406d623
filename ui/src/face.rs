//! Every module as screens see it: names, shapes, and how to ask for its records.
//!
//! Made from `each_module`, so that a new module has its place in the menu, its list, its totals,
//! its history and its files without a line here. Records are told as plain rows of values, so
//! that screens are compiled once and not once a module.

use deskops_domain::api::Refusal;
use deskops_domain::api::exports::{Export, Exported};
use deskops_domain::api::records::{Filter, History, List, Past, Restore, Sums, Totals};
use deskops_domain::catalogue::Catalogue;
use deskops_domain::choice::{Choices as _, Format, Module};
use deskops_domain::day::Day;
use deskops_domain::entry::Stamp;
use deskops_domain::field::{Kind, Shape, Value};
use deskops_domain::id::Id;
use deskops_domain::modules::{ModuleVisitor, each_module};
use deskops_domain::record::Record;
use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;

use crate::client::Client;

/// Records on a page of a list.
pub const PAGE_ROWS: u32 = 200;

/// An answer that is still to come.
pub type Answer<T> = LocalBoxFuture<'static, Result<T, Refusal>>;

/// A record as a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its id.
    pub id: Id,
    /// Its day.
    pub day: Day,
    /// Its values, in field order.
    pub values: Vec<Value>,
    /// Its stamp.
    pub stamp: Stamp,
}

/// One page of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The rows.
    pub rows: Vec<Row>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
}

/// A module as screens see it.
#[derive(Clone)]
pub struct Face {
    /// Which one.
    pub module: Module,
    /// Name for people.
    pub title: &'static str,
    /// Its fields.
    pub shapes: Vec<&'static Shape>,
    /// Asks for a page of records.
    pub list: fn(Client, Filter, Option<String>) -> Answer<Rows>,
    /// Asks for count and sums.
    pub sums: fn(Client, Filter) -> Answer<Totals>,
    /// Asks for a file.
    pub export: fn(Client, Filter, Format) -> Answer<Exported>,
    /// Asks for the past of a record.
    pub history: fn(Client, Id) -> Answer<Vec<Past>>,
    /// Asks for a deleted record to come back; the answer is what is not sent yet.
    pub restore: fn(Client, Id) -> Answer<u64>,
}

/// Every module, in the order of the menu.
#[must_use]
pub fn faces() -> Vec<Face> {
    struct Collect(Vec<Face>);
    impl ModuleVisitor for Collect {
        fn visit<R: Record>(&mut self) {
            if let Some(module) = Module::from_code(R::NAME) {
                self.0.push(Face {
                    module,
                    title: R::TITLE,
                    shapes: R::shapes().collect(),
                    list: list::<R>,
                    sums: |client, filter| {
                        async move { client.call(Sums::<R>::new(filter)).await }.boxed_local()
                    },
                    export: |client, filter, format| {
                        async move { client.call(Export::<R>::new(filter, format)).await }
                            .boxed_local()
                    },
                    history: |client, id| {
                        async move { client.call(History::<R>::new(id)).await }.boxed_local()
                    },
                    restore: |client, id| {
                        async move { Ok(client.call(Restore::<R>::new(id)).await?.unsent) }
                            .boxed_local()
                    },
                });
            }
        }
    }
    let mut collect = Collect(Vec::new());
    each_module(&mut collect);
    collect.0
}

/// The module of this name.
///
/// # Panics
/// Never: `each_module` and `Module` name the same modules, which a test holds.
#[must_use]
pub fn face(module: Module) -> Face {
    faces().into_iter().find(|face| face.module == module).expect("every module has a face")
}

fn list<R: Record>(client: Client, filter: Filter, after: Option<String>) -> Answer<Rows> {
    async move {
        let page = client.call(List::<R>::new(filter, after, Some(PAGE_ROWS))).await?;
        let rows = page.entries.into_iter().map(|entry| Row {
            id: entry.id,
            day: entry.date,
            values: entry.body.values(),
            stamp: entry.stamp,
        });
        Ok(Rows { rows: rows.collect(), next: page.next })
    }
    .boxed_local()
}

/// A value as it is read in a table: names instead of ids, words instead of codes.
#[must_use]
pub fn show(shape: &Shape, value: &Value, catalogue: &Catalogue) -> String {
    match (shape.kind, value) {
        (Kind::Code(list), Value::Text(id)) => {
            catalogue.find(list, id).map_or_else(|| id.clone(), |item| item.name.clone())
        }
        // What is not so needs no word in every row.
        (Kind::Flag, Value::Int(0)) => String::new(),
        (kind, value) => kind.show(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_module_has_a_face_in_the_order_of_the_menu() {
        let codes: Vec<_> = faces().iter().map(|face| face.module.code()).collect();
        let named: Vec<_> = Module::CHOICES.iter().map(|choice| choice.code).collect();
        assert_eq!(codes, named);
    }
}
