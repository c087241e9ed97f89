//! Signing off from the page: what is laid out at this moment, never what an
//! earlier picture showed.

use std::collections::HashSet;

use serde_json::{Value as Json, json};

use super::refusal::Refusal;
use crate::catalogue::Lang;
use crate::diag::Phrase;
use crate::fingerprint::Fingerprint;
use crate::report::part;
use crate::session::{Session, Signing};

/// Who signs what.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signer {
    /// Persons and parts, by their ids.
    pub(super) ids: Vec<String>,
    /// Fingerprints of the pages that were looked at; signed is only what they
    /// still are.
    #[serde(default)]
    pub(super) seen: Vec<String>,
    /// The round; the next one where none is named.
    #[serde(default)]
    pub(super) round: Option<u8>,
    /// Whether the newest signature is taken back instead.
    #[serde(default)]
    pub(super) withdraw: bool,
}

/// Signs, or takes signatures back.
pub(super) fn sign(session: &Session, signer: Signer, by: &str, on: &str) -> Result<Json, Refusal> {
    let by = by.trim();
    if by.is_empty() || by.chars().any(char::is_control) {
        return Err(Refusal::NoName);
    }
    let round = signer.round.filter(|round| (1..=crate::approval::ROUNDS).contains(round));
    let examination = session.examine()?;
    let snapshot = examination.snapshot().ok_or(Refusal::NotLaidOut)?;
    let ids: Vec<String> = signer.ids.into_iter().filter(|id| snapshot.has(id)).collect();
    let signing = Signing { ids, by, on, round };
    let changed = if signer.withdraw {
        session.withdraw(&signing)?
    } else {
        let pages = snapshot.fingerprints.iter().map(|print| print.page.clone());
        let sides = |print: &Fingerprint| ["front", "back"].map(|side| format!("{}-{side}", print.page));
        let now: HashSet<String> = pages.chain(snapshot.cover.iter().flat_map(sides)).collect();
        if !signer.seen.iter().all(|seen| now.contains(seen)) {
            return Err(Refusal::Changed("data".into()));
        }
        let errors = examination.unsignable(&signing.ids);
        if !errors.is_empty() {
            return Err(Refusal::Errors(errors.len()));
        }
        session.sign(snapshot, &signing)?
    };
    let signed: Vec<Json> = changed
        .iter()
        .map(|(id, round)| {
            let name = match part(id) {
                Some(kind) => Phrase::Part(kind.into()).both(),
                None => [snapshot.name(id).to_owned(), snapshot.name(id).to_owned()],
            };
            let round = [Lang::Zh, Lang::En].map(|lang| Phrase::Round(*round).text(lang));
            json!({ "id": id, "name": name, "round": round })
        })
        .collect();
    Ok(json!({ "ok": true, "signed": signed, "withdrawn": signer.withdraw }))
}
