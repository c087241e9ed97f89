//! `fengcai diff`.

use std::path::{Path, PathBuf};

use fengcai::catalogue::Lang;
use fengcai::change::{self, Changes, Edit, PageState, PersonChange, Pictures};
use fengcai::manifest;
use fengcai::press;
use fengcai::project::{Store, read_below};
use fengcai::session::{Error, Session, Side, Wanted};
use serde::Serialize;

use super::args::{self, Format};
use super::pages::list;
use super::ui::Ui;
use super::{Exit, Failure, environment};

pub(super) fn run(args: &args::Diff, ui: &Ui) -> Result<Exit, Failure> {
    let new = args.new.clone().unwrap_or_else(|| ".".into());
    let old = before(args.old.as_deref(), &new, ui)?;
    let source_date_epoch = environment::source_date_epoch(ui.lang())?;
    let screen = args.pixels || args.out.is_some();
    let open = |path: &Path, press: bool, marks: bool| -> Result<Option<Side>, Failure> {
        let wanted = Wanted { screen, press, marks, source_date_epoch };
        match Side::open(path, wanted, &ui.progress()).map_err(|error| ui.failed(&error))? {
            Ok(side) => Ok(Some(side)),
            Err(broken) => {
                ui.findings(&broken);
                Ok(None)
            }
        }
    };
    if let Some(out) = &args.out {
        super::stays_in_its_project(out, ui)?;
    }
    if let (Some(out), Ok(session)) = (&args.out, Session::open(&new)) {
        session.refuse(out).map_err(|error| ui.failed(&error))?;
    }
    let Some(old) = open(&old, false, false)? else { return Ok(Exit::Findings) };
    let Some(mut new) = open(&new, args.out.is_some(), old.marks)? else { return Ok(Exit::Findings) };
    let changes = Changes::between(&old.snapshot, &new.snapshot);
    let pictures = old.screen.zip(new.screen.take()).and_then(|(old, new)| Pictures::open(old, new));
    if screen && pictures.is_none() {
        ui.say(
            "没有两边的 booklet.pdf（或它不是那次生成的），所以没有图可比。",
            "There is no booklet.pdf of both builds, so there are no pictures to compare.",
        );
    }
    tell(&changes, ui);
    let mut exit = Exit::Clean;
    if args.pixels {
        let Some(pictures) = &pictures else { return Ok(Exit::Findings) };
        exit = compare_pixels(pictures, &changes, ui);
    }
    if let Some(out) = &args.out {
        write(out, &changes, pictures.as_ref(), &new, ui)?;
    }
    let unexpected: Vec<_> = changes.unexpected().filter_map(|page| page.new.or(page.old)).collect();
    if !unexpected.is_empty() {
        let pages = surfaces(&unexpected, ui);
        ui.say(
            &format!("注意：{pages}变了，而资料里没有与它相应的改动。"),
            &format!("Note: {pages} changed though nothing was edited that accounts for it."),
        );
        if args.deny_unexpected {
            exit = Exit::Findings;
        }
    }
    Ok(exit)
}

/// What is compared with: what was named, a path or else an archive, or the
/// last build that made what goes to the print shop.
fn before(old: Option<&Path>, new: &Path, ui: &Ui) -> Result<PathBuf, Failure> {
    let project = Session::open(new);
    match (old, project) {
        (Some(old), Ok(session)) if !old.exists() => {
            let archived = old.to_str().and_then(|name| session.archived(name));
            Ok(archived.map_or_else(|| old.to_owned(), |archived| archived.folder))
        }
        (Some(old), _) => Ok(old.to_owned()),
        (None, Ok(session)) => {
            let baseline = session.baseline().map_err(|error| ui.failed(&error))?;
            let shown = baseline.folder.display();
            if baseline.for_print {
                ui.say(
                    &format!("与上次生成付印文件时（{shown}）相比："),
                    &format!("Compared with the last build for the print shop ({shown}):"),
                );
            } else {
                ui.say(
                    &format!("还没有生成过付印文件；与上次生成（{shown}）相比："),
                    &format!(
                        "Nothing was built for the print shop yet; compared with the last build ({shown}):"
                    ),
                );
            }
            Ok(baseline.folder)
        }
        (None, Err(_)) => Ok(new.join("out")),
    }
}

