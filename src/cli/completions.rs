//! `fengcai completions`.

use clap::CommandFactory;

use super::args::{self, Args};
use super::ui::Ui;
use super::{Exit, Failure};

pub(super) fn run(args: &args::Completions, ui: &Ui) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "fengcai", &mut script);
    ui.print(String::from_utf8_lossy(&script).trim_end());
    Ok(Exit::Clean)
}
