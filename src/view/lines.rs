//! Breaks display lines where they read well: after a mark or else between
//! words, lines of even length, no word of a quotation torn apart needlessly.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use super::{bans, joints};

/// Marks after which a line may end gracefully.
const PAUSES: &str = "，、；：。！？";

/// Splits `text` into the fewest lines of at most `widest` em, balanced.
pub(super) fn balance(text: &str, widest: f64) -> Vec<String> {
    let breaks = breaks(text);
    let least = (width(text) / widest).ceil().max(1.0) as usize;
    if least > 4 {
        return vec![text.to_owned()]; // Far too long: the audit will say by how much.
    }
    // A long single line that falls into two even clauses reads better on two.
    let even = |b: &Break| b.pause && (0.35..0.65).contains(&(width(&text[..b.at]) / width(text)));
    let wanted = if least == 1 && width(text) > 0.6 * widest && breaks.iter().any(even) { 2 } else { least };
    (wanted..=wanted + 2)
        .find_map(|count| best(text, &breaks, count, widest))
        .unwrap_or_else(|| vec![text.to_owned()])
}

/// A name on one line; one of more than six characters on as few lines of at
/// most nine as its separator dots allow, the longest as short as can be.
pub(super) fn name(name: &str) -> Vec<String> {
    let parts: Vec<&str> = name.split_inclusive('·').collect();
    let length = |line: &[&str]| {
        let characters: usize = line.iter().map(|part| part.chars().count()).sum();
        // A dot at the end of a line stands in its margin.
        characters - usize::from(line.last().is_some_and(|part| part.ends_with('·')))
    };
    if length(&parts) <= NAME_LINE {
        return vec![name.to_owned()];
    }
    // Every way to end lines at dots is a number whose bits are the dots.
    let dots = (parts.len() - 1).min(MOST_DOTS);
    let ways = (1..1_usize << dots).map(|ends| {
        let mut lines: Vec<&[&str]> = Vec::new();
        let mut start = 0;
        for at in (0..dots).filter(|at| ends >> at & 1 == 1) {
            lines.push(&parts[start..=at]);
            start = at + 1;
        }
        lines.push(&parts[start..]);
        let longest = lines.iter().map(|line| length(line)).max().unwrap_or_default();
        (longest > LONG_NAME_LINE, lines.len(), longest, lines)
    });
    let best = ways.min_by_key(
        |(over, count, longest, _)| if *over { (true, *longest, 0) } else { (false, *count, *longest) },
    );
    best.map_or(vec![name.to_owned()], |(.., lines)| lines.iter().map(|line| line.concat()).collect())
}

/// Longest name that stays on one line, in characters.
const NAME_LINE: usize = 6;
/// Longest line of a longer name: nine characters of 30 pt are 270 pt.
const LONG_NAME_LINE: usize = 9;
/// Dots of a name at which lines may end.
const MOST_DOTS: usize = 10;

/// A place where a line may end.
struct Break {
    at: usize,
    pause: bool,
}

fn breaks(text: &str) -> Vec<Break> {
    let segmenter = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    let allowed = |at: &usize| {
        let (before, after) = text.split_at(*at);
        let inside = !before.is_empty() && !after.is_empty();
        inside && bans::may_end(before) && bans::may_start(after, false) && !joints::parts(before, after)
    };
    let found = segmenter.segment_str(text).filter(allowed);
    found.map(|at| Break { at, pause: text[..at].ends_with(|c| PAUSES.contains(c)) }).collect()
}

/// The division into `count` lines that costs least, if one fits.
fn best(text: &str, breaks: &[Break], count: usize, widest: f64) -> Option<Vec<String>> {
    let even = width(text) / count as f64;
    let cost = |line: &str, pause: bool| {
        let w = width(line);
        let torn = if pause { 0.0 } else { 25.0 };
        (w <= widest).then(|| (w - even).powi(2) + torn)
    };
    // Cheapest way to set text[..at] on n lines: (cost, start of the last line).
    let ends: Vec<_> = breaks.iter().map(|b| (b.at, b.pause)).chain([(text.len(), true)]).collect();
    let mut table: Vec<Vec<Option<(f64, usize)>>> = Vec::new();
    for n in 0..count {
        let row = ends.iter().map(|&(end, pause)| {
            if n == 0 {
                return cost(&text[..end], pause).map(|c| (c, 0));
            }
            let earlier = ends.iter().zip(&table[n - 1]).filter(|((start, _), _)| *start < end);
            let ways = earlier.filter_map(|((start, _), way)| {
                Some((way.as_ref()?.0 + cost(&text[*start..end], pause)?, *start))
            });
            ways.min_by(|a, b| a.0.total_cmp(&b.0))
        });
        let row = row.collect();
        table.push(row);
    }
    let mut lines = Vec::new();
    let mut end = text.len();
    for row in table.iter().rev() {
        let (_, start) = row[ends.iter().position(|(at, _)| *at == end)?]?;
        lines.push(text[start..end].to_owned());
        end = start;
    }
    lines.reverse();
    Some(lines)
}

/// Width in em: Han and full-width marks one, the rest about a half.
fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() || c == '·' { 0.55 } else { 1.0 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_after_pauses_and_between_words() {
        assert_eq!(balance("以实干为犁深耕社区", 16.0), ["以实干为犁深耕社区"]);
        assert_eq!(
            balance("始终把服务当作事业、把居民当作亲人", 19.0),
            ["始终把服务当作事业、", "把居民当作亲人"]
        );
        assert_eq!(
            balance("责任共担、资源共享、活动共办、难题共解", 19.0),
            ["责任共担、资源共享、", "活动共办、难题共解"]
        );
        let lines = balance("坚守初心甘奉献情系居民勇担当久久为功", 16.0);
        assert_eq!(lines.concat(), "坚守初心甘奉献情系居民勇担当久久为功");
        assert_eq!(lines.len(), 2);
    }

    #[test]
    fn long_names_break_at_a_dot() {
        assert_eq!(name("王凤荣"), ["王凤荣"]);
        assert_eq!(name("古丽·艾力"), ["古丽·艾力"]);
        assert_eq!(name("阿卜杜热西提·买买提"), ["阿卜杜热西提·", "买买提"]);
        assert_eq!(name("买买提·艾力·阿卜杜拉"), ["买买提·艾力·", "阿卜杜拉"]);
        assert_eq!(
            name("阿卜杜热合曼·买买提吐尔逊江·阿卜杜克里木"),
            ["阿卜杜热合曼·", "买买提吐尔逊江·", "阿卜杜克里木"]
        );
        assert_eq!(
            name("一·二·三·四·五·六·七·八·九·十·一·二·三").concat(),
            "一·二·三·四·五·六·七·八·九·十·一·二·三"
        );
        assert_eq!(name("··"), ["··"]);
    }

    #[test]
    fn no_line_starts_with_a_closing_mark() {
        for line in balance("“五加二、白加黑”奋战在第一线，“微心愿”“微网格”全都办结", 9.0)
        {
            assert!(bans::may_start(&line, false) && bans::may_end(&line), "{line}");
        }
    }
}
