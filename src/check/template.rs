//! The template of the book: that there is one, and that the edition and the
//! print shop's sheet ask for what it was drawn for.

use super::{Extra, Manuscript, finding, near};
use crate::diag::{Code, Diagnostic, Phrase};
use crate::fonts;
use crate::load::{Document, Draft};
use crate::model::{Booklet, PrintJob};
use crate::templates::{OF_EDITION, OF_PERSON, Template};

/// The finding about a template that is not there.
pub(super) fn unknown_name(draft: &Draft, booklet: &Booklet) -> Option<Diagnostic> {
    let names = &draft.attachments.templates;
    if names.contains(&booklet.template) {
        return None;
    }
    let meant = Phrase::DidYouMean(near::nearest(&booklet.template, names.iter().map(String::as_str)));
    let told =
        finding(Code::UnknownTemplate, &draft.booklet, "template").arg("name", booklet.template.as_str());
    Some(told.arg("meant", meant).arg("known", names.join(", ")))
}

/// What of the edition and the sheet does not go with the template.
pub(super) fn check(
    draft: &Draft,
    booklet: &Booklet,
    job: &PrintJob,
    template: &Template,
    extras: &[Extra],
    sink: &mut Vec<Diagnostic>,
) {
    let contract = &template.contract;
    sink.extend(template.found.iter().cloned());
    if let Some(setting) = &booklet.setting
        && !contract.settings.iter().any(|known| known.name == *setting)
    {
        let names: Vec<&str> = contract.settings.iter().map(|known| known.name.as_str()).collect();
        let nearest = near::nearest(setting, names.iter().copied());
        let told = finding(Code::OutOfBounds, &draft.booklet, "setting");
        let told =
            told.arg("problem", Phrase::OneOf(names.join(", "))).arg("meant", Phrase::DidYouMean(nearest));
        sink.push(told.arg("example", Phrase::Example("setting".into())));
    }
    // A trim that cannot be is told of already.
    let refused = sink.iter().any(|d| d.code == Code::OutOfBounds && d.field.as_deref() == Some("trim"));
    if !contract.takes(job.trim) && !refused {
        let told = match &draft.press {
            Some(press) => finding(Code::TrimNotDrawn, press, "trim"),
            None => Diagnostic::new(Code::TrimNotDrawn),
        };
        let ranges = contract.sizes.iter().map(|sizes| {
            let side =
                |[from, to]: [f64; 2]| if from == to { from.to_string() } else { format!("{from}–{to}") };
            format!("{} × {}", side(sizes.width), side(sizes.height))
        });
        let told = told.arg("trim", format!("{} × {}", job.trim.width.0, job.trim.height.0));
        let told = told
            .arg("template", Phrase::Listed(vec![[contract.title.zh.clone(), contract.title.en.clone()]]));
        sink.push(told.arg("sizes", ranges.collect::<Vec<_>>().join(" / ")));
    }
    if template.is_sound() {
        not_printed(draft, template, sink);
    }
    let families: Vec<String> = families(template, extras);
    for family in contract.fonts.values().filter(|family| !families.contains(family)) {
        sink.push(unknown(family, &families).at(template.place(family)));
    }
}

/// Fields that the data have, and that the template neither prints nor leaves
/// out on purpose, each at the first place where one stands.
fn not_printed(draft: &Draft, template: &Template, sink: &mut Vec<Diagnostic>) {
    let order = draft.order();
    let persons = || order.iter().filter_map(|id| draft.profiles.get(*id));
    let mut tell = |document: &Document, field: &str| {
        let told = finding(Code::NotPrinted, document, field).arg("block", Phrase::Block(field.to_owned()));
        let title = &template.contract.title;
        sink.push(told.arg("template", Phrase::Listed(vec![[title.zh.clone(), title.en.clone()]])));
    };
    let has = |document: &Document, field: &str| {
        let node = document.root.as_ref().and_then(|root| root.get(field));
        node.is_some_and(|node| !node.strings().is_empty())
    };
    for field in OF_PERSON.iter().filter(|field| !template.contract.accounts_for(field)) {
        if let Some(document) = persons().find(|document| has(document, field)) {
            tell(document, field);
        }
    }
    for key in OF_EDITION.iter().filter(|field| !template.contract.accounts_for(field)) {
        let field = key.trim_start_matches("edition.");
        if has(&draft.booklet, field) {
            tell(&draft.booklet, field);
        }
    }
}

/// The families that a template can use.
fn families(template: &Template, extras: &[Extra]) -> Vec<String> {
    let mut families: Vec<String> = fonts::faces().iter().map(|face| face.family.to_owned()).collect();
    families.extend(extras.iter().map(|extra| extra.family.clone()));
    families.extend(template.faces().map(|(_, info)| info.family));
    families.sort();
    families.dedup();
    families
}

/// The finding that a family that a template asks for is not there.
pub(crate) fn unknown_family(family: &str, manuscript: &Manuscript) -> Diagnostic {
    unknown(family, &families(manuscript.template(), manuscript.extras()))
}

fn unknown(family: &str, families: &[String]) -> Diagnostic {
    let nearest = near::nearest(family, families.iter().map(String::as_str));
    let told = Diagnostic::new(Code::UnknownFamily).arg("family", family);
    told.arg("meant", Phrase::DidYouMean(nearest)).arg("families", families.join(", "))
}
