//! Notices saves: by the system's word, and by looking every so often, since
//! some network folders never tell.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::OUT;
use crate::project::Project;
use crate::report;

/// Silence that ends a burst of saves.
const QUIET: Duration = Duration::from_millis(10);
/// Longest wait for silence.
const MOST: Duration = Duration::from_millis(400);
/// How often to look where nothing was told.
const LOOK: Duration = Duration::from_secs(2);
/// Folders whose files matter even while nothing in them is read.
const FOLDERS: [&str; 8] =
    ["", "data", "data/profiles", "data/photos", "data/tables", "data/approvals", "fonts", OUT];

/// The saves of a project.
pub struct Saves {
    root: PathBuf,
    /// Folders that are watched.
    folders: BTreeSet<PathBuf>,
    watcher: Option<RecommendedWatcher>,
    told: Receiver<()>,
    seen: Vec<Stamp>,
    changed: Vec<String>,
}

/// A file as it is listed.
type Stamp = (PathBuf, Option<SystemTime>, u64);

impl Saves {
    /// Begins to watch. The first look finds all files new, so that a save
    /// while the first build was under way is not lost.
    pub fn watch(project: &Project) -> Self {
        let (tell, told) = channel();
        let root = project.root().to_owned();
        let out = root.join(OUT);
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if event.map_or(true, |event| matters(&event, &out)) {
                // The receiver lives as long as the watcher.
                let _ = tell.send(());
            }
        });
        let mut saves = Self {
            root,
            folders: BTreeSet::new(),
            watcher: watcher.ok(),
            told,
            seen: vec![],
            changed: vec![],
        };
        saves.follow(project);
        saves
    }

    /// Watches the folders of all files that a build read.
    pub fn follow(&mut self, project: &Project) {
        let read = project
            .inputs()
            .into_iter()
            .filter_map(|input| Some(self.root.join(input.file).parent()?.to_owned()));
        let templates = folders_below(&self.root.join("templates"));
        let wanted: BTreeSet<PathBuf> =
            FOLDERS.iter().map(|folder| self.root.join(folder)).chain(read).chain(templates).collect();
        if let Some(watcher) = &mut self.watcher {
            // A folder that was removed and made again has to be watched anew,
            // so none is skipped because it was watched before.
            for folder in wanted.iter().filter(|folder| folder.is_dir()) {
                let _ = watcher.watch(folder, RecursiveMode::NonRecursive);
            }
        }
        self.folders = wanted;
    }

    /// Waits for a save, and for the burst it belongs to to end. Returns when
    /// it was noticed.
    pub fn wait(&mut self) -> Instant {
        loop {
            match self.told.recv_timeout(LOOK) {
                Ok(()) => break,
                Err(RecvTimeoutError::Timeout) if self.look() != self.seen => break,
                Err(RecvTimeoutError::Timeout) => {}
                // Without a watcher there is still the look.
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(LOOK);
                    if self.look() != self.seen {
                        break;
                    }
                }
            }
        }
        let noticed = Instant::now();
        while noticed.elapsed() < MOST && self.told.recv_timeout(QUIET).is_ok() {}
        // What is saved from here on is another save: it is told again, and
        // the look that follows is compared with this one.
        let now = self.look();
        let differs = |(path, ..): &Stamp| {
            let stamp = |list: &[Stamp]| list.iter().find(|(known, ..)| known == path).cloned();
            stamp(&self.seen) != stamp(&now)
        };
        let below = |(path, ..): &Stamp| {
            path.strip_prefix(&self.root).ok()?.to_str().map(|path| path.replace('\\', "/"))
        };
        let mut changed: Vec<String> = if self.seen == now {
            vec![]
        } else {
            self.seen.iter().chain(&now).filter(|stamp| differs(stamp)).filter_map(below).collect()
        };
        changed.sort();
        changed.dedup();
        (self.seen, self.changed) = (now, changed);
        noticed
    }

    /// Files that came, went or changed by the last wait, as far as folders
    /// tell; none where only the system said so.
    pub fn changed(&self) -> &[String] {
        &self.changed
    }

    fn look(&self) -> Vec<Stamp> {
        let out = self.root.join(OUT);
        let entries = self.folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
        let mut stamps: Vec<Stamp> = entries
            .filter_map(|entry| {
                let metadata = entry.metadata().ok().filter(|metadata| metadata.is_file())?;
                let path = entry.path();
                let ours = path
                    .file_name()
                    .and_then(|name| name.to_str())
                    .is_some_and(|name| name.starts_with(".fengcai"));
                let counts = !ours && (!path.starts_with(&out) || is_build(&path, &out));
                counts.then(|| (path, metadata.modified().ok(), metadata.len()))
            })
            .collect();
        stamps.sort();
        stamps
    }
}

/// Whether a file among our outputs tells of a build.
fn is_build(path: &Path, out: &Path) -> bool {
    path == out.join(report::FILE)
}

/// Whether an event may change the book, or what it is compared with: not a
/// mere reading, not our other outputs.
fn matters(event: &Event, out: &Path) -> bool {
    let ours = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        path.starts_with(out) && !is_build(path, out) || name.starts_with(".fengcai")
    };
    let read = matches!(event.kind, EventKind::Access(_));
    !read && (event.paths.is_empty() || event.paths.iter().any(|path| !ours(path)))
}

fn folders_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let inside = entries.map(|entry| entry.path()).filter(|path| path.is_dir());
    let mut found: Vec<PathBuf> = inside.flat_map(|path| folders_below(&path)).collect();
    found.push(folder.to_owned());
    found
}
