//! What the code knows about itself, as documents: the schema and the fields of every module.
//!
//! Here, because this binary is the only one that knows both the store and all modules and is
//! never installed at a site.

use std::fmt::Write as _;

use deskops_core::StoreError;
use deskops_core::store::schema;
use deskops_domain::catalogue::List;
use deskops_domain::field::{Kind, Rule, Shape};
use deskops_domain::modules::{ModuleVisitor, each_record};
use deskops_domain::record::Record;
use deskops_domain::text::format_fixed;

/// The sum of all migrations, as SQL.
///
/// # Errors
/// When the migrations do not run.
pub fn schema_sql() -> Result<String, StoreError> {
    Ok(format!(
        "-- The sum of migrations/store, written by `cargo xtask schema`. Read it, do not run it.\n\n{}",
        schema::statements()?
    ))
}

/// Every module and its fields, as Markdown.
#[must_use]
pub fn modules_markdown() -> String {
    let mut page = Page(String::from(
        "# What is recorded\n\n\
         Written by `cargo xtask schema` from the definitions in `crates/deskops-domain/src/modules`; change those, not this.\n\n\
         Every record also has an id, a site (`siteId`) and a business day (`date`), who entered and who last changed it and when, its version, and who deleted it, when and why.\n\
         **Key**: with site and day it makes a record unique, and it never changes.\n\
         **Sum**: it is summed in totals.\n\
         **Group**: fields of one group are changed and merged together.\n",
    ));
    each_record(&mut page);
    page.0
}

struct Page(String);

impl ModuleVisitor for Page {
    fn visit<R: Record>(&mut self) {
        let about = format!("\n## {}\n\n`{}`: {}\n\n", R::TITLE, R::NAME, R::DOC.trim());
        self.0.push_str(&about);
        self.0.push_str("| Field | On the wire | Column | Holds | Rules | Group | What it is |\n|---|---|---|---|---|---|---|\n");
        for shape in R::shapes() {
            let Shape { label, name, column, group, help, .. } = shape;
            // Writing to a string cannot fail.
            let _ = writeln!(
                self.0,
                "| {label} | `{name}` | `{column}` | {} | {} | {} | {} |",
                holds(shape),
                rules(shape),
                if group.is_empty() { "–" } else { group },
                help.trim()
            );
        }
    }
}

fn holds(shape: &Shape) -> String {
    let kind = match shape.kind {
        Kind::Tons => "tons, 3 decimals".to_owned(),
        Kind::Hours => "hours, 2 decimals".to_owned(),
        Kind::Percent => "per cent, 2 decimals".to_owned(),
        Kind::Count => "whole number".to_owned(),
        Kind::Flag => "yes or no".to_owned(),
        Kind::Text => "words".to_owned(),
        Kind::Day => "a date".to_owned(),
        Kind::Choice(choices, _) => {
            choices.iter().map(|choice| format!("`{}`", choice.code)).collect::<Vec<_>>().join(" ")
        }
        Kind::Code(List::Materials) => "a material".to_owned(),
        Kind::Code(List::Equipment) => "a machine".to_owned(),
        Kind::Code(List::CrewRoles) => "a crew role".to_owned(),
    };
    if shape.is_optional { format!("{kind}; may be empty") } else { kind }
}

fn rules(shape: &Shape) -> String {
    let shown = |raw: i64| format_fixed(raw, shape.kind.decimals().unwrap_or(0));
    let rules = shape.rules.iter().map(|rule| match rule {
        Rule::Above(least) => format!("more than {}", shown(*least)),
        Rule::AtLeast(least) => format!("at least {}", shown(*least)),
        Rule::AtMost(most) => format!("at most {}", shown(*most)),
        Rule::Longest(most) => format!("up to {most} characters"),
        Rule::Default(value) => format!("`{value}` when left out"),
        Rule::Key => "key".to_owned(),
        Rule::Total => "sum".to_owned(),
        Rule::Computed => "computed, never sent".to_owned(),
        Rule::Unique => "no two the same".to_owned(),
        Rule::Apart => "kept apart in weeks and months".to_owned(),
        Rule::Each(of) => format!("in weeks and months: times `{of}`, summed"),
        Rule::Summed(label) => format!("there called {label}"),
        Rule::Opens => "in weeks and months: of the first day".to_owned(),
        Rule::Closes => "in weeks and months: of the last day".to_owned(),
    });
    let rules: Vec<_> = rules.collect();
    if rules.is_empty() { "–".to_owned() } else { rules.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_row_has_seven_cells() {
        let page = modules_markdown();
        let rows = page.lines().filter(|line| line.starts_with('|'));
        for row in rows {
            assert_eq!(row.matches('|').count(), 8, "{row}");
        }
        assert!(page.contains("| Quantity (t) | `qtyTon` | `qty_kg` | tons, 3 decimals | more than 0.000, at most 999999.999, sum | qty | How much was made. |"), "{page}");
    }

    #[test]
    fn the_schema_has_a_table_for_every_kind_of_record() {
        struct Each(String);
        impl ModuleVisitor for Each {
            fn visit<R: Record>(&mut self) {
                assert!(self.0.contains(&format!("CREATE TABLE {} (", R::NAME)), "{}", R::NAME);
            }
        }
        each_record(&mut Each(schema_sql().unwrap()));
    }
}
