//! Answers to doubts as a small file: each question with its choices, so that
//! a second run asks nothing and somebody can answer in an editor.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::catalogue::Lang;
use crate::intake::{Answers, Doubt};

#[derive(Serialize, Deserialize)]
struct Entry {
    id: String,
    #[serde(default)]
    question: String,
    #[serde(default)]
    choices: Vec<String>,
    /// Number of the choice, from 1; none while it is open.
    answer: Option<usize>,
}

/// The answers in a file, if it can be understood.
pub(super) fn read(bytes: &[u8]) -> Option<Answers> {
    let entries: Vec<Entry> = serde_json::from_slice(bytes).ok()?;
    Some(entries.into_iter().filter_map(|entry| Some((entry.id, entry.answer?))).collect())
}

/// The file for these doubts, and for what was answered before.
pub(super) fn to_json<'a>(doubts: impl Iterator<Item = &'a Doubt>, answers: &Answers, lang: Lang) -> String {
    let mut entries: Vec<Entry> = doubts
        .map(|doubt| Entry {
            id: doubt.id.clone(),
            question: doubt.ask.text(lang),
            choices: doubt
                .ask
                .choices(lang)
                .iter()
                .enumerate()
                .map(|(i, choice)| format!("{}: {choice}", i + 1))
                .collect(),
            answer: doubt.answered.then_some(doubt.choice),
        })
        .collect();
    let asked: HashSet<String> = entries.iter().map(|entry| entry.id.clone()).collect();
    for (id, answer) in answers {
        if !asked.contains(id) {
            let (question, choices) = (String::new(), vec![]);
            entries.push(Entry { id: id.clone(), question, choices, answer: Some(*answer) });
        }
    }
    // Plain texts and numbers always serialise.
    serde_json::to_string_pretty(&entries).unwrap_or_default() + "\n"
}
