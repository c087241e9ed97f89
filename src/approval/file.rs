//! The files of signatures.

use crate::diag::{Code, Diagnostic, Phrase, Place};
use crate::load;
use crate::project::Project;

use super::{Approval, Approvals, ROUNDS};

/// Where the files are.
pub const FOLDER: &str = "data/approvals";

/// Name of the file of a person or part.
pub fn file_name(id: &str) -> String {
    format!("{id}.json")
}

/// Path below the project.
pub(super) fn path(id: &str) -> String {
    format!("{FOLDER}/{}", file_name(id))
}

impl Approval {
    /// The file, as JSON text.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).expect("plain data serialises");
        json.push(b'\n');
        json
    }
}

/// Reads the signatures of a project; a file that is none is a finding.
pub fn read(project: &Project) -> (Approvals, Vec<Diagnostic>) {
    let (mut approvals, mut found) = (Approvals::new(), Vec::new());
    let whole = |path: &str| Place::new(path, "", 0..0);
    let names = project.list(FOLDER, ".json").unwrap_or_else(|error| {
        found.push(unreadable(whole(FOLDER), Phrase::Io(error.kind(), error.to_string())));
        vec![]
    });
    for id in names.iter().filter_map(|name| name.strip_suffix(".json")) {
        let bytes = match project.read(&path(id)) {
            Ok(bytes) => bytes,
            Err(error) => {
                found.push(unreadable(whole(&path(id)), Phrase::Io(error.kind(), error.to_string())));
                continue;
            }
        };
        let document = load::parse(&path(id), &bytes, &mut found);
        let Some(root) = &document.root else { continue };
        let place = Place::new(&document.path, &document.text, root.range.clone());
        let approval = serde_json::from_value::<Approval>(root.to_json());
        let sound = |a: &Approval| a.signed.iter().all(|s| (1..=ROUNDS).contains(&s.round));
        match approval {
            Ok(approval) if sound(&approval) => drop(approvals.insert(id.into(), approval)),
            Ok(_) => found.push(unreadable(place, format!("round ≠ 1–{ROUNDS}"))),
            Err(error) => found.push(unreadable(place, error.to_string())),
        }
    }
    (approvals, found)
}

fn unreadable(place: Place, problem: impl Into<crate::diag::Arg>) -> Diagnostic {
    Diagnostic::new(Code::SignaturesUnreadable).at(Some(place)).arg("problem", problem)
}
