//! Which lines are the headline: those above the name, or those below it, as
//! the text does it with most of its persons.

use super::cluster::{Cluster, Item};

/// Most lines of a headline.
const LINES: usize = 3;
/// Longest line that is not parted, in characters.
const PARTED: usize = 16;

/// Where a text has its headlines.
pub(super) struct Habit {
    below: bool,
    /// Lines that most headlines have.
    lines: usize,
    /// Lines above the first person that are the headline: those below the
    /// book's own titles.
    first: usize,
}

impl Habit {
    /// The habit of a text.
    pub(super) fn of(found: &[Cluster], items: &[Item], of_book: &dyn Fn(usize) -> bool) -> Self {
        // What stands above the first person may be the book's.
        let counted = if found.len() > 1 { 1.. } else { 0.. };
        let count = |side: &dyn Fn(usize) -> Vec<usize>| {
            counted.clone().take_while(|i| *i < found.len()).filter(|i| !side(*i).is_empty()).count()
        };
        let (up, down) = (count(&|i| above(i, found, items)), count(&|i| below(i, found, items)));
        let name_first = found.iter().filter(|cluster| cluster.name_first).count() * 2 > found.len();
        let below_wins = if up == down { name_first && down > 0 } else { down > up };
        let sizes: Vec<usize> = counted
            .take_while(|i| *i < found.len())
            .map(|i| if below_wins { below(i, found, items).len() } else { above(i, found, items).len() })
            .filter(|lines| *lines > 0)
            .collect();
        let lines = if below_wins { sizes.iter().min().copied() } else { most_common(&sizes) };
        let lines = lines.unwrap_or(1).clamp(1, LINES);
        let over = if found.is_empty() { vec![] } else { above(0, found, items) };
        let first = match over.iter().rposition(|at| of_book(*at)) {
            Some(book) => over.len() - book - 1,
            // Lines that stand close together are one headline.
            None => {
                over.iter()
                    .rev()
                    .zip(over.iter().rev().skip(1))
                    .take_while(|(low, high)| *low - *high == 1)
                    .count()
                    + 1
            }
        };
        Self {
            below: below_wins,
            lines,
            first: first.max(if over.iter().any(|at| of_book(*at)) { 0 } else { lines }).min(LINES),
        }
    }

    /// The lines of a person's headline.
    pub(super) fn titles(&self, i: usize, found: &[Cluster], items: &[Item]) -> Vec<usize> {
        let cluster = &found[i];
        let between: Vec<usize> =
            cluster.lines.clone().filter(|at| matches!(items[*at], Item::Title)).take(LINES).collect();
        if !between.is_empty() {
            return between;
        }
        let mut above = above(i, found, items);
        let below = below(i, found, items);
        if self.below && !below.is_empty() {
            return below.into_iter().take(self.lines).collect();
        }
        let most = if i == 0 { self.first } else { LINES };
        above.drain(..above.len().saturating_sub(most));
        if above.is_empty() && !self.below {
            return below.into_iter().take(self.lines).collect();
        }
        if self.below && i > 0 { vec![] } else { above }
    }
}

/// Titles between the text before and the name.
fn above(i: usize, found: &[Cluster], items: &[Item]) -> Vec<usize> {
    let from = i.checked_sub(1).map_or(0, |before| found[before].lines.end);
    let lines = from..found[i].lines.start;
    let mut titles: Vec<usize> = Vec::new();
    for at in lines.rev() {
        match items[at] {
            Item::Title => titles.push(at),
            Item::Nothing => {}
            Item::Break if titles.is_empty() => {}
            _ => break,
        }
    }
    titles.reverse();
    titles
}

/// Titles between the name and the text.
fn below(i: usize, found: &[Cluster], items: &[Item]) -> Vec<usize> {
    let to = found.get(i + 1).map_or(items.len(), |next| next.lines.start);
    let mut titles: Vec<usize> = Vec::new();
    let mut body = false;
    for (at, item) in items.iter().enumerate().take(to).skip(found[i].lines.end) {
        match item {
            Item::Title => titles.push(at),
            Item::Nothing | Item::Break => {}
            Item::Body => {
                body = true;
                break;
            }
            _ => break,
        }
    }
    // Titles before the next name, with no text between, are that one's.
    if body || i + 1 == found.len() { titles } else { vec![] }
}

fn most_common(sizes: &[usize]) -> Option<usize> {
    let count = |size: &usize| sizes.iter().filter(|other| *other == size).count();
    sizes.iter().copied().max_by_key(|size| (count(size), std::cmp::Reverse(*size)))
}

/// A headline, line by line: parted at its spaces, else, where it is long,
/// behind the quotation mark that is nearest to its middle.
pub(in crate::intake) fn headline(texts: &[&str]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for text in texts {
        let text = text.trim();
        let parts: Vec<&str> = text.split_whitespace().collect();
        let latin = |part: &str| part.is_ascii();
        let spaced = parts.len() > 1 && !parts.iter().any(|part| latin(part) || part.chars().count() < 3);
        if spaced {
            lines.extend(parts.iter().map(|part| (*part).to_owned()));
        } else {
            lines.extend(quoted_parts(text));
        }
    }
    if lines.len() > LINES {
        return texts.iter().map(|text| text.trim().to_owned()).collect();
    }
    lines
}

/// A long line without spaces, parted behind a quotation mark.
fn quoted_parts(text: &str) -> Vec<String> {
    let count = text.chars().count();
    let cut = |(at, c): (usize, char)| {
        let end = at + c.len_utf8();
        let goes_on = text[end..]
            .starts_with(['之', '的', '式', '型', '和', '与', '、', '，', '“', '化', '为'])
            || text[end..].is_empty();
        (c == '”' && !goes_on).then_some(end)
    };
    let middle = |end: &usize| (2 * text[..*end].chars().count()).abs_diff(count);
    match text.char_indices().filter_map(cut).min_by_key(middle).filter(|_| count > PARTED) {
        Some(end) => vec![text[..end].to_owned(), text[end..].to_owned()],
        None => vec![text.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_come_apart() {
        for (text, lines) in [
            ("坚守初心甘奉献 情系居民勇担当", vec!["坚守初心甘奉献", "情系居民勇担当"]),
            ("当好“小巷总理”以“赤子”之心暖民心聚人心", vec!["当好“小巷总理”", "以“赤子”之心暖民心聚人心"]),
            (
                "吸引“合伙人”扩大“朋友圈”变“众口难调”为“众人拾柴”",
                vec!["吸引“合伙人”扩大“朋友圈”", "变“众口难调”为“众人拾柴”"],
            ),
            ("以实干为犁深耕社区", vec!["以实干为犁深耕社区"]),
            ("心中有责 眼里有活 手上有招", vec!["心中有责", "眼里有活", "手上有招"]),
            ("用好 App 办实事", vec!["用好 App 办实事"]),
        ] {
            assert_eq!(headline(&[text]), lines, "{text}");
        }
    }
}
