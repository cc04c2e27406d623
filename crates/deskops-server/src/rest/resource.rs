//! What a module is to the contract: its fields, and what it is called over HTTP.

use deskops_domain::catalogue::{Catalogue, List};
use deskops_domain::choice::Choices as _;
use deskops_domain::field::{Kind, Shape};
use deskops_domain::modules::{ModuleVisitor, each_module};
use deskops_domain::record::Record;
use deskops_domain::rest::Rest;
use serde_json::{Map, Value as Json, json};

/// What is kept of a record besides, and is not the contract's.
const OURS: [&str; 2] = ["voided", "isSent"];

/// A module as the contract knows it.
#[derive(Debug, Clone)]
pub(crate) struct Resource {
    /// Name on the wire: `production`.
    pub name: &'static str,
    /// Name for people.
    pub title: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Its fields.
    pub shapes: Vec<&'static Shape>,
    /// What the contract calls it.
    pub rest: &'static Rest,
    /// Whether DeskOps computes part of it.
    pub is_computed: bool,
}

/// Every module that the contract names, in the order of the menu.
pub(crate) fn all() -> Vec<Resource> {
    struct Each(Vec<Resource>);
    impl ModuleVisitor for Each {
        fn visit<R: Record>(&mut self) {
            self.0.extend(R::REST.map(|rest| Resource {
                name: R::NAME,
                title: R::TITLE,
                doc: R::DOC,
                shapes: R::shapes().collect(),
                rest,
                is_computed: R::is_computed(),
            }));
        }
    }
    let mut each = Each(Vec::new());
    each_module(&mut each);
    each.0
}

impl Resource {
    /// The command of this module.
    pub fn command(&self, verb: &str) -> String {
        format!("{}/{verb}", self.name)
    }

    /// The command that makes a record of what the contract sends.
    pub fn create(&self) -> String {
        self.command(if self.is_computed { "snapshot" } else { "create" })
    }

    /// A record in the contract's words: what it names stands beside it.
    pub fn body(&self, entry: Json, catalogue: &Catalogue) -> Json {
        let Json::Object(mut body) = entry else { return entry };
        for name in OURS {
            body.remove(name);
        }
        for (field, key, list) in self.embeds() {
            let id = body.get(field).and_then(Json::as_str);
            let named = id.and_then(|id| catalogue.find(list, id)).map_or(Json::Null, |item| {
                let mut named = Map::new();
                named.insert("code".into(), json!(item.code));
                named.insert("name".into(), json!(item.name));
                match list {
                    List::Materials => {
                        named.insert("category".into(), json!(item.category));
                        named.insert("uom".into(), json!(item.unit.code()));
                    }
                    List::Equipment => {
                        named.insert("type".into(), json!(item.category));
                    }
                    List::CrewRoles => {}
                }
                Json::Object(named)
            });
            body.insert(key.to_owned(), named);
        }
        let site = body.get("siteId").and_then(Json::as_str).and_then(|id| catalogue.site(id));
        let site = site.map(|site| json!({ "code": site.code, "name": site.name }));
        body.insert("site".into(), json!(site));
        Json::Object(body)
    }

    /// The fields that name an entry of a list, and the keys under which it is shown.
    pub fn embeds(&self) -> impl Iterator<Item = (&'static str, &'static str, List)> {
        self.shapes.iter().filter_map(|shape| match shape.kind {
            Kind::Code(list) => {
                Some((shape.name, shape.name.strip_suffix("Id").unwrap_or(shape.name), list))
            }
            _ => None,
        })
    }
}
