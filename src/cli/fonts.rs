//! `fengcai fonts`.

use std::path::Path;

use fengcai::check::Kind;
use fengcai::fonts;

use super::args::{self, Format};
use super::ui::Ui;
use super::{Exit, Failure};

pub(super) fn run(args: &args::Fonts, ui: &Ui) -> Result<Exit, Failure> {
    if let Some(project) = &args.names {
        return names(project, ui);
    }
    if args.characters.is_empty() {
        list(ui);
        return Ok(Exit::Clean);
    }
    let mut missing = false;
    for c in args.characters.iter().flat_map(|word| word.chars()) {
        let families = fonts::families_with(c);
        missing |= families.is_empty();
        let point = format!("U+{:04X}", u32::from(c));
        if ui.format() == Format::Json {
            ui.print_json(&serde_json::json!({ "char": c, "point": point, "families": families }));
        } else if families.is_empty() {
            ui.print(&format!("{c}  {point}  {}", ui.pick("没有字体有此字", "no font has it")));
        } else {
            ui.print(&format!("{c}  {point}  {}", families.join(", ")));
        }
    }
    Ok(if missing { Exit::Findings } else { Exit::Clean })
}

fn list(ui: &Ui) {
    for face in fonts::faces() {
        if ui.format() == Format::Json {
            ui.print_json(&face);
        } else {
            let count = face.characters;
            let characters = ui.pick(format!("{count} 字"), format!("{count} characters"));
            ui.print(&format!(
                "{:<14} {:>3}  {characters}  {}  {}",
                face.family, face.weight, face.licence, face.version
            ));
        }
    }
}

/// Every character of every name: code point, kind, and the fonts it is set in.
fn names(project: &Path, ui: &Ui) -> Result<Exit, Failure> {
    let session = ui.open(project)?;
    let examination = session.examine().map_err(|error| ui.failed(&error))?;
    let Some(layout) = examination.whole() else { return Ok(ui.findings(&examination)) };
    let mut missing = false;
    for entry in layout.manuscript.entries() {
        for c in entry.profile.name.chars() {
            let extra = layout.manuscript.extras().iter().find(|extra| extra.characters.contains(c));
            let families = extra.map_or_else(|| fonts::families_with(c), |extra| vec![extra.family.as_str()]);
            missing |= families.is_empty();
            let (name, point, kind) = (&entry.profile.name, format!("U+{:04X}", u32::from(c)), Kind::of(c));
            if ui.format() == Format::Json {
                let row = serde_json::json!({ "name": name, "char": c, "point": point, "kind": kind, "families": families });
                ui.print_json(&row);
            } else {
                let kind = match kind {
                    Kind::Standard => ui.pick("通用规范字", "standard"),
                    Kind::Rare => ui.pick("生僻字", "rare"),
                    Kind::Compatibility => ui.pick("兼容字形", "compatibility"),
                    Kind::Unusable => ui.pick("不可用", "unusable"),
                };
                ui.print(&format!("{name}  {c}  {point}  {kind}  {}", families.join(", ")));
            }
        }
    }
    Ok(if missing { Exit::Findings } else { Exit::Clean })
}
