//! Arguments of what goes on between a first build and the print shop: edits,
//! comparisons, signatures.

use std::path::PathBuf;

use super::Project;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Watch {
    #[command(flatten)]
    pub(in crate::cli) project: Project,
    /// Open the page in the browser
    #[arg(long)]
    pub(in crate::cli) open: bool,
    /// Port on 127.0.0.1 (default: 8466, or any that is free)
    #[arg(long, value_name = "N")]
    pub(in crate::cli) port: Option<u16>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Studio {
    /// Project, or a folder that becomes one (default: the current folder)
    #[arg(id = "book")]
    pub(in crate::cli) project: Option<PathBuf>,
    /// Open the page in the browser
    #[arg(long)]
    pub(in crate::cli) open: bool,
    /// Port on 127.0.0.1 (default: 8466, or any that is free)
    #[arg(long, value_name = "N")]
    pub(in crate::cli) port: Option<u16>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Diff {
    /// Project, build folder, report.json or name of an archive (default: the last build for the print shop)
    pub(in crate::cli) old: Option<PathBuf>,
    /// Project, build folder or report.json (default: the project here, as it is now)
    #[arg(id = "new_side", value_name = "NEW")]
    pub(in crate::cli) new: Option<PathBuf>,
    /// Also render the pages called identical and compare them pixel by pixel
    #[arg(long)]
    pub(in crate::cli) pixels: bool,
    /// Write changes.html, with pictures before and after, and changed-pages.pdf into this folder
    #[arg(id = "changes", long = "out", value_name = "DIR")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// End with exit code 1 when a page changed whose person was not edited
    #[arg(long)]
    pub(in crate::cli) deny_unexpected: bool,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Approve {
    /// Persons, by name or file name, or cover, title, contents, colophon
    #[arg(value_name = "PERSON", required_unless_present = "everyone", conflicts_with = "everyone")]
    pub(in crate::cli) persons: Vec<String>,
    /// Every person, and cover, title page, contents, colophon
    #[arg(id = "everyone", long = "all")]
    pub(in crate::cli) all: bool,
    /// Who signs
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) by: String,
    /// Round of proofreading, 1 to 3 (default: the next; the last one anew after a change)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=3))]
    pub(in crate::cli) round: Option<u8>,
    /// Take the newest signature, or that of the round, back instead
    #[arg(long)]
    pub(in crate::cli) withdraw: bool,
    /// Project folder
    #[arg(long, default_value = ".", hide_default_value = true)]
    pub(in crate::cli) project: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Archive {
    /// Name to keep it under (default: list the archives)
    #[arg(id = "archive_name", value_name = "NAME")]
    pub(in crate::cli) name: Option<String>,
    /// Project folder
    #[arg(long, default_value = ".", hide_default_value = true)]
    pub(in crate::cli) project: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Status {
    #[command(flatten)]
    pub(in crate::cli) project: Project,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Verify {
    #[command(flatten)]
    pub(in crate::cli) project: Project,
    /// Output folder (default: out in the project)
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: Option<PathBuf>,
}
