//! Serves DeskOps, and what an administrator does with a server.

fn main() -> std::process::ExitCode {
    deskops_server::task::run()
}
