//! What a build is asked for.

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, Serialize};

/// A file, or files, that a build makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Target {
    /// The screen edition.
    Screen,
    /// The interior for the press.
    Press,
    /// The cover for the press.
    Cover,
    /// Dummies for the office printer.
    Office,
    /// The proofreaders' copy.
    Proof,
    /// Pictures of the pages.
    Preview,
}

impl Target {
    /// All targets.
    pub const ALL: [Self; 6] =
        [Self::Screen, Self::Press, Self::Cover, Self::Office, Self::Proof, Self::Preview];
    /// What is made unless something else is asked for.
    pub const DEFAULT: [Self; 3] = [Self::Screen, Self::Press, Self::Cover];

    /// The name, as it is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::Press => "press",
            Self::Cover => "cover",
            Self::Office => "office",
            Self::Proof => "proof",
            Self::Preview => "preview",
        }
    }

    /// The targets of a name: one, or all of them.
    pub fn named(name: &str) -> Vec<Self> {
        Self::ALL.into_iter().filter(|target| name == "all" || target.name() == name).collect()
    }

    /// Whether it goes to the print shop.
    pub fn is_for_print(self) -> bool {
        matches!(self, Self::Press | Self::Cover)
    }
}

/// What a build was asked for, beyond what stands in the project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Wishes {
    /// What to make.
    #[serde(deserialize_with = "targets")]
    pub targets: BTreeSet<Target>,
    /// Whether marks are drawn whatever the job says.
    pub marks: bool,
    /// Whether the print shop's folder is written.
    pub delivery: bool,
    /// `SOURCE_DATE_EPOCH`.
    pub source_date_epoch: Option<i64>,
}

/// Targets by name; earlier versions wrote `all`.
fn targets<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeSet<Target>, D::Error> {
    let names = Vec::<String>::deserialize(from)?;
    Ok(names.iter().flat_map(|name| Target::named(name)).collect())
}

impl Wishes {
    /// Wishes for these targets and nothing else.
    pub fn new(targets: impl IntoIterator<Item = Target>) -> Self {
        Self { targets: targets.into_iter().collect(), ..Self::default() }
    }

    /// Whether a target is made. What is delivered is made for it.
    pub fn wants(&self, target: Target) -> bool {
        self.targets.contains(&target) || self.delivery && target.is_for_print()
    }

    /// Whether anything goes to the print shop.
    pub fn for_print(&self) -> bool {
        Target::ALL.into_iter().any(|target| target.is_for_print() && self.wants(target))
    }

    /// The same without what goes to the print shop.
    pub fn without_print(&self) -> Self {
        let targets = self.targets.iter().copied().filter(|target| !target.is_for_print()).collect();
        Self { targets, delivery: false, ..self.clone() }
    }

    /// These wishes and those of an earlier build of the same book, if both
    /// were made in the same way.
    pub fn with(&self, earlier: &Self) -> Option<Self> {
        let alike = self.marks == earlier.marks && self.source_date_epoch == earlier.source_date_epoch;
        let targets = self.targets.union(&earlier.targets).copied().collect();
        alike.then(|| Self { targets, delivery: self.delivery || earlier.delivery, ..self.clone() })
    }
}