fn tell(changes: &Changes, ui: &Ui) {
    if ui.format() == Format::Json {
        print_json(changes, ui);
        return;
    }
    for common in &changes.common {
        ui.print(common.sentence(ui.lang()));
    }
    for (file, edits) in [("data/booklet.json", &changes.edition), ("data/press.json", &changes.press)] {
        if !edits.is_empty() {
            ui.print(file);
            print_edits(edits, ui);
        }
    }
    if changes.reordered {
        ui.print(ui.pick("人物的次序改了", "The order of the persons changed"));
    }
    for person in &changes.persons {
        ui.print(&format!("{}{}", person.name, person.whereabouts(ui.lang())));
        print_edits(&person.edits, ui);
    }
    let pages = |state| -> Vec<usize> {
        changes
            .pages
            .iter()
            .filter(|page| page.state == state && page.kind != "cover")
            .filter_map(|page| page.new.or(page.old))
            .collect()
    };
    for (state, zh, en) in [
        (PageState::Changed, "有改动的页", "Changed pages"),
        (PageState::Added, "新增的页", "Added pages"),
        (PageState::Removed, "删去的页（原页码）", "Removed pages (old numbers)"),
        (PageState::Moved, "只换了页码的页", "Pages that only moved"),
    ] {
        if !pages(state).is_empty() {
            ui.print(&format!("{}{}{}", ui.pick(zh, en), ui.pick("：", ": "), list(&pages(state))));
        }
    }
    let plates = changes.to_print();
    if !plates.is_empty() {
        ui.print(&format!("{}{}", ui.pick("要换印版：", "New plates for: "), surfaces(&plates, ui)));
    }
    ui.print(&changes.summary(ui.lang()));
}

/// Pages, and the cover by its name.
fn surfaces(pages: &[usize], ui: &Ui) -> String {
    let interior: Vec<usize> = pages.iter().copied().filter(|page| *page > 0).collect();
    let cover = pages.contains(&0).then(|| ui.pick("封面", "the cover").to_owned());
    let pages = (!interior.is_empty()).then(|| match ui.lang() {
        Lang::Zh => format!("第 {} 页", list(&interior)),
        Lang::En => format!("pages {}", list(&interior)),
    });
    cover.into_iter().chain(pages).collect::<Vec<_>>().join(ui.pick("、", ", "))
}

fn print_edits(edits: &[Edit], ui: &Ui) {
    for edit in edits {
        let (before, after) = edit.pieces();
        let absent = || ui.pick("（无）", "(absent)").to_owned();
        let before = if edit.before.is_some() { before } else { absent() };
        let after = if edit.after.is_some() { after } else { absent() };
        ui.print(&format!("  {}: {before} → {after}", edit.field));
    }
}

