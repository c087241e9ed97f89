//! `fengcai approve`.

use fengcai::approval::ROUNDS;
use fengcai::diag::Phrase;
use fengcai::report::{Snapshot, part};
use fengcai::session::Signing;

use super::args;
use super::ui::Ui;
use super::{Exit, Failure, environment};

pub(super) fn run(args: &args::Approve, ui: &Ui) -> Result<Exit, Failure> {
    let by = args.by.trim();
    if by.is_empty() || by.chars().any(char::is_control) {
        return Err(Failure(ui.pick("--by 要写签名人的姓名。", "--by wants the name of who signs.").into()));
    }
    let on = environment::today(ui.lang())?;
    let session = ui.open(&args.project)?;
    let examination = session.examine().map_err(|error| ui.failed(&error))?;
    let Some(snapshot) = examination.snapshot() else { return Ok(ui.findings(&examination)) };
    let ids = if args.all {
        snapshot.parts().into_iter().chain(snapshot.order().into_iter().map(ToOwned::to_owned)).collect()
    } else {
        examination.named(snapshot, &args.persons).map_err(|error| ui.failed(&error))?
    };
    let signing = Signing { ids, by, on: &on, round: args.round };
    if args.withdraw {
        let taken = session.withdraw(&signing).map_err(|error| ui.failed(&error))?;
        for (id, round) in &taken {
            let (name, round) = (name(snapshot, id, ui), Phrase::Round(*round).text(ui.lang()));
            ui.say(
                &format!("{name}：{by} 收回了{round}的签字。"),
                &format!("{name}: {by} took the {round} back."),
            );
        }
        for id in signing.ids.iter().filter(|id| !taken.iter().any(|(done, _)| done == *id)) {
            let name = name(snapshot, id, ui);
            ui.say(
                &format!("{name}：{by} 没有这样的签字，没有可收回的。"),
                &format!("{name}: {by} has no such signature; nothing was taken back."),
            );
        }
        return Ok(Exit::Clean);
    }
    let errors = examination.unsignable(&signing.ids);
    if !errors.is_empty() {
        ui.findings_of(&examination, &errors);
        ui.say("有错误没改，谁也没有签。", "There are errors; nobody was signed off.");
        return Ok(Exit::Findings);
    }
    let signed = session.sign(snapshot, &signing).map_err(|error| ui.failed(&error))?;
    tell(&signing, &signed, snapshot, ui);
    Ok(Exit::Clean)
}

fn tell(signing: &Signing, signed: &[(String, u8)], snapshot: &Snapshot, ui: &Ui) {
    let by = signing.by;
    for (id, round) in signed {
        let (name, round) = (name(snapshot, id, ui), Phrase::Round(*round).text(ui.lang()));
        ui.say(&format!("{name}：{by} 签了{round}。"), &format!("{name}: {by} signed the {round}."));
    }
    for id in signing.ids.iter().filter(|id| !signed.iter().any(|(done, _)| done == *id)) {
        let name = name(snapshot, id, ui);
        ui.say(
            &format!("{name}：三校都已签过，之后没有改动，不必再签。"),
            &format!("{name}: all rounds are signed and nothing changed since."),
        );
    }
    let rounds = (1..=ROUNDS).filter(|round| signed.iter().any(|(_, signed)| signed == round));
    let rounds: Vec<String> = rounds.map(|round| Phrase::Round(round).text(ui.lang())).collect();
    if rounds.len() > 1 {
        let list = rounds.join(ui.pick("、", ", "));
        ui.say(
            &format!("注意：这一次签的轮次不同（{list}）；签错了用 --withdraw 收回，要同一轮就写 --round。"),
            &format!("Note: these are of different rounds ({list}); take wrong ones back with --withdraw, or name one --round."),
        );
    }
}

/// What a person or part is called.
pub(super) fn name(snapshot: &Snapshot, id: &str, ui: &Ui) -> String {
    match part(id) {
        Some(kind) => Phrase::Part(kind.into()).text(ui.lang()),
        None => snapshot.name(id).to_owned(),
    }
}
