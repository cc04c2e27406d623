//! Records on a database server (PostgreSQL): the pool, the migrations, and who writes when.
//!
//! Several processes may serve the same records. Whoever writes takes the row of `desk` first, so
//! that changes are numbered without a gap in the order in which they are committed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use deskops_domain::api::{Code, Refusal};
use deskops_domain::id::Id;
use refinery::{Migration, Runner};
use tokio::runtime::Runtime as Waiting;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Config, NoTls};

use super::embedded::migrations;
use super::keeper::in_transaction;
use super::open::HISTORY;
use super::trouble::Trouble;
use crate::clock::{Clock, Dice};
use crate::error::StoreError;
use crate::sql::postgres::Client;
use crate::sql::{Connection, Engine, Error, dialect};

/// Connections of one process: more would only wait for the same disk.
const MOST_CONNECTIONS: usize = 16;
/// How long a command waits for a connection before it is told.
const PATIENCE: Duration = Duration::from_secs(10);
/// Statements that hang end by themselves; a recomputation of years takes seconds.
const LIMITS: &str = "set statement_timeout = '120s'; set idle_in_transaction_session_timeout = '60s'; set lock_timeout = '30s'";
/// One state for all questions of an answer.
const READ: &str = "begin isolation level repeatable read read only";
/// Alone until the commit, and with everything that was committed before.
const WRITE: &str = "begin isolation level read committed; select next_seq from desk for update";

/// The records of a database server.
pub struct Server {
    pool: Pool,
    // Ends without waiting: it may be dropped on a thread that must not wait.
    waiting: Option<Waiting>,
    place: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(waiting) = self.waiting.take() {
            waiting.shutdown_background();
        }
    }
}

impl Server {
    /// Connects, and brings the tables up to date.
    pub(super) fn open(url: &str, clock: &dyn Clock, dice: &dyn Dice) -> Result<Self, Trouble> {
        let unknown = Path::new("postgres");
        let config: Config = url.parse().map_err(|error| {
            Trouble::not_writable(unknown, format!("the database URL does not read: {error}"))
        })?;
        let place = place(&config);
        let pool = pool(&config).map_err(|why| Trouble::not_writable(&place, why))?;
        let waiting = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("postgres")
            .enable_all()
            .build()
            .map_err(|error| Trouble::not_writable(&place, error))?;
        let server = Self { pool, waiting: Some(waiting), place };
        let mut conn = server.lend().map_err(|error| Trouble::of(&server.place, &error))?;
        server.migrate(&mut conn)?;
        name_this_desk(&conn, clock, dice).map_err(|error| Trouble::of(&server.place, &error))?;
        Ok(server)
    }

    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        in_transaction(&self.lend()?, READ, false, work)
    }

    pub(super) fn change<T>(
        &self,
        is_kept: bool,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        in_transaction(&self.lend()?, WRITE, is_kept, work)
    }

    /// A copy of a server's database is the server's own business.
    pub(super) fn no_copy(&self) -> Refusal {
        let message = format!(
            "The records are on {}; DeskOps copies only those that it keeps in a file.",
            self.place.display()
        );
        Refusal::new(Code::BadRequest, message)
            .hint("Use the backup of the database server (pg_dump or pg_basebackup).")
    }

    pub(super) fn size(&self) -> u64 {
        let sql = "select pg_database_size(current_database())";
        let asked = self.read(|conn| Ok(conn.query_row(sql, (), |row| row.get::<i64>(0))?));
        asked.map_or(0, i64::unsigned_abs)
    }

    pub(super) fn place(&self) -> &Path {
        &self.place
    }

    fn waiting(&self) -> &Waiting {
        self.waiting.as_ref().expect("it is taken only when the server is dropped")
    }

    fn lend(&self) -> Result<Connection, Error> {
        let object = self.waiting().block_on(self.pool.get());
        let object = object.map_err(|error| Error::Away(error.to_string()))?;
        let client = Client::new(object, self.waiting().handle().clone());
        Ok(Connection(Engine::Post(client)))
    }

    /// Brings the tables up to date; processes that start together wait for each other.
    fn migrate(&self, conn: &mut Connection) -> Result<(), Trouble> {
        let of = |error: Error| Trouble::of(&self.place, &error);
        let key = "hashtext('deskops migrations ' || current_schema())";
        conn.batch(&format!("select pg_advisory_lock({key})")).map_err(of)?;
        let all: Vec<_> = migrations::runner().get_migrations().iter().map(said).collect();
        let newest = all.iter().map(|each| i64::from(each.version())).max().unwrap_or(0);
        let theirs = newest_there(conn).map_err(of)?;
        if theirs > newest {
            return Err(Trouble::Newer {
                path: self.place.clone(),
                theirs: u32::try_from(theirs).unwrap_or(u32::MAX),
                ours: u32::try_from(newest).unwrap_or(0),
            });
        }
        let Engine::Post(client) = &mut conn.0 else { return Ok(()) };
        let mut runner = Runner::new(&all).set_grouped(true);
        runner.set_migration_table_name(HISTORY);
        let object = client.object();
        self.waiting().block_on(runner.run_async(&mut ***object)).map_err(|error| {
            match error.kind() {
                refinery::error::Kind::DivergentVersion(..)
                | refinery::error::Kind::MissingVersion(..) => {
                    Trouble::damaged(&self.place, &error)
                }
                _ => Trouble::not_writable(&self.place, chain(&error)),
            }
        })?;
        conn.batch(&format!("select pg_advisory_unlock({key})")).map_err(of)
    }
}

