//! How far a session is, as values: whoever watches has the clock.

use std::sync::Arc;

use crate::project::Hold;

/// A step of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
#[non_exhaustive]
pub enum Step {
    Load,
    Check,
    Texts,
    Typeset,
    Cover,
    Audit,
    Base,
    Press,
    Judge,
    Colour,
    Screen,
    Office,
    Proof,
    Preview,
    Write,
}

impl Step {
    /// A word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Check => "check",
            Self::Texts => "texts",
            Self::Typeset => "typeset",
            Self::Cover => "cover",
            Self::Audit => "audit",
            Self::Base => "base",
            Self::Press => "press",
            Self::Judge => "judge",
            Self::Colour => "colour",
            Self::Screen => "screen",
            Self::Office => "office",
            Self::Proof => "proof",
            Self::Preview => "preview",
            Self::Write => "write",
        }
    }
}

/// The steps in their order, with their part of the work in percent as it was
/// measured over a book of a thousand persons.
const PARTS: [(Step, usize); 15] = [
    (Step::Load, 1),
    (Step::Check, 1),
    (Step::Texts, 4),
    (Step::Typeset, 46),
    (Step::Cover, 2),
    (Step::Audit, 4),
    (Step::Base, 4),
    (Step::Press, 10),
    (Step::Judge, 10),
    (Step::Colour, 4),
    (Step::Screen, 8),
    (Step::Office, 8),
    (Step::Proof, 12),
    (Step::Preview, 20),
    (Step::Write, 2),
];

/// How much of the work is done, by the steps that ended.
#[derive(Debug, Clone, Default)]
pub struct Meter {
    ended: Vec<Step>,
}

impl Meter {
    /// Notes that a step began or ended. Returns its word.
    pub fn note(&mut self, step: Step, begins: bool) -> &'static str {
        if !begins && !self.ended.contains(&step) {
            self.ended.push(step);
        }
        step.name()
    }

    /// The part that is done, from 0 to 1, of a run with these steps beyond
    /// those that every run has.
    pub fn part(&self, further: &[Step]) -> f64 {
        let always = [Step::Load, Step::Check, Step::Texts, Step::Typeset, Step::Cover, Step::Audit];
        let wanted = |step: &Step| always.contains(step) || further.contains(step);
        let sum = |done: bool| -> usize {
            let counted =
                PARTS.iter().filter(|(step, _)| wanted(step) && (!done || self.ended.contains(step)));
            counted.map(|(_, part)| part).sum()
        };
        sum(true) as f64 / sum(false) as f64
    }
}

/// Told when a step begins (`true`) and ends (`false`).
type Steps = dyn Fn(Step, bool) + Send + Sync;
/// Told who holds a folder; says whether to go on waiting.
type Waits = dyn Fn(&Hold) -> bool + Send + Sync;

/// Says whether the work is no longer wanted.
type Stops = dyn Fn() -> bool + Send + Sync;

/// Who wants to know.
#[derive(Clone)]
pub struct Progress {
    steps: Arc<Steps>,
    waits: Arc<Waits>,
    stops: Arc<Stops>,
}

impl Progress {
    /// Nobody; whoever holds a folder is waited for.
    pub fn silent() -> Self {
        Self::new(|_, _| {}, |_| true)
    }

    /// Tells of every step, at its beginning (`true`) and end (`false`), and
    /// asks whether to go on waiting for who holds a folder.
    pub fn new(
        steps: impl Fn(Step, bool) + Send + Sync + 'static,
        waits: impl Fn(&Hold) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self { steps: Arc::new(steps), waits: Arc::new(waits), stops: Arc::new(|| false) }
    }

    /// The same of work that somebody may cancel: `stops` is asked between
    /// steps.
    #[must_use]
    pub fn cancelled_by(self, stops: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self { stops: Arc::new(stops), ..self }
    }

    /// Whether the work is no longer wanted.
    pub fn is_cancelled(&self) -> bool {
        (self.stops)()
    }

    /// Runs a step.
    pub fn timed<T>(&self, step: Step, work: impl FnOnce() -> T) -> T {
        (self.steps)(step, true);
        let result = work();
        (self.steps)(step, false);
        result
    }

    /// Whether to go on waiting.
    pub fn waits(&self, hold: &Hold) -> bool {
        (self.waits)(hold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_grows_to_all_of_it() {
        let mut meter = Meter::default();
        let further = [Step::Press, Step::Write];
        let mut last = 0.0;
        for (step, _) in PARTS.iter().filter(|(step, _)| !matches!(step, Step::Proof | Step::Preview)) {
            meter.note(*step, true);
            meter.note(*step, false);
            let part = meter.part(&further);
            assert!(part >= last && part <= 1.0, "{part} after {last}");
            last = part;
        }
        assert!((last - 1.0).abs() < 1e-9, "{last}");
    }
}
