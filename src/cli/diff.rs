//! `fengcai diff`.

mod side;

use std::path::Path;

use fengcai::change::{self, Changes, Edit, PersonChange, Pictures, State};
use fengcai::press;
use serde::Serialize;

use super::args::{self, Format};
use super::store::{Store, cannot_write};
use super::ui::Ui;
use super::{Exit, Failure};
use side::{Side, Wanted};

pub(super) fn run(args: &args::Diff, ui: &Ui) -> Result<Exit, Failure> {
    let new = args.new.clone().unwrap_or_else(|| ".".into());
    let old = args.old.clone().unwrap_or_else(|| new.join("out"));
    let wanted = Wanted { screen: args.pixels || args.out.is_some(), press: args.out.is_some() };
    let Some(old) = Side::open(&old, Wanted { press: false, ..wanted }, ui)? else {
        return Ok(Exit::Findings);
    };
    let Some(mut new) = Side::open(&new, wanted, ui)? else { return Ok(Exit::Findings) };
    let changes = Changes::between(&old.snapshot, &new.snapshot);
    let pictures = old.screen.zip(new.screen.take()).and_then(|(old, new)| Pictures::open(old, new));
    if wanted.screen && pictures.is_none() {
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
        write(out, &changes, pictures.as_ref(), new.press.as_deref(), ui)?;
    }
    let unexpected: Vec<_> = changes.unexpected().filter_map(|page| page.new.or(page.old)).collect();
    if !unexpected.is_empty() {
        let pages = list(&unexpected);
        ui.say(
            &format!("注意：第 {pages} 页变了，而这些人物的资料没有改。"),
            &format!("Note: pages {pages} changed though the data of their persons did not."),
        );
        if args.deny_unexpected {
            exit = Exit::Findings;
        }
    }
    Ok(exit)
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
            .filter(|page| page.state == state)
            .filter_map(|page| page.new.or(page.old))
            .collect()
    };
    for (state, zh, en) in [
        (State::Changed, "有改动的页", "Changed pages"),
        (State::Added, "新增的页", "Added pages"),
        (State::Removed, "删去的页（原页码）", "Removed pages (old numbers)"),
        (State::Moved, "只换了页码的页", "Pages that only moved"),
    ] {
        if !pages(state).is_empty() {
            ui.print(&format!("{}{}{}", ui.pick(zh, en), ui.pick("：", ": "), list(&pages(state))));
        }
    }
    ui.print(&changes.summary(ui.lang()));
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
    lines.extend(changes.pages.iter().filter(|page| page.state != State::Identical).map(Line::Page));
    lines.push(Line::Summary(changes.counts()));
    for line in lines {
        ui.print(&serde_json::to_string(&line).expect("plain data serialises"));
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
    press: Option<&[u8]>,
    ui: &Ui,
) -> Result<(), Failure> {
    let html = change::page(changes, pictures, ui.lang());
    let pages = changes.to_print();
    let excerpt = press.and_then(|press| press::excerpt(press, &pages));
    let put = || {
        let mut store = Store::open(out)?;
        store.add(Path::new("changes.html"), html.as_bytes())?;
        if let Some(excerpt) = &excerpt {
            store.add(Path::new("changed-pages.pdf"), excerpt)?;
        }
        store.commit()
    };
    put().map_err(|error| cannot_write(out, &error, ui))?;
    let shown = out.display();
    ui.say(&format!("已写 {shown} 里的 changes.html。"), &format!("Wrote changes.html in {shown}."));
    let pages = list(&pages);
    match (excerpt.is_some(), pages.is_empty()) {
        (true, _) => ui.say(
            &format!("已写 changed-pages.pdf：第 {pages} 页，可交印刷厂换版。"),
            &format!("Wrote changed-pages.pdf: pages {pages}, for new plates."),
        ),
        (false, true) => ui.say("没有要换版的页。", "No page needs a new plate."),
        (false, false) => ui.say(
            "没有新的 booklet-press.pdf，所以没写 changed-pages.pdf；先 build 再比。",
            "There is no new booklet-press.pdf, so changed-pages.pdf was not written; build first.",
        ),
    }
    Ok(())
}

/// Page numbers, runs of them as ranges.
fn list(pages: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &page in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => runs.push((page, page)),
        }
    }
    let run = |(first, last): &(usize, usize)| match first == last {
        true => first.to_string(),
        false => format!("{first}–{last}"),
    };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}