/// A line of JSON.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case", tag = "change")]
enum Line<'a> {
    Common { what: change::Common },
    Edition { edits: &'a [Edit] },
    Press { edits: &'a [Edit] },
    Order,
    Person(&'a PersonChange),
    Page(&'a change::PageChange),
    Summary(change::Counts),
}

fn print_json(changes: &Changes, ui: &Ui) {
    let mut lines: Vec<Line> = changes.common.iter().map(|what| Line::Common { what: *what }).collect();
    if !changes.edition.is_empty() {
        lines.push(Line::Edition { edits: &changes.edition });
    }
    if !changes.press.is_empty() {
        lines.push(Line::Press { edits: &changes.press });
    }
    lines.extend(changes.reordered.then_some(Line::Order));
    lines.extend(changes.persons.iter().map(Line::Person));
    let changed = |page: &&change::PageChange| page.state != PageState::Identical || page.plate;
    lines.extend(changes.pages.iter().filter(changed).map(Line::Page));
    lines.push(Line::Summary(changes.counts()));
    for line in lines {
        ui.print_json(&line);
    }
}

/// Renders what is called identical on both sides and compares.
fn compare_pixels(pictures: &Pictures, changes: &Changes, ui: &Ui) -> Exit {
    let (differing, compared) = ui.timed("pixels", || pictures.contradictions(changes));
    if differing.is_empty() {
        ui.say(
            &format!("{compared} 个相同的页在 100 ppi 下逐像素相同。"),
            &format!("{compared} identical pages are the same pixel for pixel at 100 ppi."),
        );
        return Exit::Clean;
    }
    let pages = list(&differing);
    ui.failure(&ui.pick(
        format!("第 {pages} 页的版面散列相同，图却不同：两个 PDF 不是同一种写法，请重新生成再比。"),
        format!("pages {pages} have equal fingerprints but other pixels: build both anew and compare again."),
    ));
    Exit::Findings
}

/// Writes the page of changes and, for the print shop, the changed pages.
fn write(
    out: &Path,
    changes: &Changes,
    pictures: Option<&Pictures>,
    new: &Side,
    ui: &Ui,
) -> Result<(), Failure> {
    let html = change::page(changes, pictures, ui.lang());
    let pages = changes.to_print();
    let excerpt = new.press.as_deref().zip(new.cover.as_deref());
    let excerpt = excerpt.and_then(|(press, cover)| press::excerpt(press, cover, &pages));
    put(out, html.as_bytes(), excerpt.as_deref(), ui)?;
    let shown = out.display();
    ui.say(&format!("已写 {shown} 里的 {PAGE}。"), &format!("Wrote {PAGE} in {shown}."));
    let shown = surfaces(&pages, ui);
    match (excerpt.is_some(), pages.is_empty()) {
        (true, _) => ui.say(
            &format!("已写 {EXCERPT}：{shown}，可交印刷厂换版。"),
            &format!("Wrote {EXCERPT}: {shown}, for new plates."),
        ),
        (false, true) => ui.say("没有要换版的页。", "No page needs a new plate."),
        (false, false) => ui.say(
            &format!("没有新的付印文件，所以没写 {EXCERPT}；先 build 再比。"),
            &format!("There are no new press files, so {EXCERPT} was not written; build first."),
        ),
    }
    Ok(())
}

/// The page of changes and the pages for new plates.
const PAGE: &str = "changes.html";
const EXCERPT: &str = "changed-pages.pdf";
/// As much of an earlier page as tells that it is ours.
const LARGEST: u64 = 256 << 20;

/// Puts both into a folder that is empty or has an earlier page of ours.
fn put(out: &Path, html: &[u8], excerpt: Option<&[u8]>, ui: &Ui) -> Result<(), Failure> {
    let failed = |error| ui.failed(&Error::Store { folder: out.to_owned(), error });
    let progress = ui.progress();
    let mut store = Store::open(out, &mut |hold| progress.waits(hold)).map_err(failed)?;
    let there = store.files().map_err(failed)?;
    let ours = || {
        let page = read_below(out, PAGE, LARGEST).unwrap_or_default();
        page.windows(change::MARK.len()).any(|window| window == change::MARK.as_bytes())
    };
    let theirs = there.iter().any(|file| [PAGE, EXCERPT].contains(&file.as_str())) && !ours();
    // A build's folder has what the build wrote and nothing else.
    if theirs || there.iter().any(|file| file == manifest::FILE) {
        return Err(ui.failed(&Error::NotOurs(out.to_owned())));
    }
    store.add(PAGE, html).map_err(failed)?;
    match excerpt {
        Some(excerpt) => store.add(EXCERPT, excerpt).map_err(failed)?,
        None => drop(store.remove(EXCERPT)),
    }
    store.commit().map_err(failed)
}
