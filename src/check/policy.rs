//! The project's own word on findings: `checks` in `booklet.json` turns a code
//! off, makes it a warning or an error, for all or for one case, with a reason.

use super::{Manuscript, finding, near};
use crate::diag::{Code, Diagnostic, Phrase, Severity};
use crate::load::{Document, Draft};
use crate::model::{Level, Policy};

/// What a hint puts in the reason's place.
const PLACEHOLDERS: [&str; 2] = ["这里写理由", "the reason"];

/// Applies the project's policies to the findings of a run. A policy that
/// matches nothing, or names a code that cannot be changed, is a finding.
pub fn settle(found: Vec<Diagnostic>, manuscript: &Manuscript, draft: &Draft) -> Vec<Diagnostic> {
    let mut settled = found;
    for (i, policy) in manuscript.booklet().checks.iter().enumerate() {
        let field = format!("checks[{i}]");
        let code = Code::ALL.iter().find(|code| code.id() == policy.code && code.adjustable());
        if code.is_none() {
            let diagnostic = finding(Code::PolicyCode, &draft.booklet, &format!("{field}.code"));
            settled.push(diagnostic.arg("code", policy.code.as_str()));
            continue;
        }
        if let Some(person) = policy.person.as_ref().filter(|id| !draft.profiles.contains_key(*id)) {
            let named = |(_, document): &(&String, &Document)| {
                document.person().and_then(|p| p.name).is_some_and(|name| name == *person)
            };
            let id = draft.profiles.iter().find(named).map(|(id, _)| id.clone());
            let meant = id.or_else(|| near::nearest(person, draft.profiles.keys().map(String::as_str)));
            let unknown = finding(Code::PolicyPerson, &draft.booklet, &format!("{field}.person"));
            settled.push(unknown.arg("id", person.as_str()).arg("meant", Phrase::DidYouMean(meant)));
        }
        if PLACEHOLDERS.contains(&policy.reason.as_str()) {
            settled.push(finding(Code::PolicyReason, &draft.booklet, &format!("{field}.reason")));
        }
        let mut used = false;
        settled.retain_mut(|diagnostic| {
            if !matches(policy, diagnostic) {
                return true;
            }
            used = true;
            match policy.severity {
                // One text settles nothing of what is only counted.
                Level::Off => return diagnostic.more > 0 && policy.text.is_some(),
                Level::Warning => diagnostic.severity = Severity::Warning,
                Level::Error => diagnostic.severity = Severity::Error,
            }
            true
        });
        if !used {
            settled.push(finding(Code::PolicyUnused, &draft.booklet, &field));
        }
    }
    settled
}

fn matches(policy: &Policy, diagnostic: &Diagnostic) -> bool {
    let person =
        policy.person.as_ref().is_none_or(|id| diagnostic.person.as_ref().is_some_and(|p| p.id == *id));
    let text =
        policy.text.as_ref().is_none_or(|text| diagnostic.value("text").is_some_and(|found| found == text));
    diagnostic.code.id() == policy.code && person && text
}