/// An error with what lies under it: the runner's own words do not say what PostgreSQL said.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut under = error.source();
    while let Some(error) = under {
        text = format!("{text}: {error}");
        under = error.source();
    }
    text
}

fn said(migration: &Migration) -> Migration {
    let name = format!("V{}__{}", migration.version(), migration.name());
    let sql = dialect::migration(migration.sql().unwrap_or_default());
    Migration::unapplied(&name, &sql).expect("its name was a migration's before")
}

/// The newest migration that was done there, of whichever release.
fn newest_there(conn: &Connection) -> Result<i64, Error> {
    let sql = "select to_regclass(?1) is not null";
    if !conn.query_row(sql, [HISTORY], |row| row.get::<bool>(0))? {
        return Ok(0);
    }
    let sql = format!("select coalesce(max(version), 0) from {HISTORY}");
    conn.query_row(&sql, (), |row| row.get(0))
}

/// Gives new records the name of a desk; whoever comes second finds one.
fn name_this_desk(conn: &Connection, clock: &dyn Clock, dice: &dyn Dice) -> Result<(), Error> {
    let new_id = || Id::random(clock.now().0, dice.roll());
    let sql = "insert into desk (\"only\", device, incarnation, next_seq, unsent) values (1, ?1, ?2, 1, 0) on conflict do nothing";
    conn.execute(sql, (new_id().as_str(), new_id().as_str()))?;
    Ok(())
}

/// The server and the database, without who connects and their password.
fn place(config: &Config) -> PathBuf {
    let hosts = config.get_hosts().iter().map(|host| match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(path) => path.display().to_string(),
    });
    let hosts: Vec<_> = hosts.collect();
    format!("postgres://{}/{}", hosts.join(","), config.get_dbname().unwrap_or_default()).into()
}

/// Whether every host of a configuration is this computer.
fn is_here(config: &Config) -> bool {
    config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            name == "localhost"
                || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    })
}

fn pool(config: &Config) -> Result<Pool, String> {
    let keep = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = match config.get_ssl_mode() {
        SslMode::Require => {
            let (tls, unread) = tokio_postgres_rustls::MakeRustlsConnect::with_native_certs()
                .map_err(|errors| {
                    format!("this computer's certificates cannot be read: {errors:?}")
                })?;
            for error in unread {
                tracing::warn!(%error, "a certificate of this computer cannot be read");
            }
            Manager::from_config(config.clone(), tls, keep)
        }
        _ if is_here(config) => Manager::from_config(config.clone(), NoTls, keep),
        _ => {
            return Err("it is on another computer, and the connection would not be encrypted: add sslmode=require to the database URL".to_owned());
        }
    };
    Pool::builder(manager)
        .max_size(MOST_CONNECTIONS)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(PATIENCE))
        .recycle_timeout(Some(PATIENCE))
        .runtime(Runtime::Tokio1)
        .post_create(deadpool_postgres::Hook::async_fn(|client, _| {
            Box::pin(async move {
                client.batch_execute(LIMITS).await.map_err(deadpool_postgres::HookError::Backend)
            })
        }))
        .build()
        .map_err(|error| error.to_string())
}
