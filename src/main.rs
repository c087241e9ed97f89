//! The `fengcai` command.

mod cli;

use std::process::ExitCode;

/// A layout makes and drops millions of small things on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    std::panic::catch_unwind(cli::run).unwrap_or_else(|_| cli::bug())
}
