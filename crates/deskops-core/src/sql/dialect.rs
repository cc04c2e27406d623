//! How a statement of the store, and a migration, is said to PostgreSQL.
//!
//! Statements differ in how values are marked. Migrations differ in a handful of words; they are
//! written for SQLite and never edited, so the words are exchanged here, the same way for all.

/// `?` and `?1` become `$1`, outside of quotes.
#[must_use]
pub fn statement(sql: &str) -> String {
    let mut said = String::with_capacity(sql.len() + 16);
    let mut n_bare = 0;
    let mut quote = None;
    let mut chars = sql.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, quote) {
            ('\'' | '"', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            ('?', None) => {
                let mut number = String::new();
                while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                    number.push(digit);
                }
                if number.is_empty() {
                    n_bare += 1;
                    number = n_bare.to_string();
                }
                said.push('$');
                said.push_str(&number);
                continue;
            }
            _ => {}
        }
        said.push(c);
    }
    said
}

/// A migration as PostgreSQL takes it.
///
/// Whole numbers are `bigint`, texts are compared by their bytes as SQLite does, a table that
/// SQLite numbers by itself gets the same number as a column, and a trigger that refuses gets the
/// function that PostgreSQL wants for it.
#[must_use]
pub fn migration(sql: &str) -> String {
    let mut said = String::with_capacity(sql.len() * 2);
    for part in statements(&without_comments(sql)) {
        match refusing_trigger(&part) {
            Some(trigger) => said.push_str(&trigger),
            None => said.push_str(&exchange(&part)),
        }
        said.push_str(";\n");
    }
    said
}

fn without_comments(sql: &str) -> String {
    let keep = |line: &str| match line.find("--") {
        Some(at) if line[..at].matches('\'').count() % 2 == 0 => line[..at].to_owned(),
        _ => line.to_owned(),
    };
    sql.lines().map(keep).collect::<Vec<_>>().join("\n")
}

/// Cuts at each `;` that ends a statement: not in quotes, not inside a trigger.
fn statements(sql: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut part = String::new();
    for piece in sql.split_inclusive(';') {
        part.push_str(piece);
        let is_open = part.matches('\'').count() % 2 == 1;
        let is_trigger = part.trim_start().starts_with("create trigger");
        let ends = !is_open && (!is_trigger || part.trim_end().ends_with("end;"));
        if ends {
            found.push(part.trim().trim_end_matches(';').trim().to_owned());
            part.clear();
        }
    }
    found.retain(|part| !part.is_empty());
    found
}

/// `create trigger NAME before … on TABLE begin select raise(abort, 'why'); end`.
fn refusing_trigger(sql: &str) -> Option<String> {
    let rest = sql.strip_prefix("create trigger ")?;
    let (head, body) = rest.split_once(" begin")?;
    let (name, event) = head.split_once(' ')?;
    let why = body.split('\'').nth(1)?;
    Some(format!(
        "create function {name}() returns trigger language plpgsql as $$ begin raise exception '{why}'; end $$;\n\
         create trigger {name} {event} for each row execute function {name}()"
    ))
}

fn exchange(sql: &str) -> String {
    let is_table = sql.starts_with("create table");
    let is_numbered = is_table && !sql.contains("without rowid");
    let body = sql.trim_end();
    let body = body.strip_suffix("without rowid").unwrap_or(body).trim_end().trim_end_matches(',');
    let body = body.strip_suffix("strict").unwrap_or(body).trim_end();
    let mut said = String::new();
    let mut quote = false;
    let mut word = String::new();
    for c in body.chars().chain([' ']) {
        if !quote && (c.is_ascii_alphanumeric() || c == '_') {
            word.push(c);
            continue;
        }
        said.push_str(match word.as_str() {
            "integer" => "bigint",
            "text" => "text collate \"C\"",
            "blob" => "bytea",
            "only" => "\"only\"",
            other => other,
        });
        word.clear();
        quote ^= c == '\'';
        said.push(c);
    }
    let said = said.trim_end();
    match said.strip_suffix(')').filter(|_| is_numbered) {
        Some(open) => {
            format!("{},\n    rowid bigint generated always as identity\n)", open.trim_end())
        }
        None => said.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_and_quotes_are_left_alone() {
        assert_eq!(statement("a = ? and b = ?"), "a = $1 and b = $2");
        assert_eq!(statement("a = ?2 or b = ?1 or c = ?12"), "a = $2 or b = $1 or c = $12");
        assert_eq!(
            statement("a like ? escape '\\' or b = '?'"),
            "a like $1 escape '\\' or b = '?'"
        );
        assert_eq!(
            statement("\"only?\" = 'it''s ?' and a = ?"),
            "\"only?\" = 'it''s ?' and a = $1"
        );
    }

    #[test]
    fn a_table_is_said_in_the_other_words() {
        let sql = "-- Why.\ncreate table a (\n    only integer primary key, -- one\n    raw blob not null\n) strict;\ncreate table b (\n    id text primary key\n) strict, without rowid;";
        assert_eq!(
            migration(sql),
            "create table a (\n    \"only\" bigint primary key, \n    raw bytea not null,\n    rowid bigint generated always as identity\n);\ncreate table b (\n    id text collate \"C\" primary key\n);\n"
        );
    }

    #[test]
    fn a_trigger_that_refuses_gets_its_function() {
        let sql = "create trigger kept before delete on changes begin\n    select raise(abort, 'changes are kept');\nend;";
        let said = migration(sql);
        assert!(said.contains("create function kept() returns trigger"), "{said}");
        assert!(said.contains("raise exception 'changes are kept'"), "{said}");
        assert!(said.ends_with("create trigger kept before delete on changes for each row execute function kept();\n"), "{said}");
    }

    #[test]
    fn texts_of_a_migration_stay_as_they_are() {
        let said = migration("insert into a (b) values ('integer; text');");
        assert_eq!(said, "insert into a (b) values ('integer; text');\n");
    }
}
