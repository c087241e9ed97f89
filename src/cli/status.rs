//! `fengcai status`: who is where, signed by whom, changed since, open
//! findings.

use fengcai::approval::ROUNDS;
use fengcai::diag::{Code, Severity};
use fengcai::report::Snapshot;
use fengcai::session::Examination;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::approve;
use super::args::{self, Format};
use super::ui::Ui;
use super::{Exit, Failure};

/// What the table says of a person or part.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    name: String,
    pages: Vec<usize>,
    /// A round each.
    rounds: Vec<Option<Signed<'a>>>,
    /// Whether the spread changed since the last signature.
    changed_since: bool,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Signed<'a> {
    by: &'a str,
    on: &'a str,
    /// Whether the spread is still what was signed.
    holds: bool,
}

pub(super) fn run(args: &args::Status, ui: &Ui) -> Result<Exit, Failure> {
    let session = ui.open(&args.project.project)?;
    let examination = session.examine().map_err(|error| ui.failed(&error))?;
    let Some(snapshot) = examination.snapshot() else { return Ok(ui.findings(&examination)) };
    let parts = snapshot.parts();
    let ids = parts.iter().map(String::as_str).chain(snapshot.order());
    let rows: Vec<_> = ids.map(|id| row(id, snapshot, &examination, ui)).collect();
    if ui.format() == Format::Json {
        rows.iter().for_each(|row| ui.print_json(row));
    } else {
        table(&rows, ui);
    }
    let general: Vec<_> = examination.found.iter().filter(|d| d.person.is_none()).cloned().collect();
    if !general.is_empty() && ui.format() != Format::Json {
        ui.findings_of(&examination, &general);
    }
    let errors = rows.iter().any(|row| row.errors > 0 || row.changed_since);
    let errors = errors || general.iter().any(|d| d.severity == Severity::Error);
    Ok(if errors { Exit::Findings } else { Exit::Clean })
}

fn row<'a>(id: &'a str, snapshot: &'a Snapshot, examination: &'a Examination, ui: &Ui) -> Row<'a> {
    let approval = examination.approvals.get(id);
    let signed = |round| {
        let signature = approval?.round(round)?;
        let holds = signature.holds(snapshot, id);
        Some(Signed { by: &signature.by, on: &signature.on, holds })
    };
    let theirs = || {
        let mine =
            examination.found.iter().filter(|d| d.person.as_ref().is_some_and(|person| person.id == id));
        // It has a column of its own.
        mine.filter(|d| d.code != Code::SignedSpreadChanged)
    };
    let last = approval.and_then(|approval| approval.last());
    Row {
        id,
        name: approve::name(snapshot, id, ui),
        pages: snapshot.pages(id),
        rounds: (1..=ROUNDS).map(signed).collect(),
        changed_since: last.is_some_and(|last| !last.holds(snapshot, id)),
        errors: theirs().filter(|d| d.severity == Severity::Error).count(),
        warnings: theirs().filter(|d| d.severity == Severity::Warning).count(),
    }
}

fn table(rows: &[Row], ui: &Ui) {
    let heads = ui.pick(
        ["姓名", "页", "一校", "二校", "三校", "签后改动", "错误", "警告"],
        ["Name", "Pages", "1st", "2nd", "3rd", "Changed since", "Errors", "Warnings"],
    );
    let mut lines = vec![heads.map(ToOwned::to_owned)];
    for row in rows {
        let pages = match row.pages.as_slice() {
            [first, .., last] => format!("{first}–{last}"),
            pages => pages.iter().map(ToString::to_string).collect(),
        };
        let round = |n: usize| match row.rounds.get(n).and_then(Option::as_ref) {
            None => "—".to_owned(),
            // A round that a later one followed was right when it was signed.
            Some(signed) => format!("{} {}", signed.by, signed.on.get(5..).unwrap_or(signed.on)),
        };
        let changed = if row.changed_since { ui.pick("是", "yes") } else { "" };
        let [first, second, third] = [0, 1, 2].map(round);
        let (errors, warnings) = (count(row.errors), count(row.warnings));
        lines.push([row.name.clone(), pages, first, second, third, changed.to_owned(), errors, warnings]);
    }
    let widths: [usize; 8] =
        std::array::from_fn(|i| lines.iter().map(|line| line[i].width()).max().unwrap_or(0));
    for line in &lines {
        let cells = line
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width())));
        ui.print(cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

fn count(number: usize) -> String {
    if number == 0 { String::new() } else { number.to_string() }
}
