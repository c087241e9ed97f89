//! What is made while the page goes on: files for the print shop, proofs,
//! sheets; with progress, and until somebody cancels it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value as Json, json};

use super::sheets::{self, Sheets};
use crate::catalogue::Lang;
use crate::diag::{Diagnostic, Severity};
use crate::project::Hold;
use crate::session::{Error, Meter, Progress, Session, Step, Target, Wishes};

/// What is wanted.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// Targets by their names: `screen`, `press`, `cover`, `office`, `proof`,
    /// `preview`.
    pub(super) targets: Vec<String>,
    /// Whether the print shop's folder is made.
    #[serde(default)]
    pub(super) delivery: bool,
    /// Sheets of the interior.
    #[serde(default)]
    pub(super) sheets: Option<Sheets>,
}

/// Told of every change of what is being made.
type Tell = dyn Fn(&Json) + Send + Sync;

/// What is being made, and what was made last.
#[derive(Clone, Default)]
pub(super) struct Making(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    running: bool,
    cancel: Arc<AtomicBool>,
    meter: Meter,
    json: Json,
}

impl Making {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// As the page is told.
    pub(super) fn json(&self) -> Json {
        self.state().json.clone()
    }

    /// Ends what is being made, at the next step.
    pub(super) fn cancel(&self) {
        self.state().cancel.store(true, Ordering::Relaxed);
    }

    /// Begins to make something, unless something is being made.
    pub(super) fn begin(
        &self,
        session: Session,
        wanted: Wanted,
        source_date_epoch: Option<i64>,
        tell: Arc<Tell>,
    ) -> bool {
        let cancel = {
            let mut state = self.state();
            if state.running {
                return false;
            }
            let cancel = Arc::new(AtomicBool::new(false));
            *state = State { running: true, cancel: cancel.clone(), ..State::default() };
            cancel
        };
        let making = self.clone();
        let work = move || {
            let end = Ending { making: making.clone(), tell: tell.clone() };
            let further = steps(&wanted);
            let (watched, told) = (making.clone(), tell.clone());
            let note = move |step: Step, begins: bool| {
                let mut state = watched.state();
                let word = state.meter.note(step, begins);
                let part = (state.meter.part(&further) * 100.0).floor();
                state.json = json!({ "running": true, "step": word, "percent": part });
                told(&state.json);
            };
            let stopped = cancel.clone();
            let progress = Progress::new(note, |hold: &Hold| hold.seconds < 30)
                .cancelled_by(move || stopped.load(Ordering::Relaxed));
            let made = make(session.with_progress(progress), &wanted, source_date_epoch, &cancel);
            let json =
                made.unwrap_or_else(|error| failed(error.sentence(Lang::Zh), error.sentence(Lang::En)));
            end.put(json);
        };
        let begun = std::thread::Builder::new().name("making".into()).spawn(work).is_ok();
        if !begun {
            self.state().running = false;
        }
        begun
    }
}

/// However the work ends, the next can begin.
struct Ending {
    making: Making,
    tell: Arc<Tell>,
}

impl Ending {
    fn put(&self, json: Json) {
        let mut state = self.making.state();
        state.running = false;
        state.json = json;
        (self.tell)(&state.json);
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        if self.making.state().running {
            self.put(failed(
                "程序出了错，没有做完".into(),
                "a bug in the program; it was not finished".into(),
            ));
        }
    }
}

fn failed(zh: String, en: String) -> Json {
    json!({ "running": false, "failed": { "zh": zh, "en": en } })
}

/// The steps beyond those that every run has.
fn steps(wanted: &Wanted) -> Vec<Step> {
    let mut steps = vec![Step::Write];
    for target in targets(wanted) {
        match target {
            Target::Press | Target::Cover => steps.extend([Step::Base, Step::Press, Step::Judge]),
            Target::Screen => steps.extend([Step::Colour, Step::Screen]),
            Target::Office => steps.extend([Step::Colour, Step::Office]),
            Target::Proof => steps.push(Step::Proof),
            Target::Preview => steps.extend([Step::Colour, Step::Preview]),
        }
    }
    steps
}

fn targets(wanted: &Wanted) -> Vec<Target> {
    let named = |name: &String| Target::ALL.into_iter().find(|target| target.name() == name);
    let mut targets: Vec<Target> = wanted.targets.iter().filter_map(named).collect();
    if wanted.delivery {
        targets.extend([Target::Screen, Target::Press, Target::Cover]);
    }
    if wanted.sheets.is_some() {
        targets.push(Target::Press);
    }
    targets
}

fn make(
    session: Session,
    wanted: &Wanted,
    source_date_epoch: Option<i64>,
    cancel: &AtomicBool,
) -> Result<Json, Error> {
    let cancelled = || json!({ "running": false, "cancelled": true });
    let mut wishes = Wishes::new(targets(wanted));
    wishes.delivery = wanted.delivery;
    wishes.source_date_epoch = source_date_epoch;
    let out = session.out()?;
    let mut examination = session.examine()?;
    if cancel.load(Ordering::Relaxed) {
        return Ok(cancelled());
    }
    let wishes = session.with_current(&examination, &wishes, &out);
    let Some(build) = session.build(&mut examination, &wishes) else {
        if cancel.load(Ordering::Relaxed) {
            return Ok(cancelled());
        }
        let errors = examination.found.iter().filter(|found| found.severity == Severity::Error);
        let shown: Vec<Json> = errors.clone().take(8).map(told).collect();
        return Ok(json!({ "running": false, "errors": errors.count(), "shown": shown }));
    };
    if cancel.load(Ordering::Relaxed) {
        return Ok(cancelled());
    }
    let written = session.write(&build, &out)?;
    let mut files: Vec<&str> = build.files.iter().map(|(path, _)| path.as_str()).collect();
    files.retain(|file| !file.starts_with("preview/") && !file.ends_with(".json"));
    let sheets = match (&wanted.sheets, build.file(sheets::INTERIOR)) {
        (Some(sheets), Some(pdf)) => Some(sheets::impose(&session, &examination, pdf, sheets)?),
        _ => None,
    };
    let unsigned = if wanted.delivery { session.unsigned(&build.snapshot) } else { vec![] };
    Ok(json!({
        "running": false, "done": true, "files": files, "removed": written.removed, "keptBack": build.kept_back,
        "sheets": sheets, "unsigned": unsigned, "delivery": wanted.delivery && !build.kept_back,
        "pages": build.snapshot.fingerprints.len(), "folder": out.display().to_string(),
    }))
}

fn told(found: &Diagnostic) -> Json {
    let person = found.person.as_ref().map(|person| person.name.clone().unwrap_or_else(|| person.id.clone()));
    json!({
        "code": found.code.id(), "person": person,
        "message": { "zh": found.message(Lang::Zh), "en": found.message(Lang::En) },
    })
}
