//! What the environment says: the language of the run, the date of documents,
//! whether colour is wanted.

#![allow(clippy::disallowed_methods, reason = "the one place that reads the environment")]

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use fengcai::catalogue::Lang;
use fengcai::stamp::Stamp;

use super::Failure;

/// The language of the run: `--lang`, else the locale. Chosen before the arguments
/// are parsed, because their help has a language too.
pub(super) fn language(args: impl Iterator<Item = OsString>) -> Lang {
    let args: Vec<_> = args.map(|a| a.to_string_lossy().into_owned()).collect();
    let given = args
        .iter()
        .zip(args.iter().skip(1))
        .find_map(|(flag, value)| (flag == "--lang").then_some(value.as_str()));
    let joined = args.iter().find_map(|a| a.strip_prefix("--lang="));
    match given.or(joined) {
        Some("zh") => Lang::Zh,
        Some(_) => Lang::En,
        None => from_locale(),
    }
}

/// POSIX: `LC_ALL` before `LC_MESSAGES` before `LANG`.
fn from_locale() -> Lang {
    let mut set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .filter(|v| !v.is_empty());
    match set.next() {
        Some(locale) if locale.to_lowercase().starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

/// Last second of the year 9999, after which no date is written with four
/// digits.
const LAST: i64 = 253_402_300_799;

/// Seconds since 1970 of `SOURCE_DATE_EPOCH`, by the reproducible-builds
/// specification; a value that is no such number is an error of usage.
pub(super) fn source_date_epoch(lang: Lang) -> Result<Option<i64>, Failure> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let digits = value.to_str().filter(|value| value.bytes().all(|b| b.is_ascii_digit()));
    let seconds = digits.and_then(|digits| digits.parse().ok()).filter(|s| (0..=LAST).contains(s));
    let refused = || {
        let value = value.to_string_lossy();
        Failure(lang.pick(
            format!("环境变量 SOURCE_DATE_EPOCH 是“{value}”，应当是 0 到 {LAST} 的整数秒数；改正或去掉它"),
            format!(
                "SOURCE_DATE_EPOCH is \"{value}\"; it must be whole seconds from 0 to {LAST}, or not set"
            ),
        ))
    };
    seconds.map(Some).ok_or_else(refused)
}

/// Today in China, which has one time zone (UTC+8) the year round, as
/// `YYYY-MM-DD`; the day of `SOURCE_DATE_EPOCH` where that is set.
pub(super) fn today(lang: Lang) -> Result<String, Failure> {
    let seconds = source_date_epoch(lang)?.unwrap_or_else(now).min(LAST - 8 * 3600);
    Ok(Stamp::new(None, Some(seconds + 8 * 3600)).day().unwrap_or_default())
}

/// Ends the run on a signal as the shell expects it, 128 and its number, and
/// leaves nothing half-written behind.
#[cfg(unix)]
pub(super) fn end_on_signals() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    // Who started it with nohup wants it to outlive the terminal. Shells ignore
    // the others of whatever runs in the background, which still has to end.
    let ends = [SIGHUP, SIGINT, SIGQUIT, SIGTERM]
        .into_iter()
        .filter(|signal| *signal != SIGHUP || !is_ignored(SIGHUP));
    let Ok(mut signals) = signal_hook::iterator::Signals::new(ends) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            fengcai::project::abandon_all();
            std::process::exit(128 + signal);
        }
    });
}

/// Whether whoever started this has signals of that number ignored, as far as
/// the system tells: Linux lists them as bits.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let bits = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let bits = bits.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).unwrap_or_default();
    bits >> (signal - 1) & 1 == 1
}

#[cfg(not(unix))]
pub(super) fn end_on_signals() {}

/// Whether `NO_COLOR` (no-color.org) asks for plain text.
pub(super) fn no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Opens an address in the browser that the system chooses; where it has
/// none, the address is on the screen. The address goes by way of a page that
/// only this user can read, since others see what programs are started with.
pub(super) fn open_in_browser(address: &str) -> bool {
    let page = format!("<!doctype html><meta http-equiv=\"refresh\" content=\"0;url={address}\">\n");
    let file = tempfile::Builder::new().prefix("fengcai-").suffix(".html").tempfile();
    let Ok((mut file, path)) = file.and_then(|file| file.keep().map_err(|error| error.error)) else {
        return false;
    };
    std::io::Write::write_all(&mut file, page.as_bytes()).is_ok() && start(&path)
}

/// Opens a folder on the screen; one that is not there yet is left alone.
pub(super) fn reveal(folder: &Path) {
    if folder.is_dir() {
        start(folder);
    }
}

/// Hands a file or folder to the program that the system chooses for it.
fn start(path: &Path) -> bool {
    let (program, args): (&str, &[&str]) = match std::env::consts::OS {
        "windows" if path.is_dir() => ("explorer", &[]),
        "windows" => ("cmd", &["/c", "start", ""]),
        "macos" => ("open", &[]),
        _ => ("xdg-open", &[]),
    };
    let quiet = std::process::Stdio::null;
    let started =
        std::process::Command::new(program).args(args).arg(path).stdout(quiet()).stderr(quiet()).spawn();
    started.is_ok()
}

/// The folder of the person's documents, else of the person.
pub(super) fn documents() -> Option<PathBuf> {
    let home = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    let home = PathBuf::from(std::env::var_os(home).filter(|home| !home.is_empty())?);
    let folders = ["Documents", "文档"].map(|name| home.join(name));
    Some(folders.into_iter().find(|folder| folder.is_dir()).unwrap_or(home))
}

/// The folder for what takes long to make and may be deleted: `FENGCAI_CACHE`,
/// or one where the system has such folders. None where that is set to nothing,
/// or there is no place.
pub(super) fn cache() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("FENGCAI_CACHE") {
        // Nothing is no path.
        return std::path::absolute(named).ok();
    }
    let at = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = if cfg!(windows) {
        at("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        at("HOME").map(|home| home.join("Library/Caches"))
    } else {
        at("XDG_CACHE_HOME").or_else(|| at("HOME").map(|home| home.join(".cache")))
    };
    folder.map(|folder| folder.join("fengcai"))
}

/// Seconds since 1970.
#[allow(
    clippy::disallowed_methods,
    reason = "history and comments carry their time; no output of a build does"
)]
pub(super) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}
