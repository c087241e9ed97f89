//! `fengcai template`: what templates there are, files of one copied into the
//! project, and what the project's own files change.

use std::fmt::Write;

use fengcai::project::{Project, Store, read_inside};
use fengcai::session::Error;
use fengcai::templates::{self, Contract, Makes, Template};

use super::args::{self, TemplateCommand};
use super::ui::Ui;
use super::{Exit, Failure};

pub(super) fn run(args: &args::Template, ui: &Ui) -> Result<Exit, Failure> {
    let session = ui.open(&args.project)?;
    let project = session.project();
    match &args.command {
        TemplateCommand::List => list(project, ui),
        TemplateCommand::Copy { name, files } => copy(project, name, files, ui),
        TemplateCommand::Diff { name } => {
            let examination = session.examine().map_err(|error| ui.failed(&error))?;
            let of_the_book = || examination.draft.booklet.root.as_ref()?.get("template")?.as_str();
            let name = name.as_deref().or_else(of_the_book).unwrap_or("spread");
            diff(project, name, ui)
        }
    }
}

fn list(project: &Project, ui: &Ui) -> Result<Exit, Failure> {
    for name in templates::names(project) {
        let template = Template::open(project, &name);
        let Contract { title, makes, sizes, .. } = &template.contract;
        let makes = match makes {
            Makes::Certificate => ui.pick("证书", "certificates"),
            Makes::Panel => ui.pick("展板", "panels"),
            Makes::Card => ui.pick("卡片", "cards"),
            _ => ui.pick("书", "a book"),
        };
        let side =
            |[from, to]: [f64; 2]| if from == to { from.to_string() } else { format!("{from}–{to}") };
        let sizes = sizes.iter().map(|s| format!("{} × {}", side(s.width), side(s.height)));
        let sizes = sizes.collect::<Vec<_>>().join(ui.pick("，", ", "));
        let own = match template.own.len() {
            0 => String::new(),
            count => {
                ui.pick(format!("；项目改了 {count} 个文件"), format!("; {count} files of the project's own"))
            }
        };
        let title = ui.pick(&title.zh, &title.en);
        ui.print(&format!("{name}  {title}  {makes}  {sizes} {}{own}", ui.pick("毫米", "mm")));
    }
    Ok(Exit::Clean)
}

/// An embedded template's files: those that are named, else all of its own.
fn copy(project: &Project, name: &str, files: &[String], ui: &Ui) -> Result<Exit, Failure> {
    let known = templates::names(project);
    if !known.iter().any(|known| known == name) {
        let known = known.join(ui.pick("、", ", "));
        return Err(Failure(ui.pick(
            format!("没有名为“{name}”的版式；有：{known}。"),
            format!("there is no template \"{name}\"; there are: {known}."),
        )));
    }
    let all: Vec<(String, &[u8])> = embedded(name).collect();
    let own = || all.iter().filter(|(path, _)| !path.starts_with("common/")).cloned().collect();
    let wanted: Vec<(String, &[u8])> = if files.is_empty() { own() } else { named(files, &all, name, ui)? };
    let folder = format!("templates/{name}");
    let dir = project.folder(&folder).map_err(|_| ui.failed(&Error::LeadsOut(folder.clone().into())))?;
    if let Some((path, _)) = wanted.iter().find(|(path, _)| read_inside(&dir, path).is_ok()) {
        return Err(Failure(ui.pick(
            format!("{folder}/{path} 已经有了，没有动它；要重来，先把它移走。"),
            format!("{folder}/{path} is there already and was left alone; move it away to start anew."),
        )));
    }
    let failed = |error| ui.failed(&Error::Store { folder: dir.clone(), error });
    let progress = ui.progress();
    let mut store = Store::open(&dir, &mut |hold| progress.waits(hold)).map_err(failed)?;
    for (path, bytes) in &wanted {
        store.add(path, bytes).map_err(failed)?;
    }
    store.commit().map_err(failed)?;
    for (path, _) in &wanted {
        ui.say(&format!("已复制 {folder}/{path}"), &format!("Copied {folder}/{path}"));
    }
    Ok(Exit::Clean)
}

