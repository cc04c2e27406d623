//! The engines alone, doing what a saved load and a page of a list cannot do without: the row, its
//! change, the outbox, the sums of the day, the stock, the counter.

use std::path::Path;
use std::time::Duration;

use deskops_tests::desk::SITE;
use rusqlite::Connection;
use tokio::runtime::Runtime;
use tokio_postgres::NoTls;
use tokio_postgres::types::ToSql;

use crate::Client;

const ROW: &str = "insert into dispatch (id, site_id, date, material_id, qty_kg, is_estimated, operation, created_at, created_by, updated_at, updated_by, rev) values ($1, $2, $3, 'MAT002', 28500, 0, 'CRU-DIS', $4, 'bench', $4, 'bench', 1)";
const CHANGE: &str = "insert into changes (op, dev, inc, seq, feed, entity, rec, kind, at, raw, payload_hash) values ($1, 'bare', 'bare', $3, $2, 'dispatch', $1, 'put', $3, $4, $1)";
const OUTBOX: &str = "insert into outbox (rec, entity) values ($1, 'dispatch')";
const SUMS: &str = "select
    (select coalesce(sum(qty_kg), 0) from production where site_id = $1 and date = $2 and material_id = 'MAT002' and voided_at is null),
    (select coalesce(sum(qty_kg), 0) from received where site_id = $1 and date = $2 and material_id = 'MAT002' and voided_at is null),
    (select coalesce(sum(qty_kg), 0) from dispatch where site_id = $1 and date = $2 and material_id = 'MAT002' and voided_at is null)";
const STOCK: &str = "update inventory set dispatched_kg = dispatched_kg + 28500, closing_kg = closing_kg - 28500 where site_id = $1 and date = $2 and material_id = 'MAT002'";
const COUNTER: &str = "update desk set next_seq = next_seq + 1, unsent = unsent + 1";
const PAGE: &str = "select * from dispatch where site_id = $1 and date between $2 and $3 and voided_at is null order by date desc, created_at desc, id desc limit 51";
const MONTH: [&str; 2] = ["2026-10-21", "2026-11-20"];

/// What a change of a load looks like, byte for byte about as long.
fn raw() -> Vec<u8> {
    vec![b'x'; 600]
}

fn id(number: u64) -> String {
    format!("cbare{number:020}")
}

/// The marks for values as SQLite numbers them.
fn marked(sql: &str) -> String {
    sql.replace('$', "?")
}

/// A SQLite file with the settings of DeskOps.
pub struct File(Connection);

impl File {
    pub fn open(path: &Path) -> Self {
        let conn = Connection::open(path).expect("the file is there");
        conn.busy_timeout(Duration::from_secs(30)).expect("a setting");
        let settings = "pragma synchronous = full; pragma foreign_keys = on";
        conn.execute_batch(settings).expect("settings");
        Self(conn)
    }
}

impl Client for File {
    fn save(&mut self, number: u64, date: &str) {
        let (id, at) = (id(number), i64::try_from(number).expect("a small number"));
        let transaction = rusqlite::TransactionBehavior::Immediate;
        let tx = self.0.transaction_with_behavior(transaction).expect("its turn");
        let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
            tx.prepare_cached(&marked(sql))
                .and_then(|mut it| it.execute(values))
                .expect("a statement");
        };
        run(ROW, &[&id, &SITE, &date, &at]);
        run(CHANGE, &[&id, &SITE, &at, &raw()]);
        run(OUTBOX, &[&id]);
        let mut sums = tx.prepare_cached(&marked(SUMS)).expect("a statement");
        let sum: i64 = sums.query_row((SITE, date), |row| row.get(2)).expect("sums");
        assert!(sum > 0);
        drop(sums);
        run(STOCK, &[&SITE, &date]);
        run(COUNTER, &[]);
        tx.commit().expect("it is kept");
    }

    fn list(&mut self) {
        let mut page = self.0.prepare_cached(&marked(PAGE)).expect("a statement");
        let mut rows = page.query((SITE, MONTH[0], MONTH[1])).expect("a page");
        let mut n_rows = 0;
        while let Some(row) = rows.next().expect("a row") {
            let id: String = row.get(0).expect("its id");
            n_rows += usize::from(!id.is_empty());
        }
        assert_eq!(n_rows, 51);
    }
}

/// A connection to PostgreSQL.
pub struct Postgres {
    runtime: Runtime,
    client: tokio_postgres::Client,
    statements: Vec<(&'static str, tokio_postgres::Statement)>,
}

impl Postgres {
    pub fn open(url: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        let (client, statements) = runtime.block_on(async {
            let (client, line) = tokio_postgres::connect(url, NoTls).await.expect("it is there");
            tokio::spawn(line);
            let mut statements = Vec::new();
            let turn = "select next_seq from desk for update";
            for sql in [turn, ROW, CHANGE, OUTBOX, SUMS, STOCK, COUNTER, PAGE] {
                statements.push((sql, client.prepare(sql).await.expect("a statement")));
            }
            (client, statements)
        });
        Self { runtime, client, statements }
    }

    fn ask(&self, at: usize, values: &[&(dyn ToSql + Sync)]) -> Vec<tokio_postgres::Row> {
        let statement = &self.statements[at].1;
        self.runtime.block_on(self.client.query(statement, values)).expect("a statement")
    }
}

impl Client for Postgres {
    fn save(&mut self, number: u64, date: &str) {
        let (id, at) = (id(number), i64::try_from(number).expect("a small number"));
        self.runtime.block_on(self.client.batch_execute("begin")).expect("a transaction");
        self.ask(0, &[]);
        self.ask(1, &[&id, &SITE, &date, &at]);
        self.ask(2, &[&id, &SITE, &at, &raw()]);
        self.ask(3, &[&id]);
        assert_eq!(self.ask(4, &[&SITE, &date]).len(), 1);
        self.ask(5, &[&SITE, &date]);
        self.ask(6, &[]);
        self.runtime.block_on(self.client.batch_execute("commit")).expect("it is kept");
    }

    fn list(&mut self) {
        assert_eq!(self.ask(7, &[&SITE, &MONTH[0], &MONTH[1]]).len(), 51);
    }
}
