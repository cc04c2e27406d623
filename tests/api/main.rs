//! Every command, asked directly, over HTTP, and with the records on PostgreSQL: the same bodies run
//! for each.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by panicking")]

mod access;
mod bad_input;
mod balance;
mod blends;
mod changes;
mod completeness;
mod contract;
mod dashboard;
mod days;
mod definitions;
mod devices;
mod everywhere;
mod exports;
mod gathered;
mod guard;
mod history;
mod ledger;
mod lists;
mod loads;
mod matrix;
mod month;
mod oidc;
mod once;
mod outsiders;
mod periods;
mod production;
mod rates;
mod refresh;
mod rest;
mod round_trip;
mod security;
#[cfg(all(feature = "postgres", unix))]
mod servers;
mod sessions;
mod settings;
mod sight;
mod sign_in;
mod strangers;
mod suggest;
mod trouble;
mod users;

/// Runs each fact through the router, through the server's routes, and on the other engine.
macro_rules! facts {
    ($($name:ident),+ $(,)?) => {
        mod direct {
            $(#[test]
            fn $name() {
                super::$name(&deskops_tests::TestDesk::direct());
            })+
        }
        #[cfg(all(feature = "postgres", unix))]
        mod postgres {
            $(#[test]
            fn $name() {
                super::$name(&deskops_tests::TestDesk::postgres());
            })+
        }
        mod http {
            $(#[test]
            fn $name() {
                super::$name(&deskops_tests::TestDesk::http());
            })+
        }
    };
}
pub(crate) use facts;
