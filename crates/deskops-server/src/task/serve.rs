//! `serve`: answers until it is told to stop, and closes the database in order.

use std::process::ExitCode;

use deskops_core::DatabaseUrl;

use crate::settings::Config;
use crate::{Serving, listen, logs, oidc, open};

pub(super) fn serve(config: Config) -> Result<ExitCode, String> {
    logs::begin(&config);
    let database = config.database.as_ref().map(DatabaseUrl::to_string);
    let file = config.place.database.display();
    tracing::info!(version = deskops_core::VERSION, %file, database, "DeskOps starts");
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| format!("No threads can be started: {error}."))?;
    let desk = open::opener(&config);
    // Whether it can be opened is logged now; the page says it when it asks.
    let _ = desk.open();
    let exports = Some(config.place.exports.clone());
    let serving = Serving { desk, page: Some(config.page.clone()), exports };
    let routes = serving.run_as(config.clone());
    let shared = routes.shared.clone();
    if config.oidc.is_some() && shared.issuer.is_none() {
        return Err("The issuer of tokens cannot be asked; the log says why.".to_owned());
    }
    runtime.spawn(oidc::keep(shared.clone()));
    let served = runtime.block_on(listen::serve(&config, routes));
    // What is still under way after the grace is not waited for; what it saved is saved.
    runtime.shutdown_background();
    shared.desk.close();
    served?;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}
