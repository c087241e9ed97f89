//! Which marks a line may not start or end with.

/// Marks that may not start a line: stops, what closes, and what connects
/// (GB/T 15834-2011, 5.1.1–7; CLREQ 3.1.3). A / is kept with its neighbours,
/// unless it stands in an address.
const NO_START: &str = "，。、；：！？．”’）》〉】〕］｝」』〗…—·・～%％‰℃℉°㎡㎥㎞㎝㎜㎏!?,.:;)]}";
/// Marks that may not end one: what opens, and signs before a number.
const NO_END: &str = "“‘（《〈【〔［｛「『〖№$￥¥€£([{";
/// Marks of two characters that may stand at the start of a paragraph, and whose
/// halves may not be parted (GB/T 15834-2011, 5.1.4–5).
const WIDE: &[&str] = &["——", "……"];

/// Whether a line may start with a text; `first` is the first line of a
/// paragraph.
pub(crate) fn may_start(line: &str, first: bool) -> bool {
    let wide = first && WIDE.iter().any(|mark| line.starts_with(mark));
    wide || !line.starts_with(|c| NO_START.contains(c))
}

/// Whether a line may end with a text.
pub(crate) fn may_end(line: &str) -> bool {
    !line.ends_with(|c| NO_END.contains(c))
}

/// Whether one of two wide marks is torn apart between two lines.
pub(super) fn tears(before: &str, after: &str) -> bool {
    let half = |mark: &&str| mark.chars().next().is_some_and(|c| before.ends_with(c) && after.starts_with(c));
    WIDE.iter().any(half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_may_start_a_paragraph_and_no_other_line() {
        assert!(may_start("——记王洋", true) && may_start("……后来", true));
        assert!(!may_start("——记王洋", false) && !may_start("，后来", true) && !may_start("㎡的", false));
        assert!(may_end("他说：") && !may_end("他说“") && !may_end("编号№"));
        assert!(tears("他—", "—王洋") && !tears("他——", "王洋"));
    }
}
