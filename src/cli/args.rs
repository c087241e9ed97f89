//! The arguments. Their English help stands here, the Chinese in `help.rs`.

mod intake;
mod rounds;
mod sheets;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use fengcai::report::Form;
use fengcai::session::Target;

pub(super) use intake::{Export, Import, New};
pub(super) use rounds::{Approve, Archive, Diff, Status, Studio, Verify, Watch};
pub(super) use sheets::{DuplexArg, Impose, SchemeArg};

/// From profile data to a checked, print-ready Chinese booklet.
#[derive(Debug, Parser)]
#[command(name = "fengcai", version)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Global {
    /// Language of messages: zh or en (default: from the locale)
    #[arg(long, global = true, value_enum, hide_possible_values = true)]
    pub(super) lang: Option<LangArg>,
    /// Form of findings: human, short (a line each) or json (an object a line)
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(super) format: Format,
    /// End with exit code 1 on warnings too
    #[arg(long, global = true)]
    pub(super) deny_warnings: bool,
    /// Colour: auto, always or never
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(super) color: ColorArg,
    /// Number of threads (default: one a core)
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) jobs: Option<u16>,
    /// Say only what is wrong
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Say more, such as how long each step took
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LangArg {
    Zh,
    En,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    #[default]
    Human,
    Short,
    Json,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorArg {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a project: an example to start from, or a book from documents and photos
    New(New),
    /// Take Word, Excel, text files and photos into a project
    Import(Import),
    /// Write the texts into Word, Excel, comma-separated values or plain text, to be corrected
    Export(Export),
    /// Check data, fonts, photos and layout without writing anything
    Check(Check),
    /// Check, then write the booklet
    Build(Build),
    /// Rebuild on every save and show the spreads in a browser
    Watch(Watch),
    /// Make and edit the book in the browser: drop files, type, sign, hand over
    Studio(Studio),
    /// Tell who changed between two builds, in which field, on which pages
    Diff(Diff),
    /// Sign spreads off; a later change to them is an error until they are signed anew
    Approve(Approve),
    /// Keep the last build for the print shop under a name, to compare with later
    Archive(Archive),
    /// Who is where, signed by whom, changed since, with open findings
    Status(Status),
    /// Build anew in memory and compare with what was written
    Verify(Verify),
    /// Judge any PDF by the print shop's sheet
    Preflight(Preflight),
    /// Put the pages of any PDF onto sheets
    Impose(Impose),
    /// Write the same book as a plain Typst project
    Eject(Eject),
    /// List templates, copy a file of one into the project, show what was changed
    Template(Template),
    /// Tell what a code means and why, or all codes
    Explain(Explain),
    /// List the embedded fonts, or tell which set given characters
    Fonts(Fonts),
    /// Print the JSON Schema of a data file
    Schema(Schema),
    /// Print completions for a shell
    Completions(Completions),
}

#[derive(Debug, clap::Args)]
pub(super) struct Project {
    /// Project folder
    #[arg(default_value = ".", hide_default_value = true)]
    pub(super) project: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) project: Project,
    /// Tell only of this person, by name or file name
    #[arg(long, value_name = "NAME")]
    pub(super) person: Option<String>,
    /// Also write the findings into a file: .html to read or print, .xlsx or .csv as a list to send
    #[arg(long, value_name = "FILE", value_parser = report)]
    pub(super) report: Option<(PathBuf, Form)>,
}

/// A file for findings, by its ending.
fn report(name: &str) -> Result<(PathBuf, Form), String> {
    let path = PathBuf::from(name);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let form = Form::ALL.into_iter().find(|form| ending.eq_ignore_ascii_case(form.extension()));
    let known = Form::ALL.map(|form| format!(".{}", form.extension())).join(", ");
    form.map(|form| (path, form)).ok_or(known)
}

#[derive(Debug, clap::Args)]
pub(super) struct Build {
    #[command(flatten)]
    pub(super) project: Project,
    /// What to write, with commas: screen, press, cover, office, proof, preview, all (default: screen,press,cover)
    #[arg(
        long,
        value_delimiter = ',',
        value_parser = target,
        default_value = "screen,press,cover",
        hide_default_value = true
    )]
    pub(super) target: Vec<Vec<Target>>,
    /// Draw trim marks, targets, colour bar and slug around press pages
    #[arg(long)]
    pub(super) marks: bool,
    /// Also write a folder delivery/ to hand to the print shop
    #[arg(long)]
    pub(super) delivery: bool,
    /// Output folder (default: out in the project)
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

/// The targets of a name.
fn target(name: &str) -> Result<Vec<Target>, String> {
    let targets = Target::named(name);
    let known = Target::ALL.map(Target::name).join(", ");
    if targets.is_empty() { Err(format!("{known}, all")) } else { Ok(targets) }
}

#[derive(Debug, clap::Args)]
pub(super) struct Preflight {
    /// PDF files
    #[arg(required = true)]
    pub(super) files: Vec<PathBuf>,
    /// Project whose data/press.json applies
    #[arg(long, default_value = ".", hide_default_value = true)]
    pub(super) project: PathBuf,
    /// Another press.json
    #[arg(long, value_name = "FILE")]
    pub(super) sheet: Option<PathBuf>,
    /// The files are covers: back, spine and front in one piece
    #[arg(long)]
    pub(super) cover: bool,
    /// Also write what was found as an HTML page for the print shop
    #[arg(long, value_name = "FILE")]
    pub(super) page: Option<PathBuf>,
    /// This is the process of one file; the page is its section
    #[arg(long, hide = true)]
    pub(super) alone: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Eject {
    /// Folder to write; must be empty or absent
    pub(super) dir: PathBuf,
    /// Project folder
    #[arg(long, default_value = ".", hide_default_value = true)]
    pub(super) project: PathBuf,
    /// Renew data and pictures of an ejected book, and leave its template alone
    #[arg(long)]
    pub(super) refresh: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Template {
    #[command(subcommand)]
    pub(super) command: TemplateCommand,
    /// Project folder
    #[arg(long, global = true, default_value = ".", hide_default_value = true)]
    pub(super) project: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(super) enum TemplateCommand {
    /// What templates there are
    List,
    /// Copy files of an embedded template into the project, to be changed there
    Copy {
        /// Name of the template
        name: String,
        /// Files below it, such as lib/verso.typ or common/tokens.typ (default: all of its own)
        files: Vec<String>,
    },
    /// What the project's own files change of an embedded template
    Diff {
        /// Name of the template (default: that of the book)
        name: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// Code such as E0311 (default: all)
    pub(super) code: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Fonts {
    /// Characters to look up
    pub(super) characters: Vec<String>,
    /// Tell of every character of the names of a project
    #[arg(long, value_name = "PROJECT", num_args = 0..=1, default_missing_value = ".")]
    pub(super) names: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Schema {
    /// Which: booklet, profile or press for data files, finding for `--format json`
    #[arg(value_enum, default_value_t, hide_possible_values = true, hide_default_value = true)]
    pub(super) file: SchemaFile,
    /// Template whose fields profiles have (default: spread)
    #[arg(id = "schema_template", long = "template", value_name = "NAME")]
    pub(super) template: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum SchemaFile {
    Booklet,
    #[default]
    Profile,
    Press,
    Finding,
}

#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// bash, elvish, fish, powershell or zsh
    #[arg(value_enum, hide_possible_values = true)]
    pub(super) shell: clap_complete::Shell,
}
