//! Everything that is said to people: findings, sentences, timings. Whatever
//! goes to a terminal passes through here and is plain.

use std::cell::Cell;
use std::ffi::OsString;
use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread::ThreadId;
use std::time::Instant;

use fengcai::catalogue::Lang;
use fengcai::diag::{Diagnostic, Severity};
use fengcai::project::Hold;
use fengcai::report::Record;
use fengcai::session::{Error, Examination, Progress, Session, Step, is_bug};
use serde::Serialize;

use super::args::{ColorArg, Format, Global};
use super::bar::{self, Bar};
use super::plain::{escaped, plain};
use super::{Exit, Failure, environment, snippet};

/// The terminal of a run.
pub(super) struct Ui {
    lang: Cell<Lang>,
    /// Whether the command line names the language.
    named: bool,
    format: Format,
    color: bool,
    deny_warnings: bool,
    quiet: bool,
    verbose: bool,
    lost: Cell<bool>,
}

impl Ui {
    pub(super) fn new(global: &Global, lang: Lang) -> Self {
        let color = match global.color {
            ColorArg::Auto => std::io::stderr().is_terminal() && !environment::no_color(),
            ColorArg::Always => true,
            ColorArg::Never => false,
        };
        Self {
            lang: Cell::new(lang),
            named: global.lang.is_some(),
            format: global.format,
            color,
            deny_warnings: global.deny_warnings,
            quiet: global.quiet,
            verbose: global.verbose,
            lost: Cell::new(false),
        }
    }

    /// What another process of this program is called with to speak alike.
    pub(super) fn arguments(&self) -> Vec<OsString> {
        let format = match self.format {
            Format::Human => "human",
            Format::Short => "short",
            Format::Json => "json",
        };
        let color = if self.color { "always" } else { "never" };
        let jobs = rayon::current_num_threads().clamp(1, 256).to_string();
        let mut all = vec!["--lang", self.lang().pick("zh", "en"), "--format", format, "--color", color];
        all.extend(["--jobs", &jobs]);
        all.extend(self.deny_warnings.then_some("--deny-warnings"));
        all.extend(self.quiet.then_some("--quiet"));
        all.into_iter().map(OsString::from).collect()
    }

    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// Whether warnings end a run like errors.
    pub(super) fn denies_warnings(&self) -> bool {
        self.deny_warnings
    }

    /// The language of the run.
    pub(super) fn lang(&self) -> Lang {
        self.lang.get()
    }

    /// Picks by language.
    pub(super) fn pick<T>(&self, zh: T, en: T) -> T {
        self.lang().pick(zh, en)
    }

    /// A line of the command's result, on standard output.
    pub(super) fn print(&self, line: &str) {
        self.put(&plain(line));
    }

    /// A line of JSON of the command's result.
    pub(super) fn print_json(&self, value: &impl Serialize) {
        self.put(&escaped(&serde_json::to_string(value).expect("plain data serialises")));
    }

    fn put(&self, line: &str) {
        bar::clear();
        if let Err(error) = writeln!(std::io::stdout(), "{line}") {
            // A closed pipe is the reader's choice; anything else is a loss.
            self.lost.set(self.lost.get() || error.kind() != ErrorKind::BrokenPipe);
        }
    }

    /// Whether part of the result could not be printed.
    pub(super) fn output_lost(&self) -> bool {
        self.lost.get() || std::io::stdout().flush().is_err_and(|e| e.kind() != ErrorKind::BrokenPipe)
    }

    /// A sentence on how it went; not with `--quiet`, not among JSON.
    pub(super) fn say(&self, zh: &str, en: &str) {
        if !self.quiet && self.format != Format::Json {
            tell(plain(self.pick(zh, en)));
        }
    }