fn named<'a>(
    files: &[String],
    all: &[(String, &'a [u8])],
    name: &str,
    ui: &Ui,
) -> Result<Vec<(String, &'a [u8])>, Failure> {
    let one = |file: &String| {
        let found = all.iter().find(|(path, _)| path == file);
        found.cloned().ok_or_else(|| {
            let known =
                all.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>().join(ui.pick("、", ", "));
            Failure(ui.pick(
                format!("版式 {name} 里没有 {file}；有：{known}。"),
                format!("the template {name} has no {file}; it has: {known}."),
            ))
        })
    };
    files.iter().map(one).collect()
}

/// The files of an embedded template, those that all share below `common/`.
fn embedded(name: &str) -> impl Iterator<Item = (String, &'static [u8])> {
    let own = templates::embedded_files(name).map(|(path, bytes)| (path.to_owned(), bytes));
    own.chain(templates::embedded_files("common").map(|(path, bytes)| (format!("common/{path}"), bytes)))
}

fn diff(project: &Project, name: &str, ui: &Ui) -> Result<Exit, Failure> {
    let template = Template::open(project, name);
    if template.own.is_empty() {
        ui.say(
            &format!("项目没有改版式 {name} 的任何文件。"),
            &format!("The project has no files of its own for the template {name}."),
        );
        return Ok(Exit::Clean);
    }
    let originals: Vec<(String, &[u8])> = embedded(name).collect();
    for (path, shown) in &template.own {
        let Some(own) = template.files.get(path) else { continue };
        match originals.iter().find(|(original, _)| original == path) {
            None => {
                ui.print(&format!("{shown}: {}", ui.pick("项目自己的文件", "a file of the project's own")))
            }
            Some((_, original)) if **original == **own => {
                ui.print(&format!(
                    "{shown}: {}",
                    ui.pick("与内置的相同，可以删去", "the same as the embedded one; it can go")
                ));
            }
            Some((_, original)) => {
                let changes = changes(&String::from_utf8_lossy(original), &String::from_utf8_lossy(own));
                ui.print(&format!("{shown}:\n{changes}"));
            }
        }
    }
    Ok(Exit::Clean)
}

/// Most lines of a file that are compared.
const LINES: usize = 4_000;

/// Lines that differ, each with its number: `-` as embedded, `+` as it is.
fn changes(before: &str, after: &str) -> String {
    let before: Vec<&str> = before.lines().take(LINES).collect();
    let after: Vec<&str> = after.lines().take(LINES).collect();
    // Length of the longest common part from each pair of lines on.
    let mut common = vec![vec![0_u16; after.len() + 1]; before.len() + 1];
    for (i, old) in before.iter().enumerate().rev() {
        for (j, new) in after.iter().enumerate().rev() {
            common[i][j] =
                if old == new { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let mut shown = String::new();
    let (mut i, mut j) = (0, 0);
    while i < before.len() || j < after.len() {
        if i < before.len() && j < after.len() && before[i] == after[j] {
            (i, j) = (i + 1, j + 1);
        } else if i < before.len() && (j == after.len() || common[i + 1][j] >= common[i][j + 1]) {
            let _ = writeln!(shown, "- {:>4} {}", i + 1, before[i]);
            i += 1;
        } else {
            let _ = writeln!(shown, "+ {:>4} {}", j + 1, after[j]);
            j += 1;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_are_shown_with_their_numbers() {
        assert_eq!(changes("a\nb\nc\n", "a\nx\nc\nd\n"), "-    2 b\n+    2 x\n+    4 d\n");
        assert_eq!(changes("a\n", "a\n"), "");
    }
}
