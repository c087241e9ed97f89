//! What somebody may have meant.

use unicode_normalization::UnicodeNormalization;

/// Longest word that is compared, in characters.
const LONGEST: usize = 100;

/// The known word that is nearest to one that is not known, if it is near
/// enough to be meant: the same but for case and the form of its characters,
/// or a slip in three letters.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let plain = |text: &str| text.nfkc().collect::<String>().to_lowercase();
    let length = word.chars().count();
    if length > LONGEST {
        return None;
    }
    let wanted = plain(word);
    let slips = (length / 3).max(1);
    let like = |other: &&str| other.chars().count().abs_diff(length) <= slips + 2;
    let near = known
        .into_iter()
        .filter(like)
        .map(|other| (strsim::damerau_levenshtein(&wanted, &plain(other)), other));
    near.filter(|(distance, _)| *distance <= slips).min().map(|(_, other)| other.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        assert_eq!(nearest("quot", ["quote", "name"]).as_deref(), Some("quote"));
        assert_eq!(nearest("ZHANG.JPG", ["zhang.jpg", "wang.jpg"]).as_deref(), Some("zhang.jpg"));
        assert_eq!(nearest("é.jpg", ["e\u{301}.jpg"]).as_deref(), Some("e\u{301}.jpg"));
        assert_eq!(nearest("surname", ["quote", "name"]), None);
    }
}
