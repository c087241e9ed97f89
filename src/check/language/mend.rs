//! Slips of form that have one mend, mended: what the rules would tell of.
//! No word changes by it.

use std::collections::BTreeMap;

use super::{Text, characters, is_chinese, is_han, marks, spaces};

/// A kind of slip that is mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mend {
    /// Spaces that Chinese text does not have, indents too.
    Space,
    /// Half-width marks beside Chinese.
    HalfWidth,
    /// Full-width digits, letters and signs.
    FullWidth,
    /// Straight quotes that pair.
    Quote,
    /// Look-alikes of the separator dot.
    Dot,
    /// Radicals and compatibility forms.
    Variant,
    /// Private characters of GBK.
    Private,
    /// Characters that show nothing, such as soft hyphens.
    Invisible,
}

/// A text without slips that have one mend, and how many of each kind it had.
pub fn mended(text: &str) -> (String, BTreeMap<Mend, usize>) {
    let mut counts = BTreeMap::new();
    let mut text = plain(text, &mut counts);
    text = without(&text, &|text| spaces::stray(text), &mut counts);
    text = quoted(&text, &mut counts);
    // A mark that became full-width makes its neighbour wrong.
    for _ in 0..4 {
        let (next, changed) = full_marks(&text);
        if changed == 0 {
            break;
        }
        *counts.entry(Mend::HalfWidth).or_default() += changed;
        text = next;
    }
    (text, counts)
}

/// Each character as it is meant.
fn plain(text: &str, counts: &mut BTreeMap<Mend, usize>) -> String {
    let mut count = |kind| *counts.entry(kind).or_default() += 1;
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    for (i, c) in chars.iter().copied().enumerate() {
        let beside = |at: Option<usize>| at.and_then(|at| chars.get(at)).copied();
        let (before, after) = (beside(i.checked_sub(1)), beside(Some(i + 1)));
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
        let half = char::from_u32(u32::from(c).wrapping_sub(0xFEE0)).filter(|_| ('！'..='～').contains(&c));
        match (c, half) {
            _ if characters::is_unseen(c) => count(Mend::Invisible),
            ('\t' | '\n' | '\r' | '\u{B}' | '\u{C}', _) => out.push(' '),
            _ if c.is_control() => count(Mend::Invisible),
            ('．', Some(half)) if digit(before) && digit(after) => {
                count(Mend::FullWidth);
                out.push(half);
            }
            ('•' | '‧' | '∙' | '⋅' | '・' | '･', _)
                if before.is_some_and(is_han) && after.is_some_and(is_han) =>
            {
                count(Mend::Dot);
                out.push('·');
            }
            (_, Some(half)) if !"！（），：；？～－．".contains(c) => {
                count(Mend::FullWidth);
                out.push(half);
            }
            _ => match characters::meant(c) {
                Some(meant) => {
                    count(if ('\u{E000}'..='\u{F8FF}').contains(&c) { Mend::Private } else { Mend::Variant });
                    out.push(meant);
                }
                None => out.push(c),
            },
        }
    }
    out
}

/// A text without the spaces that a rule finds; between Latin words one stays.
fn without(
    text: &str,
    rule: &dyn Fn(&Text) -> Vec<super::Hit>,
    counts: &mut BTreeMap<Mend, usize>,
) -> String {
    let hits = rule(&Text::alone(text));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for hit in hits {
        out += &text[at..hit.range.start];
        let (before, after) =
            (text[..hit.range.start].chars().next_back(), text[hit.range.end..].chars().next());
        let latin = |c: Option<char>| c.is_some_and(|c| !is_chinese(c));
        if latin(before) && latin(after) {
            out.push(' ');
        }
        at = hit.range.end;
        *counts.entry(Mend::Space).or_default() += 1;
    }
    out + &text[at..]
}

/// A text with straight quotes as “ ”, where they pair.
fn quoted(text: &str, counts: &mut BTreeMap<Mend, usize>) -> String {
    let straight = text.matches('"').count();
    if straight == 0 || straight % 2 == 1 || text.contains(['“', '”']) {
        return text.to_owned();
    }
    *counts.entry(Mend::Quote).or_default() += straight;
    let mut open = false;
    let pair = |c| match c {
        '"' => {
            open = !open;
            if open { '“' } else { '”' }
        }
        c => c,
    };
    text.chars().map(pair).collect()
}

/// A text with the marks that the rule wants full-width, and the partner of
/// each bracket that became so.
fn full_marks(text: &str) -> (String, usize) {
    let hits = marks::half_width(&Text::alone(text));
    let mut wrong: Vec<usize> = hits.iter().map(|hit| hit.range.start).collect();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => open.push((at, c)),
            ')' | '）' => {
                let Some((partner, opening)) = open.pop() else { continue };
                let full = |at: usize, c: char| c == '（' || c == '）' || wrong.contains(&at);
                let (one, other) = (full(partner, opening), full(at, c));
                if one != other {
                    wrong.push(if one { at } else { partner });
                }
            }
            _ => {}
        }
    }
    let mut count = 0;
    let mut full = |(at, c): (usize, char)| match marks::full(c).filter(|_| wrong.contains(&at)) {
        Some(full) => {
            count += 1;
            full
        }
        None => c,
    };
    let out = text.char_indices().map(&mut full).collect();
    (out, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_one_mend_is_mended() {
        for (wrong, right) in [
            ("\u{3000}\u{3000}扎根社区21年,赵金梅 说:\"好\".", "扎根社区21年，赵金梅说：“好”。"),
            ("１２００余场，９５．５％", "1200余场，95.5%"),
            ("王\u{E863}和\u{2F42}化", "王䶮和文化"),
            ("他(5G)说", "他（5G）说"),
            ("他说(5G)", "他说（5G）"),
            ("软\u{AD}连\u{200B}字", "软连字"),
            ("“一,二”,“三”.", "“一，二”，“三”。"),
            ("阿依古丽•买买提", "阿依古丽·买买提"),
            ("App Store 里 的 3:2", "App Store里的3:2"),
        ] {
            assert_eq!(mended(wrong).0, right, "{wrong}");
            assert_eq!(mended(right), (right.to_owned(), BTreeMap::new()));
        }
        // What may mean something else stays as it is.
        for same in ["v2.0和1,200", "它说\"好", "People's", "3:2", "A(B)"] {
            assert_eq!(mended(same).0, same);
        }
    }
}
