//! In which order text is read on paper, and what may stand between its parts.

use crate::pictures::Area;

/// Whether a piece of text stands left of the one before it on its line, or
/// above it without being to its right.
pub(super) fn goes_back(before: Area, piece: Area) -> bool {
    let height = before.height().min(piece.height());
    let (drop, shift) = (piece.bottom - before.bottom, piece.left - before.left);
    let same_line = drop.abs() < 0.3 * height;
    same_line && shift < -0.6 * height || drop < -0.6 * height && piece.left < before.right - 0.6 * height
}

/// Fields whose parts a template may set off by signs of its own.
pub(super) const SET_OFF: [&str; 9] =
    ["honours", "figures", "facts", "past", "title", "subtitle", "quote", "photo", "photos"];
/// The signs.
const SIGNS: &str = "、；|·●★▲■◆—：:（）()“”/";

/// Whether a text is another with nothing but signs put in.
pub(super) fn only_set_off(text: &str, want: &str) -> bool {
    let mut want = want.chars().peekable();
    for c in text.chars() {
        if want.peek() == Some(&c) {
            want.next();
        } else if !SIGNS.contains(c) {
            return false;
        }
    }
    want.peek().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_between_parts_are_the_templates() {
        assert!(only_set_off("甲●乙：丙", "甲乙丙") && only_set_off("“甲”", "甲"));
        assert!(
            !only_set_off("甲王乙", "甲乙") && !only_set_off("甲：", "甲乙") && !only_set_off("乙甲", "甲乙")
        );
    }

    #[test]
    fn what_goes_back_is_out_of_order() {
        let at = |left: f64, top: f64| Area { left, top, right: left + 20.0, bottom: top + 10.0 };
        assert!(!goes_back(at(0.0, 0.0), at(20.0, 0.0)) && !goes_back(at(50.0, 0.0), at(0.0, 12.0)));
        // The next column, a value beside a label of several lines.
        assert!(!goes_back(at(0.0, 90.0), at(200.0, 0.0)));
        assert!(goes_back(at(80.0, 0.0), at(30.0, 0.0)) && goes_back(at(0.0, 50.0), at(0.0, 20.0)));
    }
}
