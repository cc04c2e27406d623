//! The `where` of a filter: site, days, deleted or not, and what fields must say.

use deskops_domain::api::Refusal;
use deskops_domain::api::records::Filter;
use deskops_domain::field::{Kind, Shape};
use deskops_domain::problem::{Problem, Problems, clip};
use deskops_domain::record::Record;
use deskops_domain::text::parse_fixed;

use crate::sql::Value as Sql;

/// What is said of a field in which nothing is entered.
const NONE: &str = "none";
/// More of one field than this is a mistake.
const MOST_CODES: usize = 100;

/// The `where` of a filter, and its values.
pub(super) struct Wheres {
    pub(super) sql: String,
    pub(super) values: Vec<Sql>,
}

impl Wheres {
    /// Reads a filter for one kind of record.
    ///
    /// # Errors
    /// Everything that the kind has no field for, and what does not read as the field's kind.
    pub(super) fn of<R: Record>(filter: &Filter) -> Result<Self, Refusal> {
        let voided = if filter.voided { "is not null" } else { "is null" };
        let mut wheres = Self { sql: format!(" where voided_at {voided}"), values: Vec::new() };
        wheres.and("site_id = ?", Sql::Text(filter.site_id.clone()));
        if let Some(from) = filter.date_from {
            wheres.and("date >= ?", Sql::Text(from.to_string()));
        }
        if let Some(to) = filter.date_to {
            wheres.and("date <= ?", Sql::Text(to.to_string()));
        }
        let mut problems = Problems::default();
        for (name, what) in &filter.matches {
            let shape = R::shapes().find(|shape| shape.name == name);
            let done = shape.map(|shape| wheres.must(shape, what.trim()));
            let why = match done {
                Some(Ok(())) => continue,
                Some(Err(why)) => why,
                None => format!("{} has no field `{}`.", R::TITLE, clip(name)),
            };
            problems
                .add(Problem::new(&format!("matches.{}", clip(name)), "E-FILTER", why).value(what));
        }
        if problems.is_empty() { Ok(wheres) } else { Err(Refusal::invalid(problems)) }
    }

    pub(super) fn and(&mut self, sql: &str, value: Sql) {
        self.sql.push_str(" and ");
        self.sql.push_str(sql);
        self.values.push(value);
    }

    /// A field must say this.
    fn must(&mut self, shape: &Shape, what: &str) -> Result<(), String> {
        let column = shape.column;
        if what == NONE {
            self.sql.push_str(&format!(" and {column} is null"));
            return Ok(());
        }
        match shape.kind {
            Kind::Text => {
                self.and(
                    &format!("lower({column}) like lower(?) escape '\\'"),
                    Sql::Text(holds(what)),
                );
            }
            Kind::Choice(..) | Kind::Code(_) | Kind::Day => {
                let codes: Vec<_> = what.split(',').map(str::trim).collect();
                if codes.len() > MOST_CODES {
                    return Err(format!(
                        "{} takes {MOST_CODES} of them; these are {}.",
                        shape.label,
                        codes.len()
                    ));
                }
                let marks = vec!["?"; codes.len()].join(", ");
                self.sql.push_str(&format!(" and {column} in ({marks})"));
                self.values.extend(codes.into_iter().map(|code| Sql::Text(code.to_owned())));
            }
            Kind::Flag => {
                let flag = match what {
                    "yes" | "true" => 1,
                    "no" | "false" => 0,
                    _ => return Err(format!("{} is `yes` or `no`.", shape.label)),
                };
                self.and(&format!("{column} = ?"), Sql::Integer(flag));
            }
            Kind::Tons | Kind::Hours | Kind::Percent | Kind::Count => self.number(shape, what)?,
        }
        Ok(())
    }

    fn number(&mut self, shape: &Shape, what: &str) -> Result<(), String> {
        let column = shape.column;
        let read = |text: &str| {
            let raw = parse_fixed(text.trim(), shape.kind.decimals().unwrap_or(0));
            raw.map(Sql::Integer).map_err(|_| {
                let shown = clip(text.trim());
                format!(
                    "{}: `{shown}` is not a number. Write 12.5, >100, <=5 or 10..20.",
                    shape.label
                )
            })
        };
        if let Some((from, to)) = what.split_once("..") {
            self.and(&format!("{column} >= ?"), read(from)?);
            self.and(&format!("{column} <= ?"), read(to)?);
            return Ok(());
        }
        let signs = [">=", "<=", ">", "<", "="];
        let signed =
            signs.iter().find_map(|sign| what.strip_prefix(sign).map(|rest| (*sign, rest)));
        let (sign, number) = signed.unwrap_or(("=", what));
        self.and(&format!("{column} {sign} ?"), read(number)?);
        Ok(())
    }
}

/// The pattern of texts that hold this part.
pub(super) fn holds(part: &str) -> String {
    let escaped = part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}
