//! `fengcai approve`.

use std::path::Path;

use fengcai::approval::{self, Approval, Approvals, Signature};
use fengcai::diag::{Code, Phrase, Severity};
use fengcai::report::Snapshot;

use super::args;
use super::check::{Examined, examine};
use super::store::{Store, cannot_write};
use super::ui::Ui;
use super::{Exit, Failure, environment};

pub(super) fn run(args: &args::Approve, ui: &Ui) -> Result<Exit, Failure> {
    let by = args.by.trim();
    if by.is_empty() || by.chars().any(char::is_control) {
        return Err(Failure(ui.pick("--by 要写签名人的姓名。", "--by wants the name of who signs.").into()));
    }
    let on = environment::today();
    let examined = examine(&args.project, ui)?;
    let Some(laid_out) = examined.laid_out.as_ref().filter(|laid_out| laid_out.manuscript.complete()) else {
        return Ok(ui.findings(&examined.found, &examined.project, &examined.draft));
    };
    let snapshot = laid_out.snapshot(&examined.draft);
    let persons = persons(args, snapshot, ui)?;
    if refuse_errors(&examined, &persons, ui) {
        return Ok(Exit::Findings);
    }
    let folder = examined.project.root().join(approval::FOLDER);
    let refused = |error| cannot_write(&folder, &error, ui);
    // Opened before reading: two who sign at once sign one after the other.
    let mut store = Store::open(&folder).map_err(refused)?;
    let approvals = approval::read(&examined.project, &mut vec![]).map_err(refused)?;
    let mut signed = Vec::new();
    for id in &persons {
        let Some((round, json)) = sign(&approvals, snapshot, id, args, by, &on) else { continue };
        store.add(Path::new(&format!("{id}.json")), &json).map_err(refused)?;
        signed.push((id, round));
    }
    store.commit().map_err(refused)?;
    for (id, round) in &signed {
        let (name, round) = (snapshot.name(id), Phrase::Round(*round).text(ui.lang()));
        ui.say(&format!("{name}：{by} 签了{round}。"), &format!("{name}: {by} signed the {round}."));
    }
    for id in persons.iter().filter(|id| !signed.iter().any(|(done, _)| done == id)) {
        let name = snapshot.name(id);
        ui.say(
            &format!("{name}：三校都已签过，之后没有改动，不必再签。"),
            &format!("{name}: all rounds are signed and nothing changed since."),
        );
    }
    Ok(Exit::Clean)
}

/// The file of a person with one more signature, and its round.
fn sign(
    approvals: &Approvals,
    snapshot: &Snapshot,
    id: &str,
    args: &args::Approve,
    by: &str,
    on: &str,
) -> Option<(u8, Vec<u8>)> {
    let mut approval: Approval = approvals.get(id).cloned().unwrap_or_default();
    let round = args.round.or_else(|| approval.next_round(snapshot, id))?;
    approval.signed.push(Signature::new(round, by, on, snapshot, id));
    Some((round, approval.to_json()))
}

/// The persons that are meant, by file name.
fn persons(args: &args::Approve, snapshot: &Snapshot, ui: &Ui) -> Result<Vec<String>, Failure> {
    if args.all {
        return Ok(snapshot.order().into_iter().map(Into::into).collect());
    }
    let mut found = Vec::new();
    for wanted in &args.persons {
        let named: Vec<_> =
            snapshot.names.iter().filter(|(id, name)| *id == wanted || *name == wanted).collect();
        match named[..] {
            [(id, _)] if found.contains(id) => {}
            [(id, _)] => found.push(id.clone()),
            [] => {
                return Err(Failure(ui.pick(
                    format!("书里没有“{wanted}”这位人物。"),
                    format!("there is no person \"{wanted}\" in the book."),
                )));
            }
            _ => {
                let ids = named.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(", ");
                return Err(Failure(ui.pick(
                    format!("不止一位叫“{wanted}”，请用文件名：{ids}。"),
                    format!("several persons are named \"{wanted}\"; use a file name: {ids}."),
                )));
            }
        }
    }
    Ok(found)
}

/// Nobody signs a spread with errors, other than that it changed.
fn refuse_errors(examined: &Examined, persons: &[String], ui: &Ui) -> bool {
    let theirs: Vec<_> = examined
        .found
        .iter()
        .filter(|d| d.severity == Severity::Error && d.code != Code::SignedSpreadChanged)
        .filter(|d| d.person.as_ref().is_none_or(|person| persons.contains(&person.id)))
        .cloned()
        .collect();
    if theirs.is_empty() {
        return false;
    }
    ui.findings(&theirs, &examined.project, &examined.draft);
    ui.say("有错误没改，谁也没有签。", "There are errors; nobody was signed off.");
    true
}
