//! The one binary of Beffroi: settings in, adapters assembled, one command run.

use clap::Parser;
use instance::commands::{self, Cli};
use std::process::ExitCode;

/// Pages and exchanges ask for memory in small pieces, thousands at a time (decision 40).
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.to_string()),
    };
    match runtime.block_on(Box::pin(commands::run(cli))) {
        Ok(code) => code,
        Err(trouble) => fail(&trouble.to_string()),
    }
}

fn fail(why: &str) -> ExitCode {
    eprintln!("beffroi : {why}");
    ExitCode::FAILURE
}