    /// What says sentences as [`Ui::say`] does, from other threads.
    pub(super) fn sayer(&self) -> impl Fn(&str, &str) + Send + Sync + 'static {
        let (silent, lang) = (self.quiet || self.format == Format::Json, self.lang());
        move |zh, en| {
            if !silent {
                tell(plain(lang.pick(zh, en)));
            }
        }
    }

    /// Why a command could not do its work.
    pub(super) fn failure(&self, sentence: &str) {
        tell(plain(&format!("{}{sentence}", self.pick("错误：", "error: "))));
    }

    /// An error of the session in the language of the run.
    pub(super) fn failed(&self, error: &Error) -> Failure {
        Failure(error.sentence(self.lang()))
    }

    /// Opens a project, with its progress told here.
    pub(super) fn open(&self, folder: &Path) -> Result<Session, Failure> {
        let session = Session::open(folder).map_err(|error| self.failed(&error))?;
        self.speak_as(&session);
        Ok(session.with_progress(self.progress()).with_cache(environment::cache().as_deref()))
    }

    /// Speaks as the project in a folder asks, if there is one.
    pub(super) fn speak_as_in(&self, folder: &Path) {
        if let Ok(session) = Session::open(folder) {
            self.speak_as(&session);
        }
    }

    fn speak_as(&self, session: &Session) {
        if let Some(language) = session.language().filter(|_| !self.named) {
            self.lang.set(language);
        }
    }

    /// Tells how long each step took, with `--verbose`, and who is waited for;
    /// shows a bar on a terminal.
    pub(super) fn progress(&self) -> Progress {
        let (verbose, quiet, lang) = (self.verbose, self.quiet, self.lang());
        let begun: Mutex<Vec<(ThreadId, Instant)>> = Mutex::default();
        let watched = !quiet && !verbose && self.format == Format::Human && std::io::stderr().is_terminal();
        let bar = watched.then(|| Bar::begin(lang));
        let steps = move |step: Step, begins: bool| {
            if let Some(bar) = &bar {
                bar.note(step, begins);
            }
            let mut begun = begun.lock().unwrap_or_else(PoisonError::into_inner);
            let thread = std::thread::current().id();
            if begins {
                begun.push((thread, Instant::now()));
                return;
            }
            let own = begun.iter().rposition(|(by, _)| *by == thread);
            if let Some((_, start)) = own.map(|at| begun.remove(at)).filter(|_| verbose) {
                tell(format!("{:<8} {:>9.3} ms", step.name(), start.elapsed().as_secs_f64() * 1e3));
            }
        };
        let waits = move |hold: &Hold| {
            if !quiet && (hold.seconds == 1 || hold.seconds.is_multiple_of(10)) {
                tell(plain(&waiting(hold, lang)));
            }
            true
        };
        Progress::new(steps, waits)
    }

    /// Runs a step of the command line's own; with `--verbose` says how long
    /// it took.
    pub(super) fn timed<T>(&self, step: &str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        if self.verbose {
            tell(format!("{step:<8} {:>9.3} ms", start.elapsed().as_secs_f64() * 1e3));
        }
        result
    }

    /// Tells all findings and how the run ends by them.
    pub(super) fn findings(&self, examination: &Examination) -> Exit {
        self.findings_of(examination, &examination.found)
    }

    /// The same of some of them.
    pub(super) fn findings_of(&self, examination: &Examination, found: &[Diagnostic]) -> Exit {
        let text = |d: &Diagnostic| Some(examination.text(&d.place.as_ref()?.file)?.to_owned());
        self.tell_all(found, text)
    }

    /// Tells what was found in a finished file.
    pub(super) fn judged(&self, file: &str, found: &[Diagnostic]) -> Exit {
        if !found.is_empty() && self.format != Format::Json {
            tell(plain(&format!("{file}{}", self.pick("：", ":"))));
        }
        self.tell_all(found, |_| None)
    }

    fn tell_all(&self, found: &[Diagnostic], text: impl Fn(&Diagnostic) -> Option<String>) -> Exit {
        let count = |severity| found.iter().filter(|d| d.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        match self.format {
            Format::Json => found.iter().for_each(|d| self.print_json(&Record::new(d))),
            Format::Short => snippet::merged(found).iter().for_each(|d| tell(snippet::short(d, self.lang()))),
            Format::Human => {
                if errors + warnings > 0 {
                    tell(snippet::summary(found, self.lang()));
                }
                for finding in snippet::merged(found) {
                    let text = text(finding.first);
                    tell(format!("\n{}", snippet::human(&finding, text.as_deref(), self.lang(), self.color)));
                }
            }
        }
        match errors > 0 || self.deny_warnings && warnings > 0 {
            _ if is_bug(found) => Exit::Bug,
            true => Exit::Findings,
            false => Exit::Clean,
        }
    }
}

fn waiting(hold: &Hold, lang: Lang) -> String {
    let who = match (&hold.program, hold.process) {
        (Some(program), Some(process)) => format!("{program} ({process})"),
        (_, Some(process)) => process.to_string(),
        _ => lang.pick("另一个程序", "another program").to_owned(),
    };
    match lang {
        Lang::Zh => {
            format!("{who} 正在往这个文件夹里写，等它写完（已等 {} 秒）；不想等就按 Ctrl-C。", hold.seconds)
        }
        Lang::En => format!(
            "{who} writes into this folder; waiting for it ({} s so far), Ctrl-C gives up.",
            hold.seconds
        ),
    }
}

/// Says something on standard error; that nobody listens is no error.
pub(super) fn tell(text: impl Display) {
    bar::clear();
    let _ = writeln!(std::io::stderr(), "{text}");
}
