//! Numbers with their measure words, and what they count.

mod labels;

use self::labels::label;
use super::{Taken, clauses};
use crate::assets;

/// Figures that a page has room for.
const BEST: usize = 3;
/// Longest clause that is evidence as a whole, in characters.
const EVIDENCE: usize = 40;

/// Figures with the paragraphs in which they stand; the best few are marked.
pub(super) fn of(article: &[&str], name: &str) -> Vec<(usize, Taken, bool)> {
    let mut found: Vec<(usize, Taken, bool)> = Vec::new();
    let mut weights: Vec<(usize, usize)> = Vec::new();
    for (paragraph, text) in article.iter().enumerate() {
        for clause in clauses(text) {
            let clause = &text[clause];
            for (start, end, digits) in numbers(clause) {
                let value = &clause[start..end];
                let Some(label) = label(clause, start, end, name) else { continue };
                let evidence = evidence(clause, start, end, label);
                if !evidence.contains(label) {
                    continue;
                }
                let taken =
                    Taken::Figure { value: value.into(), label: label.into(), evidence: evidence.into() };
                if !found.iter().any(|(_, known, _)| *known == taken) {
                    // Large numbers say more, and years less than deeds.
                    weights.push((
                        digits + usize::from(value.contains('万')) * 3 + usize::from(!value.ends_with('年')),
                        found.len(),
                    ));
                    found.push((paragraph, taken, false));
                }
            }
        }
    }
    weights.sort_by_key(|(weight, at)| (std::cmp::Reverse(*weight), *at));
    for (_, at) in weights.into_iter().take(BEST) {
        found[at].2 = true;
    }
    found
}

/// Numbers with measure words: start, end, digits.
fn numbers(text: &str) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    let mut past = 0;
    for (start, c) in text.char_indices() {
        if start < past || !c.is_ascii_digit() {
            continue;
        }
        let rest = &text[start..];
        let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
        let digits = rest[..length].trim_end_matches(['.', ',']);
        let mut end = start + digits.len();
        past = start + length;
        for words in [&["余", "多"][..], &["万", "亿", "千", "百"], &["余", "多"]] {
            let more = words.iter().find(|word| text[end..].starts_with(**word));
            end += more.map_or(0, |word| word.len());
        }
        let Some(measure) = assets::MEASURES.lines().find(|measure| text[end..].starts_with(measure)) else {
            continue;
        };
        let after = &text[end + measure.len()..];
        let before = text[..start].chars().next_back();
        let named = before.is_some_and(|c| c.is_ascii_alphanumeric() || "第+-—～.·".contains(c));
        let year = measure == "年" && (digits.len() == 4 || after.starts_with('代'));
        let ordinal = matches!(measure, "月" | "日" | "号") || measure == "期" && after.starts_with('间');
        if !named && !year && !ordinal {
            found.push((start, end + measure.len(), digits.len()));
        }
    }
    found
}

/// The clause, or the part of a long one around number and label.
fn evidence<'a>(clause: &'a str, start: usize, end: usize, label: &str) -> &'a str {
    if clause.chars().count() <= EVIDENCE {
        return clause.trim();
    }
    let at = clause.find(label).unwrap_or(start);
    let (from, to) = (at.min(start), (at + label.len()).max(end));
    clause[from..to].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(text: &str) -> Vec<(String, String)> {
        let found = of(&[text], "").into_iter().map(|(_, taken, _)| taken);
        found
            .filter_map(|taken| match taken {
                Taken::Figure { value, label, .. } => Some((value, label)),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn numbers_have_measures_and_labels() {
        let found = figures(
            "推动安装车棚17个，充分发挥205名红色网格员作用，累计接待游客1200余万人次，2024年第21届大会。",
        );
        let values: Vec<&str> = found.iter().map(|(value, _)| value.as_str()).collect();
        assert_eq!(values, ["17个", "205名", "1200余万人次"]);
        assert!(found[1].1.starts_with("红色网格员"), "{found:?}");
        assert!(found[0].1.ends_with("车棚"), "{found:?}");
    }

    #[test]
    fn labels_stand_in_their_evidence() {
        let text = "社区信访量同比下降90%，“海颂约吧”解决居民提出的各类难题320余件，办结“微心愿”273个。";
        for (_, taken, _) in of(&[text], "") {
            let Taken::Figure { value, label, evidence } = taken else { continue };
            assert!(
                text.contains(&evidence) && evidence.contains(&value) && evidence.contains(&label),
                "{evidence}"
            );
        }
    }
}
