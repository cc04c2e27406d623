//! The grid from outside: keys, paste, news of the store, chance, and how it is drawn.

mod chance;
mod drawn;
mod keys;
mod ledger;
mod news;
mod paste;
mod world;
