//! Sentences in quotation marks that may stand alone.

use super::Taken;

/// Length of a quote, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=57;
/// Quotes of a person that are told of.
const MOST: usize = 5;

/// Quotes with the paragraphs in which they stand; the first is the best.
pub(super) fn of(article: &[&str]) -> Vec<(usize, Taken, bool)> {
    let mut found: Vec<(usize, Taken, bool)> = Vec::new();
    for (paragraph, text) in article.iter().enumerate() {
        for piece in text.split('“').skip(1) {
            let Some((quote, after)) = piece.split_once('”') else { continue };
            let sentence = quote.contains(['，', '。', '；'])
                || after.starts_with(['，', '。', '的']) && quote.chars().count() > 10;
            let quote = quote.trim_end_matches(['。', '，', '！']);
            if LENGTH.contains(&quote.chars().count()) && sentence && found.len() < MOST {
                let best = found.is_empty();
                found.push((paragraph, Taken::Quote(quote.to_owned()), best));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_things_are_no_quotes() {
        let text = "“与群众距离越近，答案就越近”，这是她的座右铭，她用“三近邻”工作法和“微心愿”服务居民。";
        let found = of(&[text]);
        assert_eq!(found, [(0, Taken::Quote("与群众距离越近，答案就越近".into()), true)]);
    }
}
