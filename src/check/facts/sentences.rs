//! Sentences that two profiles share: a sign of mixed-up texts.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::super::{Entry, finding};
use crate::diag::{Code, Diagnostic};
use crate::load::Draft;

/// Shortest sentence that counts, in characters; shorter ones are phrases.
const SHORTEST: usize = 14;
/// Length of the pieces that are compared.
const PIECE: usize = 6;
/// Part of a sentence's pieces that must stand in the other sentence.
const ALIKE: f64 = 0.7;
/// Sentences remembered for a piece: enough to find a twin, few enough to stay
/// linear in the number of persons.
const REMEMBERED: usize = 4;

/// Reports for each person the earlier person most sentences are shared with.
pub(super) fn check(draft: &Draft, entries: &[Entry], sink: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
    let mut sentences = 0;
    for (person, entry) in entries.iter().enumerate() {
        let mut shared: HashMap<usize, Vec<String>> = HashMap::new();
        for (sentence, pieces) in sentences_of(&entry.profile.article).iter() {
            sentences += 1;
            let mut votes: HashMap<(usize, usize), usize> = HashMap::new();
            for piece in pieces {
                let known = seen.entry(*piece).or_default();
                known.iter().for_each(|twin| *votes.entry(*twin).or_default() += 1);
                if known.len() < REMEMBERED {
                    known.push((person, sentences));
                }
            }
            let best = votes
                .into_iter()
                .filter(|((p, _), _)| *p != person)
                .max_by_key(|(twin, n)| (*n, std::cmp::Reverse(*twin)));
            if let Some(((other, _), _)) = best.filter(|(_, n)| *n as f64 >= ALIKE * pieces.len() as f64) {
                shared.entry(other).or_default().push(sentence.clone());
            }
        }
        let most = shared.into_iter().max_by_key(|(other, list)| (list.len(), std::cmp::Reverse(*other)));
        if let Some((other, list)) = most {
            let finding = finding(Code::SharedSentence, &draft.profiles[&entry.id], "article");
            let other = entries[other].profile.name.as_str();
            sink.push(finding.arg("other", other).arg("count", list.len()).arg("text", list[0].as_str()));
        }
    }
}

/// The sentences that count, with their pieces. Remembered, since an edit
/// changes one article.
#[comemo::memoize]
fn sentences_of(article: &[String]) -> Arc<Vec<(String, Vec<u64>)>> {
    let sentences = article.iter().flat_map(|paragraph| paragraph.split(['。', '！', '？', '；']));
    let counts = |(_, pieces): &(String, Vec<u64>)| pieces.len() + PIECE > SHORTEST;
    Arc::new(sentences.map(|sentence| (sentence.to_owned(), pieces(sentence))).filter(counts).collect())
}

/// Hashes of the overlapping pieces of a sentence, marks and digits left out.
fn pieces(sentence: &str) -> Vec<u64> {
    let chars: Vec<char> = sentence.chars().filter(|c| super::super::language::is_han(*c)).collect();
    let hash = |piece: &[char]| {
        let mut hasher = DefaultHasher::new();
        piece.hash(&mut hasher);
        hasher.finish()
    };
    chars.windows(PIECE).map(hash).collect()
}
