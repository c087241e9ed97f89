//! How often a rule speaks on edited prose: 304,018 characters of published
//! honours and news, as `cargo bench --bench prose` counts them. A finding there
//! may be a slip of the source; a rule of no entry found nothing.

use super::{Code, Group};

/// Characters that were read.
const CHARACTERS: u32 = 304_018;

/// Findings in them.
const FOUND: &[(Code, u32)] = &[
    (Code::HalfWidthMark, 6),
    (Code::FullWidthCharacter, 3),
    (Code::StraySpace, 7),
    (Code::NotStandard, 5),
    (Code::NoFullStop, 1),
    (Code::ToldDifferently, 3),
    (Code::Repeated, 1),
    (Code::WrongForm, 7),
];

impl Code {
    /// Findings in 10,000 characters of edited prose, for a rule on texts.
    pub fn rate(self) -> Option<f64> {
        let judged = self.group() == Group::Language || self == Self::ToldDifferently;
        let found = FOUND.iter().find(|(code, _)| *code == self).map_or(0, |(_, found)| *found);
        judged.then(|| f64::from(found) * 10_000.0 / f64::from(CHARACTERS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No rule cries wolf: 0.3 in 10,000 characters is the most, slips of the
    /// sources among them.
    #[test]
    fn every_rule_is_quiet() {
        for code in Code::ALL {
            assert!(code.rate().is_none_or(|rate| rate < 0.3), "{}", code.id());
        }
    }
}
