//! Rounds: whenever something is written, here or elsewhere, the book is
//! examined and put on the page. Edits that come while one is under way are
//! in the next.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use serde_json::json;

use super::{Studio, held, persons};
use crate::diag::Severity;
use crate::project::read_below;
use crate::report::{self, Snapshot};
use crate::session::{Current, Error, LastGood, Saves, Session};

/// Largest report that is read, in bytes.
const LARGEST: u64 = 1 << 30;
/// Quiet after which what was typed is written into the history.
const QUIET: Duration = Duration::from_secs(3);

/// Begins the rounds of a studio whose project is open, unless they go on
/// already.
pub(super) fn follow(studio: &Studio, session: Session) -> Result<(), Error> {
    if studio.0.followed.swap(true, Ordering::SeqCst) {
        return Ok(());
    }
    let (rounds, watched) = (studio.clone(), studio.clone());
    let mut saves = Saves::watch(session.project());
    studio.refresh();
    let failed = |error| Error::Unreadable { file: studio.folder(), error };
    std::thread::Builder::new()
        .name("rounds".into())
        .spawn(move || examine(&rounds, &session))
        .map_err(failed)?;
    let watch = move || loop {
        let noticed = saves.wait();
        let changed = saves.changed();
        // Each is asked: who saved one of several is somebody else.
        let own = held(&watched.0.desk).as_mut().is_some_and(|desk| {
            let others = changed.iter().filter(|file| !desk.wrote(file)).count();
            !changed.is_empty() && others == 0
        });
        if !own {
            *held(&watched.0.since) = Some(noticed);
            watched.refresh();
        }
        if let Ok(project) = watched.project() {
            saves.follow(&project);
        }
    };
    std::thread::Builder::new().name("saves".into()).spawn(watch).map_err(failed)?;
    Ok(())
}

fn examine(studio: &Studio, session: &Session) {
    let mut last_good = LastGood::default();
    let mut built = None;
    loop {
        wait(studio);
        let since = held(&studio.0.since).take().unwrap_or_else(Instant::now);
        // A build that was made meanwhile is what changes are told against.
        let report = last_report(session);
        if report != built {
            if let Some(snapshot) = report.as_deref().and_then(snapshot) {
                studio.0.live.compare_with(snapshot);
            }
            built = report;
        }
        let examined = last_good.examine(session);
        if let Ok(Current { examination, .. }) = &examined {
            let inputs = examination.project.inputs();
            if held(&studio.0.desk).as_mut().is_some_and(|desk| desk.was_read(&inputs)) {
                studio.refresh();
            }
        }
        let (errors, warnings) = counts(&examined);
        let withdrawn = json!(persons::withdrawn(session.project()));
        studio.0.live.add(studio.beside(Some(withdrawn), built.is_some()));
        let milliseconds = studio.0.live.put(examined, &|| since.elapsed().as_millis() as u64);
        (studio.0.around.told)(milliseconds, errors, warnings);
        session.forget();
    }
}

/// Waits for something new.
fn wait(studio: &Studio) {
    let (stale, changed) = &studio.0.stale;
    let mut stale = held(stale);
    while !*stale {
        let waited = changed.wait_timeout(stale, QUIET);
        let (again, timed_out) = waited.unwrap_or_else(std::sync::PoisonError::into_inner);
        stale = again;
        if timed_out.timed_out() && !*stale {
            drop(stale);
            if let Some(desk) = held(&studio.0.desk).as_mut() {
                desk.rest();
            }
            stale = held(&studio.0.stale.0);
        }
    }
    *stale = false;
}

fn counts(examined: &Result<Current, Error>) -> (usize, usize) {
    examined.as_ref().map_or((1, 0), |Current { examination, .. }| {
        let errors = examination.found.iter().filter(|found| found.severity == Severity::Error).count();
        (errors, examination.found.len() - errors)
    })
}

/// What the last build for the print shop came to, to mark what changed since.
fn last_report(session: &Session) -> Option<Vec<u8>> {
    let baseline = session.baseline().ok()?;
    read_below(&baseline.folder, report::FILE, LARGEST).ok()
}

fn snapshot(report: &[u8]) -> Option<Snapshot> {
    Snapshot::read(report).ok().map(|(snapshot, _)| snapshot)
}
