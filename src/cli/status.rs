//! `fengcai status`: who is where, signed by whom, changed since, open
//! findings.

use fengcai::approval::{Approvals, ROUNDS, read};
use fengcai::diag::{Code, Severity};
use fengcai::report::Snapshot;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::args::{self, Format};
use super::check::{Examined, examine};
use super::ui::Ui;
use super::{Exit, Failure};

/// What the table says of a person.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    name: &'a str,
    pages: &'a [usize],
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
    let examined = examine(&args.project.project, ui)?;
    let Some(laid_out) = examined.laid_out.as_ref().filter(|laid_out| laid_out.manuscript.complete()) else {
        return Ok(ui.findings(&examined.found, &examined.project, &examined.draft));
    };
    let snapshot = laid_out.snapshot(&examined.draft);
    let approvals = read(&examined.project, &mut vec![]).map_err(|error| {
        Failure(format!("{}{error}", ui.pick("读不了签名：", "cannot read signatures: ")))
    })?;
    let rows: Vec<_> =
        snapshot.order().into_iter().map(|id| row(id, snapshot, &approvals, &examined)).collect();
    if ui.format() == Format::Json {
        for row in &rows {
            ui.print(&serde_json::to_string(row).expect("plain data serialises"));
        }
    } else {
        table(&rows, ui);
    }
    let general: Vec<_> = examined.found.iter().filter(|d| d.person.is_none()).cloned().collect();
    if !general.is_empty() && ui.format() != Format::Json {
        ui.findings(&general, &examined.project, &examined.draft);
    }
    let errors = rows.iter().any(|row| row.errors > 0 || row.changed_since);
    let errors = errors || general.iter().any(|d| d.severity == Severity::Error);
    Ok(if errors { Exit::Findings } else { Exit::Clean })
}

fn row<'a>(id: &'a str, snapshot: &'a Snapshot, approvals: &'a Approvals, examined: &'a Examined) -> Row<'a> {
    let approval = approvals.get(id);
    let signed = |round| {
        let signature = approval?.round(round)?;
        let holds = signature.holds(snapshot, id);
        Some(Signed { by: &signature.by, on: &signature.on, holds })
    };
    let theirs = || {
        let mine = examined.found.iter().filter(|d| d.person.as_ref().is_some_and(|person| person.id == id));
        // It has a column of its own.
        mine.filter(|d| d.code != Code::SignedSpreadChanged)
    };
    let last = approval.and_then(|approval| approval.signed.last());
    Row {
        id,
        name: snapshot.name(id),
        pages: &snapshot.page_map.persons[id],
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
        let pages = match row.pages {
            [first, .., last] => format!("{first}–{last}"),
            pages => pages.iter().map(ToString::to_string).collect(),
        };
        let round = |n: usize| match &row.rounds[n] {
            None => "—".to_owned(),
            // A round that a later one followed was right when it was signed.
            Some(signed) => format!("{} {}", signed.by, signed.on.get(5..).unwrap_or(signed.on)),
        };
        let changed = if row.changed_since { ui.pick("是", "yes") } else { "" };
        let [first, second, third] = [0, 1, 2].map(round);
        let (errors, warnings) = (count(row.errors), count(row.warnings));
        lines.push([row.name.to_owned(), pages, first, second, third, changed.to_owned(), errors, warnings]);
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
