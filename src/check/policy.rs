//! The project's own word on findings: `checks` in `booklet.json` turns a code
//! off, makes it a warning or an error, for all or for one case, with a reason.

use super::{Manuscript, finding};
use crate::diag::{Code, Diagnostic, Severity};
use crate::load::Draft;
use crate::model::{Level, Policy};

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
        let mut used = false;
        settled.retain_mut(|diagnostic| {
            if !matches(policy, diagnostic) {
                return true;
            }
            used = true;
            match policy.severity {
                Level::Off => return false,
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
