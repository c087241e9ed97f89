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

/// Told when a step begins (`true`) and ends (`false`).
type Steps = dyn Fn(Step, bool) + Send + Sync;
/// Told who holds a folder; says whether to go on waiting.
type Waits = dyn Fn(&Hold) -> bool + Send + Sync;

/// Who wants to know.
#[derive(Clone)]
pub struct Progress {
    steps: Arc<Steps>,
    waits: Arc<Waits>,
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
        Self { steps: Arc::new(steps), waits: Arc::new(waits) }
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
