//! A bar for work that takes more than a second, where a terminal is watched.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use fengcai::catalogue::Lang;
use fengcai::session::{Meter, Step};

/// How long work may take without a bar.
const SILENCE: Duration = Duration::from_secs(1);
/// How often the bar is drawn.
const BEAT: Duration = Duration::from_millis(200);
/// Its width in characters.
const WIDTH: usize = 24;
/// Steps that most runs have beyond those that all have.
const FURTHER: [Step; 6] = [Step::Base, Step::Press, Step::Judge, Step::Colour, Step::Screen, Step::Write];

/// Whether a bar stands in the last line of the terminal.
static SHOWN: AtomicBool = AtomicBool::new(false);

/// What is under way.
#[derive(Clone)]
pub(super) struct Bar(Arc<Mutex<State>>);

struct State {
    meter: Meter,
    since: Instant,
    running: Vec<Step>,
}

impl Bar {
    /// A bar that draws itself while there is work.
    pub(super) fn begin(lang: Lang) -> Self {
        let state = State { meter: Meter::default(), since: Instant::now(), running: vec![] };
        let bar = Self(Arc::new(Mutex::new(state)));
        let watched = Arc::downgrade(&bar.0);
        std::thread::spawn(move || draw(&watched, lang));
        bar
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a step began or ended.
    pub(super) fn note(&self, step: Step, begins: bool) {
        let mut state = self.state();
        state.meter.note(step, begins);
        if begins {
            state.running.push(step);
        } else {
            state.running.retain(|known| *known != step);
        }
    }
}

fn draw(watched: &Weak<Mutex<State>>, lang: Lang) {
    while let Some(state) = watched.upgrade() {
        let line = {
            let state = state.lock().unwrap_or_else(PoisonError::into_inner);
            let step = state.running.last().filter(|_| state.since.elapsed() > SILENCE);
            step.map(|step| line(state.meter.part(&FURTHER), *step, lang))
        };
        drop(state);
        match line {
            Some(line) => {
                SHOWN.store(true, Ordering::Relaxed);
                // That nobody looks is no error.
                let _ = write!(std::io::stderr(), "\r\u{1b}[K{line}");
            }
            None => clear(),
        }
        std::thread::sleep(BEAT);
    }
}

/// Takes the bar away, for what is said in its line.
pub(super) fn clear() {
    if SHOWN.swap(false, Ordering::Relaxed) {
        let _ = write!(std::io::stderr(), "\r\u{1b}[K");
    }
}

fn line(part: f64, step: Step, lang: Lang) -> String {
    let full = (part.clamp(0.0, 1.0) * WIDTH as f64) as usize;
    let (done, left) = ("█".repeat(full), "░".repeat(WIDTH - full));
    let word = lang.pick(in_chinese(step), step.name());
    format!("{done}{left} {:3.0}% {word}", part.clamp(0.0, 1.0) * 100.0)
}

fn in_chinese(step: Step) -> &'static str {
    match step {
        Step::Load => "读资料",
        Step::Check => "核对",
        Step::Texts => "看文字",
        Step::Typeset => "排版",
        Step::Cover => "排封面",
        Step::Audit => "看版面",
        Step::Base => "备付印",
        Step::Press => "写付印文件",
        Step::Judge => "印前检查",
        Step::Colour => "转颜色",
        Step::Screen => "屏幕版",
        Step::Office => "样书",
        Step::Proof => "校样",
        Step::Preview => "预览",
        _ => "写文件",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_full_as_the_work() {
        let at = |part| line(part, Step::Press, Lang::Zh);
        assert_eq!(at(0.0).matches('░').count(), WIDTH);
        assert_eq!(at(0.5).matches('█').count(), WIDTH / 2);
        assert!(at(1.0).contains("100% 写付印文件") && !at(2.0).contains('░'));
    }
}
