//! Everything that is said to people: findings, sentences, timings.

use std::cell::Cell;
use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal, Write};
use std::time::Instant;

use fengcai::catalogue::Lang;
use fengcai::diag::{Diagnostic, Severity};
use fengcai::load::Draft;
use fengcai::project::Project;
use fengcai::report::Record;

use super::Exit;
use super::args::{ColorArg, Format, Global};
use super::{environment, snippet};

/// The terminal of a run.
pub(super) struct Ui {
    lang: Lang,
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
            lang,
            format: global.format,
            color,
            deny_warnings: global.deny_warnings,
            quiet: global.quiet,
            verbose: global.verbose,
            lost: Cell::new(false),
        }
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
        self.lang
    }

    /// Picks by language.
    pub(super) fn pick<T>(&self, zh: T, en: T) -> T {
        self.lang.pick(zh, en)
    }

    /// A line of the command's result, on standard output.
    pub(super) fn print(&self, line: &str) {
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
            tell(self.pick(zh, en));
        }
    }

    /// Why a command could not do its work.
    pub(super) fn failure(&self, sentence: &str) {
        tell(format!("{}{sentence}", self.pick("错误：", "error: ")));
    }

    /// Runs a step; with `--verbose` says how long it took.
    pub(super) fn timed<T>(&self, step: &str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        if self.verbose {
            tell(format!("{step:<8} {:>9.3} ms", start.elapsed().as_secs_f64() * 1e3));
        }
        result
    }

    /// Tells all findings and how the run ends by them.
    pub(super) fn findings(&self, found: &[Diagnostic], project: &Project, draft: &Draft) -> Exit {
        self.tell_all(found, |d| d.place.as_ref().and_then(|p| source(&p.file, project, draft)))
    }

    /// Tells what was found in a finished file.
    pub(super) fn judged(&self, file: &str, found: &[Diagnostic]) -> Exit {
        if !found.is_empty() && self.format != Format::Json {
            tell(format!("{file}{}", self.pick("：", ":")));
        }
        self.tell_all(found, |_| None)
    }

    fn tell_all(&self, found: &[Diagnostic], text: impl Fn(&Diagnostic) -> Option<String>) -> Exit {
        let count = |severity| found.iter().filter(|d| d.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        match self.format {
            Format::Json => found.iter().for_each(|d| {
                self.print(&serde_json::to_string(&Record::new(d)).expect("plain data serialises"));
            }),
            Format::Short => found.iter().for_each(|d| tell(snippet::short(d, self.lang))),
            Format::Human => {
                if errors + warnings > 0 {
                    tell(snippet::summary(found, self.lang));
                }
                for diagnostic in found {
                    let text = text(diagnostic);
                    tell(format!("\n{}", snippet::human(diagnostic, text.as_deref(), self.lang, self.color)));
                }
            }
        }
        if errors > 0 || self.deny_warnings && warnings > 0 { Exit::Findings } else { Exit::Clean }
    }
}

/// Says something on standard error; that nobody listens is no error.
pub(super) fn tell(text: impl Display) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// The text of a file that a finding points into: data as it was read, or one
/// of the project's own template files.
fn source(file: &str, project: &Project, draft: &Draft) -> Option<String> {
    let own = || project.read(file).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    draft.text(file).map(Into::into).or_else(own)
}
