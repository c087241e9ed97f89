//! `fengcai schema`.

use fengcai::report::finding_schema;
use fengcai::starter;

use super::args::{self, SchemaFile};
use super::ui::Ui;
use super::{Exit, Failure};

pub(super) fn run(args: &args::Schema, ui: &Ui) -> Result<Exit, Failure> {
    let contract = super::new::contract(args.template.as_deref(), ui)?;
    let [(_, booklet), (_, profile), (_, press)] = starter::schemas_for(&contract);
    let finding = finding_schema();
    ui.print(match args.file {
        SchemaFile::Booklet => booklet.trim_end(),
        SchemaFile::Profile => profile.trim_end(),
        SchemaFile::Press => press.trim_end(),
        SchemaFile::Finding => finding.trim_end(),
    });
    Ok(Exit::Clean)
}
