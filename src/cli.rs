//! The command line: arguments, terminal, clock, environment and files. The
//! only rooms that touch the world.

mod approve;
mod archive;
mod args;
mod bar;
mod build;
mod check;
mod completions;
mod diff;
mod eject;
mod environment;
mod explain;
mod export;
mod fonts;
mod help;
mod import;
mod impose;
mod new;
mod pages;
mod plain;
mod preflight;
mod schema;
mod snippet;
mod status;
mod studio;
mod template;
mod ui;
mod verify;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};
use fengcai::project::{LARGEST, leads_out_of_its_project, read_regular};
use fengcai::session::Error;

use args::{Args, Command};
use ui::Ui;

/// How a run ended. The numbers are part of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// Clean, or warnings only.
    Clean = 0,
    /// Findings of severity error.
    Findings = 1,
    /// Usage, missing or unreadable input, input or output.
    Failure = 2,
    /// A bug in fengcai.
    Bug = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// What stops a command: a sentence for people, already in their language.
struct Failure(String);

/// The print job in a project.
const PRESS: &str = "data/press.json";

/// What is said where a print job cannot be understood.
fn broken_job(path: &Path, ui: &Ui) -> Failure {
    let shown = path.display();
    Failure(ui.pick(
        format!("“{shown}”读不懂，没有按它检查或拼版；先改好它（fengcai check 指出错在哪里）。"),
        format!("\"{shown}\" cannot be understood, so nothing was judged or imposed by it; mend it first (`fengcai check` says where)."),
    ))
}

/// Refuses a place that a link in a project carries out of it.
fn stays_in_its_project(path: &Path, ui: &Ui) -> Result<(), Failure> {
    if leads_out_of_its_project(path) { Err(ui.failed(&Error::LeadsOut(path.to_owned()))) } else { Ok(()) }
}

/// Refuses to write over a file of another kind than is written, told by how
/// the kind begins: a slip of the hand must not cost data or a PDF.
fn replaces_its_like(path: &Path, begins: &[u8], ui: &Ui) -> Result<(), Failure> {
    stays_in_its_project(path, ui)?;
    match read_regular(path, LARGEST) {
        Ok(bytes) if !bytes.is_empty() && !bytes.starts_with(begins) => {
            Err(ui.failed(&Error::Foreign(path.to_owned())))
        }
        _ => Ok(()),
    }
}

/// Parses the arguments and runs the command.
pub(crate) fn run() -> ExitCode {
    let lang = environment::language(std::env::args_os());
    let command = help::localise(Args::command(), lang);
    let args = command.try_get_matches().and_then(|m| Args::from_arg_matches(&m));
    let args = match args {
        Ok(args) => args,
        Err(error) => {
            let told = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            let text = plain::plain(&error.render().to_string());
            if !told {
                ui::tell(lang.pick(
                    "命令写得不对，用法见 fengcai --help。",
                    "The command is not right; see fengcai --help.",
                ));
                ui::tell(text);
                return Exit::Failure.into();
            }
            let mut out = std::io::stdout();
            let printed = write!(out, "{text}").and_then(|()| out.flush());
            let lost = printed.is_err_and(|error| error.kind() != std::io::ErrorKind::BrokenPipe);
            return if lost { Exit::Failure } else { Exit::Clean }.into();
        }
    };
    let ui = Ui::new(&args.global, lang);
    ui.speak_as_in(Path::new("."));
    environment::end_on_signals();
    if let Some(jobs) = args.global.jobs {
        // Fails only when a pool exists already, which is never here.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global();
    }
    let exit = match args.command {
        None => studio::alone(&ui),
        Some(command) => run_command(command, &ui),
    };
    let exit = exit.unwrap_or_else(|Failure(sentence)| {
        ui.failure(&sentence);
        Exit::Failure
    });
    let lost = exit != Exit::Bug && ui.output_lost();
    if lost { Exit::Failure } else { exit }.into()
}

fn run_command(command: Command, ui: &Ui) -> Result<Exit, Failure> {
    match command {
        Command::New(args) => new::run(&args, ui),
        Command::Export(args) => export::run(&args, ui),
        Command::Import(args) => import::run(&args, ui),
        Command::Check(args) => check::run(&args, ui),
        Command::Build(args) => build::run(&args, ui),
        Command::Watch(args) => studio::watch(&args, ui),
        Command::Studio(args) => studio::studio(&args, ui),
        Command::Diff(args) => diff::run(&args, ui),
        Command::Approve(args) => approve::run(&args, ui),
        Command::Archive(args) => archive::run(&args, ui),
        Command::Status(args) => status::run(&args, ui),
        Command::Verify(args) => verify::run(&args, ui),
        Command::Preflight(args) => preflight::run(&args, ui),
        Command::Impose(args) => impose::run(&args, ui),
        Command::Eject(args) => eject::run(&args, ui),
        Command::Template(args) => template::run(&args, ui),
        Command::Explain(args) => explain::run(&args, ui),
        Command::Fonts(args) => fonts::run(&args, ui),
        Command::Schema(args) => schema::run(&args, ui),
        Command::Completions(args) => completions::run(&args, ui),
    }
}

/// Ends a run that panicked; the panic's own message is already on the screen.
pub(crate) fn bug() -> ExitCode {
    ui::tell(
        "fengcai 内部出错，请把上面的内容发给制作人员。 / This is a bug in fengcai; please report the lines above.",
    );
    Exit::Bug.into()
}
