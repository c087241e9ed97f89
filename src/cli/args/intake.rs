//! Arguments of what comes in and goes out.

use std::path::PathBuf;

use fengcai::outtake::Form;

use super::Project;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct New {
    /// Folder to make; must be empty or absent
    pub(in crate::cli) dir: PathBuf,
    /// Template: spread for a book (the default), certificate, panel
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) template: Option<String>,
    /// Documents and folders of photos to make the book from
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "template")]
    pub(in crate::cli) from: Vec<PathBuf>,
    /// Take over all suggestions for which there is room
    #[arg(long, requires = "from")]
    pub(in crate::cli) all: bool,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Import {
    /// Word, Excel and text files, photos, or folders of them
    #[arg(required = true, value_name = "FILE")]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// Project folder; one that is none yet becomes one
    #[arg(long, value_name = "DIR", default_value = ".", hide_default_value = true)]
    pub(in crate::cli) project: PathBuf,
    /// Only show what would be done
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Also write what was understood as a page: .html
    #[arg(id = "import_report", long = "report", value_name = "FILE", value_parser = page)]
    pub(in crate::cli) report: Option<PathBuf>,
    /// Take these suggestions over, by their ids, with commas
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(in crate::cli) accept: Vec<String>,
    /// Take over all suggestions for which there is room
    #[arg(long)]
    pub(in crate::cli) all: bool,
    /// Answer a question: its id, =, the number of the choice; several with commas
    #[arg(long, value_name = "ID=N", value_delimiter = ',')]
    pub(in crate::cli) answer: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Export {
    #[command(flatten)]
    pub(in crate::cli) project: Project,
    /// File to write: .docx, .xlsx, .csv or .txt
    #[arg(long, value_name = "FILE", value_parser = form)]
    pub(in crate::cli) to: (PathBuf, Form),
    /// Write over a file that is there
    #[arg(long)]
    pub(in crate::cli) force: bool,
}

/// A page to write, by its ending.
fn page(name: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(name);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if ending.eq_ignore_ascii_case("html") { Ok(path) } else { Err(".html".to_owned()) }
}

/// A file to write, by its ending.
fn form(name: &str) -> Result<(PathBuf, Form), String> {
    let path = PathBuf::from(name);
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let form = Form::ALL.into_iter().find(|form| ending.eq_ignore_ascii_case(form.extension()));
    let known = Form::ALL.map(|form| format!(".{}", form.extension())).join(", ");
    form.map(|form| (path, form)).ok_or(known)
}
