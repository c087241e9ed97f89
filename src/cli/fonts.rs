//! `fengcai fonts`.

use fengcai::fonts;

use super::args::{self, Format};
use super::ui::Ui;
use super::{Exit, Failure};

pub(super) fn run(args: &args::Fonts, ui: &Ui) -> Result<Exit, Failure> {
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
            ui.print(&serde_json::json!({ "char": c, "point": point, "families": families }).to_string());
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
            ui.print(&serde_json::to_string(&face).expect("plain data serialises"));
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
