//! What stands in slots against what has to.

use std::iter::repeat_n;

use super::order::only_set_off;
use crate::diag::Code;
use crate::templates::Times;

/// How a text differs from what it has to be.
pub(super) struct Problem {
    pub(super) code: Code,
    /// What has to stand there and what does, as far as they differ.
    pub(super) want: String,
    pub(super) here: String,
    /// Place of the first difference, in characters.
    pub(super) at: usize,
}

/// What is wrong with a text that has to be one of some texts so often.
pub(super) fn problem(text: &str, wanted: &[String], times: Times, set_off: bool) -> Option<Problem> {
    let repeated = |text: &str, times: usize| repeat_n(text, times).collect::<String>();
    let held = |want: &String| text.len() / want.len().max(1);
    let is_whole = |want: &&String| text == repeated(want, held(want));
    let whole = wanted.iter().find(is_whole);
    let times = match (times, whole) {
        (Times::Any, Some(_)) => return None,
        (Times::Exactly(times), Some(want)) if held(want) == times => return None,
        (Times::Never, Some(_)) if text.is_empty() => return None,
        (Times::Exactly(times), _) => times,
        (Times::Any, None) => 1,
        (Times::Never, _) => 0,
    };
    let first = wanted.first()?;
    if set_off && times > 0 && wanted.iter().any(|want| only_set_off(text, &repeated(want, times))) {
        return None;
    }
    let more =
        |want: &String| Problem { code: Code::PrintedAgain, want: String::new(), here: want.clone(), at: 0 };
    match whole {
        Some(want) if held(want) > times => return Some(more(want)),
        None if times == 0 => return Some(more(&text.to_owned())),
        _ => {}
    }
    // Against the way that has most in common with what stands there.
    let common = |want: &str| want.chars().zip(text.chars()).take_while(|(a, b)| a == b).count();
    let want = wanted.iter().max_by_key(|want| common(&repeated(want, times))).unwrap_or(first);
    let want: Vec<char> = repeated(want, times).chars().collect();
    let here: Vec<char> = text.chars().collect();
    let start = want.iter().zip(&here).take_while(|(a, b)| a == b).count();
    let rest = want.len().min(here.len()) - start;
    let end = want.iter().rev().zip(here.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let piece = |text: &[char]| text[start..text.len() - end].iter().collect::<String>();
    let (want, here) = (piece(&want), piece(&here));
    let code = match (want.is_empty(), here.is_empty()) {
        (false, true) => Code::NotOnPaper,
        (true, false) => Code::PrintedAgain,
        _ => Code::PrintedOtherwise,
    };
    Some(Problem { code, want, here, at: start })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str, wanted: &[&str], times: Times) -> Option<Code> {
        let wanted: Vec<String> = wanted.iter().map(ToString::to_string).collect();
        problem(text, &wanted, times, false).map(|problem| problem.code)
    }

    #[test]
    fn what_is_whole_so_often_is_right() {
        let once = Times::Exactly(1);
        assert_eq!(code("甲乙", &["甲乙"], once), None);
        assert_eq!(code("乙甲", &["甲乙", "乙甲"], once), None);
        assert_eq!(code("甲乙甲乙", &["甲乙"], Times::Exactly(2)), None);
        assert_eq!(code("", &["甲乙"], Times::Any), None);
        assert_eq!(code("甲乙甲乙", &["甲乙"], Times::Any), None);
        assert_eq!(code("", &["甲乙"], Times::Never), None);
    }

    #[test]
    fn what_is_missing_added_or_other_is_told() {
        let once = Times::Exactly(1);
        assert_eq!(code("", &["甲乙"], once), Some(Code::NotOnPaper));
        assert_eq!(code("甲", &["甲乙"], once), Some(Code::NotOnPaper));
        assert_eq!(code("甲丙", &["甲乙"], once), Some(Code::PrintedOtherwise));
        assert_eq!(code("甲乙丙", &["甲乙"], once), Some(Code::PrintedAgain));
        assert_eq!(code("甲乙甲乙", &["甲乙"], once), Some(Code::PrintedAgain));
        assert_eq!(code("甲乙", &["甲乙"], Times::Never), Some(Code::PrintedAgain));
        assert_eq!(code("甲乙", &["甲乙"], Times::Exactly(2)), Some(Code::NotOnPaper));
        assert_eq!(code("丙", &["甲乙"], Times::Any), Some(Code::PrintedOtherwise));
    }
}
