//! Every command, asked directly and over HTTP: the same bodies run twice.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by panicking")]

mod access;
mod bad_input;
mod balance;
mod blends;
mod changes;
mod contract;
mod dashboard;
mod days;
mod definitions;
mod exports;
mod guard;
mod history;
mod ledger;
mod lists;
mod loads;
mod month;
mod once;
mod periods;
mod production;
mod rates;
mod round_trip;
mod settings;
mod sight;
mod sign_in;
mod suggest;
mod trouble;
mod users;

/// Runs each fact once through the router and once through the server's routes.
macro_rules! facts {
    ($($name:ident),+ $(,)?) => {
        mod direct {
            $(#[test]
            fn $name() {
                super::$name(&deskops_tests::TestDesk::direct());
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
