//! The migrations of every DeskOps database, inside the binary.

refinery::embed_migrations!("../../migrations/store");
